import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Database } from '#src/foundation/database/database.ts';

export type HeldWriter = {
  /** Lets those who wait write, in the order in which they came. */
  release(): Promise<void>;
};

/** Somebody else writes: whoever wants to write from here on waits. */
export function holdWriter(db: Database): HeldWriter {
  const { promise, resolve } = Promise.withResolvers<void>();
  const writing = db.transaction(() => promise);
  return {
    release: () => {
      resolve();
      return writing;
    },
  };
}

/** Everybody goes on until he waits for something else than the processor. */
export async function untilAllWait(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await othersTurn();
}
