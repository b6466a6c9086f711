import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { FatalError, OutsideError } from '#src/foundation/failure.ts';
import { silentLog } from '#src/foundation/log.ts';
import { createSceneClock } from '#src/foundation/scene-clock.ts';
import { createTimetable, type Job, type Timetable } from '#src/timetable/timetable.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 2, 2, 12, 0, 0, 500);

describe('the timetable', () => {
  let clock: FakeClock;
  let timetable: Timetable | null = null;
  afterEach(async () => {
    await timetable?.stop();
  });

  const start = (jobs: readonly Job[], onFatal: (error: unknown) => void = () => {}) => {
    clock = createFakeClock(START);
    const table = createTimetable({ clock, log: silentLog, onFatal });
    timetable = table;
    table.start(jobs);
    return table;
  };
  /** A job that counts its runs and notes when they were. */
  const counting = (when: { line: string } | { every: number }, name = 'poll') => {
    const at: number[] = [];
    return { at, job: { name, ...when, run: async () => void at.push(clock.now()) } };
  };

  it('runs at start what was missed while the bot was down', () => {
    let runs = 0;
    start([{ name: 'poll', every: MINUTE, atStart: true, run: async () => void runs++ }]);
    expect(runs).toBe(1);
  });

  it('runs a job with a line when the wall clock says so, and one with an interval after each interval', async () => {
    const [poll, refresh] = [counting({ line: '*/15 * * * *' }), counting({ every: 20 * MINUTE }, 'refresh')];
    start([poll.job, refresh.job]);
    await clock.advance(HOUR);
    expect(poll.at.map((at) => new Date(at).toISOString().slice(11, 19))).toEqual([
      '12:15:00',
      '12:30:00',
      '12:45:00',
      '13:00:00',
    ]);
    expect(refresh.at.map((at) => (at - START) / MINUTE)).toEqual([20, 40, 60]);
  });

  it('runs a job apart from the transaction of whoever woke it', async () => {
    const db = await openDatabase(':memory:');
    await db.run('CREATE TABLE t (a TEXT) STRICT');
    const run = async () => void (await db.run('INSERT INTO t VALUES (?)', 'of the job'));
    const { trigger, stop } = start([{ name: 'deliver', every: MINUTE, run }]);
    const undone = db.transaction(async () => {
      trigger('deliver');
      await db.run('INSERT INTO t VALUES (?)', 'of the one who woke it');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await stop();
    expect(await db.all('SELECT a FROM t')).toEqual([{ a: 'of the job' }]);
    await db.close();
  });

  it('tells whether one that ran at a moment still runs: later runs do not count', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let runs = 0;
    const run = () => (runs++ === 0 ? promise : new Promise<void>(() => {}));
    const { underWay, trigger } = start([{ name: 'poll', every: MINUTE, atStart: true, run }]);
    const isAny = underWay();
    expect([isAny(), runs]).toEqual([true, 1]);
    resolve();
    await clock.advance(MINUTE);
    expect([isAny(), underWay()(), runs]).toEqual([false, true, 2]);
    trigger('poll');
    timetable = null;
  });

  it('leaves a run out that falls into a run, and runs again at the next', async () => {
    let runs = 0;
    let release = () => {};
    const run = () => {
      runs++;
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    start([{ name: 'poll', line: '* * * * * *', atStart: true, run }]);
    await clock.advance(3 * SECOND);
    expect(runs).toBe(1);
    release();
    await clock.advance(SECOND);
    expect(runs).toBe(2);
    release();
  });

  it('is not held up by a job that hangs', async () => {
    const { at, job } = counting({ every: 5 * SECOND });
    const hung = Promise.withResolvers<void>();
    start([{ name: 'hung', every: SECOND, atStart: true, run: () => hung.promise }, job]);
    await clock.advance(MINUTE);
    expect(at).toHaveLength(12);
    hung.resolve();
  });

  it('goes on after a failure outside, and tells what no next run can mend', async () => {
    const fatal: unknown[] = [];
    const failures = [new OutsideError('arXiv', 'down', { retryable: true }), new FatalError('disk full')];
    const run = () => Promise.reject(failures.shift() ?? new OutsideError('x', 'y', { retryable: true }));
    start([{ name: 'poll', every: SECOND, run }], (error) => fatal.push(error));
    await clock.advance(4 * SECOND);
    expect([failures, fatal]).toEqual([[], [new FatalError('disk full')]]);
  });

  it('goes on also after a job that throws before it waits for anything', async () => {
    let runs = 0;
    const run = () => {
      runs++;
      throw new Error('a mistake');
    };
    start([{ name: 'poll', every: SECOND, run }]);
    await clock.advance(3 * SECOND);
    expect(runs).toBe(3);
  });

  it('knows its next run', () => {
    const table = start([counting({ line: '*/15 * * * *' }).job]);
    expect(table.nextRunAt('poll')).toBe(Date.UTC(2026, 2, 2, 12, 15));
    expect(table.nextRunAt('no such job')).toBeNull();
  });

  it('can be asked, woken and planned anew before it starts: it runs nothing, and is not idle', async () => {
    clock = createFakeClock(START);
    const table = createTimetable({ clock, log: silentLog, onFatal: () => {} });
    timetable = table;
    const { at, job } = counting({ every: 2 * MINUTE });
    table.trigger('poll');
    table.replan();
    await clock.advance(HOUR);
    expect([at, table.nextRunAt('poll'), table.idle()]).toEqual([[], null, 0]);
    table.start([job]);
    await clock.advance(MINUTE);
    expect([at, table.idle()]).toEqual([[], MINUTE]);
    await clock.advance(MINUTE);
    expect(at).toEqual([START + HOUR + 2 * MINUTE]);
  });

  it('runs a job before its run when it is woken, once however often', async () => {
    const { at, job } = counting({ line: '*/15 * * * *' });
    const table = start([job]);
    table.trigger('poll');
    table.trigger('poll');
    table.trigger('no such job');
    await clock.advance(SECOND);
    expect(at).toHaveLength(1);
  });

  it('waits for what is in hand when it stops, and runs nothing any more', async () => {
    let [runs, done] = [0, false];
    const run = async () => {
      runs++;
      await clock.sleep(5 * SECOND);
      done = true;
    };
    const table = start([{ name: 'poll', every: SECOND, atStart: true, run }]);
    const stopped = table.stop();
    await clock.advance(MINUTE);
    await stopped;
    expect([runs, done]).toEqual([1, true]);
  });

  it('waits months for a line of that kind', async () => {
    const { at, job } = counting({ line: '0 0 1 6 *' });
    start([job]);
    await clock.advance(100 * 24 * HOUR);
    expect(at.map((run) => new Date(run).getMonth())).toEqual([5]);
  });

  describe('when the wall clock is set', () => {
    it('two hours back, polls within one interval of the last poll all the same, and at each interval then', async () => {
      const poll = counting({ line: '*/15 * * * *' });
      const table = start([poll.job]);
      await clock.advance(16 * MINUTE);
      clock.jump(clock.now() - 2 * HOUR);
      await clock.advance(15 * MINUTE);
      expect(poll.at).toHaveLength(2);
      table.replan();
      await clock.advance(HOUR);
      expect(poll.at.length).toBeGreaterThanOrEqual(6);
    });

    it('forward over a run, or the machine slept over it, runs it once at once', async () => {
      const [daily, tidy] = [counting({ line: '0 15 * * *' }), counting({ every: HOUR }, 'tidy')];
      const table = start([daily.job, tidy.job]);
      clock.jump(clock.now() + 2 * 24 * HOUR + 4 * HOUR);
      table.replan();
      await clock.advance(SECOND);
      expect([daily.at.length, tidy.at.length]).toEqual([1, 1]);
      expect(table.nextRunAt('poll')).toBe(Date.UTC(2026, 2, 5, 15));
    });

    it('tells the next run by the clock as it is now', () => {
      const table = start([counting({ line: '*/15 * * * *' }).job]);
      clock.jump(START - 2 * HOUR);
      table.replan();
      expect(table.nextRunAt('poll')).toBe(Date.UTC(2026, 2, 2, 10, 15));
    });
  });

  describe('in a scene', () => {
    const stage = (speed: number) => {
      clock = createFakeClock(START);
      const scene = createSceneClock({ startsAt: START, speed, base: clock });
      const table = createTimetable({ clock: scene, log: silentLog, onFatal: () => {} });
      timetable = table;
      scene.onChange(table.keepPace);
      const [poll, deliver] = [counting({ line: '*/5 * * * *' }), counting({ every: MINUTE }, 'deliver')];
      table.start([poll.job, deliver.job]);
      return { scene, table, poll, deliver };
    };

    it('runs lines at the instants of the scene, sixty times as often', async () => {
      const { poll, deliver } = stage(60);
      await clock.advance(MINUTE);
      expect([poll.at.length, deliver.at.length]).toEqual([12, 60]);
    });

    it('runs no line while it stands still, tells the next all the same, and keeps its intervals', async () => {
      const { scene, table, poll, deliver } = stage(60);
      await clock.advance(6 * SECOND);
      scene.setSpeed(0);
      await clock.advance(HOUR);
      expect([poll.at.length, deliver.at.length >= 60]).toEqual([1, true]);
      expect(table.nextRunAt('poll')).toBe(Date.UTC(2026, 2, 2, 12, 10));
      scene.setSpeed(60);
      await clock.advance(5 * SECOND);
      expect(poll.at).toHaveLength(2);
    });

    it('runs a line later when it is slowed down, sooner when it hurries', async () => {
      const { scene, table, poll } = stage(60);
      scene.setSpeed(1);
      await clock.advance(4 * MINUTE);
      expect([poll.at.length, table.nextRunAt('poll')]).toEqual([0, Date.UTC(2026, 2, 2, 12, 5)]);
      scene.setSpeed(3600);
      await clock.advance(SECOND);
      expect(poll.at.length).toBeGreaterThanOrEqual(12);
    });

    it('runs a line once when it leaps over many of its instants, and tells when what is due has begun', async () => {
      const { scene, table, poll } = stage(0);
      scene.jumpTo(START + 3 * HOUR);
      expect(poll.at).toEqual([]);
      await table.begun();
      await clock.advance(0);
      expect(poll.at).toHaveLength(1);
      expect(table.nextRunAt('poll')).toBe(Date.UTC(2026, 2, 2, 15, 5));
    });
  });
});
