import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentOf } from '#src/archive/stored-paper.ts';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { NINE, openKiosk, top } from './some-best-papers.ts';
import { entriesIn, parse } from './some-subscriptions.ts';

/** The same, one subscription after the other, each reading every paper: what a channel has was queued is left out. */
async function plainly(
  { archive }: Pick<Awaited<ReturnType<typeof openKiosk>>, 'archive'>,
  subscriptions: readonly Subscription[],
): Promise<string[]> {
  const entry = new Set<string>();
  for (const { filter, channelId, what, since } of subscriptions) {
    const parsed = parse(filter);
    if (!parsed.ok || what.kind !== 'top') continue;
    const best = (await archive.arrivedSince(since, 5000))
      .filter(({ newsAt }) => newsAt !== null && newsAt >= since)
      .filter(({ firstSeenAt, paper }) => firstSeenAt < NINE && !entry.has(`${channelId} ${paper.id}`))
      .filter((stored) => matchFilter(parsed.filter, documentOf(stored), NINE))
      .sort((a, b) => (b.signals.votes ?? 0) - (a.signals.votes ?? 0))
      .slice(0, what.n);
    for (const { paper } of best) entry.add(`${channelId} ${paper.id}`);
  }
  return [...entry].sort();
}

const anyOrder = fc.record({
  filter: fc.constantFrom('ocean', 'ice', 'ocean OR ice', 'ocean -ice', 'upvotes:>=5', 'ocean ('),
  channelId: fc.constantFrom('c1', 'c2', 'c3'),
  n: fc.integer({ min: 1, max: 4 }),
  since: fc.nat(8).map((minutes) => MONDAY + minutes * MINUTE),
});
const anyPapers = fc.array(
  fc.record({ title: fc.constantFrom('ocean', 'ice', 'ocean ice', 'desert'), votes: fc.nat(9) }),
  { maxLength: 12 },
);

// On a busy machine it takes far longer than alone.
it('the best of a day is for every subscription what it would be if each were served alone, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyOrder, { minLength: 1, maxLength: 30 }),
      anyPapers,
      async (orders, papers) => {
        const subscriptions = orders.map(({ n, ...patch }, number) => top(`s${number}`, n, patch));
        const scene = await openKiosk(subscriptions, papers);
        await scene.serve();
        expect(await entriesIn(scene.db)).toEqual(await plainly(scene, subscriptions));
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);
