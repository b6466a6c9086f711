import PQueue from 'p-queue';
import type { Clock } from './clock.ts';
import { OutsideError } from './failure.ts';
import { type Manners, Pace } from './http-pace.ts';

/** The queue in front of one outside system: who may ask next, and when. */
export type Turns = {
  /**
   * Runs `work` on one of the connections as soon as manners allow; urgent work first. Long waits hold no connection.
   * Throws OutsideError when the system wants more rest than our patience, or when Paperboy closes.
   */
  take<T>(urgent: boolean, work: () => Promise<T>): Promise<T>;
  /** Hears of every answer, since answers may ask for rest. */
  answered(status: number, headers: Headers): void;
  /** Whether a request may start within our patience. */
  soon(urgent: boolean): boolean;
  /** Waits `ms`, unless Paperboy closes: then OutsideError. */
  pause(ms: number): Promise<void>;
};

type Parts = { clock: Clock; patience: number; closing?: AbortSignal };

export function createTurns(manners: Manners, { clock, patience, closing }: Parts): Turns {
  const pace = new Pace(manners);
  const queue = new PQueue({ concurrency: manners.connections });

  const pause = async (ms: number): Promise<void> => {
    if (ms <= 0) return;
    try {
      await clock.sleep(ms, closing);
    } catch (cause) {
      throw new OutsideError(manners.system, 'not asked, because Paperboy is closing', {
        retryable: true,
        cause,
      });
    }
  };

  const rest = async (urgent: boolean): Promise<void> => {
    const wait = pace.rest(clock.now(), urgent);
    if (wait <= patience) return pause(wait);
    const until = new Date(clock.now() + wait).toISOString();
    throw new OutsideError(manners.system, `resting until ${until}`, { retryable: true });
  };

  /** Null when others were faster: the budget is used up, or the system has refused meanwhile. */
  const start = async <T>(urgent: boolean, work: () => Promise<T>): Promise<{ value: T } | null> => {
    await pause(pace.spacing(clock.now()));
    if (pace.rest(clock.now(), urgent) > 0 || pace.spacing(clock.now()) > 0) return null;
    pace.started(clock.now());
    return { value: await work() };
  };

  const take = async <T>(urgent: boolean, work: () => Promise<T>): Promise<T> => {
    for (;;) {
      await rest(urgent);
      const done = await queue.add(() => start(urgent, work), { priority: urgent ? 1 : 0 });
      if (done) return done.value;
    }
  };

  return {
    take,
    pause,
    answered: (status, headers) => pace.answered(clock.now(), status, headers),
    soon: (urgent) => pace.rest(clock.now(), urgent) <= patience,
  };
}
