import { beforeAll, describe, expect, it } from 'vitest';
import { noTopics } from '#src/match/language/topic-catalogue.ts';
import { sayPhrase } from '#src/render/say.ts';
import { adviceOn, readFilter, readKeptFilter, refuseNegative } from '#src/service/read-filter.ts';
import { aLibrary } from './a-library.ts';
import { refusalOf } from './refusal-of.ts';

const hintsOf = (text: string) => readFilter(text, noTopics).hints.map(sayPhrase);

describe('a filter as a person wrote it', () => {
  it('is told why it cannot be read, with what it may have been meant to be', () => {
    expect(refusalOf(() => readFilter('(zebra', noTopics))).toMatch(
      /line 1, column 1:.*\nTry: `\(zebra\)`$/s,
    );
    expect(refusalOf(() => readFilter('🦓', noTopics))).toMatch(
      /There is no letter or digit in "🦓"\.[^T]*$/s,
    );
  });

  it('is corrected by the first of its hints that can correct it', () => {
    expect(readFilter('ocean', noTopics).proposal).toBeNull();
    expect(readFilter('(ocean -ocean) OR cat:cs.XX', noTopics).proposal).toBe('(ocean -ocean) OR cat:cs.*');
    expect(hintsOf('cat:cs.XX')).toEqual(['arXiv has no category "cs.XX". Try: `cat:cs.*`']);
    expect(hintsOf('ocean -ocean')).toEqual([
      'This filter can match nothing: its conditions exclude each other.',
    ]);
  });

  it('is told a proposal whole or not at all', () => {
    const ofLength = (length: number) => `cat:cs.XX ${'x'.repeat(length - 9)}`;
    expect(hintsOf(ofLength(300))[0]).toMatch(/ Try: `cat:cs\.\* x{291}`$/);
    expect(hintsOf(ofLength(301))).toEqual(['arXiv has no category "cs.XX".']);
  });

  it.each([
    ['-ocean', 'This filter only says what you do not want'],
    ['-ocean OR -ice', 'This filter only says what you do not want'],
    ['ice OR -ocean', 'One side of an OR here only says what you do not want'],
    ['ice -ocean', 'accepted'],
  ])('is refused for a subscription where it only excludes: %s', (text, sentence) => {
    const refusal = refusalOf(() => refuseNegative(readFilter(text, noTopics).filter) ?? null);
    expect(refusal).toContain(sentence);
  });

  it('is read as it was meant once, where it stands behind a button', () => {
    expect(readKeptFilter('ocean cat:cs.XX', noTopics).hints).toHaveLength(1);
    const kept = readKeptFilter('ocean [ice]', noTopics);
    expect([kept.text, kept.hints]).toEqual(['ocean [ice]', []]);
    expect(refusalOf(() => readFilter('ocean [ice]', noTopics))).toMatch(/^I cannot read that filter/);
    expect(refusalOf(() => readKeptFilter('(ocean', noTopics))).toMatch(/^I cannot read that filter/);
  });
});

describe('what the writer of a filter should know', () => {
  let library: Awaited<ReturnType<typeof aLibrary>>;
  beforeAll(async () => {
    library = await aLibrary([{ title: 'Diffusion models' }, { title: 'Adam optimises' }]);
  });
  const advise = (text: string, of?: 'search' | 'subscription', size = 2) => {
    const search = { ...library.search, size };
    return adviceOn({ ...library, search }, readFilter(text, library.topics), of);
  };

  it('of a slip is told with the filter as it was meant, which has a button under a subscription', async () => {
    const search = await advise('difusion OR modls');
    expect(search.hints.map(sayPhrase)).toEqual([
      'No paper has “difusion”. Try: `diffusion OR modls`',
      'No paper has “modls”. Try: `difusion OR models`',
    ]);
    expect([search.unknown, search.corrected]).toEqual([['difusion', 'modls'], 'diffusion OR models']);
    const { hints, corrected } = await advise('difusion', 'subscription');
    expect([hints.map(sayPhrase), corrected]).toEqual([
      ['No paper of the last year has “difusion”.'],
      'diffusion',
    ]);
  });

  it('is that no paper has a word, where there are a thousand papers', async () => {
    expect((await advise('zebra', 'subscription', 999)).hints).toEqual([]);
    const { hints, unknown, corrected } = await advise('zebra', 'subscription', 1000);
    expect([hints.map(sayPhrase), unknown, corrected]).toEqual([
      ['No paper has “zebra” yet.'],
      ['zebra'],
      null,
    ]);
  });

  it.each([
    ['search', 0],
    ['subscription', 1],
    [undefined, 0],
  ] as const)('is that nothing new can match, for a subscription alone: %s', async (of, told) => {
    const { hints, others } = await advise('diffusion before:2020-01-01', of);
    expect([hints.length, others.length]).toEqual([told, told]);
  });

  it('is told with its button where a sign alone is wrong', async () => {
    expect((await advise('diffusion cat:cs.XX')).corrected).toBe('diffusion cat:cs.*');
  });

  it('is the word alone where the filter with it would be long', async () => {
    const long = `difusion ${'x'.repeat(300)}`;
    expect((await advise(long)).hints.map(sayPhrase)).toContain('No paper has “difusion”. Try: `diffusion`');
  });

  it('is three words at most, those that can be mended first', async () => {
    const { unknown } = await advise('zebra gnu okapi difusion', 'search', 1000);
    expect(unknown).toEqual(['difusion', 'zebra', 'gnu']);
  });

  it('is nothing of an acronym that papers have in other letters', async () => {
    expect((await advise('ADAM')).corrected).toBe('adam');
    expect((await advise('Adam')).corrected).toBeNull();
    expect((await advise('Difusion')).corrected).toBe('Diffusion');
  });
});
