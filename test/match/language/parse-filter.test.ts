import { describe, expect, it } from 'vitest';
import type { Filter, FilterError } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { printFilter } from '#src/match/language/print-filter.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { good, topics } from '../document.ts';

const word = (text: string): Filter => ({ kind: 'word', text, field: null });

function errorOf(text: string): FilterError {
  const parsed = parseFilter(text, { topics });
  if (parsed.ok) throw new Error(`${text} was read as ${printFilter(parsed.filter)}`);
  return parsed.error;
}

function hintsOf(text: string): string[] {
  const parsed = parseFilter(text, { topics });
  return parsed.ok ? parsed.hints.map(({ position, message }) => `${position}: ${inEnglish(message)}`) : [];
}

describe('Operators', () => {
  it('bind in the order NOT, AND, OR', () => {
    const and: Filter = { kind: 'and', parts: [word('b'), { kind: 'not', part: word('c') }] };
    expect(good('a OR b NOT c')).toEqual({ kind: 'or', parts: [word('a'), and] });
  });

  it.each([
    ['a b', 'a AND b'],
    ['a | b', 'a OR b'],
    ['a|b', 'a OR b'],
    ['a || b', 'a OR b'],
    ['a ｜ b', 'a OR b'],
    ['a -b', 'a NOT b'],
    ['a –b', 'a NOT b'],
    ['a −b', 'a NOT b'],
    ['a －b', 'a NOT b'],
    ['a -b', 'a AND NOT b'],
    ['a -(b OR c)', 'a NOT (b OR c)'],
    ['a', 'NOT NOT a'],
    ['a', 'NOT -a'],
    ['a', '((a))'],
    ['a b c', '(a b) c'],
    ['a OR b OR c', 'a OR (b OR c)'],
    ['（a OR b）c', '(a OR b) c'],
    ['“a b”', '"a b"'],
    ['„a b“', '"a b"'],
    ['«a b»', '"a b"'],
    ['＂a b＂', '"a b"'],
    ['title：a', 'title:a'],
    ['Title:a', 'title:a'],
    ['TITLE: a', 'title:a'],
    ['ｔｉｔｌｅ：a', 'title:a'],
    ['title:(a OR b)', '(title:a OR title:b)'],
    ['-title:a', 'NOT title:a'],
    ['title:(a -b)', 'title:a -title:b'],
    ['cat:CS.lg', 'cat:cs.LG'],
    ['cat:"cs.LG"', 'cat:cs.LG'],
    ['cat:(cs.LG OR CS.*)', 'cat:cs.LG OR cat:cs.*'],
    ['CAT:Math-PH', 'cat:math-ph'],
    ['cat:physics.FLU-DYN', 'cat:physics.flu-dyn'],
    ['topic:LLM', 'topic:llm'],
    ['topic:"Large language models"', 'topic:llm'],
    ['topic:(llm OR sparsity)', 'topic:llm OR topic:sparsity'],
    ['upvotes:20', 'upvotes:=20'],
    ['upvotes: >= 20', 'upvotes:>=20'],
    ['upvotes:>= 20', 'upvotes:>=20'],
    ['upvotes:≥20', 'upvotes:>=20'],
    ['stars:＞20', 'stars:>20'],
    ['age:<2w', 'age:<14d'],
    ['age: < 48H', 'age:<2d'],
    ['after: 2026-01-31', 'after:2026-01-31'],
    ['"a b"～5', '"a b"~5'],
    ['prun＊', 'prun*'],
    ['a,', 'a'],
    ['\u200ba \u200e-b', 'a -b'],
  ])('%s is %s', (one, other) => expect(good(one)).toEqual(good(other)));

  it('are words between quotes', () => {
    expect(good('"OR"')).toEqual({ kind: 'phrase', text: 'OR', field: null, within: null });
  });

  it('in lower case are words, with a hint', () => {
    expect(good('cats and dogs')).toEqual({ kind: 'and', parts: [word('cats'), word('and'), word('dogs')] });
    expect(hintsOf('cats and dogs')).toEqual([
      '5: "and" is an ordinary word here; the operator is written AND.',
    ]);
    expect(hintsOf('cats or dogs')).toHaveLength(1);
  });
});

