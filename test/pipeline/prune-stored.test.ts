import type { Keyv } from 'keyv';
import { beforeEach, describe, expect, it } from 'vitest';
import { openCursors } from '#src/foundation/cursors.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { pruneStored } from '#src/pipeline/prune-stored.ts';
import { openVoteStore } from '#src/reader/vote-store.ts';
import { aPoll, aSighting, DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { inC, NOON, openCounter, why } from './some-deliveries.ts';

type Counter = Awaited<ReturnType<typeof openCounter>>;

let counter: Counter;
let pages: Keyv;
let forgotten: string[];
let purged: number[];
let slept: number[];
let subscriptionsPruned: number;
/** By how much the clock is ahead of Discord's. */
let ahead: number;
beforeEach(async () => {
  counter = await openCounter({ papers: [] });
  pages = await openKeyv(counter.db, 'pages', counter.clock);
  [forgotten, purged, slept, subscriptionsPruned, ahead] = [[], [], [], 0, 0];
});

async function pruneAt(now: number) {
  counter.clock.jump(now);
  const from = now - ahead;
  await pruneStored({
    ...counter,
    cursors: openCursors(counter.db),
    voteStore: await openVoteStore(counter.db),
    subscriptionStore: {
      ...counter.rooms.subscriptionStore,
      prune: async () => void subscriptionsPruned++,
    } as never,
    trouble: { purge: async (days) => void purged.push(days) },
    clock: { ...counter.clock, sleep: async (ms) => void slept.push(ms) },
    postman: { time: () => ({ from, until: from + 9 * DAY }) },
    forgetPapers: (ids) => forgotten.push(...ids),
    purgeAfterDays: 30,
  });
}

describe('whatever has come to the end of its life', () => {
  it('goes: papers, which the search forgets too, and servers that were left so long ago', async () => {
    for (const [at, id] of [
      [MONDAY, 'old'],
      [MONDAY + 365 * DAY, 'young'],
    ] as const)
      await counter.archive.keep(
        aPoll(at, [aSighting(aPaper(id), 1)], { key: new Date(at).toISOString().slice(0, 10) }),
      );
    await pruneAt(MONDAY + 731 * DAY);
    expect(await counter.archive.paper('old')).toBeNull();
    expect(await counter.archive.paper('young')).not.toBeNull();
    expect([forgotten, purged, subscriptionsPruned]).toEqual([['old'], [30], 1]);
    expect(new Set(slept)).toEqual(new Set([50]));
  });

  it('stays until then', async () => {
    await counter.archive.keep(aPoll(MONDAY, [aSighting(aPaper('young'), 1)]));
    await pruneAt(MONDAY + 30 * DAY);
    expect([forgotten, await counter.archive.size(), slept]).toEqual([[], 1, []]);
  });

  it('of what was sent leaves the reason that "Why here?" tells', async () => {
    await counter.queue('a', { why: why({ asked: { kind: 'all' }, votes: 3 }) });
    await counter.run();
    await pruneAt(NOON + 91 * DAY);
    const [{ why: kept, subscriptions }] = await counter.outbox.ledger({ limit: 1 });
    expect(kept).toEqual({ filters: ['ocean'], news: { kind: 'new', at: MONDAY }, asked: { kind: 'all' } });
    expect(subscriptions).toEqual([]);
  });

  it('goes from what is kept for a time, and from troubles that ended long ago', async () => {
    await pages.set('page', 1, DAY);
    const trouble = {
      serverId: 's',
      destination: 'channel:c',
      code: 'x',
      reason: 'x',
      since: MONDAY,
      last: null,
    } as const;
    await counter.outbox.episodes.begin(trouble);
    await counter.outbox.episodes.end('channel:c', MONDAY);
    await pruneAt(NOON + 401 * DAY);
    expect(await counter.outbox.episodes.ofServer('s')).toEqual([]);
    expect(await counter.db.all('SELECT 1 FROM keyv')).toEqual([]);
  });
});

describe('a clock that runs ahead of Discord’s', () => {
  it('by more than 75 days tidies nothing away, and the operator is warned', async () => {
    await counter.archive.keep(aPoll(MONDAY, [aSighting(aPaper('old'), 1)]));
    ahead = 75 * DAY + 1;
    await pruneAt(MONDAY + 800 * DAY);
    expect([await counter.archive.size(), purged, subscriptionsPruned]).toEqual([1, [], 0]);
    expect(counter.log.lines).toMatchObject([{ level: 'warn', fields: { days: 75 } }]);
    ahead = 75 * DAY;
    await pruneAt(MONDAY + 800 * DAY);
    expect(purged).toEqual([30]);
  });
});

describe('what was noted of subscriptions and channels', () => {
  it('goes 90 days later where they are no more', async () => {
    const cursors = openCursors(counter.db);
    counter.put('s2', inC('s2'));
    await counter.outbox.hold(
      { serverId: 's', destination: 'channel:held' },
      { code: 'channel-gone', reason: 'x' },
      MONDAY,
    );
    const noted = {
      'top s2': MONDAY,
      'top gone': MONDAY,
      'told of hold held': MONDAY,
      'told of hold free': MONDAY,
    };
    for (const [name, at] of Object.entries(noted)) await cursors.set(name, at);
    const left = async () => {
      const found = [
        ...(await cursors.startingWith('top ')),
        ...(await cursors.startingWith('told of hold ')),
      ];
      return found.map(({ name }) => name).sort();
    };
    await pruneAt(MONDAY + 90 * DAY);
    expect(await left()).toEqual(Object.keys(noted).sort());
    await pruneAt(MONDAY + 90 * DAY + 1);
    expect(await left()).toEqual(['told of hold held', 'top s2']);
  });
});
