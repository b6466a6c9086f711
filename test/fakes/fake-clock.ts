import { type Clock, runsAsElapsed } from '#src/foundation/clock.ts';

/** A clock that moves only when a test moves it. */
export type FakeClock = Clock & {
  /** Moves on by `ms`, waking sleepers in order, each at its own instant. */
  advance(ms: number): Promise<void>;
  /** The wall clock alone is set to an instant: no time passes, nobody wakes. */
  jump(to: number): void;
  /**
   * Moves from sleeper to sleeper until `work` is done, and hands on its result.
   * `idle` real milliseconds are given to real sockets before each step.
   */
  settle<T>(work: Promise<T>, idle?: number): Promise<T>;
};

/** Rounds without a sleeper after which work is called stuck. */
const IN_VAIN = 1000;

type Sleeper = { at: number; trigger: () => void };

export function createFakeClock(start: number | string = '2026-03-03T12:00:00Z'): FakeClock {
  const sleepers = new Set<Sleeper>();
  let wall = typeof start === 'string' ? Date.parse(start) : start;
  /** Sleepers wait for this one, like timers of the machine. */
  let elapsed = 0;

  const moveTo = (instant: number): void => {
    const passed = Math.max(0, instant - elapsed);
    elapsed += passed;
    wall += passed;
  };

  const sleep: Clock['sleep'] = (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { at: elapsed + Math.max(0, ms), trigger: resolve };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', () => sleepers.delete(sleeper) && reject(signal.reason), {
        once: true,
      });
    });

  const wakeNext = (): void => {
    const next = earliest(sleepers);
    if (!next) return;
    moveTo(next.at);
    sleepers.delete(next);
    next.trigger();
  };

  const advance = async (ms: number): Promise<void> => {
    const target = elapsed + ms;
    await turn(0);
    for (let next = earliest(sleepers); next && next.at <= target; next = earliest(sleepers)) {
      wakeNext();
      await turn(0);
    }
    moveTo(target);
  };

  const settle = async <T>(work: Promise<T>, idle = 0): Promise<T> => {
    let pending = true;
    const done = () => {
      pending = false;
    };
    work.then(done, done);
    for (let vain = 0; pending; vain = sleepers.size > 0 ? 0 : vain + 1) {
      if (vain > IN_VAIN) throw new Error('nothing is left that could end this work');
      await turn(idle);
      if (pending) wakeNext();
    }
    return work;
  };

  const jump = (to: number): void => {
    wall = to;
  };

  const now = () => wall;
  return { now, elapsed: () => elapsed, ...runsAsElapsed(now), sleep, advance, jump, settle };
}

function earliest(sleepers: ReadonlySet<Sleeper>): Sleeper | null {
  let first: Sleeper | null = null;
  for (const sleeper of sleepers) if (!first || sleeper.at < first.at) first = sleeper;
  return first;
}

/** Lets everything run that can run without the clock. */
async function turn(idle: number): Promise<void> {
  if (idle > 0) await new Promise((resolve) => setTimeout(resolve, idle));
  for (let round = 0; round < 100; round++) await new Promise((resolve) => setImmediate(resolve));
}