describe('A bad filter is answered with the place of', () => {
  it.each([
    ['an empty filter', '', 0],
    ['a blank filter', '  \n', 0],
    ['a quote that is not closed', 'diffusion OR "score', 13],
    ['a typographic quote that is not closed', 'a “b', 2],
    ['the last quote of three', '"a" "b', 4],
    ['empty quotes', 'a ""', 2],
    ['quotes without a word', 'a "—"', 2],
    ['a bracket that is not closed', 'a (b OR c', 2],
    ['the inner bracket that is not closed', '(a (b', 3],
    ['a full-width bracket that is not closed', 'a （b', 2],
    ['a bracket that closes nothing', 'a OR b) c', 6],
    ['a bracket that begins with closing', ') a', 0],
    ['an empty group', 'a ()', 2],
    ['an empty group in a field', 'title:()', 6],
    ['an OR at the end', 'a OR', 2],
    ['an OR at the beginning', 'OR a', 0],
    ['a pipe at the end', 'a |', 2],
    ['an AND at the end', 'a AND', 2],
    ['an AND at the beginning', 'AND a', 0],
    ['an AND before OR', 'a AND OR b', 2],
    ['the first of two ORs', 'a OR OR b', 2],
    ['an OR before a closing bracket', '(a OR) b', 3],
    ['an OR after an opening bracket', '(OR a)', 1],
    ['a NOT at the end', 'a NOT', 2],
    ['a NOT before OR', 'a NOT OR b', 2],
    ['a minus at the end', 'a -', 2],
    ['a minus that stands alone', 'a - b', 2],
    ['a minus before a bracket that closes', '(a -)', 3],
    ['two minus signs', 'a --b', 2],
    ['an unknown field', 'a titel:b', 2],
    ['a colon in a word', 'N:M sparsity', 0],
    ['an address', 'see https://arxiv.org', 4],
    ['a colon without a field', 'a :b', 2],
    ['a field without a term', 'a title:', 2],
    ['a field before OR', 'title: OR b', 0],
    ['a field in another field', 'title:author:x', 6],
    ['a field in the group of another', 'title:(a OR author:x)', 12],
    ['a minus after a field', 'title:-a', 6],
    ['a figure that is no number', 'upvotes:many', 8],
    ['a negative figure', 'upvotes:>-5', 8],
    ['a fraction', 'stars:1.5', 6],
    ['a figure in brackets', 'upvotes:(5)', 8],
    ['a quoted figure', 'upvotes:"5"', 8],
    ['a comparison without a number', 'upvotes:>', 8],
    ['a comparison without a figure', 'a >20', 2],
    ['a figure without a colon', 'a upvotes>20', 2],
    ['a day that is none', 'after:2026-02-30', 6],
    ['a day without a leap year', 'before:2025-02-29', 7],
    ['a month', 'after:2026-01', 6],
    ['an instant', 'after:2026-01-31T10:00', 6],
    ['an age without comparison', 'age:7d', 4],
    ['an age of exactly so much', 'age:=7d', 4],
    ['an age without unit', 'age:<7', 4],
    ['an age in months', 'age:<1m', 4],
    ['a category that cannot be one', 'cat:c$', 4],
    ['a star in a category', 'cat:cs*', 4],
    ['an unknown topic', 'a topic:nothing', 8],
    ['a short prefix', 'a ab*', 2],
    ['a star alone', 'a *', 2],
    ['a star inside a word', 'mod*l', 0],
    ['a star at the beginning', '*fusion', 0],
    ['nearness of one word', '"a"~5', 0],
    ['nearness without quotes', 'state~5', 0],
    ['nearness without number', '"a b"~', 5],
    ['nearness of nothing', '"a b"~0', 5],
    ['nearness beyond 50', '"a b"~51', 5],
    ['emoji alone', '🚀🔥', 0],
    ['several emoji', '🚀 🔥', 0],
    ['punctuation alone', '... !', 0],
    ['emoji after OR', 'a OR 🚀', 5],
    ['emoji after minus', 'a -🚀', 3],
    ['emoji in a field', 'title:🚀', 6],
    ['what comes after characters of two units', '🚀 a "b', 5],
  ])('%s', (_what, text, position) => expect(errorOf(text).position).toBe(position));
});

