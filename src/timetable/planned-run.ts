import { type Clock, type Moment, momentOf } from '#src/foundation/clock.ts';

/** When a job runs next: the instant that was meant (UTC ms), and when that is by elapsed time, which nobody can set. */
export type PlannedRun = { at: number; due: number };

/** When a job runs. */
export type JobRuns = {
  /** The run after `last`, which has just come; the first one where there was none. */
  after(last?: PlannedRun): PlannedRun;
  /**
   * The run once the wall clock was set. What it leapt over is due at once. Nothing comes later than it would have come:
   * so a clock that is set back makes nobody wait for it.
   */
  onceSet(planned: PlannedRun): PlannedRun;
  /** The run once a scene's time goes faster or slower, stands still, or leapt. */
  atNewPace(planned: PlannedRun): PlannedRun;
};

type Times = Pick<Clock, 'now' | 'elapsed' | 'untilWall'>;

/** A clock that is pushed reaches the instant that was meant a little before or after the wait for it ends. */
const NEAR = 30_000;

/** By the wall clock. `next`: the first instant after that one, UTC ms. While a scene stands still, none is due. */
export function runsOfLine(next: (after: number) => number, clock: Times): JobRuns {
  const plannedAt = (at: number, { elapsed }: Moment): PlannedRun => ({
    at,
    due: elapsed + Math.max(0, clock.untilWall(at)),
  });
  return {
    after(last) {
      const present = momentOf(clock);
      const isEarly = last !== undefined && last.at > present.wall && last.at - present.wall < NEAR;
      return plannedAt(next(isEarly ? last.at : present.wall), present);
    },
    onceSet(planned) {
      const present = momentOf(clock);
      return set(planned, plannedAt(next(present.wall), present), present);
    },
    // The scene's own instants stay: whoever slows it down waits longer for them.
    atNewPace: ({ at }) => plannedAt(at, momentOf(clock)),
  };
}

/** A scene in a hurry still lets the machine rest so long between two runs. */
const SHORTEST = 250;

/** Every so many ms of elapsed time, or of a scene's where that is faster; it goes on while the scene stands still. */
export function runsOfInterval(every: number, clock: Times): JobRuns {
  const fromNow = (): PlannedRun => {
    const { wall, elapsed } = momentOf(clock);
    const rest = Math.min(every, Math.max(SHORTEST, clock.untilWall(wall + every)));
    return { at: wall + every, due: elapsed + rest };
  };
  const sooner = (planned: PlannedRun): PlannedRun => {
    const anew = fromNow();
    return anew.due < planned.due ? anew : planned;
  };
  return {
    after: fromNow,
    onceSet: (planned) => set(planned, fromNow(), momentOf(clock)),
    atNewPace: sooner,
  };
}

function set(planned: PlannedRun, anew: PlannedRun, { wall, elapsed }: Moment): PlannedRun {
  if (wall >= planned.at) return { at: wall, due: elapsed };
  return anew.due < planned.due ? anew : { at: wall + (planned.due - elapsed), due: planned.due };
}
