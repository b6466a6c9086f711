import { z } from 'zod';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { ConflictView } from '#src/render/conflict-page.ts';
import type { SubscriptionView } from '#src/render/subscription-page.ts';
import type { UndoneView } from '#src/render/undone-page.ts';
import { areAlike } from '#src/subscription/alike.ts';
import type { HistoryEntry, StoredEntry } from '#src/subscription/history.ts';
import { type ServerSettings, serverSettingsSchema } from '#src/subscription/server-settings.ts';
import { type Subscription, subscriptionSchema } from '#src/subscription/subscription.ts';
import type { Replacement, SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel } from '#src/wording/phrase.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { type Moderator, moderatorFor, refuseChange } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';
import { alreadyThere, withFilter } from './same-filter.ts';
import { differingSettings, noticesSeenIn, tellSettings } from './tell-changed.ts';
import { tellTerms } from './tell-terms.ts';
import { isInTheWayOf, settingsInTheWay, settingsUndone } from './undo-settings.ts';
import { type BeforeAndAfter, isInTheWay, undoingOf } from './undo-state.ts';

type Through = 'subscribe' | 'subscriptions' | 'filter';

type UndoDeps = {
  subscriptionStore: SubscriptionStore;
  questions: QuestionStore;
  topics: TopicCatalogue;
  perChannel: number;
  perServer: number;
  clock: Pick<Clock, 'elapsed'>;
  /** Discord has no such channel any more, as far as is known. */
  isGone(place: { serverId: string; channelId: string }): boolean;
  viewOf(subscription: Subscription): Promise<SubscriptionView>;
};

const state = subscriptionSchema.nullable();
const settingsPair = z.object({ before: serverSettingsSchema, after: serverSettingsSchema });
/** `seen`: what was there when somebody was shown that another change is in the way. */
const keptChangeSchema = z.object({ before: state, after: state, seen: state.optional() });
const keptSchema = z.object({
  kind: z.literal('change'),
  serverId: z.string(),
  /** The command that made it, and that whoever undoes it needs to be allowed. */
  through: z.enum(['subscribe', 'subscriptions', 'filter']),
  changes: z.array(z.unknown()),
  settings: settingsPair.extend({ seen: serverSettingsSchema.optional() }).optional(),
});

type KeptChange = z.infer<typeof keptChangeSchema>;
type KeptSettings = NonNullable<z.infer<typeof keptSchema>['settings']>;
type Open = { changes: readonly KeptChange[]; through: Through };

/** A moderator's deed: what was done, to which subscriptions, with which command. */
type Deed = { what: HistoryEntry['what']; ids: readonly string[]; through: Through };

/** So many changes of one thing are looked through for the one that is in the way. */
const LATEST = 50;
/** So many of what was undone, or stands in the way, are told one by one. */
const TOLD = 5;

/**
 * Keeps what is behind an Undo: the newest change of each of these subscriptions, as the history has it. So whoever does a
 * thing once more, which changes nothing, gets the way back from when it was done. Null where the history has none, or
 * where something else was done since: that is not taken back.
 */
export async function keepChange(
  { subscriptionStore, questions }: Pick<UndoDeps, 'subscriptionStore' | 'questions'>,
  serverId: string,
  { what, ids, through }: Deed,
): Promise<string | null> {
  const changes: BeforeAndAfter[] = [];
  for (const id of ids) {
    const [newest] = await subscriptionStore.changesOf(serverId, id, 1);
    if (newest?.what === what && areAlike(newest.after, subscriptionStore.byId(id)))
      changes.push({ before: newest.before, after: newest.after });
  }
  return changes.length === 0 ? null : questions.keep({ kind: 'change', serverId, through, changes });
}

type Undone = UndoneView | ConflictView;

/** Keeps what is behind an Undo of changes that were made together: all of them are taken back, or none. */
export const keepChanges = (
  { questions }: Pick<UndoDeps, 'questions'>,
  serverId: string,
  through: Through,
  changes: readonly BeforeAndAfter[],
): Promise<string> => questions.keep({ kind: 'change', serverId, through, changes });

export type UndoChange = {
  /** What is behind an Undo, by its key. Nothing is overwritten that somebody did since: that is shown. */
  undoChange(asker: Asker & { key: string }): Promise<Undone>;
  /** The same for one of the history, by its id. */
  undoEntry(asker: Asker & { id: number }): Promise<Undone>;
  /** The same for a subscription that was made. */
  undoSubscribe(asker: Asker & { id: string }): Promise<Undone>;
};

