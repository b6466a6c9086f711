import { z } from 'zod';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { ConflictView } from '#src/render/conflict-page.ts';
import type { SubscriptionView } from '#src/render/subscription-page.ts';
import type { UndoneView } from '#src/render/undone-page.ts';
import type { StoredEntry } from '#src/subscription/history.ts';
import { type ServerSettings, serverSettingsSchema } from '#src/subscription/server-settings.ts';
import { type Subscription, subscriptionSchema } from '#src/subscription/subscription.ts';
import type { Replacement, SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel } from '#src/wording/phrase.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { type Moderator, refuseChange } from './moderate.ts';
import { type RoomDeps, refuseRoom } from './refuse-room.ts';
import { alreadyThere, meaningOfText } from './same-filter.ts';
import { noticesSeenIn, tellSettings } from './tell-changed.ts';
import { tellTerms } from './tell-terms.ts';
import { isInTheWayOf, settingsInTheWay, settingsUndone } from './undo-settings.ts';
import { type BeforeAndAfter, isInTheWay, undoingOf } from './undo-state.ts';

export type UndoTogetherDeps = {
  subscriptionStore: Pick<
    SubscriptionStore,
    'byId' | 'inChannel' | 'inServer' | 'settings' | 'putBack' | 'changesOf' | 'settingsChanges'
  >;
  topics: TopicCatalogue;
  perChannel: number;
  perServer: number;
  clock: Pick<Clock, 'elapsed'>;
  /** Discord has no such channel any more, as far as is known. */
  isGone(place: { serverId: string; channelId: string }): boolean;
  viewOf(subscription: Subscription): Promise<SubscriptionView>;
} & RoomDeps;

const state = subscriptionSchema.nullable();
/** `seen`: what was there when somebody was shown that another change is in the way. */
export const keptChangeSchema = z.object({ before: state, after: state, seen: state.optional() });
export const keptSettingsSchema = z.object({
  before: serverSettingsSchema,
  after: serverSettingsSchema,
  seen: serverSettingsSchema.optional(),
});

type KeptChange = z.infer<typeof keptChangeSchema>;
type KeptSettings = z.infer<typeof keptSettingsSchema>;

/** What was done together: changes of subscriptions, mutes that were added, the settings of the server. */
export type Together = {
  changes: readonly KeptChange[];
  mutes: readonly string[];
  settings: KeptSettings | null;
};

/** `seen`: the same with what is in the way, for whoever wants it taken back all the same. */
type TakenBack = UndoneView | (Omit<ConflictView, 'key'> & { seen: Together });

/** So many changes of one thing are looked through for the one that is in the way. */
const LATEST = 50;
/** So many of what was undone, or stands in the way, are told one by one. */
const TOLD = 5;

/** All of it is taken back in one write, or nothing: nothing is overwritten that somebody did since, that is shown. */
export async function undoTogether(
  deps: UndoTogetherDeps,
  together: Together,
  moderator: Moderator,
  asker: Asker,
): Promise<TakenBack> {
  const { changes, mutes, settings } = together;
  const { serverId } = moderator;
  if (settings || mutes.length > 0) refuseServerWide(asker);
  if (settings) await refuseOldNotices(deps, settings, serverId, asker);
  const breathe = takeBreaths(deps.clock);
  for (const change of changes) {
    await refusePlace(deps, moderator, change);
    await breathe();
  }
  let found: Found = { conflicts: [], present: null };
  const isChanged = await deps.subscriptionStore.putBack(serverId, asker.userId, async () => {
    const { open, conflicts } = await undoings(deps, changes, breathe);
    const present = deps.subscriptionStore.settings(serverId);
    const wanted = settings && settingsUndone(settings, present, settings.seen);
    found = { conflicts, present: settings && !wanted ? present : null };
    if (conflicts.length > 0 || found.present) return { subscriptions: [] };
    await refuseTwins(deps, open, breathe);
    refuseMore(deps, open);
    return { subscriptions: open, unmuted: mutes, settings: wanted };
  });
  if (found.conflicts.length > 0 || found.present)
    return inTheWay(deps, together, found, { serverId, asker });
  return {
    kind: 'undone',
    isDone: !isChanged,
    items: [
      ...(await settingsItem(settings, asker)),
      ...mutes.slice(0, TOLD).map((text) => ({ kind: 'unmuted', text }) as const),
      ...(await Promise.all(changes.slice(0, TOLD).map((one) => undoneItem(deps, one)))),
    ],
    more: Math.max(0, changes.length - TOLD) + Math.max(0, mutes.length - TOLD),
  };
}

