import type { Clock } from '#src/foundation/clock.ts';

/** What was answered within the last day: arXiv asks not to put the same query twice a day. */
export type DayMemory<T> = {
  /** The answer, or undefined when it is older than a day or was never there. */
  recall(key: string): T | undefined;
  keep(key: string, answer: T): void;
};

const DAY = 24 * 3600_000;

/** Keeps at most `most` answers; the oldest go first. */
export function createDayMemory<T>(clock: Clock, most: number): DayMemory<T> {
  const kept = new Map<string, { answer: T; at: number }>();
  return {
    recall: (key) => {
      const found = kept.get(key);
      return found && Math.abs(clock.now() - found.at) < DAY ? found.answer : undefined;
    },
    keep: (key, answer) => {
      kept.delete(key);
      kept.set(key, { answer, at: clock.now() });
      const [oldest] = kept.keys();
      if (kept.size > most) kept.delete(oldest);
    },
  };
}
