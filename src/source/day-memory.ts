import { LRUCache } from 'lru-cache';
import type { Clock } from '#src/foundation/clock.ts';
import { newYorkDay } from './batch-day.ts';

/**
 * What arXiv answered today. It asks to put no query twice a day, and has new answers after midnight Eastern
 * (user manual, 3.3.1.1): so a day is an Eastern one, and what was unknown yesterday may be asked for today.
 */
type DayMemory<T> = {
  /** Today's answer, or undefined. */
  recall(key: string): T | undefined;
  keep(key: string, answer: T): void;
};

/** Keeps at most `most` answers; what nobody asked for longest goes first. A day ends by the calendar, so its end is told here. */
export function createDayMemory<T>(clock: Clock, most: number): DayMemory<T> {
  const kept = new LRUCache<string, { answer: T; day: string }>({ max: most });
  const today = () => newYorkDay(clock.now());
  return {
    recall: (key) => {
      const found = kept.get(key);
      return found?.day === today() ? found.answer : undefined;
    },
    keep: (key, answer) => {
      kept.set(key, { answer, day: today() });
    },
  };
}