/** What is in the way: of subscriptions, and the settings that are there. */
type Found = { conflicts: readonly KeptChange[]; present: ServerSettings | null };

/** What each comes to at this moment. */
async function undoings(
  { subscriptionStore }: UndoTogetherDeps,
  changes: readonly KeptChange[],
  breathe: () => Promise<void>,
): Promise<{ open: readonly Replacement[]; conflicts: readonly KeptChange[] }> {
  const open: Replacement[] = [];
  const conflicts: KeptChange[] = [];
  for (const { seen, ...change } of changes) {
    const undoing = undoingOf(change, subscriptionStore.byId(idOf(change)), seen);
    if (undoing.kind === 'open') open.push(undoing);
    if (undoing.kind === 'conflict') conflicts.push({ ...change, seen: undoing.present });
    await breathe();
  }
  return { open, conflicts };
}

async function inTheWay(
  deps: UndoTogetherDeps,
  { changes, mutes, settings }: Together,
  { conflicts, present }: Found,
  { serverId, asker }: { serverId: string; asker: Asker },
): Promise<TakenBack> {
  const shown = new Map(conflicts.map((one) => [idOf(one), one]));
  return {
    kind: 'conflict',
    items: [
      ...(settings && present ? [await settingsConflict(deps, settings, present, { serverId, asker })] : []),
      ...(await Promise.all(conflicts.slice(0, TOLD).map((one) => conflictItem(deps, serverId, one)))),
    ],
    more: Math.max(0, conflicts.length - TOLD),
    seen: {
      mutes,
      changes: changes.map((change) => shown.get(idOf(change)) ?? change),
      settings: settings && present ? { ...settings, seen: present } : settings,
    },
  };
}

/** What holds in the whole server is for those who manage it. */
export function refuseServerWide({ rights }: Asker): void {
  if (!rights.managesServer()) throw new DeniedError('rights.manageServer');
}

/** The channel for notices that would be there again, by the rules of whoever chooses it anew; one that is there is not asked again. */
async function refuseOldNotices(
  deps: UndoTogetherDeps,
  { before, after }: KeptSettings,
  serverId: string,
  asker: Asker,
): Promise<void> {
  if (before.notices === null || before.notices === after.notices) return;
  if (!(await asker.rights.sees(before.notices))) throw new DeniedError('rights.hiddenChannel');
  if (deps.subscriptionStore.settings(serverId).notices === before.notices) return;
  await refuseRoom(deps, asker, serverId, before.notices);
}

/** All or nothing: whoever undoes a change needs to be allowed each of its channels. */
async function refusePlace(
  { isGone }: UndoTogetherDeps,
  moderator: Moderator,
  { before, after }: BeforeAndAfter,
): Promise<void> {
  const place = after ?? before;
  if (!place) return;
  if (before && isGone(place)) throw new UserError('undo.deletedChannel');
  await refuseChange(moderator, place.channelId);
}

const idOf = ({ before, after }: BeforeAndAfter): string => (after ?? before)?.id ?? '';

/** What would be there, what is there, and who made it so. */
async function conflictItem(
  { subscriptionStore }: UndoTogetherDeps,
  serverId: string,
  { seen: _, ...change }: KeptChange,
): Promise<ConflictView['items'][number]> {
  const undoing = undoingOf(change, subscriptionStore.byId(idOf(change)), undefined);
  const [wanted, present] =
    undoing.kind === 'done' ? [change.before, change.before] : [undoing.wanted, undoing.present];
  const later = await subscriptionStore.changesOf(serverId, idOf(change), LATEST);
  return {
    about: {
      kind: 'subscription',
      channelId: (change.after ?? change.before)?.channelId ?? '',
      before: wanted && versionOf(wanted),
      now: present && versionOf(present),
    },
    since: sinceOf(later.find((one) => isInTheWay(one, change))),
  };
}

