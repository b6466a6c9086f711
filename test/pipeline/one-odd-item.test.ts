import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createAddress } from '#src/pipeline/address.ts';
import { createRank, recallTrend } from '#src/pipeline/rank.ts';
import { createReadings } from '#src/pipeline/readings.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule, type TrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { parse } from './some-subscriptions.ts';

const subscriptionOf = (channelId: string, more: Partial<Subscription> = {}): Subscription =>
  aSubscription(channelId, {
    ...{ filter: 'x', what: { kind: 'all' }, serverId: 's', channelId, createdAt: MONDAY, since: MONDAY },
    ...more,
  });

async function openRooms(found: (paper: string) => Subscription[]) {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const cursors = openCursors(db);
  await archive.keep(aPoll(MONDAY, []));
  await archive.endReading('hugging-face', MONDAY);
  const outbox = await openOutbox(db, MONDAY);
  const entry = async (channelId: string) =>
    (await outbox.ledger({ destination: toChannel(channelId), limit: 9 })).map(({ paper }) => paper);
  const matcher = { match: ({ id }: { id: string }) => found(id) };
  const readings = createReadings({ archive, cursors });
  const clock = createFakeClock(MONDAY);
  const rooms = { db, archive, cursors, outbox, matcher, readings, trend: createTrendRule(), log, clock };
  return { ...rooms, entry, address: createAddress({ ...rooms, parse, zones: openZones() }) };
}

const show = (rooms: Awaited<ReturnType<typeof openRooms>>, at: number, ...ids: string[]) =>
  rooms.archive.keep(
    aPoll(
      at,
      ids.map((id, index) => aSighting(aPaper(id), index + 1, { votes: 200 - index })),
    ),
  );

describe('one odd item in the journal', () => {
  it('that cannot be matched is passed over: the papers behind it are queued', async () => {
    const rooms = await openRooms((id) => {
      if (id === 'odd') throw new RangeError('odd');
      return [subscriptionOf('c')];
    });
    await show(rooms, MONDAY + MINUTE, 'odd', 'good');
    await rooms.address({ now: MONDAY + MINUTE });
    expect(await rooms.entry('c')).toEqual(['good']);
  });

  it('is one channel’s alone when its settings cannot be read', async () => {
    const daily = { kind: 'daily', at: '09:00', zone: 'Nowhere/At all' } as const;
    const rooms = await openRooms(() => [
      subscriptionOf('bad zone', { when: daily }),
      subscriptionOf('bad what', { what: null as never }),
      subscriptionOf('good'),
    ]);
    await show(rooms, MONDAY + MINUTE, 'a');
    await rooms.address({ now: MONDAY + MINUTE });
    expect(await rooms.entry('good')).toEqual(['a']);
    expect(await rooms.entry('bad zone')).toEqual([]);
  });

  it('that the trend rule cannot read is passed over, also when it is recalled at the next start', async () => {
    const rooms = await openRooms(() => []);
    await show(rooms, MONDAY + MINUTE, 'odd', 'b');
    await show(rooms, MONDAY + 600 * MINUTE, 'b', 'odd', ...Array.from({ length: 20 }, (_, i) => `p${i}`));
    const rule = createTrendRule();
    const trend: TrendRule = {
      ...rule,
      observe(poll) {
        if (poll.sightings[0]?.paper.id === 'odd') throw new RangeError('odd');
        return rule.observe(poll);
      },
    };
    await createRank({ ...rooms, trend })();
    expect(await rooms.archive.trendEvents('b')).not.toEqual([]);
    await expect(recallTrend({ ...rooms, trend })).resolves.toBeUndefined();
  });

  it('lets two runs at once queue each paper once', async () => {
    const rooms = await openRooms(() => [subscriptionOf('c')]);
    await show(rooms, MONDAY + MINUTE, ...Array.from({ length: 120 }, (_, i) => `p${i}`));
    const runs = await Promise.all([
      rooms.address({ now: MONDAY + MINUTE }),
      rooms.address({ now: MONDAY + MINUTE }),
    ]);
    expect(runs.map(({ added: entry }) => entry).reduce((a, b) => a + b)).toBe(120);
    expect(runs.map(({ checked }) => checked).reduce((a, b) => a + b)).toBe(120);
  });
});
