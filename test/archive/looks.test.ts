import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { FIGURE_NAMES, recordOf } from '#src/paper/figures.ts';
import type { Look } from '#src/paper/sighting.ts';
import { collected } from '#test/collected.ts';
import { aLook, aPaper, aSighting, DAY, MINUTE, MONDAY } from './some-papers.ts';

const figure = fc.option(fc.integer({ min: 0, max: 5 }), { nil: null });
const stand = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  ...recordOf(FIGURE_NAMES, () => figure),
  batchDay: fc.constantFrom(null, '2026-03-02', '2026-03-03'),
});
const anyLook = fc.record({
  stands: fc.uniqueArray(stand, { selector: ({ id }) => id }),
  list: fc.constantFrom('daily' as const, 'trending' as const),
  key: fc.constantFrom('2026-03-02', '2026-03-03'),
  after: fc.integer({ min: 1, max: 20 * 60 }),
  complete: fc.boolean(),
  malformed: fc.nat(2),
});
/** Looks in time order, 1 minute to 20 hours apart. */
const anyLooks = fc.array(anyLook, { maxLength: 60 }).map((drafts) => {
  let at = MONDAY;
  return drafts.map(({ stands, after, ...rest }): Look => {
    at += after * MINUTE;
    const sightings = stands.map(({ id, ...figures }, index) =>
      aSighting(aPaper(id, { title: '' }), index + 1, figures),
    );
    return aLook(at, sightings, rest);
  });
});

async function archiveWith(looks: readonly Look[]): Promise<Archive> {
  const archive = await openArchive(await openDatabase(':memory:'), []);
  for (const look of looks) await archive.keep(look);
  return archive;
}

const withoutIds = (looks: readonly (Look & { id: number })[]) => looks.map(({ id: _, ...look }) => look);

async function prune(archive: Archive, now: number): Promise<void> {
  while ((await archive.prune(now)) > 0);
}

describe('looks', () => {
  it('come back exactly as they were kept, from any place on', async () => {
    await fc.assert(
      fc.asyncProperty(anyLooks, fc.nat(60), async (looks, start) => {
        const archive = await archiveWith(looks);
        const all = await archive.looksAfter(0, 1000);
        expect(withoutIds(all)).toEqual(looks);
        const skipped = Math.min(start, looks.length);
        const from = skipped === 0 ? 0 : all[skipped - 1].id;
        expect(withoutIds(await archive.looksAfter(from, 1000))).toEqual(looks.slice(skipped));
      }),
      { numRuns: 60 },
    );
  });

  it('come back since an instant', async () => {
    await fc.assert(
      fc.asyncProperty(anyLooks, fc.nat(60), async (looks, start) => {
        const at = looks[start]?.seenAt ?? MONDAY;
        expect(withoutIds(await collected((await archiveWith(looks)).looksSince(at)))).toEqual(
          looks.filter(({ seenAt }) => seenAt >= at),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('older than 40 days are thinned to the first of each list and day; newer ones stay whole', async () => {
    await fc.assert(
      fc.asyncProperty(anyLooks, fc.nat(20), async (looks, days) => {
        const archive = await archiveWith(looks);
        const now = MONDAY + (40 + days) * DAY;
        await prune(archive, now);
        const day = (look: Look) => Math.floor(look.seenAt / DAY);
        const name = (look: Look) => `${look.list} ${look.key} ${day(look)}`;
        const isOld = (look: Look) => (day(look) + 1) * DAY <= now - 40 * DAY;
        const isFirst = (look: Look) => looks.find((other) => name(other) === name(look)) === look;
        expect(withoutIds(await archive.looksAfter(0, 1000))).toEqual(
          looks.filter((look) => !isOld(look) || isFirst(look)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('can be read rightly between two slices of thinning', async () => {
    const polls = Array.from({ length: 300 }, (_, i) =>
      aLook(MONDAY + i * 4 * MINUTE, [aSighting(aPaper('a'), 1, { votes: i })]),
    );
    const archive = await archiveWith(polls);
    expect(await archive.prune(MONDAY + 50 * DAY)).toBe(100);
    const left = await archive.looksAfter(0, 1000);
    expect(left.map((look) => look.sightings[0].votes)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  it('that change nothing cost one small row', async () => {
    const db = await openDatabase(':memory:');
    const archive = await openArchive(db, []);
    const sightings = Array.from({ length: 100 }, (_, i) => aSighting(aPaper(`p${i}`), i + 1, { votes: 1 }));
    for (let i = 0; i < 50; i++) await archive.keep(aLook(MONDAY + i * MINUTE, sightings));
    expect(await db.get('SELECT count(*) AS n FROM sighting')).toEqual({ n: 100 });
    expect(await archive.looksAfter(0, 100)).toHaveLength(50);
  });

  it('of single papers leave facts and figures, and no sightings', async () => {
    const archive = await openArchive(await openDatabase(':memory:'), []);
    await archive.keep(aLook(MONDAY, [aSighting(aPaper('a'), 1, { votes: 4 })], { list: 'lookup', key: '' }));
    expect((await archive.paper('a'))?.signals.votes).toBe(4);
    expect(await archive.looksAfter(0, 10)).toEqual([]);
  });

  it('tell the history of a paper, with the moment it left a list', async () => {
    const archive = await archiveWith([
      aLook(MONDAY, [aSighting(aPaper('a'), 1, { votes: 1 })]),
      aLook(MONDAY + 1, [aSighting(aPaper('a'), 1, { votes: 1 })]),
      aLook(MONDAY + 2, [aSighting(aPaper('b'), 1, { votes: 9 }), aSighting(aPaper('a'), 2, { votes: 3 })]),
      aLook(MONDAY + 3, [aSighting(aPaper('b'), 1, { votes: 9 })]),
    ]);
    const points = (await archive.sightings('a')).map(({ at, place, votes }) => [at - MONDAY, place, votes]);
    expect(points).toEqual([
      [0, 1, 1],
      [2, 2, 3],
      [3, null, 3],
    ]);
  });
});
