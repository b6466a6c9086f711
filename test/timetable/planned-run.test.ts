import { describe, expect, it } from 'vitest';
import { runsAsElapsed } from '#src/foundation/clock.ts';
import { createSceneClock } from '#src/foundation/scene-clock.ts';
import { type PlannedRun, runsOfInterval, runsOfLine } from '#src/timetable/planned-run.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;
const quarterly = (after: number) => (Math.floor(after / QUARTER) + 1) * QUARTER;
const NOON = Date.UTC(2026, 2, 10, 12);

/** The wall clock at noon and so many minutes, the elapsed one at 1,000 and so many. */
const clockAt = (wallMinutes: number, elapsedMinutes = wallMinutes) => {
  const now = () => NOON + wallMinutes * MINUTE;
  return { now, elapsed: () => (1000 + elapsedMinutes) * MINUTE, ...runsAsElapsed(now) };
};
/** In minutes, as `clockAt` counts them. */
const shown = ({ at, due }: PlannedRun) => [(at - NOON) / MINUTE, due / MINUTE - 1000];

describe('the next run', () => {
  it.each([
    ['comes at the next whole quarter', clockAt(3), undefined, [15, 15]],
    ['comes a quarter after one that came on time', clockAt(15), { at: 15, due: 15 }, [30, 30]],
    [
      'is not doubled when the wait ended a little early',
      clockAt(14.99, 15),
      { at: 15, due: 15 },
      [30, 30.01],
    ],
    ['comes at the next quarter after one that came late', clockAt(17), { at: 15, due: 15 }, [30, 30]],
    ['follows a wall clock that was set back meanwhile', clockAt(-105, 15), { at: 15, due: 15 }, [-90, 30]],
    ['follows a wall clock that was set forward meanwhile', clockAt(200, 15), { at: 15, due: 15 }, [210, 25]],
  ])('%s', (_, present, last, expected) => {
    const before = last && { at: NOON + last.at * MINUTE, due: (1000 + last.due) * MINUTE };
    const [at, due] = shown(runsOfLine(quarterly, present).after(before));
    expect([at, due]).toEqual([expected[0], expect.closeTo(expected[1], 3)]);
  });
});

describe('once the clock was set, a run', () => {
  const planned = runsOfLine(quarterly, clockAt(3)).after();
  it.each([
    ['that it leapt over is due at once', clockAt(40, 4), [40, 4]],
    ['that it leapt over by days is due at once', clockAt(3 * 24 * 60, 4), [3 * 24 * 60, 4]],
    ['comes with the wall clock when that is sooner', clockAt(12, 4), [15, 7]],
    ['comes no later than it would have come, two hours back', clockAt(-119, 4), [-108, 15]],
    [
      'comes no later than it would have come, sixty days back',
      clockAt(-60 * 24 * 60 - 14, 4),
      [-60 * 24 * 60 - 3, 15],
    ],
  ])('%s', (_, present, expected) => {
    expect(shown(runsOfLine(quarterly, present).onceSet(planned))).toEqual(expected);
  });

  it('of a plain interval keeps its interval', () => {
    const hourly = runsOfInterval(HOUR, clockAt(0)).after();
    expect(runsOfInterval(HOUR, clockAt(-120, 10)).onceSet(hourly).due).toBe(hourly.due);
  });
});

describe('in a scene, a run', () => {
  const sceneAt = (speed: number) => {
    const base = createFakeClock();
    const clock = createSceneClock({ startsAt: NOON, speed, base });
    /** How long it is to wait for that run, real ms. */
    const waitFor = ({ due }: PlannedRun) => due - clock.elapsed();
    return { base, clock, waitFor };
  };

  it('of a line waits until the scene says so, the longer the slower that is set', () => {
    const { clock, waitFor } = sceneAt(60);
    const runs = runsOfLine(quarterly, clock);
    const planned = runs.after();
    expect(waitFor(planned)).toBe(15_000);
    clock.setSpeed(1);
    const slower = runs.atNewPace(planned);
    clock.setSpeed(0);
    const paused = runs.atNewPace(slower);
    clock.setSpeed(3600);
    expect([slower, paused, runs.atNewPace(paused)].map(waitFor)).toEqual([QUARTER, Infinity, 250]);
    expect([slower.at, paused.at]).toEqual([planned.at, planned.at]);
  });

  it('of a line is due at once when the scene leapt to it or over it, also while it stands still', () => {
    const { clock, waitFor } = sceneAt(0);
    const runs = runsOfLine(quarterly, clock);
    const planned = runs.after();
    clock.jumpTo(planned.at + MINUTE);
    expect(waitFor(runs.atNewPace(planned))).toBe(0);
  });

  it.each([
    [1, 5000],
    [2, 2500],
    [60, 250],
    [3600, 250],
    // The slower the scene, the longer its own interval: then real time is faster.
    [0.1, 5000],
    [0, 5000],
  ])('of an interval of 5 s comes at %fx after %i ms', (speed, ms) => {
    const { clock, waitFor } = sceneAt(speed);
    expect(waitFor(runsOfInterval(5000, clock).after())).toBe(ms);
  });

  it('of an interval comes no later because the scene was slowed down or stopped', async () => {
    const { base, clock, waitFor } = sceneAt(60);
    const runs = runsOfInterval(HOUR, clock);
    const planned = runs.after();
    await base.advance(10_000);
    clock.setSpeed(0);
    expect(waitFor(runs.atNewPace(planned))).toBe(50_000);
    clock.setSpeed(3600);
    expect(waitFor(runs.atNewPace(planned))).toBe(1000);
  });

  it('of a short interval keeps it on a clock that runs as time elapses', () => {
    expect(runsOfInterval(100, clockAt(0)).after().due).toBe(1000 * MINUTE + 100);
  });
});
