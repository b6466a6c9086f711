import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { FIGURE_NAMES, recordOf } from '#src/paper/figures.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { collected } from '#test/collected.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from './some-papers.ts';

const figure = fc.option(fc.integer({ min: 0, max: 5 }), { nil: null });
const stand = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  ...recordOf(FIGURE_NAMES, () => figure),
  batchDay: fc.constantFrom(null, '2026-03-02', '2026-03-03'),
});
const anyPoll = fc.record({
  stands: fc.uniqueArray(stand, { selector: ({ id }) => id }),
  list: fc.constantFrom('daily' as const, 'trending' as const),
  key: fc.constantFrom('2026-03-02', '2026-03-03'),
  after: fc.integer({ min: 1, max: 20 * 60 }),
  complete: fc.boolean(),
  malformed: fc.nat(2),
});
/** Looks in time order, 1 minute to 20 hours apart. */
const anyPolls = fc.array(anyPoll, { maxLength: 60 }).map((drafts) => {
  let at = MONDAY;
  return drafts.map(({ stands, after, ...rest }): Poll => {
    at += after * MINUTE;
    const sightings = stands.map(({ id, ...figures }, index) =>
      aSighting(aPaper(id, { title: '' }), index + 1, figures),
    );
    return aPoll(at, sightings, rest);
  });
});

async function archiveWith(polls: readonly Poll[]): Promise<Archive> {
  const archive = await openArchive(await openDatabase(':memory:'), []);
  for (const poll of polls) await archive.keep(poll);
  return archive;
}

const withoutIds = (polls: readonly (Poll & { id: number })[]) => polls.map(({ id: _, ...poll }) => poll);

async function prune(archive: Archive, now: number): Promise<void> {
  while ((await archive.prune(now)) > 0);
}

describe('polls', () => {
  it('come back exactly as they were kept, from any place on', async () => {
    await fc.assert(
      fc.asyncProperty(anyPolls, fc.nat(60), async (polls, start) => {
        const archive = await archiveWith(polls);
        const all = await archive.pollsAfter(0, 1000);
        expect(withoutIds(all)).toEqual(polls);
        const skipped = Math.min(start, polls.length);
        const from = skipped === 0 ? 0 : all[skipped - 1].id;
        expect(withoutIds(await archive.pollsAfter(from, 1000))).toEqual(polls.slice(skipped));
      }),
      { numRuns: 60 },
    );
  });

  it('come back since an instant', async () => {
    await fc.assert(
      fc.asyncProperty(anyPolls, fc.nat(60), async (polls, start) => {
        const at = polls[start]?.seenAt ?? MONDAY;
        expect(withoutIds(await collected((await archiveWith(polls)).pollsSince(at)))).toEqual(
          polls.filter(({ seenAt }) => seenAt >= at),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('older than 40 days are thinned to the first of each list and day; newer ones stay whole', async () => {
    await fc.assert(
      fc.asyncProperty(anyPolls, fc.nat(20), async (polls, days) => {
        const archive = await archiveWith(polls);
        const now = MONDAY + (40 + days) * DAY;
        await prune(archive, now);
        const day = (poll: Poll) => Math.floor(poll.seenAt / DAY);
        const name = (poll: Poll) => `${poll.list} ${poll.key} ${day(poll)}`;
        const isOld = (poll: Poll) => (day(poll) + 1) * DAY <= now - 40 * DAY;
        const isFirst = (poll: Poll) => polls.find((other) => name(other) === name(poll)) === poll;
        expect(withoutIds(await archive.pollsAfter(0, 1000))).toEqual(
          polls.filter((poll) => !isOld(poll) || isFirst(poll)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('can be read rightly between two slices of thinning', async () => {
    const polls = Array.from({ length: 300 }, (_, i) =>
      aPoll(MONDAY + i * 4 * MINUTE, [aSighting(aPaper('a'), 1, { votes: i })]),
    );
    const archive = await archiveWith(polls);
    expect(await archive.prune(MONDAY + 50 * DAY)).toBe(100);
    const left = await archive.pollsAfter(0, 1000);
    expect(left.map((poll) => poll.sightings[0].votes)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  it('that change nothing cost one small row', async () => {
    const db = await openDatabase(':memory:');
    const archive = await openArchive(db, []);
    const sightings = Array.from({ length: 100 }, (_, i) => aSighting(aPaper(`p${i}`), i + 1, { votes: 1 }));
    for (let i = 0; i < 50; i++) await archive.keep(aPoll(MONDAY + i * MINUTE, sightings));
    expect(await db.get('SELECT count(*) AS n FROM sighting')).toEqual({ n: 100 });
    expect(await archive.pollsAfter(0, 100)).toHaveLength(50);
  });

  it('of single papers leave facts and figures, and no sightings', async () => {
    const archive = await openArchive(await openDatabase(':memory:'), []);
    await archive.keep(aPoll(MONDAY, [aSighting(aPaper('a'), 1, { votes: 4 })], { list: 'lookup', key: '' }));
    expect((await archive.paper('a'))?.signals.votes).toBe(4);
    expect(await archive.pollsAfter(0, 10)).toEqual([]);
  });

  it('tell the history of a paper, with the moment it left a list', async () => {
    const archive = await archiveWith([
      aPoll(MONDAY, [aSighting(aPaper('a'), 1, { votes: 1 })]),
      aPoll(MONDAY + 1, [aSighting(aPaper('a'), 1, { votes: 1 })]),
      aPoll(MONDAY + 2, [aSighting(aPaper('b'), 1, { votes: 9 }), aSighting(aPaper('a'), 2, { votes: 3 })]),
      aPoll(MONDAY + 3, [aSighting(aPaper('b'), 1, { votes: 9 })]),
    ]);
    const points = (await archive.sightings('a')).map(({ at, place, votes }) => [at - MONDAY, place, votes]);
    expect(points).toEqual([
      [0, 1, 1],
      [2, 2, 3],
      [3, null, 3],
    ]);
  });
});

it('the first look at a paper is known with its place, and how many papers that list had', async () => {
  const papers = ['a', 'b', 'c'].map((id) => aPaper(id, { title: '' }));
  const listed = (...places: number[]) => places.map((n, index) => aSighting(papers[n], index + 1));
  const archive = await archiveWith([
    aPoll(MONDAY, listed(0, 1)),
    aPoll(MONDAY + MINUTE, listed(1, 2, 0)),
    aPoll(MONDAY + 2 * MINUTE, listed(2, 1)),
  ]);
  const list = { source: 'hugging-face', list: 'daily', key: '2026-03-02' };
  expect(await archive.firstSight('b')).toEqual({ ...list, at: MONDAY, place: 2, papers: 2 });
  expect(await archive.firstSight('c')).toEqual({ ...list, at: MONDAY + MINUTE, place: 2, papers: 3 });
  expect(await archive.firstSight('d')).toBeNull();
});