/** Taking back what a moderator did, whoever did it: what was is there again, as it was; it posts what comes from now on. */
export function createUndoChange(deps: UndoDeps): UndoChange {
  const { subscriptionStore, questions } = deps;

  const undo = async (
    { changes, through }: Open,
    moderator: Moderator,
    { userId }: Asker,
  ): Promise<Undone> => {
    const { serverId } = moderator;
    const breathe = takeBreaths(deps.clock);
    for (const change of changes) {
      await refusePlace(deps, moderator, change);
      await breathe();
    }
    let isDone = true;
    let conflicts: KeptChange[] = [];
    await subscriptionStore.putBack(serverId, userId, () => {
      const all = changes.map((change) => ({ change, undoing: nowUndoing(deps, change) }));
      conflicts = all.flatMap(({ change, undoing }) =>
        undoing.kind === 'conflict' ? { ...change, seen: undoing.present } : [],
      );
      if (conflicts.length > 0) return [];
      const open = all.flatMap(({ undoing }) => (undoing.kind === 'open' ? undoing : []));
      for (const replacement of open) refuseTwin(deps, replacement);
      refuseMore(deps, open);
      isDone = open.length === 0;
      return open;
    });
    if (conflicts.length === 0)
      return {
        kind: 'undone',
        isDone,
        items: await Promise.all(changes.slice(0, TOLD).map((one) => undoneItem(deps, one))),
        more: Math.max(0, changes.length - TOLD),
      };
    await breathe();
    const shown = new Map(conflicts.map((one) => [idOf(one), one]));
    const seen = changes.map((change) => shown.get(idOf(change)) ?? change);
    return {
      kind: 'conflict',
      items: await Promise.all(conflicts.slice(0, TOLD).map((one) => conflictItem(deps, serverId, one))),
      more: Math.max(0, conflicts.length - TOLD),
      key: await questions.keep({ kind: 'change', serverId, through, changes: seen }),
    };
  };

  const undoSettings = async (
    change: KeptSettings,
    { serverId }: Moderator,
    asker: Asker,
  ): Promise<Undone> => {
    refuseServerWide(asker);
    await refuseHiddenNotices(change, asker);
    let isInConflict = false;
    const undone = (present: ServerSettings): ServerSettings => {
      const wanted = settingsUndone(change, present, change.seen);
      isInConflict = wanted === null;
      return wanted ?? present;
    };
    const present = await subscriptionStore.changeSettings(serverId, undone, asker.userId);
    const { before, after } = change;
    const seen = await noticesSeenIn([before, after, present], asker.rights);
    const steps = tellSettings(after, before, seen);
    if (!isInConflict) {
      const isDone = differingSettings(present, undone(present)).length === 0;
      return { kind: 'undone', isDone, items: [{ kind: 'settings', steps }], more: 0 };
    }
    const later = await subscriptionStore.settingsChanges(serverId, LATEST);
    const settings = { before, after, seen: present };
    return {
      kind: 'conflict',
      items: [
        {
          about: {
            kind: 'settings',
            before: steps,
            now: tellSettings(after, settingsInTheWay(change, present), seen),
          },
          since: sinceOf(later.find((one) => isInTheWayOf(change, one.settings))),
        },
      ],
      more: 0,
      key: await questions.keep({
        kind: 'change',
        serverId,
        through: 'subscriptions',
        changes: [],
        settings,
      }),
    };
  };

  const undoMute = async (
    { what, about: text = '' }: StoredEntry,
    { serverId }: Moderator,
    asker: Asker,
  ): Promise<Undone> => {
    refuseServerWide(asker);
    const again = what === 'muted' ? subscriptionStore.unmute : subscriptionStore.mute;
    const isDone = !(await again(serverId, text, asker.userId));
    return {
      kind: 'undone',
      isDone,
      items: [{ kind: what === 'muted' ? 'unmuted' : 'muted', text }],
      more: 0,
    };
  };

  return {
    async undoChange({ key, ...asker }) {
      const kept = keptSchema.safeParse(await questions.recall(key, 'undo.forgotten'));
      if (!kept.success) throw new UserError('undo.forgotten');
      const { through, serverId, settings } = kept.data;
      const changes = await readChanges(kept.data.changes, takeBreaths(deps.clock));
      const moderator = await moderatorFor(asker, through);
      if (serverId !== moderator.serverId) throw new UserError('subscriptions.gone');
      return settings
        ? undoSettings(settings, moderator, asker)
        : undo({ changes, through }, moderator, asker);
    },

    async undoEntry({ id, ...asker }) {
      const through = 'subscriptions';
      const moderator = await moderatorFor(asker, through);
      const entry = await subscriptionStore.storedChange(moderator.serverId, id);
      if (!entry) throw new UserError('undo.noSuchChange');
      const { what, before, after, settings } = entry;
      if (settings) return undoSettings(settings, moderator, asker);
      if (what === 'muted' || what === 'unmuted') return undoMute(entry, moderator, asker);
      if (what === 'deleted') throw new UserError('undo.deletedPost');
      const change = { before: what === 'ended' ? withoutEnd(before) : before, after };
      return undo({ changes: [change], through }, moderator, asker);
    },

    async undoSubscribe({ id, ...asker }) {
      const through = 'subscribe';
      const moderator = await moderatorFor(asker, through);
      const made = (await subscriptionStore.addingOf(moderator.serverId, id))?.after;
      const present = subscriptionStore.byId(id);
      // The history is bounded: what is older is taken back as it is.
      const after = made ?? (present?.serverId === moderator.serverId ? present : null);
      if (!after) throw new UserError('subscriptions.gone');
      return undo({ changes: [{ before: null, after }], through }, moderator, asker);
    },
  };
}

