import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import { createRank } from '#src/pipeline/rank.ts';
import { createTrendRule, type TrendRule } from '#src/trend/trend-rule.ts';
import { interruptedDatabase } from '#test/fakes/interrupted-database.ts';
import { dailyPoll, paperNamed } from '#test/trend/growing-batch.ts';

const MONDAY = Date.UTC(2026, 2, 2);
const HOUR = 3_600_000;

async function openRooms() {
  const db = interruptedDatabase(await openDatabase(':memory:'));
  const archive = await openArchive(db, []);
  const cursors = openCursors(db);
  const observed: number[] = [];
  const rule = createTrendRule();
  const trend: TrendRule = {
    ...rule,
    observe(poll) {
      observed.push(poll.seenAt);
      return rule.observe(poll);
    },
  };
  const rank = createRank({ db, archive, cursors, trend, log: silentLog });
  const papers = Array.from({ length: 20 }, (_, index) => paperNamed(`2603.000${10 + index}`));
  const listed = papers.map((paper, index) => ({ paper, votes: index === 0 ? 60 : 1 }));
  await archive.keep(dailyPoll('2026-03-02', MONDAY + 12 * HOUR, listed));
  return { db, archive, cursors, rank, observed };
}

it('who rose is kept when it could not be written the first time', async () => {
  const { db, archive, rank } = await openRooms();
  db.fail(/INSERT INTO cursor/);
  await expect(rank()).rejects.toThrow();
  expect(await archive.trendEvents('2603.00010')).toEqual([]);
  await rank();
  expect(await archive.trendEvents('2603.00010')).toHaveLength(1);
});

it('a poll that two readings want to rank at once is ranked once', async () => {
  const { archive, cursors, rank, observed } = await openRooms();
  await Promise.all([rank(), rank()]);
  expect(observed).toEqual([MONDAY + 12 * HOUR]);
  expect(await cursors.get('ranked poll')).toBe(await archive.lastPollId());
});
