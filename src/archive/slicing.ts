import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Database } from '#src/foundation/database/database.ts';

/** How work that grows with data is done: in steps, each wholly or not at all. `pause` comes between pieces that write nothing. */
export type Slicing = {
  step<T>(work: () => Promise<T>): Promise<T>;
  pause(): Promise<void>;
};

/** For who holds a transaction already. */
export const allAtOnce: Slicing = { step: (work) => work(), pause: async () => {} };

/**
 * Each step is a transaction of its own; before each, everybody else has a turn. What a power failure takes back before the
 * next lasting one, such as that of what it led to, is read again.
 */
export function slicedBy(db: Database): Slicing {
  return {
    async step(work) {
      await othersTurn();
      return db.transaction(work, 'soon');
    },
    pause: othersTurn,
  };
}
