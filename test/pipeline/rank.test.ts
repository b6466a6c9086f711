import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { createRank, recallTrend } from '#src/pipeline/rank.ts';
import { createTrendRule, type TrendRule } from '#src/trend/trend-rule.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { interruptedDatabase } from '#test/fakes/interrupted-database.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
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
  const log = createKeptLog();
  const rank = createRank({ db, archive, cursors, trend, log });
  const papers = Array.from({ length: 20 }, (_, index) => paperNamed(`2603.000${10 + index}`));
  const listed = papers.map((paper, index) => ({ paper, votes: index === 0 ? 60 : 1 }));
  await archive.keep(dailyPoll('2026-03-02', MONDAY + 12 * HOUR, listed));
  return { db, archive, cursors, rank, observed, trend, log };
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

const DAY = 24 * HOUR;
const pollAt = (at: number) =>
  dailyPoll(new Date(at).toISOString().slice(0, 10), at, [{ paper: paperNamed('p'), votes: 1 }]);

it('very many polls are ranked in the order in which they were kept, and none twice', async () => {
  const { archive, rank, observed } = await openRooms();
  const instants = Array.from({ length: 60 }, (_, n) => MONDAY + 13 * HOUR + n);
  for (const at of instants) await archive.keep(pollAt(at));
  await rank();
  await rank();
  expect(observed).toEqual([MONDAY + 12 * HOUR, ...instants]);
});

it('a poll that cannot be ranked, and a rise that cannot be stored, are told to the operator', async () => {
  const { db, archive, cursors, trend, rank, log } = await openRooms();
  await db.run(`CREATE TRIGGER odd BEFORE INSERT ON trend_event WHEN new.paper = '2603.00010'
    BEGIN SELECT RAISE(ABORT, 'odd'); END`);
  await rank();
  await archive.keep(pollAt(MONDAY + 13 * HOUR));
  const odd: TrendRule = {
    ...trend,
    observe: () => {
      throw new RangeError('odd');
    },
  };
  await createRank({ db, archive, cursors, trend: odd, log })();
  expect(log.lines).toMatchObject([
    { level: 'error', fields: { poll: 1, paper: '2603.00010', err: { name: expect.any(String) } } },
    {
      level: 'error',
      fields: {
        poll: 2,
        source: 'hugging-face',
        list: 'daily',
        key: '2026-03-02',
        err: { name: 'RangeError' },
      },
    },
  ]);
  expect(await cursors.get('ranked poll')).toBe(2);
});

it('at the start the rule reads again what it had read in the last 150 days, and nothing more', async () => {
  const { archive, cursors, rank, observed, trend, log } = await openRooms();
  for (const days of [1, 2]) await archive.keep(pollAt(MONDAY + days * DAY));
  await rank();
  await archive.keep(pollAt(MONDAY + 3 * DAY));
  observed.length = 0;
  const setBack: number[] = [];
  const recalled = { ...trend, setBack: (at: number) => void setBack.push(at) };
  const clock = createFakeClock(MONDAY + DAY + 150 * DAY);
  await recallTrend({ archive, cursors, trend: recalled, log, clock });
  expect(observed).toEqual([MONDAY + DAY, MONDAY + 2 * DAY]);
  expect(setBack).toEqual([clock.now()]);
});

it('at the start the rule hears of a clock that was set back between two polls, by more than a minute', async () => {
  const { archive, cursors, rank, trend, log } = await openRooms();
  const instants = [14 * HOUR, 14 * HOUR - 60_000, 13 * HOUR - 60_001].map((ms) => MONDAY + ms);
  for (const at of instants) await archive.keep(pollAt(at));
  await rank();
  const setBack: number[] = [];
  const recalled = { ...trend, setBack: (at: number) => void setBack.push(at) };
  const clock = createFakeClock(MONDAY + DAY);
  await recallTrend({ archive, cursors, trend: recalled, log, clock });
  expect(setBack).toEqual([instants[2], MONDAY + DAY]);
});