/** Throws UserError where one of them cannot be read (any more): all or nothing. */
async function readChanges(
  stored: readonly unknown[],
  breathe: () => Promise<void>,
): Promise<readonly KeptChange[]> {
  const changes: KeptChange[] = [];
  for (const one of stored) {
    const read = keptChangeSchema.safeParse(one);
    if (!read.success) throw new UserError('undo.forgotten');
    changes.push(read.data);
    await breathe();
  }
  return changes;
}

/** One that ended by itself comes back without an end. */
function withoutEnd(ended: Subscription | null): Subscription | null {
  if (!ended) return null;
  const { until: _, ...rest } = ended;
  return rest;
}

/** What holds in the whole server is for those who manage it. */
function refuseServerWide({ rights }: Asker): void {
  if (!rights.managesServer()) throw new DeniedError('rights.manageServer');
}

/** Nobody sends words to moderators to a channel that they cannot see. */
export async function refuseHiddenNotices(
  { before, after }: z.infer<typeof settingsPair>,
  { rights }: Asker,
): Promise<void> {
  if (before.notices === null || before.notices === after.notices) return;
  if (!(await rights.sees(before.notices))) throw new DeniedError('rights.hiddenChannel');
}

/** All or nothing: whoever undoes a change needs to be allowed each of its channels. */
async function refusePlace(
  { isGone }: UndoDeps,
  moderator: Moderator,
  { before, after }: BeforeAndAfter,
): Promise<void> {
  const place = after ?? before;
  if (!place) return;
  if (before && isGone(place)) throw new UserError('undo.deletedChannel');
  await refuseChange(moderator, place.channelId);
}

const idOf = ({ before, after }: BeforeAndAfter): string => (after ?? before)?.id ?? '';

const nowUndoing = ({ subscriptionStore }: UndoDeps, { seen, ...change }: KeptChange) =>
  undoingOf(change, subscriptionStore.byId(idOf(change)), seen);

/** What would be there, what is there, and who made it so. */
async function conflictItem(
  deps: UndoDeps,
  serverId: string,
  change: KeptChange,
): Promise<ConflictView['items'][number]> {
  const undoing = nowUndoing(deps, { ...change, seen: undefined });
  const [wanted, present] =
    undoing.kind === 'done' ? [change.before, change.before] : [undoing.wanted, undoing.present];
  const later = await deps.subscriptionStore.changesOf(serverId, idOf(change), LATEST);
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

const versionOf = (subscription: Subscription) => ({
  ...{ filter: subscription.filter, terms: tellTerms(subscription) },
  isPaused: subscription.paused !== null,
});

const sinceOf = (entry: StoredEntry | undefined) =>
  entry ? { what: entry.what, who: entry.who, at: entry.at } : null;

/** Throws UserError where one of the same meaning as what would come back is there. */
function refuseTwin({ subscriptionStore, topics }: UndoDeps, { wanted }: Replacement): void {
  if (!wanted) return;
  const others = subscriptionStore.inChannel(wanted.channelId).filter(({ id }) => id !== wanted.id);
  const twin = withFilter(others, wanted.filter, topics);
  if (twin) throw alreadyThere(twin);
}

/** Throws UserError where a channel, or the server, has no room for all that would come back together. */
function refuseMore(
  { subscriptionStore, perChannel, perServer }: UndoDeps,
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

async function undoneItem(
  { viewOf }: UndoDeps,
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