describe('A bad filter is answered with a proposal:', () => {
  it.each([
    ['"score matching', '"score matching"'],
    ['(a OR b', '(a OR b)'],
    ['a OR b)', 'a OR b'],
    ['a ()', 'a'],
    ['a OR', 'a'],
    ['a - b', 'a -b'],
    ['a --b', 'a -b'],
    ['titel:foo', 'title:foo'],
    ['abstrct:foo', 'abstract:foo'],
    ['authors:Gu', 'author:Gu'],
    ['organisation:Meta', 'org:Meta'],
    ['votes:>5', 'upvotes:>5'],
    ['N:M sparsity', '"N:M" sparsity'],
    ['score: matching', '"score:" matching'],
    ['upvoets:many', '"upvoets:many"'],
    ['upvoets: 20', 'upvotes: 20'],
    ['befor: yesterday', 'age:>2d'],
    ['title:-a', '-title:a'],
    ['upvotes>20', 'upvotes:>20'],
    ['>20', 'upvotes:>20'],
    ['upvotes:=>20', 'upvotes:>=20'],
    ['upvotes:20+', 'upvotes:>=20'],
    ['stars:1k', 'stars:1000'],
    ['stars:>1.5k', 'stars:>1500'],
    ['after:2026-02-30', 'after:2026-02-28'],
    ['after:2026/1/5', 'after:2026-01-05'],
    ['after:2026', 'after:2026-01-01'],
    ['age:7d', 'age:<7d'],
    ['age:<2 weeks', 'age:<2w'],
    ['age:<2weeks', 'age:<2w'],
    ['age:>1month', 'age:>30d'],
    ['cat:cs*', 'cat:cs.*'],
    ['topic:lmm', 'topic:llm'],
    ['ab*', '"ab*"'],
    ['C*-algebra', '"C*-algebra"'],
    ['"a"~5', '"a"'],
    ['"a b"~99', '"a b"~50'],
  ])('%s -> %s', (text, proposal) => expect(errorOf(text).proposal).toBe(proposal));

  it('reads as a sentence', () => {
    expect(errorOf('"abc')).toEqual({
      position: 0,
      message: phrase('syntax.quoteNotClosed'),
      proposal: '"abc"',
    });
    expect(inEnglish(errorOf('titel:foo').message)).toBe('There is no field "titel".');
    expect(inEnglish(errorOf('N:M').message)).toBe(
      'There is no field "N"; put quotes around words with a colon in them.',
    );
    expect(inEnglish(errorOf('https://widgets.org/x y').message)).toBe(
      '"https://widgets.org/x" is a web address, and the words of addresses are not searched; `/paper` takes a paper’s link.',
    );
    expect(inEnglish(errorOf('all:foo').message)).toBe(
      'There is no field "all"; a word without a field is looked for everywhere.',
    );
  });
});

