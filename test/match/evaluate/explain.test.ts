import { describe, expect, it } from 'vitest';
import { explainMatch, holds, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import type { MatchDocument, TermMatch } from '#src/match/language/filter.ts';
import { good, NOW, paper } from '../document.ts';

const mamba = paper({
  title: 'Mamba: Linear-Time Sequence Modeling',
  abstract: 'Structured state space models (SSMs) of Schr{\\"o}dinger. A survey of state-space models.',
  authors: ['Albert Gu', 'Tri Dao'],
  keywords: ['state space', 'mamba'],
  categories: ['cs.LG', 'stat.ML'],
  upvotes: 12,
});

const explain = (filter: string) => explainMatch(good(filter), mamba, NOW);

function shown(found: readonly TermMatch[], document: MatchDocument): string[] {
  const text = ({ field, item }: TermMatch): string => {
    if (field === 'author') return document.authors[item];
    if (field === 'keyword') return document.keywords[item];
    if (field === 'category') return document.categories[item];
    return field === 'title' ? document.title : document.abstract;
  };
  return found.map(
    (match) => `${match.term} in ${match.field} ${match.item}: ${text(match).slice(match.start, match.end)}`,
  );
}

describe('A yes', () => {
  it('shows where each term stands', () => {
    const verdict = explain('mamba "state space"');
    expect(verdict.matches).toBe(true);
    expect(shown(verdict.found, mamba)).toEqual([
      'mamba in title 0: Mamba',
      'mamba in keyword 1: mamba',
      '"state space" in abstract 0: state space',
      '"state space" in abstract 0: state-space',
      '"state space" in keyword 0: state space',
    ]);
  });

  it('shows words as they are written, markup included', () => {
    expect(shown(explain('schrödinger').found, mamba)).toEqual([
      'schrödinger in abstract 0: Schr{\\"o}dinger',
    ]);
  });

  it('shows persons and categories', () => {
    expect(shown(explain('author:dao cat:stat.*').found, mamba)).toEqual([
      'author:dao in author 1: Dao',
      'cat:stat.* in category 1: stat.ML',
    ]);
  });

  it.each([
    ['author:"Yann LeCun"', 'LeCun, Yann André', 'LeCun, Yann André'],
    ['author:"Yann André"', 'LeCun, Yann André', 'Yann André'],
    ['author:"LeCun, Y."', 'Prof. Yann LeCun', 'Yann LeCun'],
    ['author:LeCun', 'LeCun, Yann', 'LeCun'],
    ['author:Yann', 'LeCun, Yann', 'Yann'],
    ['author:"Hans Müller"', 'M{\\"u}ller, Hans', 'M{\\"u}ller, Hans'],
    ['author:"van Dyke, John"', '{van Dyke}, John, Jr.', 'van Dyke}, John'],
  ])('%s shows of the person %s %s', (filter, name, shownName) => {
    const person = paper({ authors: ['Albert Gu', name] });
    const { found } = explainMatch(good(filter), person, NOW);
    expect(shown(found, person).map((place) => place.split(' in author 1: ')[1])).toEqual([shownName]);
  });

  it('shows the person that a group of names fits, and no other', () => {
    const family = paper({ authors: ['Yann Fenwick', 'Yann LeCun', 'Dora LeCun'] });
    const { found } = explainMatch(good('author:(Yann LeCun)'), family, NOW);
    expect(shown(found, family)).toEqual([
      'author:Yann in author 1: Yann',
      'author:LeCun in author 1: LeCun',
    ]);
  });

  it('shows every alternative that is there', () => {
    expect(shown(explain('title:mamba OR title:sequence OR title:diffusion').found, mamba)).toEqual([
      'title:mamba in title 0: Mamba',
      'title:sequence in title 0: Sequence',
    ]);
  });

  it('shows at most a hundred places of a term', () => {
    const verdict = explainMatch(good('model'), paper({ abstract: 'model '.repeat(20_000) }), NOW);
    expect(verdict.found).toHaveLength(100);
  });
});

describe('A no', () => {
  it.each([
    ['mamba diffusion', ['diffusion']],
    ['mamba diffusion upvotes:>=20', ['diffusion', 'upvotes:>=20']],
    ['mamba -survey', ['-survey']],
    ['mamba (diffusion OR flow)', ['diffusion']],
    ['(diffusion flow) OR (mamba flow)', ['flow']],
    ['mamba topic:llm', ['topic:llm']],
    ['title:(mamba diffusion)', ['title:diffusion']],
    ['mamba stars:>5 age:<7d after:2026-01-01', ['stars:>5', 'age:<7d', 'after:2026-01-01']],
    ['-(mamba OR diffusion)', ['-(mamba OR diffusion)']],
    ['-title:(mamba OR diffusion)', ['-title:(mamba OR diffusion)']],
  ])('%s fails at %j', (filter, missing) =>
    expect(explain(filter)).toMatchObject({ matches: false, missing }),
  );

  it('shows the excluded word where it stands', () => {
    expect(shown(explain('mamba -survey').found, mamba)).toContain('survey in abstract 0: survey');
  });
});

describe('Large and odd papers', () => {
  const hostile = paper({
    title: '\u0000\u0007 {\\{{ $$ \\" &#0; &#1114112; <<< \ud800',
    abstract: 'a b '.repeat(25_000),
    authors: Array.from({ length: 700 }, (_, at) => `Author Number${at}`),
  });

  it.each([
    `"${'a '.repeat(400)}c"`,
    `"${'a b '.repeat(200)}"~50`,
    `${'a-'.repeat(400)}c`,
    'author:"Author Number699"',
    Array.from({ length: 64 }, (_, at) => `aaa${at}*`).join(' OR '),
  ])('are tried in bounded time', (filter) => {
    const read = prepareDocument(hostile);
    expect(typeof holds(prepareFilter(good(filter)), read, NOW)).toBe('boolean');
  });
});
