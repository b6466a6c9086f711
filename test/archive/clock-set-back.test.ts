import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { orderedBefore } from '#src/foundation/instants.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from './some-papers.ts';

const HOUR = 60 * MINUTE;
const NOON = MONDAY + 12 * HOUR;
/** Until then the clock ran ahead. */
const AHEAD = NOON + 60 * DAY;

describe('the archive of a clock that was set back', () => {
  let db: Database;
  let archive: Archive;
  beforeEach(async () => {
    db = await openDatabase(':memory:');
    archive = await openArchive(db, []);
  });
  const pollLists = (seenAt: number, votes: Record<string, number>) =>
    archive.keep(
      aPoll(
        seenAt,
        Object.entries(votes).map(([id, count], index) => aSighting(aPaper(id), index + 1, { votes: count })),
      ),
    );
  const putRight = async (now: number) => archive.putRight(now, orderedBefore(now, await archive.ahead(now)));
  const placesIn = (polls: Awaited<ReturnType<Archive['pollsAfter']>>) =>
    polls.map(({ seenAt, sightings }) => [
      seenAt,
      sightings.map(({ paper, votes }) => `${paper.id} ${votes}`),
    ]);

  it('keeps every poll of a list, in the order they were taken, though a later one has an earlier instant', async () => {
    await pollLists(NOON + 2 * HOUR, { a: 3, b: 2 });
    await pollLists(NOON + 2 * HOUR + MINUTE, { a: 4, b: 2 });
    await pollLists(NOON, { b: 9, a: 5 });
    await pollLists(NOON + MINUTE, { b: 9, a: 6, c: 1 });
    expect(placesIn(await archive.pollsAfter(0, 10))).toEqual([
      [NOON + 2 * HOUR, ['a 3', 'b 2']],
      [NOON + 2 * HOUR + MINUTE, ['a 4', 'b 2']],
      [NOON, ['b 9', 'a 5']],
      [NOON + MINUTE, ['b 9', 'a 6', 'c 1']],
    ]);
  });

  it('keeps them over midnight too, also when the days are thinned', async () => {
    await pollLists(MONDAY + DAY + MINUTE, { a: 1 });
    await pollLists(MONDAY + DAY + 2 * MINUTE, { a: 2 });
    await pollLists(MONDAY + 23 * HOUR, { a: 3 });
    await pollLists(MONDAY + 23 * HOUR + MINUTE, { a: 4 });
    await pollLists(MONDAY + DAY + 3 * MINUTE, { a: 5 });
    while ((await archive.prune(MONDAY + 60 * DAY)) > 0);
    const left = placesIn(await archive.pollsAfter(0, 10));
    expect(left).toEqual([
      [MONDAY + DAY + MINUTE, ['a 1']],
      [MONDAY + 23 * HOUR, ['a 3']],
    ]);
  });

  it('takes the newest figures again at once', async () => {
    await pollLists(AHEAD, { a: 3 });
    expect((await pollLists(NOON, { a: 5 })).changed).toEqual([]);
    await putRight(NOON + MINUTE);
    expect((await pollLists(NOON + 2 * MINUTE, { a: 6 })).changed).toEqual(['a']);
    expect((await archive.paper('a'))?.signals.votes).toBe(6);
  });

  it('moves what lies ahead to just before now, in its order, and leaves the rest', async () => {
    await pollLists(NOON - DAY, { old: 1 });
    await pollLists(AHEAD - HOUR, { b: 1 });
    await pollLists(AHEAD, { c: 1 });
    const reason = { kind: 'rank', rank: 1 } as const;
    await archive.keepTrendEvents([
      { paper: 'b', at: AHEAD, from: 0, score: 3, reason },
      { paper: 'b', at: AHEAD + MINUTE, from: 3, score: 4, reason },
    ]);
    await archive.notePoll({
      failed: true,
      source: 'arxiv-rss',
      list: 'announced',
      key: 'cs.LG',
      at: AHEAD,
      reason: 'down',
    });

    expect(Math.max(...(await archive.ahead(NOON)))).toBe(AHEAD + MINUTE);
    await putRight(NOON);
    const order = [
      (await archive.paper('old'))?.firstSeenAt,
      (await archive.paper('b'))?.firstSeenAt,
      (await archive.paper('c'))?.firstSeenAt,
      ...(await archive.trendEvents('b')).map(({ at }) => at),
    ];
    expect(order).toEqual(order.toSorted());
    expect(order[0]).toBe(NOON - DAY);
    expect(order[1]).toBeGreaterThan(NOON - 2 * MINUTE);
    expect(order.at(-1)).toBeLessThan(NOON);
    expect((await archive.trendEvents('b')).map(({ score }) => score)).toEqual([3, 4]);
    // What failed then may be a list of a day that has not come.
    expect((await archive.health())[0]).toMatchObject({ failedAt: null, reason: null });
    expect(await archive.ahead(NOON)).toEqual([]);
  });

  it('leaves an instant ahead in no column but those of polls, whatever the clock did before', async () => {
    const whole = { complete: true, key: 'cs.LG' };
    await archive.keep(aPoll(AHEAD, [aSighting(aPaper('sought'), 1)], { list: 'lookup', key: '' }));
    await archive.keep(aPoll(AHEAD, [aSighting(aPaper('first'), 1)], { ...whole, list: 'announced' }));
    await archive.endReading('hugging-face', AHEAD);
    await archive.keep(
      aPoll(AHEAD + 1, [aSighting(aPaper('news'), 1, { votes: 1 })], { ...whole, list: 'announced' }),
    );
    await pollLists(AHEAD + 2, { a: 1 });
    await archive.noteAsked(['a'], AHEAD);
    await putRight(NOON);
    const columns = await db.all<{
      t: string;
      c: string;
    }>(`SELECT m.name AS t, c.name AS c FROM sqlite_master AS m, pragma_table_info(m.name) AS c
         WHERE m.type = 'table' AND c.type = 'INTEGER'`);
    const left: typeof columns = [];
    for (const column of columns) {
      const sql = `SELECT 1 FROM "${column.t}" WHERE "${column.c}" BETWEEN ? AND ?`;
      if ((await db.get(sql, NOON, AHEAD + DAY)) !== undefined) left.push(column);
    }
    // arXiv is asked again for what it was asked ahead of now: paper-questions.ts.
    expect(left.map(({ t, c }) => `${t}.${c}`)).toEqual(['paper.asked_at', 'poll.seen_at']);
  });
});
