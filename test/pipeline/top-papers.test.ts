import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { addTopPapers } from '#src/pipeline/top-papers.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { aStore, entriesIn, parse } from './some-subscriptions.ts';

const NINE = MONDAY + 9 * 60 * MINUTE;
const clock = { now: () => NINE, elapsed: () => 0, sleep: async () => {} };

const top = (id: string, n: number, patch: Partial<Subscription> = {}) =>
  aSubscription(id, {
    scope: { kind: 'top', n },
    when: { kind: 'daily', at: '09:00', zone: 'UTC' },
    since: MONDAY,
    ...patch,
  });

/** Papers seen a minute after each other from midnight on, with votes. */
async function open(
  subscriptions: readonly Subscription[],
  papers: readonly { title: string; votes: number }[],
) {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  await archive.keep(aPoll(MONDAY, []));
  await archive.endReading('hugging-face', MONDAY);
  for (const [number, { title, votes }] of papers.entries()) {
    const sighting = aSighting(aPaper(`p${number}`, { title }), 1, { votes });
    await archive.keep(aPoll(MONDAY + (number + 1) * MINUTE, [sighting], { complete: false }));
  }
  const { subscriptionStore, put } = aStore(subscriptions);
  const matcher = await createMatcher({ subscriptionStore, parse, clock, log: silentLog });
  const outbox = await openOutbox(db, MONDAY);
  const rooms = {
    db,
    archive,
    cursors: openCursors(db),
    subscriptionStore,
    matcher,
    outbox,
    clock,
    log: silentLog,
    zones: openZones(),
    trend: createTrendRule(),
  };
  return { ...rooms, put, serve: (now = NINE) => addTopPapers(rooms, now) };
}

/** The same, one subscription after the other, each reading every paper: what a channel has was queued is left out. */
async function plainly(
  { archive }: Pick<Awaited<ReturnType<typeof open>>, 'archive'>,
  subscriptions: readonly Subscription[],
): Promise<string[]> {
  const entry = new Set<string>();
  for (const { filter, channelId, scope, since } of subscriptions) {
    const parsed = parse(filter);
    if (!parsed.ok || scope.kind !== 'top') continue;
    const best = (await archive.arrivedSince(since, 5000))
      .filter(({ newsAt }) => newsAt !== null && newsAt >= since)
      .filter(({ firstSeenAt, paper }) => firstSeenAt < NINE && !entry.has(`${channelId} ${paper.id}`))
      .filter((stored) => matchFilter(parsed.filter, documentOf(stored), NINE))
      .sort((a, b) => (b.signals.votes ?? 0) - (a.signals.votes ?? 0))
      .slice(0, scope.n);
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

describe('the best of a day', () => {
  it('is for every subscription what it would be if each were served alone, in their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyOrder, { minLength: 1, maxLength: 30 }),
        anyPapers,
        async (orders, papers) => {
          const subscriptions = orders.map(({ n, ...patch }, number) => top(`s${number}`, n, patch));
          const scene = await open(subscriptions, papers);
          await scene.serve();
          expect(await entriesIn(scene.db)).toEqual(await plainly(scene, subscriptions));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('comes once where one run overtakes another', async () => {
    const scene = await open(
      [top('a', 1)],
      [
        { title: 'ocean one', votes: 3 },
        { title: 'ocean two', votes: 9 },
      ],
    );
    let elapsed = 0;
    const slowly = { ...clock, elapsed: () => (elapsed += 100) };
    const overtaken = addTopPapers({ ...scene, clock: slowly }, NINE);
    await new Promise((resolve) => setImmediate(resolve));
    await scene.serve();
    await overtaken;
    expect(await entriesIn(scene.db)).toEqual(['channel of a p1']);
  });

  it('of an hour that was missed holds nothing that came after it', async () => {
    const scene = await open([top('a', 2)], [{ title: 'ocean one', votes: 3 }]);
    const late = aSighting(aPaper('late', { title: 'ocean late' }), 1, { votes: 90 });
    await scene.archive.keep(aPoll(NINE + MINUTE, [late], { complete: false }));
    await scene.serve(NINE + 10 * MINUTE);
    expect(await entriesIn(scene.db)).toEqual(['channel of a p0']);
  });

  it('comes once, also where two runs meet, and goes on from there the next day', async () => {
    const scene = await open(
      [top('a', 1)],
      [
        { title: 'ocean one', votes: 3 },
        { title: 'ocean two', votes: 9 },
      ],
    );
    await Promise.all([scene.serve(), scene.serve(NINE + 5000)]);
    expect(await entriesIn(scene.db)).toEqual(['channel of a p1']);
    const late = aSighting(aPaper('late', { title: 'ocean late' }), 1, { votes: 1 });
    await scene.archive.keep(aPoll(NINE + MINUTE, [late], { complete: false }));
    await scene.serve(NINE + 10 * MINUTE);
    expect(await entriesIn(scene.db)).toEqual(['channel of a p1']);
    await scene.serve(NINE + 24 * 60 * MINUTE);
    expect(await entriesIn(scene.db)).toEqual(['channel of a late', 'channel of a p1']);
  });

  it('waits for its hour, and is not chosen for a subscription that was removed, paused or changed meanwhile', async () => {
    const scene = await open(
      [top('a', 1), top('b', 1), top('c', 1), top('early', 1, { since: NINE })],
      [{ title: 'ocean one', votes: 3 }],
    );
    await scene.serve(NINE - 1);
    expect(await entriesIn(scene.db)).toEqual([]);
    // Asked of the last, when the first two have chosen.
    const has: Outbox['has'] = (destination, paper) => {
      if (destination === 'channel:channel of c') {
        scene.put('a', null);
        scene.put('b', { ...top('b', 1), filter: 'desert' });
      }
      return scene.outbox.has(destination, paper);
    };
    await addTopPapers({ ...scene, outbox: { ...scene.outbox, has } }, NINE);
    expect(await entriesIn(scene.db)).toEqual(['channel of c p0']);
    await scene.serve(NINE + 5000);
    expect(await entriesIn(scene.db)).toEqual(['channel of c p0']);
  });
});
