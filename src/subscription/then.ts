import type { HistoryEntry } from './history.ts';
import type { Mute } from './mute.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Subscription } from './subscription.ts';

// What stood in a server at an instant (UTC ms), told from what stands there now and from its history, the newest last: what the
// last change until then touched stands as that left it; what was touched only later, as the first change after it found it.
// Pauses that end by themselves are no entries: a subscription stands there as paused, with the instant at which that ends.

/** Something muted then. Who did it, and since when, is known as far as the history reaches. */
export type MuteThen = Pick<Mute, 'text'> & { who: string | null; at: number | null };

/** The subscriptions at that instant. `present`: those of now, of the server or of some of its channels. */
export function subscriptionsThen(
  present: readonly Subscription[],
  history: readonly HistoryEntry[],
  at: number,
): Subscription[] {
  const presentById = new Map(present.map((subscription) => [subscription.id, subscription]));
  const changes = Map.groupBy(
    history.filter(({ before, after }) => before !== null || after !== null),
    ({ before, after }) => (after ?? before)?.id ?? '',
  );
  return [...new Set([...presentById.keys(), ...changes.keys()])].flatMap((id) => {
    const then = stoodThen(presentById.get(id) ?? null, changes.get(id) ?? [], at);
    return then ? [then] : [];
  });
}

/** The mutes at that instant. `present`: those of now. */
export function mutesThen(
  present: readonly Mute[],
  history: readonly HistoryEntry[],
  at: number,
): MuteThen[] {
  const presentByText = new Map(present.map((mute) => [mute.text, mute]));
  const changes = Map.groupBy(
    history.filter(({ what }) => what === 'muted' || what === 'unmuted'),
    ({ about = '' }) => about,
  );
  return [...new Set([...presentByText.keys(), ...changes.keys()])].flatMap((text) => {
    const then = mutedThen(presentByText.get(text) ?? null, changes.get(text) ?? [], at);
    return then ? [{ ...then, text }] : [];
  });
}

/** The server's settings at that instant. `present`: those of now. */
export function settingsThen(
  present: ServerSettings,
  history: readonly HistoryEntry[],
  at: number,
): ServerSettings {
  const changes = history.flatMap((change) =>
    change.settings ? [{ ...change.settings, at: change.at }] : [],
  );
  const last = changes.findLast((change) => change.at <= at);
  return last?.after ?? changes[0]?.before ?? present;
}

function stoodThen(
  present: Subscription | null,
  changes: readonly HistoryEntry[],
  at: number,
): Subscription | null {
  const last = changes.findLast((change) => change.at <= at);
  if (last) return last.after;
  const next = changes.find((change) => change.at > at);
  const then = next ? next.before : present;
  return then && then.createdAt <= at ? then : null;
}

function mutedThen(
  present: Mute | null,
  changes: readonly HistoryEntry[],
  at: number,
): Omit<MuteThen, 'text'> | null {
  const last = changes.findLast((change) => change.at <= at);
  if (last) return last.what === 'muted' ? { who: last.who, at: last.at } : null;
  const next = changes.find((change) => change.at > at);
  if (next) return next.what === 'unmuted' ? { who: null, at: null } : null;
  return present && present.at <= at ? { who: present.who, at: present.at } : null;
}
