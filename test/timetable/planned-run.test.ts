import { describe, expect, it } from 'vitest';
import { type PlannedRun, planRun, replanRun } from '#src/timetable/planned-run.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;
const quarterly = (after: number) => (Math.floor(after / QUARTER) + 1) * QUARTER;
const NOON = Date.UTC(2026, 2, 10, 12);

/** The wall clock at noon and so many minutes, the elapsed one at 1,000 and so many. */
const moment = (wallMinutes: number, elapsedMinutes = wallMinutes) => ({
  wall: NOON + wallMinutes * MINUTE,
  elapsed: (1000 + elapsedMinutes) * MINUTE,
});
/** In minutes, as `moment` counts them. */
const shown = ({ at, due }: PlannedRun) => [(at - NOON) / MINUTE, due / MINUTE - 1000];

describe('the next run', () => {
  it.each([
    ['comes at the next whole quarter', moment(3), undefined, [15, 15]],
    ['comes a quarter after one that came on time', moment(15), { at: 15, due: 15 }, [30, 30]],
    [
      'is not doubled when the wait ended a little early',
      moment(14.99, 15),
      { at: 15, due: 15 },
      [30, 30.01],
    ],
    ['comes at the next quarter after one that came late', moment(17), { at: 15, due: 15 }, [30, 30]],
    ['follows a wall clock that was set back meanwhile', moment(-105, 15), { at: 15, due: 15 }, [-90, 30]],
    ['follows a wall clock that was set forward meanwhile', moment(200, 15), { at: 15, due: 15 }, [210, 25]],
  ])('%s', (_, present, last, expected) => {
    const before = last && { at: NOON + last.at * MINUTE, due: (1000 + last.due) * MINUTE };
    const [at, due] = shown(planRun(quarterly, present, before));
    expect([at, due]).toEqual([expected[0], expect.closeTo(expected[1], 3)]);
  });
});

describe('once the clock was set, a run', () => {
  const planned = planRun(quarterly, moment(3));
  it.each([
    ['that it leapt over is due at once', moment(40, 4), [40, 4]],
    ['that it leapt over by days is due at once', moment(3 * 24 * 60, 4), [3 * 24 * 60, 4]],
    ['comes with the wall clock when that is sooner', moment(12, 4), [15, 7]],
    ['comes no later than it would have come, two hours back', moment(-119, 4), [-108, 15]],
    [
      'comes no later than it would have come, sixty days back',
      moment(-60 * 24 * 60 - 14, 4),
      [-60 * 24 * 60 - 3, 15],
    ],
  ])('%s', (_, present, expected) => {
    expect(shown(replanRun(planned, quarterly, present))).toEqual(expected);
  });

  it('of a plain interval keeps its interval', () => {
    const hourly = (after: number) => after + HOUR;
    const planned = planRun(hourly, moment(0));
    expect(replanRun(planned, hourly, moment(-120, 10)).due).toBe(planned.due);
  });
});
