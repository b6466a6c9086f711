import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import type { Filter, TextField } from '#src/match/language/filter.ts';
import { FILTER_LIMITS } from '#src/match/language/filter-limits.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { ofOnePerson } from '#src/match/language/person.ts';
import { printFilter } from '#src/match/language/print-filter.ts';
import { simplifyFilter } from '#src/match/language/simplify-filter.ts';
import { FIGURE_FIELDS, recordOf } from '#src/paper/figures.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { good, NOW, paper, topics } from '../document.ts';

const PIECES = (
  '( ) ( ) " “ ” （ ） 「 」 \' ‘ ’ `` ! ANDNOT OR AND NOT OR - – | : ： title: author: cat: topic: upvotes: after: age: llm cs.LG cs.* >= 20 <7d ' +
  '2026-01-31 ~5 ~ * rag RAG fine-tuning state space models mod* 深度学习 🚀 \\"{o} \\ { C++ and N:M , ...'
).split(' ');

const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 });
const anything = fc.oneof(
  pieces.map((parts) => parts.join(' ')),
  pieces.map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 1100 }),
  fc.string({ maxLength: 1100 }),
);

const words = fc.constantFrom(
  'rag',
  'RAG',
  'state',
  'space',
  'model',
  'fine-tuning',
  'finetuning',
  'C++',
  '深度学习',
);
const field = fc.constantFrom<TextField | null>(null, null, 'title', 'abstract', 'author', 'org', 'keyword');
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ kind: fc.constant('word' as const), text: words, field }),
  fc.record({ kind: fc.constant('prefix' as const), text: fc.constantFrom('mod', 'fine-tun', 'sta'), field }),
  fc.record({
    kind: fc.constant('phrase' as const),
    text: fc.array(words, { minLength: 2, maxLength: 3 }).map((some) => some.join(' ')),
    field,
    within: fc.option(fc.integer({ min: 1, max: 50 })),
  }),
  fc.record({
    kind: fc.constant('venue' as const),
    form: fc.constantFrom('word' as const, 'prefix' as const, 'phrase' as const),
    text: fc.constantFrom('NeurIPS', 'nature', 'widgets'),
  }),
  fc.record({ kind: fc.constant('category' as const), pattern: fc.constantFrom('cs.LG', 'cs.*', 'math-ph') }),
  fc.record({
    kind: fc.constant('number' as const),
    figure: fc.constantFrom(...FIGURE_FIELDS),
    is: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const, '=' as const),
    value: fc.nat(3),
  }),
  fc.record({
    kind: fc.constant('date' as const),
    side: fc.constantFrom('after' as const, 'before' as const),
    day: fc.constant('2026-03-20'),
  }),
  fc.record({
    kind: fc.constant('age' as const),
    is: fc.constantFrom('<' as const, '>=' as const),
    hours: fc.integer({ min: 0, max: 400 }),
  }),
  fc.constant(good('topic:llm')),
);
const { group } = fc.letrec<{ group: Filter }>((tie) => ({
  group: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('word' as const), text: words, field: fc.constant('author' as const) }),
    fc.record({ kind: fc.constant('not' as const), part: tie('group') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('group'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));
const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    group.map(ofOnePerson),
    fc.record({ kind: fc.constant('not' as const), part: tie('tree') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

const text = fc
  .array(fc.oneof(words, fc.constantFrom('models', 'the', 'states', 'LLM', 'fine tuning')), { maxLength: 8 })
  .map((some) => some.join(' '));
const document = fc
  .record({
    title: text,
    abstract: text,
    authors: fc.array(text, { maxLength: 2 }),
    categories: fc.subarray(['cs.LG', 'cs.AI', 'math.MP']),
    keywords: fc.array(text, { maxLength: 2 }),
    organization: fc.option(text),
    ...recordOf(FIGURE_FIELDS, () => fc.option(fc.nat(4))),
    publishedAt: fc.option(fc.integer({ min: NOW - 20 * 86_400_000, max: NOW })),
  })
  .map(paper);

describe('The filter language', () => {
  it('reads any text, or says where it cannot', () => {
    fc.assert(
      fc.property(anything, (filter) => {
        const parsed = parseFilter(filter, { topics });
        if (parsed.ok) return;
        expect(parsed.error.position).toBeGreaterThanOrEqual(0);
        expect(parsed.error.position).toBeLessThanOrEqual(filter.length);
        expect(inEnglish(parsed.error.message)).toMatch(/\.$/);
        expect(parsed.error.proposal).not.toBe(filter);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads what it printed as the same filter', () => {
    fc.assert(
      fc.property(anything, (filter) => {
        const parsed = parseFilter(filter, { topics });
        const printed = parsed.ok ? printFilter(parsed.filter) : '';
        if (!parsed.ok || printed.length > FILTER_LIMITS.characters) return;
        expect(parseFilter(printed, { topics })).toMatchObject({ ok: true, filter: parsed.filter });
      }),
      { numRuns: 3000 },
    );
  });

  it('prints every tree so that it means the same when read', () => {
    fc.assert(
      fc.property(tree, document, (filter, one) => {
        expect(matchFilter(good(printFilter(filter)), one, NOW)).toBe(matchFilter(filter, one, NOW));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps its meaning when it is simplified, and has nothing left to simplify', () => {
    fc.assert(
      fc.property(tree, document, (filter, one) => {
        const simple = simplifyFilter(filter);
        expect(matchFilter(simple, one, NOW)).toBe(matchFilter(filter, one, NOW));
        expect(simplifyFilter(simple)).toEqual(simple);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a OR (a b)', 'a'],
    ['a (a OR b)', 'a'],
    ['a a b a', 'a b'],
    ['-(NOT a)', 'a'],
    ['(a OR b) OR (b OR c)', 'a OR b OR c'],
    ['title:(a OR a)', 'title:a'],
    ['author:(a a)', 'author:a'],
    ['author:(a (a OR b)) OR author:c', 'author:(a OR c)'],
    ['author:(a b) author:a', 'author:(a b) author:a'],
  ])('%s is simply %s', (filter, simple) => expect(printFilter(simplifyFilter(good(filter)))).toBe(simple));

  it.each([
    ['a AND b | c', 'a b OR c'],
    ['(a OR b) NOT c', '(a OR b) -c'],
    ['title:a title:b', 'title:(a b)'],
    ['NOT (title:a OR title:"b c")', '-title:(a OR "b c")'],
    ['author:a author:b', 'author:a author:b'],
    ['author:(a b)', 'author:(a b)'],
    ['author:(a b) author:c', 'author:(a b) author:c'],
    ['author:a OR -author:b', 'author:a OR -author:b'],
    ['author:(a OR -b)', 'author:(a OR -b)'],
    ['author:(a b OR c) -author:(d -e)', 'author:(a b OR c) -author:(d -e)'],
    ['author:a OR author:(b (c OR -d))', 'author:(a OR b (c OR -d))'],
    ['author:((a OR b))', 'author:(a OR b)'],
    ['TITLE: a CAT:cs.lg UPVOTES:=5 age:<2w', 'title:a cat:cs.LG upvotes:5 age:<14d'],
    ['cat:cs.LG | cat:cs.AI', 'cat:(cs.LG OR cs.AI)'],
    ['upvotes:>1 upvotes:<9', 'upvotes:>1 upvotes:<9'],
    ['NOT, a', 'NOT, a'],
    ['“a  b”～5 prun＊', '"a b"~5 prun*'],
  ])('%s is printed as %s', (filter, printed) => expect(printFilter(good(filter))).toBe(printed));
});
