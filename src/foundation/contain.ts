import { FatalError } from './failure.ts';
import type { Log } from './log.ts';

/**
 * Does work that concerns one server, channel, paper or job. Never rejects: what goes wrong is logged as `problem`, with
 * `about`, and stays there.
 */
export type Contain = (about: object, problem: string, work: () => unknown) => Promise<void>;

/** `onFatal` hears of FatalErrors, which alone may end the process. */
export function createContain(log: Log, onFatal: (error: FatalError) => void): Contain {
  return async (about, problem, work) => {
    try {
      await work();
    } catch (error) {
      log.error({ ...about, err: error }, problem);
      if (error instanceof FatalError) onFatal(error);
    }
  };
}
