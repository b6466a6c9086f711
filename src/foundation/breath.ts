import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** So long may one piece of work hold the one thread that everybody shares. */
const HELD_MS = 8;

/**
 * For work that grows with data: await it between two pieces. Once some milliseconds were worked since the last breath,
 * everybody else has a turn first. What was read before may have changed after it.
 */
export function takeBreaths(clock: Pick<Clock, 'elapsed'>): () => Promise<void> {
  let since = clock.elapsed();
  return async () => {
    if (clock.elapsed() - since < HELD_MS) return;
    await othersTurn();
    since = clock.elapsed();
  };
}
