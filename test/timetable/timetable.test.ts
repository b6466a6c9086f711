import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FatalError, OutsideError } from '#src/foundation/failure.ts';
import { silentLog } from '#src/foundation/log.ts';
import { type Job, startTimetable, type Timetable } from '#src/timetable/timetable.ts';

describe('the timetable', () => {
  let timetable: Timetable | null = null;
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 2, 2, 12, 0, 0, 500) });
  });
  afterEach(async () => {
    await timetable?.stop();
    vi.useRealTimers();
  });

  const start = (job: Partial<Job> & Pick<Job, 'run'>, onFatal: (error: unknown) => void = () => {}) => {
    timetable = startTimetable([{ name: 'round', line: '* * * * * *', ...job }], silentLog, onFatal);
    return timetable;
  };

  it('runs at start what was missed while the bot was down', () => {
    let runs = 0;
    start({ atStart: true, run: async () => void runs++ });
    expect(runs).toBe(1);
  });

  it('leaves a beat out that falls into a run, and runs again at the next', async () => {
    let runs = 0;
    let release = () => {};
    start({
      atStart: true,
      run: () => {
        runs++;
        return new Promise((resolve) => {
          release = resolve;
        });
      },
    });
    await vi.advanceTimersByTimeAsync(3000);
    expect(runs).toBe(1);
    release();
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(2);
    release();
  });

  it('goes on after a failure outside, and tells what no next beat can mend', async () => {
    const fatal: unknown[] = [];
    const failures = [new OutsideError('arXiv', 'down', { retryable: true }), new FatalError('disk full')];
    start(
      {
        run: async () => Promise.reject(failures.shift() ?? new OutsideError('x', 'y', { retryable: true })),
      },
      (error) => fatal.push(error),
    );
    await vi.advanceTimersByTimeAsync(4000);
    expect(fatal).toEqual([new FatalError('disk full')]);
  });

  it('knows its next beat and how far apart the beats are', () => {
    const table = start({ line: '*/15 * * * *', run: async () => {} });
    expect(table.nextBeat('round')).toBe(Date.UTC(2026, 2, 2, 12, 15));
    expect(table.beat('round')).toBe(15 * 60_000);
  });

  it('runs a job before its beat when it is woken, once however often', async () => {
    let runs = 0;
    const table = start({
      line: '*/15 * * * *',
      run: async () => {
        runs++;
      },
    });
    table.wake('round');
    table.wake('round');
    table.wake('no such job');
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(1);
  });

  it('waits for what is in hand when it stops', async () => {
    let done = false;
    const table = start({
      atStart: true,
      run: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5000));
        done = true;
      },
    });
    const stopped = table.stop();
    await vi.advanceTimersByTimeAsync(5000);
    await stopped;
    expect(done).toBe(true);
  });
});
