import type { Clock } from '#src/foundation/clock.ts';
import { newYorkDay } from './batch-day.ts';

/**
 * What arXiv answered today. It asks to put no query twice a day, and has new answers after midnight Eastern
 * (user manual, 3.3.1.1): so a day is an Eastern one, and what was unknown yesterday may be asked for today.
 */
export type DayMemory<T> = {
  /** Today's answer, or undefined. */
  recall(key: string): T | undefined;
  keep(key: string, answer: T): void;
};

/** Keeps at most `most` answers; the oldest go first. */
export function createDayMemory<T>(clock: Clock, most: number): DayMemory<T> {
  const kept = new Map<string, { answer: T; day: string }>();
  const today = () => newYorkDay(clock.now());
  return {
    recall: (key) => {
      const found = kept.get(key);
      return found?.day === today() ? found.answer : undefined;
    },
    keep: (key, answer) => {
      kept.delete(key);
      kept.set(key, { answer, day: today() });
      const [oldest] = kept.keys();
      if (kept.size > most) kept.delete(oldest);
    },
  };
}
