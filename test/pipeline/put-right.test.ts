import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { watchClock } from '#src/foundation/clock-watch.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { type Log, silentLog } from '#src/foundation/log.ts';
import { openRuns } from '#src/foundation/runs.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import { keepInstantsRight, putInstantsRight } from '#src/pipeline/put-right.ts';
import { createRank, recallTrend } from '#src/pipeline/rank.ts';
import { openVoteStore } from '#src/reader/vote-store.ts';
import { openSubscriptionStore } from '#src/subscription/subscription-store.ts';
import { openUnusualStore } from '#src/subscription/unusual-store.ts';
import { createTimetable } from '#src/timetable/timetable.ts';
import { createTrendRule, type TrendRule } from '#src/trend/trend-rule.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';
import { untilAllWait } from '#test/fakes/held-writer.ts';
import { dailyPoll, paperNamed } from '#test/trend/growing-batch.ts';

const MONDAY = Date.UTC(2026, 2, 2);
const KEY = '2026-03-02';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('once the clock was put right', () => {
  let db: Database;
  let archive: Archive;
  let trend: TrendRule;
  let clock: FakeClock;
  let warnings: object[];
  beforeEach(async () => {
    db = await openDatabase(':memory:');
    archive = await openArchive(db, []);
    trend = createTrendRule();
    clock = createFakeClock(MONDAY + 12 * HOUR);
    warnings = [];
  });
  const log: Log = { ...silentLog, warn: (fields) => warnings.push(fields) };
  const putRight = async (outbox?: Outbox) =>
    putInstantsRight({
      ...{ archive, cursors: openCursors(db), runs: openRuns(db), trend, clock, log },
      unusualStore: await openUnusualStore(db),
      voteStore: await openVoteStore(db),
      outbox: outbox ?? (await openOutbox(db, clock.now())),
      subscriptionStore: await openSubscriptionStore(db, await openKeyv(db, 'subscriptions'), clock),
    });
  /** Twenty papers, the first with so many votes. */
  const pollAt = async (at: number, votes: number) => {
    const listed = Array.from({ length: 20 }, (_, index) => ({
      paper: paperNamed(`2603.000${10 + index}`),
      votes: index === 0 ? votes : 1,
    }));
    await archive.keep(dailyPoll(KEY, at, listed));
    await createRank({ db, archive, cursors: openCursors(db), trend, log: silentLog })();
  };
  const ageOfTheFirst = (rule: TrendRule) => rule.score('2603.00010')?.reason;

  it('posts of its time are put right, be they more than a call takes arguments', async () => {
    const ahead = Array.from({ length: 200_000 }, (_, index) => clock.now() + DAY + index);
    const outbox = await openOutbox(db, clock.now());
    await putRight({ ...outbox, ahead: async () => ahead, putRight: async () => ahead.length });
    expect(warnings).toMatchObject([{ outbox: ahead.length }]);
  });

  it('a batch that was polled three days ahead is judged by its true age at once', async () => {
    await pollAt(MONDAY + 90 * HOUR, 1);
    await putRight();
    await pollAt(clock.now(), 40);
    expect(ageOfTheFirst(trend)).toMatchObject({ ageHours: 12 });
  });

  it('what a job wrote later, by an hour that it asked for before, is put right as soon as that job has ended', async () => {
    const runs = openRuns(db);
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const read = async () => {
      const at = clock.now();
      await answered;
      await runs.note({ startedAt: at, finishedAt: at, checked: 0, matched: 0, added: 0, problem: null });
    };
    const timetable = createTimetable({ clock, log, onFatal: () => {} });
    const { onStepBack, check } = keepInstantsRight(() => putRight(), timetable);
    const watch = watchClock(clock, async ({ from, to }) => (to < from ? onStepBack() : undefined));
    timetable.start([
      { name: 'read', every: 100 * DAY, atStart: true, run: read },
      { name: 'compare clocks', every: 20_000, run: () => watch.check().then(check) },
    ]);
    clock.jump(clock.now() - 3 * DAY);
    await clock.advance(60_000);
    answer();
    await untilAllWait();
    expect(await runs.ahead(clock.now())).not.toEqual([]);
    await clock.advance(20_000);
    await timetable.stop();
    expect(await runs.ahead(clock.now())).toEqual([]);
  });

  it('the next start knows the same: of ages, and of what was told', async () => {
    await pollAt(MONDAY + 90 * HOUR, 1);
    await putRight();
    await pollAt(clock.now(), 40);
    const told = await archive.trendEvents('2603.00010');
    expect(told.length).toBeGreaterThan(0);
    const next = createTrendRule();
    await recallTrend({ archive, cursors: openCursors(db), trend: next, log: silentLog, clock });
    expect(ageOfTheFirst(next)).toMatchObject({ ageHours: 12 });
    await createRank({ db, archive, cursors: openCursors(db), trend: next, log: silentLog })();
    expect(await archive.trendEvents('2603.00010')).toEqual(told);
  });

  it('a start after the wrong clock was put right does not judge by it either', async () => {
    await pollAt(MONDAY + 90 * HOUR, 1);
    trend = createTrendRule();
    await putRight();
    await recallTrend({ archive, cursors: openCursors(db), trend, log: silentLog, clock });
    await pollAt(clock.now(), 40);
    expect(ageOfTheFirst(trend)).toMatchObject({ ageHours: 12 });
  });

  it('the operator is warned, with how much there was and how far ahead; of nothing when there is nothing', async () => {
    await putRight();
    expect(warnings).toEqual([]);
    await pollAt(MONDAY + 90 * HOUR, 1);
    await putRight();
    await putRight();
    expect(warnings).toEqual([
      {
        now: '2026-03-02T12:00:00.000Z',
        latest: '2026-03-05T18:00:00.000Z',
        plans: 0,
        archive: expect.any(Number),
        cursors: 0,
        runs: 0,
        outbox: 0,
        subscriptions: 0,
        votes: 0,
      },
    ]);
  });

  it('nothing is moved to a clock that is certainly wrong itself', async () => {
    await pollAt(clock.now(), 1);
    clock.jump(Date.UTC(1970, 0, 1, 0, 5));
    await putRight();
    expect((await archive.paper('2603.00010'))?.firstSeenAt).toBe(MONDAY + 12 * HOUR);
    expect(warnings).toEqual([{ now: '1970-01-01T00:05:00.000Z' }]);
    clock.jump(MONDAY + 2 * DAY);
    await putRight();
    expect((await archive.paper('2603.00010'))?.firstSeenAt).toBe(MONDAY + 12 * HOUR);
  });

  it('plans that were made by it are made anew, though nothing that happened lay ahead', async () => {
    const outbox = await openOutbox(db, clock.now());
    await putRight({ ...outbox, planAnew: async () => 3 });
    expect(warnings).toMatchObject([{ plans: 3, latest: '2026-03-02T12:00:00.000Z', archive: 0 }]);
  });

  it('from the first instant of 2026 on a clock is believed', async () => {
    clock.jump(Date.UTC(2026) - 1);
    await putRight();
    expect(warnings).toHaveLength(1);
    clock.jump(Date.UTC(2026));
    await putRight();
    expect(warnings).toHaveLength(1);
  });
});

describe('a step back of the clock', () => {
  it('is put right at once, and once more when the jobs that ran then have ended', async () => {
    let times = 0;
    let isLate = true;
    const { onStepBack, check } = keepInstantsRight(async () => void times++, {
      underWay: () => () => isLate,
    });
    const counted: number[] = [];
    const count = async (work: () => Promise<void>) => {
      await work();
      counted.push(times);
    };
    await count(check);
    await count(onStepBack);
    await count(check);
    isLate = false;
    await count(check);
    await count(check);
    expect(counted).toEqual([0, 1, 1, 2, 2]);
  });
});
