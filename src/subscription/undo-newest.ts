import type { Clock } from '#src/foundation/clock.ts';
import { fromNowOn } from './from-now-on.ts';
import type { HeldSubscriptions } from './held-subscriptions.ts';
import { type HistoryEntry, lastUndoable, undoneEntry, withEntry } from './history.ts';
import { toggled } from './server-mutes.ts';

/** Takes back the newest change by a member, of a subscription or of a mute; null when there is none. It is undone once. */
export function undoNewest(
  held: HeldSubscriptions,
  clock: Clock,
  { serverId, who }: { serverId: string; who: string },
): Promise<HistoryEntry | null> {
  return held.inTurn(serverId, async () => {
    const entries = await held.history(serverId);
    const index = lastUndoable(entries);
    if (index < 0) return null;
    const wrong = entries[index];
    const marked = entries.with(index, { ...wrong, undone: true });
    const now = clock.now();
    const after = wrong.before && fromNowOn(wrong.after, wrong.before, now);
    const entry = { ...undoneEntry(wrong, who, now), after };
    if (wrong.mute === null) await held.write(serverId, [entry], marked);
    else await held.writeMutes(serverId, toggled(held.mutes(serverId), wrong.mute), withEntry(marked, entry));
    return wrong;
  });
}
