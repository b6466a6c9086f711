import { LRUCache } from 'lru-cache';
import type { Clock } from '#src/foundation/clock.ts';
import type { Poll } from '#src/paper/sighting.ts';
import type { SourceSaid } from './ask-one-source.ts';

/** What a source said to a question minutes ago, at `at` (UTC ms). `poll`: what it brought, where it is one paper. */
export type Remembered = { said: SourceSaid; poll: Poll | null; at: number };

const FOR_MS = 10 * 60_000;
const MOST = 1000;

/** Answers of the last ten minutes by the house's clock, by question and source; what nobody asked for longest goes first. */
export function createAskedBefore(clock: Clock) {
  const kept = new LRUCache<string, { answer: Remembered; until: number }>({ max: MOST });
  const keyOf = (question: string, source: string): string => `${source} ${question}`;
  return {
    recall(question: string, source: string): Remembered | null {
      const found = kept.get(keyOf(question, source));
      return found && clock.elapsed() < found.until ? found.answer : null;
    },
    keep(question: string, source: string, answer: Remembered): void {
      kept.set(keyOf(question, source), { answer, until: clock.elapsed() + FOR_MS });
    },
  };
}
