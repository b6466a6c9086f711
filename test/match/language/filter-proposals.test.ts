import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { topics } from '../document.ts';

/** What a filter may be made of, besides the words that have to be kept. */
const PIECES = [
  "( ) [ ] { } （ ） ［ 【 】 \" “ ” „ « » 「 」 ' ‘ ’ ` `` '' - — ➖ ! ¬ -- !! | || : ： , ; ，",
  'OR AND NOT ANDNOT ODER UND NICHT ET BUT WITHOUT and or not but NEAR/5 w/3 NEAR ~5 ~ "~99 * ** & && + ...',
  'title: author: cat: topic: upvotes: stars: after: before: age: titel: ti: all: note: date: since: until: year: org : title :',
  'llm lmm LLMs cs.LG CS.cl cs.XX vision cs.LG,cs.CL cs.LG/cs.CL stat-ml',
  '20 >=20 => 10..20 10-20 >10<20 20+ 1.5k 1e3 1,500 <7d 7d 7 <1 week days <3 months 30min [10 TO 20]',
  '2026 2026-01 2026-01-31 2026/1/5 20260131 31 Jan 2026 today last week 2026-01-01..2026-02-01 🚀 \\"{o} \\ #',
]
  .join(' ')
  .split(' ');

const RUNS = Number(process.env.RUNS ?? 3000);
const WORDS = ['quill', 'ember', 'Falcon', 'VERMILION', 'tundra'];

const piece = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.constantFrom(...PIECES),
  fc.constantFrom(
    ...WORDS,
    'quill,ember',
    'pre*quill',
    '**ember**',
    "quill's",
    "embers'",
    'Falcon*',
    'tundra**',
  ),
);
const filters = fc.oneof(
  fc.array(piece, { maxLength: 16 }).map((parts) => parts.join(' ')),
  fc.array(piece, { maxLength: 10 }).map((parts) => parts.join('')),
  fc
    .array(fc.tuple(piece, fc.constantFrom('', ' ')), { maxLength: 12 })
    .map((parts) => parts.flat().join('')),
);

function proposalsFor(filter: string): string[] {
  const parsed = parseFilter(filter, { topics });
  const told = parsed.ok ? parsed.hints : [parsed.error];
  return told.flatMap(({ proposal }) => (proposal === null ? [] : [proposal]));
}

/** Inside another word, cs.CLquill, or as a command of TeX, \\quill, it is no word of the filter. */
function timesIn(filter: string, word: string): number {
  return filter.match(new RegExp(`(?<![\\p{L}\\p{N}.\\\\])${word}(?![\\p{L}\\p{N}])`, 'gu'))?.length ?? 0;
}

