import fc from 'fast-check';
import { expect, it } from 'vitest';
import { silentLog } from '#src/foundation/log.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { paper } from '../match/document.ts';
import { aStore } from './some-subscriptions.ts';

const NOW = Date.UTC(2026, 2, 2);
const FILTERS = ['ocean', 'waves', 'desert', 'topic:none'];
const clock = createFakeClock(NOW);
const document = paper({ title: 'Ocean waves' });
const parse = (filter: string) => parseFilter(filter, { topics: null });

const step = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  becomes: fc.oneof(
    fc.constant(null),
    fc.record({ filter: fc.constantFrom(...FILTERS), cap: fc.integer({ min: 1, max: 5 }) }),
  ),
});

/** As the store has them, by their filters alone. */
const expected = (held: ReadonlyMap<string, Subscription>) =>
  [...held.values()].filter(({ filter }) => filter === 'ocean' || filter === 'waves');

it('whoever matches is the subscription that the store holds now, whatever was added, changed and removed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.nat(12), async (steps, before) => {
      const held = new Map<string, Subscription>();
      const { subscriptionStore, put } = aStore([]);
      const take = ({ id, becomes }: (typeof steps)[number]) => {
        const subscription = becomes && aSubscription(id, becomes);
        put(id, subscription);
        if (subscription) held.set(id, subscription);
        else held.delete(id);
      };
      for (const one of steps.slice(0, before)) take(one);
      const making = createMatcher({ subscriptionStore, parse, clock, log: silentLog });
      for (const one of steps.slice(before)) take(one);
      const matcher = await making;
      const found = matcher.match(document, NOW);
      expect(new Set(found)).toEqual(new Set(expected(held)));
      for (const one of found) expect(subscriptionStore.byId(one.id)).toBe(one);
      expect(found).toHaveLength(expected(held).length);
    }),
  );
});

it('a subscription that is paused or gets another hour is matched as it is from then on', async () => {
  const { subscriptionStore, put } = aStore([aSubscription('a', { filter: 'ocean', cap: 1 })]);
  const matcher = await createMatcher({ subscriptionStore, parse, clock, log: silentLog });
  const later = aSubscription('a', { filter: 'ocean', cap: 9 });
  put('a', later);
  expect(matcher.match(document, NOW)).toEqual([later]);
});

it('of a paper that never rose whoever hears of rises alone is left out, by what it wants now', async () => {
  const trending = { kind: 'trending', sensitivity: 'balanced' } as const;
  const all = { kind: 'all' } as const;
  const { subscriptionStore, put } = aStore([
    aSubscription('trending', { filter: 'ocean', what: trending }),
    aSubscription('all', { filter: 'ocean', what: all }),
    aSubscription('changed', { filter: 'ocean', what: trending }),
  ]);
  const matcher = await createMatcher({ subscriptionStore, parse, clock, log: silentLog });
  put('changed', aSubscription('changed', { filter: 'ocean', what: all }));
  const idsOf = (hasRisen?: boolean) =>
    matcher
      .match(document, NOW, hasRisen)
      .map(({ id }) => id)
      .sort();
  expect(idsOf()).toEqual(['all', 'changed', 'trending']);
  expect(idsOf(true)).toEqual(['all', 'changed', 'trending']);
  expect(idsOf(false)).toEqual(['all', 'changed']);
});

it('a stored filter that cannot be read is told to the operator with its place and a sentence', async () => {
  const log = createKeptLog();
  const { subscriptionStore } = aStore([aSubscription('a', { filter: 'ocean OR "waves' })]);
  await createMatcher({ subscriptionStore, parse, clock, log });
  expect(log.lines).toEqual([
    {
      level: 'error',
      message: 'a stored filter cannot be read',
      fields: { subscription: 'a', position: 9, problem: 'The quote that starts here is not closed.' },
    },
  ]);
});

it('why a filter cannot be read is known until it is mended or removed', async () => {
  const broken = (id: string) => aSubscription(id, { filter: 'ocean OR "waves' });
  const { subscriptionStore, put } = aStore([broken('a'), broken('b'), aSubscription('c')]);
  const matcher = await createMatcher({ subscriptionStore, parse, clock, log: silentLog });
  const problems = () =>
    ['a', 'b', 'c'].map((id) => {
      const problem = matcher.problemOf(id);
      return problem && inEnglish(problem);
    });
  const sentence = 'The quote that starts here is not closed.';
  expect(problems()).toEqual([sentence, sentence, null]);
  put('a', aSubscription('a', { filter: 'ocean OR waves' }));
  put('b', null);
  expect(problems()).toEqual([null, null, null]);
  expect(
    matcher
      .match(document, NOW)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['a', 'c']);
});

it('while very many are read in others have their turn, and what is changed meanwhile is as it is', async () => {
  let elapsed = 0;
  let turns = 0;
  const hurried = { ...clock, elapsed: () => (elapsed += 100) };
  const many = Array.from({ length: 30 }, (_, n) => aSubscription(`s${n}`));
  const { subscriptionStore, put } = aStore(many);
  const recent = Array.from({ length: 30 }, () => document);
  const count = () => {
    turns++;
    if (turns === 45) put('s29', aSubscription('s29', { filter: 'desert' }));
    if (turns === 46) put('s28', null);
    setImmediate(count).unref();
  };
  count();
  const matcher = await createMatcher({ subscriptionStore, parse, clock: hurried, log: silentLog }, recent);
  expect(turns).toBeGreaterThan(50);
  expect(matcher.match(document, NOW)).toHaveLength(28);
});
