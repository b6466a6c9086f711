import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMergeFacts, sameFacts } from '#src/archive/merge-facts.ts';
import type { SourceName } from '#src/paper/sighting.ts';
import { SOURCES } from '#src/source/sources.ts';
import { aPaper } from '#test/builders/a-paper.ts';

const mergeFacts = createMergeFacts(SOURCES);

const anyPaper = fc
  .record({
    title: fc.constantFrom('', 'T', 'U'),
    abstract: fc.constantFrom('', 'long one', 'brief'),
    authors: fc.constantFrom([], ['A'], ['B', 'C']),
    categories: fc.constantFrom([], ['cs.LG'], ['cs.CL']),
    keywords: fc.constantFrom([], ['k']),
    organization: fc.constantFrom(null, 'O', 'P'),
    publishedAt: fc.constantFrom(null, 0, 1),
    repository: fc.constantFrom(null, 'o/r'),
    comment: fc.constantFrom(null, '12 pages', 'Accepted at ICML'),
    journalRef: fc.constantFrom(null, 'Nature 1'),
    updatedAt: fc.constantFrom(null, 2, 4),
  })
  .map((facts) => aPaper('a', facts));
const anySource = fc.constantFrom<SourceName>('hugging-face', 'arxiv-rss', 'arxiv-api', 'sample');

describe('the facts of a paper from several sources', () => {
  it('never lose what is known', () => {
    fc.assert(
      fc.property(anyPaper, anyPaper, fc.array(anySource), anySource, (known, says, from, source) => {
        const merged = mergeFacts(known, from, says, source);
        const isLost = (fact: keyof typeof known) =>
          String(known[fact] ?? '') !== '' && String(merged[fact] ?? '') === '';
        expect(Object.keys(known).filter((fact) => isLost(fact as keyof typeof known))).toEqual([]);
      }),
    );
  });

  it('settle: sources that repeat themselves in turn change nothing any more', () => {
    fc.assert(
      fc.property(anyPaper, anyPaper, (huggingFace, arxiv) => {
        const both: SourceName[] = ['hugging-face', 'arxiv-api'];
        const first = mergeFacts(
          mergeFacts(huggingFace, ['hugging-face'], arxiv, 'arxiv-api'),
          both,
          huggingFace,
          'hugging-face',
        );
        const again = mergeFacts(
          mergeFacts(first, both, arxiv, 'arxiv-api'),
          both,
          huggingFace,
          'hugging-face',
        );
        expect(sameFacts(first, again)).toBe(true);
      }),
    );
  });

  it.each([
    ['is told', {}, { withdrawn: { at: 5 } }, { at: 5 }],
    ['is told without its day', {}, { withdrawn: { at: null } }, { at: null }],
    ['gets its day later', { withdrawn: { at: null } }, { withdrawn: { at: 5 } }, { at: 5 }],
    ['keeps the day of its first word', { withdrawn: { at: 5 } }, { withdrawn: { at: 7 } }, { at: 5 }],
    ['stays when another source knows nothing of it', { withdrawn: { at: 5 } }, {}, { at: 5 }],
    ['stays when its own version is told again', { withdrawn: { at: 5 } }, { updatedAt: 5 }, { at: 5 }],
    ['stays when an older version is told', { withdrawn: { at: 5 } }, { updatedAt: 3 }, { at: 5 }],
    ['is over with a newer version', { withdrawn: { at: 5 } }, { updatedAt: 9 }, null],
    ['is over for those who tell of it late', { updatedAt: 9 }, { withdrawn: { at: 5 } }, null],
    ['comes again with a version newer still', { updatedAt: 9 }, { withdrawn: { at: 12 } }, { at: 12 }],
  ])('know of a withdrawal, which %s', (_, known, says, withdrawn) => {
    for (const source of ['hugging-face', 'arxiv-rss', 'arxiv-api'] as const) {
      const merged = mergeFacts(aPaper('a', known), ['arxiv-api'], aPaper('a', says), source);
      expect(merged.withdrawn).toEqual(withdrawn);
    }
  });

  it('take over a newer comment of arXiv, and keep it when another source knows none', () => {
    const first = aPaper('a', { comment: 'Submitted to ICML 2026' });
    const second = aPaper('a', { comment: 'Accepted at ICML 2026', journalRef: 'PMLR 300 (2026)' });
    const newer = mergeFacts(first, ['arxiv-api'], second, 'arxiv-api');
    expect(newer).toMatchObject({ comment: 'Accepted at ICML 2026', journalRef: 'PMLR 300 (2026)' });
    expect(sameFacts(first, newer)).toBe(false);
    for (const source of ['hugging-face', 'arxiv-rss', 'sample'] as const)
      expect(mergeFacts(newer, ['arxiv-api'], aPaper('a'), source)).toMatchObject(newer);
  });

  it('believe arXiv about abstract, authors and categories, and Hugging Face about organisation and code', () => {
    const huggingFace = aPaper('a', {
      abstract: 'A much longer text.',
      authors: ['X'],
      organization: 'Acme',
      repository: 'acme/x',
    });
    const arxiv = aPaper('a', {
      abstract: 'Text.',
      authors: ['Y'],
      categories: ['cs.LG'],
      organization: 'Other',
      repository: 'o/x',
    });
    const merged = mergeFacts(huggingFace, ['hugging-face'], arxiv, 'arxiv-api');
    expect(merged).toMatchObject({
      abstract: 'Text.',
      authors: ['Y'],
      categories: ['cs.LG'],
      organization: 'Acme',
      repository: 'acme/x',
    });
  });

  it('keep the longer abstract while arXiv has not been heard', () => {
    const long = aPaper('a', { abstract: 'The longer abstract.' });
    const short = aPaper('a', { abstract: 'Short.' });
    expect(mergeFacts(long, ['hugging-face'], short, 'hugging-face').abstract).toBe('The longer abstract.');
    expect(mergeFacts(short, ['hugging-face'], long, 'hugging-face').abstract).toBe('The longer abstract.');
  });
});
