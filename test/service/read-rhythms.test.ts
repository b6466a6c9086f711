import { beforeEach, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openPaperSearch, type PaperSearch } from '#src/archive/paper-search.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { noTopics } from '#src/match/language/topic-catalogue.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { readRhythms } from '#src/service/read-rhythms.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { NOTHING_MUTED } from '#test/fakes/nothing-muted.ts';
import { anEntry } from '#test/outbox/some-posts.ts';

const NOW = MONDAY + DAY / 2;
const ago = (days: number) => NOW - days * DAY;
const one = (more: Partial<Subscription> = {}) =>
  aSubscription('a', { serverId: 's', channelId: 'c', what: { kind: 'all' }, since: ago(50), ...more });

let room: Awaited<ReturnType<typeof openRoom>>;
beforeEach(async () => {
  room = await openRoom();
});

/** Each day from 40 days ago on two papers came, one on the ocean; two of all rose, to 3.1 and to 2.6. */
async function openRoom() {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const outbox = await openOutbox(db, NOW);
  for (let day = 40; day > 0; day--) {
    const papers = ['Ocean', 'Desert'].map((title, index) =>
      aPaper(`2602.${100 * (index + 1) + day}00`, { title }),
    );
    await archive.keep(
      aPoll(
        ago(day),
        papers.map((paper, index) => aSighting(paper, index + 1)),
        {
          ...{ key: `day ${day}`, complete: false },
        },
      ),
    );
  }
  const rise = (paper: string, at: number, score: number) => ({
    ...{ paper, at, from: 0, score, reason: { kind: 'rank', rank: 1 } as const },
  });
  await archive.keepTrendEvents([rise('2602.10500', ago(4), 3.1), rise('2602.20600', ago(5), 2.6)]);
  const open = (search: PaperSearch) =>
    readRhythms({
      ...{ archive, outbox, search, mutes: NOTHING_MUTED, trend: createTrendRule() },
      ...{ topics: noTopics, zones: openZones(), clock: createFakeClock(NOW) },
    });
  const rhythmOf = await open(openPaperSearch(archive));
  const decide = (day: number, ...subscriptions: string[]) =>
    outbox.add(
      anEntry(`p${day}`, {
        ...{ serverId: 's', destination: toChannel('c'), subscriptions },
        ...{ decidedAt: ago(day), dueAt: ago(day) },
      }),
    );
  return { open, rhythmOf, decide, outbox };
}

const daysAgo = (instants: readonly number[]) => instants.map((at) => Math.round((NOW - at) / DAY));

it('what came is each paper that was decided for it, sent or not, and no other’s', async () => {
  await room.decide(20, 'a', 'b');
  await room.decide(10, 'b');
  await room.decide(5, 'a');
  const rhythm = await room.rhythmOf(one(), null);
  expect(daysAgo(rhythm?.posts ?? [])).toEqual([20, 5]);
  expect(rhythm?.from).toBe(ago(50));
});

it('what waits in a channel on hold came too', async () => {
  const place = { serverId: 's', destination: toChannel('c') };
  await room.decide(5, 'a');
  await room.outbox.hold(place, { code: 'permission-missing', reason: 'x' }, NOW);
  expect(daysAgo((await room.rhythmOf(one(), null))?.posts ?? [])).toEqual([5]);
});

it('what could have come are all papers, or for what is newly trending those that rose so high', async () => {
  expect((await room.rhythmOf(one(), null))?.chances).toHaveLength(80);
  const trending = (sensitivity: 'balanced' | 'early') => one({ what: { kind: 'trending', sensitivity } });
  expect(daysAgo((await room.rhythmOf(trending('balanced'), null))?.chances ?? [])).toEqual([4]);
  expect(daysAgo((await room.rhythmOf(trending('early'), null))?.chances ?? [])).toEqual([5, 4]);
});

it('of one that is younger than 30 days, what would have come before it counts as well', async () => {
  await room.decide(5, 'a');
  const rhythm = await room.rhythmOf(one({ since: ago(10.5) }), null);
  const before = Array.from({ length: 19 }, (_, index) => 29 - index);
  expect(daysAgo(rhythm?.posts ?? [])).toEqual([...before, 5]);
  expect(rhythm?.from).toBe(ago(30));
});

it('that is not asked where what came of late is no silence and no noise', async () => {
  await room.decide(2, 'a');
  const rhythm = await room.rhythmOf(one({ since: ago(10.5) }), null);
  expect(daysAgo(rhythm?.posts ?? [])).toEqual([2]);
});

it('what came before a moderator called it fine does not count', async () => {
  await room.decide(20, 'a');
  await room.decide(5, 'a');
  const rhythm = await room.rhythmOf(one(), ago(10));
  expect(daysAgo(rhythm?.posts ?? [])).toEqual([5]);
  expect(rhythm?.from).toBe(ago(10));
  expect(daysAgo((await room.rhythmOf(one({ since: ago(9.5) }), ago(12)))?.posts ?? [])).toEqual([11, 10, 5]);
});

it.each([
  ['was made or changed within three days', { since: ago(2) }],
  ['has a filter that cannot be read', { since: ago(10), filter: 'a OR (' }],
])('nothing is told of one that %s', async (_, more) => {
  expect(await room.rhythmOf(one(more), null)).toBeNull();
});

it('nothing is told of one whose filter asks for too much work to be tried on the past', async () => {
  const matching = async () => ({ papers: new Set<string>(), complete: false });
  const rhythmOf = await room.open({ matching } as unknown as PaperSearch);
  expect(await rhythmOf(one({ since: ago(10) }), null)).toBeNull();
});
