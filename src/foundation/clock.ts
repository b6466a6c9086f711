/** The only place that reads the time. Instants are UTC milliseconds. */
export type Clock = {
  /** The wall clock, whole ms: what people and durable rows mean. It may be wrong, and be set forward or back at any time. */
  now(): number;
  /** Milliseconds since some start; never goes back and never leaps. Every wait and every age within one life is counted in it. */
  elapsed(): number;
  /** What the wall clock says at that instant of `elapsed()`, sooner or later than now, if nobody sets it after `moment`. */
  expected(moment: Moment, elapsed: number): number;
  /** How long (ms of elapsed time) until the wall clock says that; 0 or less when it has, Infinity while it stands still. */
  untilWall(instant: number): number;
  /** Resolves after `ms` of elapsed time; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** What both clocks say at once. */
export type Moment = {
  /** UTC ms. */
  wall: number;
  elapsed: number;
};

export const momentOf = (clock: Pick<Clock, 'now' | 'elapsed'>): Moment => ({
  wall: clock.now(),
  elapsed: clock.elapsed(),
});

/** Of a clock whose wall goes on as time elapses, until somebody sets it. */
export const runsAsElapsed = (now: () => number): Pick<Clock, 'expected' | 'untilWall'> => ({
  expected: ({ wall, elapsed }, at) => wall + (at - elapsed),
  untilWall: (instant) => instant - now(),
});

/** What the wall clock will say once `ms` have elapsed: later than now in any case, so that nobody waits for what has come. */
export function wallIn(clock: Pick<Clock, 'now' | 'elapsed' | 'expected'>, ms: number): number {
  const present = momentOf(clock);
  return Math.max(clock.expected(present, present.elapsed + ms), present.wall + Math.min(ms, 1));
}

/** What a slow machine or a limit of Discord's may make one step wait for, ms. */
const SLOW = 20_000;

/** How far (ms) the wall clock came lately while a slow machine does something. In a scene that hurries, less is no delay. */
export function lagOf(clock: Pick<Clock, 'now' | 'elapsed' | 'expected'>): number {
  const present = momentOf(clock);
  return present.wall - clock.expected(present, present.elapsed - SLOW);
}

const machineTime = () => Date.now();

export const systemClock: Clock = {
  now: machineTime,
  elapsed: () => performance.now(),
  ...runsAsElapsed(machineTime),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};
