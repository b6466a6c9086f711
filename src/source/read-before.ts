import type { Clock } from '#src/foundation/clock.ts';
import type { ListKind, SourceName } from '#src/paper/sighting.ts';
import type { Tried } from './asking-again.ts';

/** What the lives before this one know of the lists; the archive keeps it. */
export type ReadBefore = {
  /** When a list was last read to its end and kept, UTC ms; null for never. */
  lastReadAt(list: { source: SourceName; list: ListKind; key: string }): Promise<number | null>;
  /** How far apart two readings of a source usually are, ms. */
  pollInterval(): number;
};

/** However rarely a source is read: after a longer time a start is a good occasion. */
const LONGEST_WAIT = 3600_000;

/**
 * A list that was read before the restart, as if this life had read it: it waits for its own time, and for the interval that it
 * would have waited for. An instant ahead of now is of a clock that was wrong: then it was read just now.
 */
export async function triedBefore(
  { lastReadAt, pollInterval }: ReadBefore,
  clock: Clock,
  list: { source: SourceName; list: ListKind; key: string },
): Promise<Tried | undefined> {
  const at = await lastReadAt(list);
  if (at === null) return undefined;
  const age = Math.max(0, clock.now() - at);
  return { at: clock.elapsed() - age, misses: 0, least: Math.min(pollInterval(), LONGEST_WAIT) };
}
