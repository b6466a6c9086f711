import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '#src/match/parse-filter.ts';
import { topics } from './document.ts';

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

/** Inside another word it is no word of the filter: cs.CLquill. */
function timesIn(filter: string, word: string): number {
  return filter.match(new RegExp(`(?<![\\p{L}\\p{N}.])${word}(?![\\p{L}\\p{N}])`, 'gu'))?.length ?? 0;
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
