import type { Clock } from '#src/foundation/clock.ts';
import { newYorkDay } from './batch-day.ts';

/**
 * What arXiv answered today. It asks to put no query twice a day, and has new answers after midnight Eastern
 * (user manual, 3.3.1.1): so a day is an Eastern one, and what was unknown yesterday may be asked for today.
 */
export type DayMemory<T> = {
  /** Today's answer, or undefined. */
  recall(key: string): T | undefined;
  /** `ms`: for so long only, where the answer may not be true. */
  keep(key: string, answer: T, ms?: number): void;
};

/** Keeps at most `most` answers; the oldest go first. */
export function createDayMemory<T>(clock: Clock, most: number): DayMemory<T> {
  const kept = new Map<string, { answer: T; day: string; until: number }>();
  const today = () => newYorkDay(clock.now());
  return {
    recall: (key) => {
      const found = kept.get(key);
      return found?.day === today() && clock.elapsed() < found.until ? found.answer : undefined;
    },
    keep: (key, answer, ms = Number.POSITIVE_INFINITY) => {
      kept.delete(key);
      kept.set(key, { answer, day: today(), until: clock.elapsed() + ms });
      const [oldest] = kept.keys();
      if (kept.size > most) kept.delete(oldest);
    },
  };
}