async function settingsConflict(
  { subscriptionStore }: UndoTogetherDeps,
  change: KeptSettings,
  present: ServerSettings,
  { serverId, asker }: { serverId: string; asker: Asker },
): Promise<ConflictView['items'][number]> {
  const { before, after } = change;
  const seen = await noticesSeenIn([before, after, present], asker.rights);
  const later = await subscriptionStore.settingsChanges(serverId, LATEST);
  return {
    about: {
      kind: 'settings',
      before: tellSettings(after, before, seen),
      now: tellSettings(after, settingsInTheWay(change, present), seen),
    },
    since: sinceOf(later.find((one) => isInTheWayOf(change, one.settings))),
  };
}

const versionOf = (subscription: Subscription) => ({
  ...{ filter: subscription.filter, terms: tellTerms(subscription) },
  isPaused: subscription.paused !== null,
});

const sinceOf = (entry: StoredEntry | undefined) =>
  entry ? { what: entry.what, who: entry.who, at: entry.at } : null;

/** Throws UserError where one of the same meaning as what would come back is there, and stays. */
async function refuseTwins(
  { subscriptionStore, topics }: UndoTogetherDeps,
  open: readonly Replacement[],
  breathe: () => Promise<void>,
): Promise<void> {
  const back = open.flatMap(({ wanted }) => wanted ?? []);
  const replaced = new Set(open.flatMap(({ present }) => present?.id ?? []));
  for (const [channelId, those] of Map.groupBy(back, (one) => one.channelId)) {
    const stay = subscriptionStore.inChannel(channelId).filter(({ id }) => !replaced.has(id));
    const meanings = new Map<string, Subscription>();
    for (const one of stay) {
      meanings.set(meaningOfText(one.filter, topics), one);
      await breathe();
    }
    for (const { filter } of meanings.size > 0 ? those : []) {
      const twin = meanings.get(meaningOfText(filter, topics));
      if (twin) throw alreadyThere(twin);
      await breathe();
    }
  }
}

/** Throws UserError where a channel, or the server, has no room for all that would come back together. */
function refuseMore(
  { subscriptionStore, perChannel, perServer }: UndoTogetherDeps,
  open: readonly Replacement[],
): void {
  const back = open.flatMap(({ present, wanted }) => (wanted && !present ? [wanted] : []));
  for (const [channelId, those] of Map.groupBy(back, (one) => one.channelId))
    if (subscriptionStore.inChannel(channelId).length + those.length > perChannel)
      throw new UserError('undo.noRoom', {
        channel: channel(channelId),
        back: those.length,
        most: perChannel,
      });
  const [one] = back;
  if (one && subscriptionStore.inServer(one.serverId).length + back.length > perServer)
    throw new UserError('undo.noRoomInServer', { back: back.length, most: perServer });
}

async function settingsItem(
  change: KeptSettings | null,
  { rights }: Asker,
): Promise<UndoneView['items'][number][]> {
  if (!change) return [];
  const { before, after } = change;
  const seen = await noticesSeenIn([before, after], rights);
  return [{ kind: 'settings', steps: tellSettings(after, before, seen) }];
}

async function undoneItem(
  { viewOf }: UndoTogetherDeps,
  { before, after }: BeforeAndAfter,
): Promise<UndoneView['items'][number]> {
  if (!before) return { kind: 'gone', channelId: after?.channelId ?? '', filter: after?.filter ?? '' };
  const view = await viewOf(before);
  if (!after) return { kind: 'back', view };
  if (before.filter !== after.filter) return { kind: 'filter', view };
  // A pause, another end of it and its end change nothing else.
  if (before.paused?.until === after.paused?.until && !before.paused === !after.paused)
    return { kind: 'terms', view };
  return { kind: before.paused ? 'paused' : 'runs', view };
}