describe('Limits', () => {
  const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`);

  it('allow 1,000 characters, and name the first one over', () => {
    expect(good('a'.repeat(1000))).toMatchObject({ kind: 'word' });
    expect(errorOf('a'.repeat(1001)).position).toBe(1000);
  });

  it('allow 64 terms, and name the first one over', () => {
    expect(good(words(64).join(' '))).toMatchObject({ kind: 'and' });
    expect(errorOf(words(65).join(' ')).position).toBe(words(64).join(' ').length + 1);
  });

  it('count a phrase, a hyphenated word and a topic once', () => {
    expect(good(`"a b c d" state-of-the-art topic:llm ${words(61).join(' ')}`)).toMatchObject({
      kind: 'and',
    });
    expect(inEnglish(errorOf(`"a b c d" state-of-the-art topic:llm ${words(62).join(' ')}`).message)).toMatch(
      /64 terms/,
    );
  });

  it('allow brackets 16 deep, and name the first one over', () => {
    expect(good(`${'('.repeat(16)}a${')'.repeat(16)}`)).toEqual(word('a'));
    expect(errorOf(`${'('.repeat(17)}a${')'.repeat(17)}`).position).toBe(16);
  });

  it('allow a prefix of three letters', () => {
    expect(good('abc*')).toEqual({ kind: 'prefix', text: 'abc', field: null });
    expect(good('fine-tun*')).toEqual({ kind: 'prefix', text: 'fine-tun', field: null });
  });

  it('allow nearness of 1 to 50', () => {
    expect(good('"a b"~1')).toMatchObject({ within: 1 });
    expect(good('"a b"~50')).toMatchObject({ within: 50 });
  });
});

describe('A good filter is told', () => {
  it.each([
    [
      'that it can match nothing',
      'a -a',
      '0: This filter can match nothing: its conditions exclude each other.',
    ],
    [
      'that figures exclude each other',
      'a upvotes:>9 upvotes:<9',
      '0: This filter can match nothing: its conditions exclude each other.',
    ],
    [
      'that days exclude each other',
      'after:2026-02-01 before:2026-02-01',
      '0: This filter can match nothing: its conditions exclude each other.',
    ],
    [
      'that it matches nearly everything',
      '-survey',
      '0: This filter matches nearly every paper: add a word that has to occur.',
    ],
    [
      'that one alternative matches nearly everything',
      'a OR -b',
      '0: This filter matches nearly every paper: add a word that has to occur.',
    ],
    [
      'that its word is in every paper',
      'the',
      '0: This filter matches nearly every paper: add a word that has to occur.',
    ],
    ['that a category does not exist', 'cat:cs.XX', '4: arXiv has no category "cs.XX".'],
    ['that an archive alone is no category', 'cat:cs', '4: arXiv has no category "cs".'],
    [
      'all categories that do not exist at once',
      'cat:vision OR cat:robotcs',
      '4: arXiv has no categories "vision" and "robotcs".',
    ],
    [
      'how a category looks where nobody knows which was meant',
      'cat:foo.BAR',
      '4: "foo.BAR" is no arXiv category; they look like cs.LG, or cs.* for a whole archive.',
    ],
    [
      'all that was left out at once',
      '🚀 x 🔥 y 🚀',
      '0: "🚀" and "🔥" are left out: there is no letter or digit in them.',
    ],
    [
      'a few of many signs that were left out',
      'x 🚀 🔥 ✨ 🎉 💡 🌍',
      '2: "🚀", "🔥", "✨", "🎉" and more are left out: there is no letter or digit in them.',
    ],
    [
      'of a comparison as a whole, and not of its sign besides',
      'upvotes > 20',
      '0: "upvotes > 20" is looked for as words; a comparison is written upvotes:>20.',
    ],
    [
      'that there is no figure below nothing',
      'x stars:<0',
      '0: This filter can match nothing: no paper has fewer than 0 stars.',
    ],
    ['what was left out', 'x 🚀', '2: "🚀" is left out: there is no letter or digit in it.'],
  ])('%s', (_what, text, hint) => expect(hintsOf(text)).toEqual([hint]));

  it.each([
    'diffusion -survey',
    'x OR y',
    'cat:cs.LG',
    'cat:hep-th',
    'cat:astro-ph',
    'upvotes:>=20',
    'age:<7d',
    'topic:llm',
    'venue:NeurIPS',
    'lr=0.1',
    'fine-tuning',
    'state-of-the-art quantum-computing',
    'bioRxiv.org',
    'comments:5 OR more',
    'state of the art — a survey',
    'Controlling Space and Time with Diffusion Models',
    'Search & Rescue of Agents in Large Simulated Worlds',
  ])('nothing when there is nothing to say: %s', (text) => expect(hintsOf(text)).toEqual([]));
});
