import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import type { SourceName } from '#src/paper/sighting.ts';
import type { PlacedSightings } from './place-in-list.ts';

/** Tells the operator of a list's items that could not be read. `list`: as people call it, `cs.LG` or `2026-03-10`. */
export type UnreadNotes = (source: SourceName, list: string, placed: PlacedSightings) => void;

const DAY = 86_400_000;
const MOST_REASONS = 5;

/** A list is told of once a day: it is read again and again, and nobody can mend it. The rest is for LOG_LEVEL=debug. */
export function createUnreadNotes({ log, clock }: { log: Log; clock: Pick<Clock, 'elapsed'> }): UnreadNotes {
  const toldAt = new Map<string, number>();
  return (source, list, { sightings, malformed, reasons }) => {
    if (malformed === 0) return;
    const now = clock.elapsed();
    for (const [name, at] of toldAt) if (now - at >= DAY) toldAt.delete(name);
    const name = `${source} ${list}`;
    const level = toldAt.has(name) ? 'debug' : 'info';
    if (level === 'info') toldAt.set(name, now);
    const told = { source, list, malformed, of: malformed + sightings.length };
    log[level]({ ...told, reasons: reasons.slice(0, MOST_REASONS) }, 'items could not be read');
  };
}
