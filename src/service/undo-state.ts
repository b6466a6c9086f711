import { areAlike, differing } from '#src/subscription/alike.ts';
import type { Subscription } from '#src/subscription/subscription.ts';

/** One subscription before and after a change; null: there was none, or there is none. */
export type BeforeAndAfter = { before: Subscription | null; after: Subscription | null };

/** What an Undo makes of what is there now: nothing where it is done already; a conflict where something else was done to it since. */
type Undoing =
  | { kind: 'done' }
  | { kind: 'open'; present: Subscription | null; wanted: Subscription | null }
  | { kind: 'conflict'; present: Subscription | null; wanted: Subscription | null };

/**
 * Only what the change changed is put back: whatever else was done to the subscription stays. `seen`: what was shown of it to
 * whoever wants it put back all the same.
 */
export function undoingOf(
  { before, after }: BeforeAndAfter,
  present: Subscription | null,
  seen: Subscription | null | undefined,
): Undoing {
  const isSeen = seen !== undefined && areAlike(present, seen);
  if (areAlike(present, before)) return { kind: 'done' };
  if (!before || !after || !present) {
    const isAsLeft = isSeen || areAlike(present, after);
    return { kind: isAsLeft ? 'open' : 'conflict', present, wanted: before };
  }
  const names = differing(before, after);
  const wanted = withOf(present, before, names);
  if (areAlike(present, wanted)) return { kind: 'done' };
  const isAsLeft = isSeen || areAlike(present, withOf(present, after, names));
  return { kind: isAsLeft ? 'open' : 'conflict', present, wanted };
}

/** Whether a later change is what stands in the way of undoing the earlier one. */
export function isInTheWay(later: BeforeAndAfter, { before, after }: BeforeAndAfter): boolean {
  if (!later.before || !later.after || !before || !after) return true;
  const names = differing(before, after);
  return differing(later.before, later.after).some((name) => names.includes(name));
}

/** The subscription with that of another version of it. */
function withOf(
  subscription: Subscription,
  version: Subscription,
  names: readonly (keyof Subscription)[],
): Subscription {
  return { ...subscription, ...Object.fromEntries(names.map((name) => [name, version[name]])) };
}
