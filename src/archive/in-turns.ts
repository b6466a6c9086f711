import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Database } from '#src/foundation/database/database.ts';

/** Work in steps, with what came of it at its end. */
type Steps<T> = Iterator<void, T, void>;

export function allAtOnce<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Each step is a transaction of its own; before each, everybody else has a turn. */
export async function inTurns<T>(db: Database, steps: Steps<T>): Promise<T> {
  for (;;) {
    await othersTurn();
    const step = db.transaction(() => steps.next());
    if (step.done) return step.value;
  }
}
