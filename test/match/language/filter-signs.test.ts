import { describe, expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { codeSpan } from '#src/render/escape-markdown.ts';
import { good, topics } from '../document.ts';

const MINUS = [...'-‐‑‒–—―−﹣－⁻₋﹘⸺⸻➖˗⁃─'];

function told(filter: string): { position: number; proposal: string | null }[] {
  const parsed = parseFilter(filter, { topics });
  const all = parsed.ok ? parsed.hints : [parsed.error];
  return all.map(({ position, proposal }) => ({ position, proposal }));
}

describe('A minus right before a word excludes it', () => {
  it.each(MINUS)('written as %s', (sign) => {
    expect(good(`a ${sign}b`)).toEqual(good('a NOT b'));
    expect(good(`${sign}(b OR c) a`)).toEqual(good('NOT (b OR c) a'));
    expect(good(`a ${sign}title:b`)).toEqual(good('a NOT title:b'));
  });

  it.each(MINUS.slice(1))('and %s with blanks around is punctuation', (sign) => {
    expect(good(`diffusion ${sign} survey`)).toEqual(good('diffusion survey'));
  });

  it.each(MINUS)('and %s inside a word is none', (sign) => {
    expect(good(`fine${sign}tuning`)).toMatchObject({ kind: 'word' });
  });

  it.each(['!', '！', '¬', '￢'])('also as %s, with a hint that writes a minus', (sign) => {
    expect(good(`agents ${sign}games`)).toEqual(good('agents -games'));
    expect(told(`agents ${sign}games`)).toEqual([{ position: 7, proposal: 'agents -games' }]);
    expect(good(`agents ${sign}"deep games"`)).toEqual(good('agents -"deep games"'));
    expect(good(`agents ${sign}(a OR b)`)).toEqual(good('agents -(a OR b)'));
    expect(good(`agents ${sign}title:games`)).toEqual(good('agents -title:games'));
  });

  it.each([
    ['diffusion! survey', 'diffusion survey'],
    ['diffusion !', 'diffusion'],
    ['diffusion ! survey', 'diffusion survey'],
    ['diffusion !!! survey', 'diffusion survey'],
    ['diffusion ¬ survey', 'diffusion survey'],
  ])('but an exclamation mark elsewhere is punctuation: %s', (one, other) => {
    expect(good(one)).toEqual(good(other));
  });

  it.each([
    ['agents !!games', 7, 'agents -games'],
    ['agents !-games', 7, 'agents -games'],
    ['agents -!games', 7, 'agents !games'],
    ['agents ——games', 7, 'agents —games'],
    ['agents -- games', 7, 'agents games'],
    ['title:!games', 6, '-title:games'],
  ])('and two in a row are a slip: %s', (filter, position, proposal) => {
    expect(told(filter)).toEqual([{ position, proposal }]);
  });
});

describe('ANDNOT', () => {
  it.each([
    ['a ANDNOT b', 'a NOT b'],
    ['a ＡＮＤＮＯＴ b', 'a NOT b'],
    ['x ANDNOT (y OR z)', 'x NOT (y OR z)'],
    ['x ANDNOT "y z"', 'x NOT "y z"'],
    ['x AND ANDNOT y', 'x NOT y'],
  ])('excludes: %s is %s', (one, other) => expect(good(one)).toEqual(good(other)));

  it('has a hint that writes NOT', () => {
    expect(told('diffusion ANDNOT survey')).toEqual([{ position: 10, proposal: 'diffusion NOT survey' }]);
  });

  it('in small letters is a word', () => {
    expect(good('diffusion andnot survey')).toMatchObject({
      parts: [{}, { kind: 'word', text: 'andnot' }, {}],
    });
  });
});

describe('A phrase stands between', () => {
  it.each([
    ..."\"\" “” „“ „” ”“ »« «» ”” ＂＂ ‹› ›‹ 〝〟 「」 『』 《》 ‘’ ‚‘ ’’ ‛’ `` `' '' ´´ ＇＇"
      .split(' ')
      .map((pair) => [...pair]),
    ['``', "''"],
    ["''", "''"],
  ])('%s and %s', (open, close) => {
    expect(good(`${open}score matching${close}`)).toEqual(good('"score matching"'));
    expect(good(`x ${open}score matching${close} OR y`)).toEqual(good('x "score matching" OR y'));
    expect(good(`-${open}score matching${close} x`)).toEqual(good('-"score matching" x'));
    expect(good(`title:${open}score matching${close}`)).toEqual(good('title:"score matching"'));
    expect(good(`(${open}score matching${close})`)).toEqual(good('"score matching"'));
    expect(good(`${open}score matching${close}~5`)).toEqual(good('"score matching"~5'));
    expect(good(`${open}score matching${close}, y`)).toMatchObject({ parts: [good('"score matching"'), {}] });
  });

  it.each([
    ["Parkinson's 'deep brain'", `Parkinson's "deep brain"`],
    ["l'analyse 'deep brain'", `l'analyse "deep brain"`],
    ["'Alzheimer's disease' x", `"Alzheimer's disease" x`],
    ["'workers' rights' x", `"workers' rights" x`],
    ["'state spaces' OR 'neural nets'", '"state spaces" OR "neural nets"'],
    ['「score "matching」', '"score matching"'],
    ["'90s music'", "90s music'"],
    ['基于「深度学习」的方法', '基于 "深度学习" 的方法'],
    ["'a b','c d'", '"a b" "c d"'],
    ["'it \\'etait'", `"it \\'etait"`],
  ])('%s is %s', (one, other) => expect(good(one)).toEqual(good(other)));

  it.each([
    ["workers' rights", 'workers rights'],
    ["'tis workers' rights", 'tis workers rights'],
    ["rock 'n' roll", 'rock n roll'],
    ["'diffusion flow", 'diffusion flow'],
    ["diffusion 'flow", 'diffusion flow'],
    ["diffusion' flow", 'diffusion flow'],
    ["' diffusion '", 'diffusion'],
    ['\'diffusion "flow\' x"', 'diffusion "flow\' x"'],
  ])('but an apostrophe opens none: %s is %s', (one, other) => expect(good(one)).toEqual(good(other)));

  it.each([
    ["Alzheimer's disease", "Alzheimer's"],
    ["author:O'Brien x", "O'Brien"],
  ])('nor inside a word: %s', (filter, text) => {
    expect(good(filter)).toMatchObject({ parts: [{ kind: 'word', text }, { kind: 'word' }] });
  });

  it.each([
    ['x “score matching', 2, 'x “score matching"'],
    ['x 「score matching', 2, 'x "score matching"'],
    ['x «score matching OR y', 2, 'x «score matching OR y"'],
  ])('a quote that nothing closes has its own place: %s', (filter, position, proposal) => {
    expect(told(filter)).toEqual([{ position, proposal }]);
  });
});

describe('Square and curly brackets are answered with round ones:', () => {
  it.each([
    ['[agents OR games] robots', 0, '(agents OR games) robots'],
    ['{agents OR games} robots', 0, '(agents OR games) robots'],
    ['robots [agents {games}]', 7, 'robots (agents (games))'],
    ['-{agents games} x', 1, '-(agents games) x'],
    ['title:[pruning OR sparsity]', 6, 'title:(pruning OR sparsity)'],
    ['x (agents [games])', 10, 'x (agents (games))'],
    ['【agents】 x', 0, '(agents) x'],
    ['［agents］ x', 0, '(agents) x'],
    ['〔agents〕 x', 0, '(agents) x'],
    ['agents[games]', 6, 'agents(games)'],
    ['agents]', 6, 'agents'],
    ['agents [', 7, 'agents'],
    ['agents [games', 7, 'agents (games)'],
    ['agents []', 7, 'agents'],
    ['upvotes:[10 TO 20] x', 8, 'upvotes:>=10 upvotes:<=20 x'],
    ['upvotes:[10 TO *]', 8, 'upvotes:>=10'],
    ['date:{2026-01-01 TO 2026-02-01}', 5, 'after:2026-01-01 before:2026-02-01'],
  ])('%s', (filter, position, proposal) => expect(told(filter)).toEqual([{ position, proposal }]));

  it.each(['"[mask] token"', "'{mask} token'", '“x [y] z”'])('but not between quotes: %s', (filter) => {
    expect(good(filter)).toMatchObject({ kind: 'phrase' });
  });

  it.each([
    'Schr\\"{o}dinger',
    "{\\'e}tude",
    'H$_{2}$O',
    'x^{2}',
    '{B}ayesian',
    'Face{B}ook',
    'textit{O}bstacles',
    '\\textbf{deep}',
    '\\sqrt[3]{x}',
    '\\{x\\}',
  ])('but not in TeX: %s', (text) => expect(good(text)).toEqual({ kind: 'word', text, field: null }));

  it('but not in TeX of several words', () => {
    expect(told('\\textbf{deep learning} {\\it in parts}')).toEqual([]);
  });
});

describe('A field', () => {
  it.each([
    ['title : a', 'title:a'],
    ['Title :a', 'title:a'],
    ['-title : (a OR b)', '-title:(a OR b)'],
    ['upvotes : >= 20', 'upvotes:>=20'],
    ['title ： a', 'title:a'],
  ])('may have blanks before its colon: %s', (one, other) => expect(good(one)).toEqual(good(other)));

  it.each([
    ['a :b', 2, 'a b'],
    ['a : b', 2, 'a b'],
    ['titel : b', 6, 'title: b'],
    [': b', 0, 'b'],
    ['Qalam : a survey', 6, 'Qalam a survey'],
    ['score : b', 6, 'score b'],
  ])('is missing before any other colon: %s', (filter, position, proposal) => {
    expect(told(filter)).toEqual([{ position, proposal }]);
  });
});

describe('A filter that was copied from an answer, where backticks are drawn otherwise', () => {
  it.each(['diffusion OR `pruning`', "``score matching'' survey", 'author:`Yann LeCun`', 'a`b -`c d`'])(
    'is the same: %s',
    (filter) => {
      const shown = codeSpan(filter).slice(1, -1);
      expect(shown).not.toContain('`');
      expect(good(shown)).toEqual(good(filter));
    },
  );
});
