import type { Cursors } from '#src/foundation/cursors.ts';
import type { PollStore } from './poll-store.ts';

const DAY = 86_400_000;
const FULL_DETAIL = 40 * DAY;
/** A day of 15-minute polls over ten lists is about 960. */
const SLICE = 100;
const DONE_UNTIL = 'archive.thinned';

/**
 * Thins the oldest day that still has its detail and is more than 40 days old, by one slice. Returns how many polls
 * went; 0 when nothing is left to thin.
 */
export async function thinPolls(pollStore: PollStore, marks: Cursors, now: number): Promise<number> {
  for (;;) {
    const day = await pollStore.firstDaySince(await marks.get(DONE_UNTIL));
    if (day === null || day + DAY > now - FULL_DETAIL) return 0;
    const removed = await pollStore.removeOf(day, SLICE);
    if (removed > 0) return removed;
    await marks.set(DONE_UNTIL, day + DAY);
  }
}