describe('Every proposal, of an error or a hint', () => {
  it('can be read, and keeps each word of the filter as often as it stands there', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        for (const proposal of proposalsFor(filter)) {
          expect(parseFilter(proposal, { topics })).toMatchObject({ ok: true });
          for (const word of WORDS)
            expect([proposal, word, proposal.split(word).length > timesIn(filter, word)]).toEqual([
              proposal,
              word,
              true,
            ]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

function mended(filter: string): (string | null)[] {
  const parsed = parseFilter(filter, { topics });
  return parsed.ok ? parsed.hints.map(({ proposal }) => proposal) : [parsed.error.proposal];
}

describe('A value that cannot be read is proposed as it was meant:', () => {
  it.each([
    ['upvotes:=>20', 'upvotes:>=20'],
    ['stars:=<20', 'stars:<=20'],
    ['stars:==20', 'stars:20'],
    ['stars:!=20 x', '-stars:20 x'],
    ['-stars:!=20', '-(-stars:20)'],
    ['comments:20+', 'comments:>=20'],
    ['upvotes:10..20', 'upvotes:>=10 upvotes:<=20'],
    ['upvotes:20...10', 'upvotes:>=10 upvotes:<=20'],
    ['upvotes:10–20', 'upvotes:>=10 upvotes:<=20'],
    ['-upvotes:10-20', '-(upvotes:>=10 upvotes:<=20)'],
    ['NOT upvotes:10-20', 'NOT (upvotes:>=10 upvotes:<=20)'],
    ['x OR upvotes:10-20', 'x OR upvotes:>=10 upvotes:<=20'],
    ['upvotes:>10<20', 'upvotes:>10 upvotes:<20'],
    ['upvotes:between 10 and 20', 'upvotes:>=10 upvotes:<=20'],
    ['upvotes:at least 20 x', 'upvotes:>=20 x'],
    ['upvotes:more than 20', 'upvotes:>20'],
    ['upvotes:~20', 'upvotes:>=20'],
    ['stars:20k', 'stars:20000'],
    ['stars:>20.5k', 'stars:>20500'],
    ['stars:1e3', 'stars:1000'],
    ['stars:>=1,500', 'stars:>=1500'],
    ['stars:1.500', 'stars:1500'],
    ['stars:1m', 'stars:1000000'],
    ['stars:1.5', 'stars:2'],
    ['upvotes:"20"', 'upvotes:20'],
    ['upvotes:many', null],
    ['votes:20+ x', 'upvotes:>=20 x'],
    ['likes >20 x', 'upvotes:>20 x'],
    ['age:7', 'age:<7d'],
    ['age:7d x', 'age:<7d x'],
    ['age:<7 days x', 'age:<7d x'],
    ['age:< 7 days', 'age:<7d'],
    ['age:>=2 weeks', 'age:>=2w'],
    ['age:<1 year', 'age:<365d'],
    ['age:<3mo', 'age:<90d'],
    ['age:<1m', 'age:<30d'],
    ['age:<30min', 'age:<1h'],
    ['age:<90 minutes', 'age:<2h'],
    ['age:<24hrs', 'age:<24h'],
    ['age:<1.5d', 'age:<36h'],
    ['age:<0,5 weeks', 'age:<84h'],
    ['age:<2 Wochen', 'age:<2w'],
    ['age:<3 jours', 'age:<3d'],
    ['age:a week', 'age:<1w'],
    ['age:older than 2 years', 'age:>730d'],
    ['age:last week', 'age:<7d'],
    ['age:3-7d', 'age:>=3d age:<=7d'],
    ['age:2026-01-31', 'after:2026-01-31'],
    ['after:2026', 'after:2026-01-01'],
    ['before:2026-03', 'before:2026-03-01'],
    ['after:2026/1/5', 'after:2026-01-05'],
    ['after:2026.01.05', 'after:2026-01-05'],
    ['after:20260131', 'after:2026-01-31'],
    ['after:2026-01-31T10:00', 'after:2026-01-31'],
    ['after:31 Jan 2026 x', 'after:2026-01-31 x'],
    ['after:January 31, 2026', 'after:2026-01-31'],
    ['after:Jan 2026', 'after:2026-01-01'],
    ['after:31.1.2026', 'after:2026-01-31'],
    ['after:31/1/2026', 'after:2026-01-31'],
    ['after:1/31/2026', 'after:2026-01-31'],
    ['after:2026年1月31日', 'after:2026-01-31'],
    ['after:2026-02-30', 'after:2026-02-28'],
    ['after:<2026-02-01', 'before:2026-02-01'],
    ['before:>2026-02-01', 'after:2026-02-01'],
    ['after:today', 'age:<1d'],
    ['after:yesterday', 'age:<2d'],
    ['after:7d', 'age:<7d'],
    ['after:-7d', 'age:<7d'],
    ['before:2 weeks ago', 'age:>2w'],
    ['after:quill', null],
    ['date:<2026-02-01', 'before:2026-02-01'],
    ['date:>=2026-02', 'after:2026-02-01'],
    ['date:2026-02', 'after:2026-02-01 before:2026-03-01'],
    ['year:2026', 'after:2026-01-01 before:2027-01-01'],
    ['year:2024-2026', 'after:2024-01-01 before:2027-01-01'],
    ['year:>2024', 'after:2025-01-01'],
    ['-year:2026', '-(after:2026-01-01 before:2027-01-01)'],
    ['published:2026-01-01..2026-02-01', 'after:2026-01-01 before:2026-02-01'],
    ['since:2026 x', 'after:2026-01-01 x'],
    ['until:2026', 'before:2027-01-01'],
    ['until:2026-02-01', 'before:2026-02-01'],
  ])('%s -> %s', (filter, proposal) => expect(mended(filter)).toEqual([proposal]));

  it('also when it stands sixty times there, in one hint for all', () => {
    expect(mended('cat:visoin '.repeat(60))).toEqual(['cat:cs.CV '.repeat(60).trim()]);
  });

  it.each([
    ['upvotes:10 to 20 x', '(upvotes:>=10 upvotes:<=20) x'],
    ['comments:5 or more', 'comments:>=5'],
    ['-stars:100 or less x', '-stars:<=100 x'],
    ['after:2026-01-01 to 2026-02-01', '(after:2026-01-01 before:2026-02-01)'],
  ])('also when its beginning can be read: %s -> %s', (filter, proposal) =>
    expect(mended(filter)).toEqual([proposal]),
  );

  it('together with every other slip of the filter', () => {
    expect(mended('ti:quill age:7 [ember OR votes:20+] -year:2026 "tundra')).toEqual([
      'title:quill age:<7d (ember OR upvotes:>=20) -(after:2026-01-01 before:2027-01-01) "tundra"',
    ]);
  });
});

describe('A category that does not exist is proposed as it was meant:', () => {
  it.each([
    ['cat:vision x', 'cat:cs.CV x'],
    ['x -cat:robots', 'x -cat:cs.RO'],
    ['cat:(vision OR cs.LG)', 'cat:(cs.CV OR cs.LG)'],
    ['cat:"machine learning"', 'cat:cs.LG'],
    ['cat:machine learning x', 'cat:cs.LG x'],
    ['cat:information-theory', 'cat:cs.IT'],
    ['cat:"mathematical finance"', 'cat:q-fin.MF'],
    ['cat:cslg', 'cat:cs.LG'],
    ['cat:stat-ml', 'cat:stat.ML'],
    ['cat:cs_LG', 'cat:cs.LG'],
    ['cat:lg', 'cat:cs.LG'],
    ['cat:cs.NLP', 'cat:cs.CL'],
    ['cat:cs.XX', 'cat:cs.*'],
    ['cat:cs', 'cat:cs.*'],
    ['cat:math', 'cat:math.*'],
    ['cat:biology', 'cat:q-bio.*'],
    ['cat:astro', 'cat:astro-ph.*'],
    ['cat:hep', 'cat:hep-ph'],
    ['cat:quantum', 'cat:quant-ph'],
    ['cat:robotcs', 'cat:cs.RO'],
    ['cat:cs.LG,cs.CL x', 'cat:(cs.LG OR cs.CL) x'],
    ['cat:cs.LG;vision', 'cat:(cs.LG OR cs.CV)'],
    ['cat:cs.LG/cs.CL', 'cat:(cs.LG OR cs.CL)'],
    ['cat:cs.LG, cs.CL', 'cat:(cs.LG OR cs.CL)'],
    ['cat:cs.LG cs.CL', 'cat:(cs.LG OR cs.CL)'],
    ['cat:cs*', 'cat:cs.*'],
    ['cat:cs.L*', 'cat:cs.*'],
    ['cat:quill', null],
    ['cat:foo', null],
    ['cat:xyzzy,cs.LG', null],
  ])('%s -> %s', (filter, proposal) => expect(mended(filter)).toEqual([proposal]));

  it.each(['cat:cs.LG', 'cat:math-ph', 'cat:astro-ph.GA', 'cat:q-bio', 'cat:econ.*', 'cat:cmp-lg'])(
    'and one that exists has no hint: %s',
    (filter) => expect(mended(filter)).toEqual([]),
  );
});

describe('A field of other engines, or a mistyped one, is proposed as ours:', () => {
  it.each([
    ['ti:quill', 'title:quill'],
    ['abs:"quill ember"', 'abstract:"quill ember"'],
    ['-intitle:quill x', '-title:quill x'],
    ['inauthor:quill', 'author:quill'],
    ['all:quill', 'quill'],
    ['any:(quill OR ember)', '(quill OR ember)'],
    ['tilte:quill', 'title:quill'],
    ['note: quill', '"note:" quill'],
    ['quill:ember tundra', '"quill:ember" tundra'],
    ['https://quill.org/ember x', 'x'],
    ['https://github.com/quill/ember x', '"https://github.com/quill/ember" x'],
    ['author=Quill x', 'author:Quill x'],
    ['author="Ann Quill"', 'author:"Ann Quill"'],
    ['title=(quill OR ember)', 'title:(quill OR ember)'],
    ['venue:NeurIPS 2024', 'venue:"NeurIPS 2024"'],
    ['venue:NeurIPS, ICML', 'venue:(NeurIPS OR ICML)'],
    ['**quill ember** x', 'quill ember x'],
    ['topic:lmm', 'topic:llm'],
    ['topic:llm,sparsity', 'topic:(llm OR sparsity)'],
    ['topic:quill x', 'quill x'],
    ['When Benchmarks Age: quill', 'When Benchmarks "Age:" quill'],
  ])('%s -> %s', (filter, proposal) => expect(mended(filter)).toEqual([proposal]));
});

describe('Stars in the wrong place are taken away or put right:', () => {
  it.each([
    ['*fusion x', 'fusion x'],
    ['*diffusion*', 'diffusion*'],
    ['prun**', 'prun*'],
    ['pre*training', '"pre*training"'],
    ['prun*ing*', '"prun*ing*"'],
    ['**bold** x', 'bold x'],
    ['**score matching**', 'score matching'],
    ['* x', 'x'],
    ['cs.*', 'cat:cs.*'],
  ])('%s -> %s', (filter, proposal) => expect(mended(filter)).toEqual([proposal]));
});

describe('What was meant as an operator has a hint:', () => {
  it.each([
    ['quill or ember', 'quill OR ember'],
    ['quill but not ember', 'quill NOT ember'],
    ['quill ODER ember', 'quill OR ember'],
    ['quill UND ember', 'quill AND ember'],
    ['quill ET ember', 'quill AND ember'],
    ['quill OU ember', 'quill OR ember'],
    ['quill SAUF ember', 'quill NOT ember'],
    ['quill UND NICHT ember', 'quill NOT ember'],
    ['quill BUT NOT ember', 'quill NOT ember'],
    ['quill WITHOUT (ember OR tundra)', 'quill NOT (ember OR tundra)'],
    ['quill & ember', 'quill ember'],
    ['quill +ember', 'quill ember'],
    ['quill NEAR/5 ember', '"quill ember"~5'],
    ['quill NEAR ember', '"quill ember"~5'],
    ['x quill w/3 ember y', 'x "quill ember"~3 y'],
    ['quill ADJ3 ember', '"quill ember"~3'],
    ['quill ~4 ember', '"quill ember"~4'],
    ['"quill ember" NEAR/99 tundra', '"quill ember tundra"~50'],
    ['title:quill NEAR/5 ember', 'title:"quill ember"~5'],
    ['likes>20', 'upvotes:>20'],
    ['cs.LG quill', 'cat:cs.LG quill'],
    ['quill CS.lg', 'quill cat:cs.LG'],
    ['quant-ph', 'cat:quant-ph'],
    ['quill,ember', 'quill OR ember'],
    ['quill, ember; tundra', 'quill OR ember OR tundra'],
    ['quill，ember', 'quill OR ember'],
    ['quill, ember, and tundra', 'quill OR ember OR tundra'],
    ['x OR (quill, ember)', 'x OR (quill OR ember)'],
    ['quill, ember -tundra', '(quill OR ember) -tundra'],
    ['-quill, ember', '-(quill OR ember)'],
    ['state space, quill', '"state space" OR quill'],
    ['"state space", quill', '"state space" OR quill'],
    ['title:quill, ember', 'title:(quill OR ember)'],
  ])('%s -> %s', (filter, proposal) => expect(mended(filter)).toContain(proposal));

  it.each([
    'quill ember',
    'Attention, Learn to Solve Routing Problems',
    'On the Transformations across Reward Model, Parameter Update',
    '1,2-dichloroethane',
    'N,N-dimethylformamide',
    'author:LeCun, Yann',
    'near ember',
    'OR-tools',
    'ET quill',
    'quill ET',
    '"quill ET ember"',
    'title:cs.LG',
    'quill "cs.LG"',
    'state-of-the-art quill',
    'quill, ',
  ])('and nothing has one in %s', (filter) => expect(mended(filter)).toEqual([]));
});
