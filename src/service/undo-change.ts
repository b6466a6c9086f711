import { z } from 'zod';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { SubscriptionView } from '#src/render/subscription-page.ts';
import type { UndoneView } from '#src/render/undone-page.ts';
import { areAlike } from '#src/subscription/alike.ts';
import type { HistoryEntry } from '#src/subscription/history.ts';
import { type Subscription, subscriptionSchema } from '#src/subscription/subscription.ts';
import type { Replacement, SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { type Moderator, moderatorFor, refuseChange } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';
import { alreadyThere, nowTold, withFilter } from './same-filter.ts';

type Through = 'subscribe' | 'subscriptions' | 'filter';

type UndoDeps = {
  subscriptionStore: SubscriptionStore;
  questions: QuestionStore;
  topics: TopicCatalogue;
  perChannel: number;
  perServer: number;
  /** Discord has no such channel any more, as far as is known. */
  isGone(place: { serverId: string; channelId: string }): boolean;
  viewOf(subscription: Subscription): Promise<SubscriptionView>;
};

const changeSchema = z.object({
  before: subscriptionSchema.nullable(),
  after: subscriptionSchema.nullable(),
});
const keptSchema = z.object({
  kind: z.literal('change'),
  serverId: z.string(),
  /** The command that made it, and that whoever undoes it needs to be allowed. */
  through: z.enum(['subscribe', 'subscriptions', 'filter']),
  changes: z.array(changeSchema),
});

/** One subscription before and after what a moderator did; null: there was none, or there is none. */
type Change = z.infer<typeof changeSchema>;

/** A moderator's deed: what was done, to which subscriptions, with which command. */
type Deed = { what: HistoryEntry['what']; ids: readonly string[]; through: Through };

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
  const history = await subscriptionStore.history(serverId);
  const changes = ids.flatMap((id): Change[] => {
    const newest = history.findLast(({ before, after }) => (after ?? before)?.id === id);
    if (newest?.what !== what || !areAlike(newest.after, subscriptionStore.byId(id))) return [];
    return [{ before: newest.before, after: newest.after }];
  });
  return changes.length === 0 ? null : questions.keep({ kind: 'change', serverId, through, changes });
}

/** Keeps the way back from the end of one that ended by itself: it comes back without an end. */
export function keepReturn(
  { questions }: Pick<UndoDeps, 'questions'>,
  { until: _, ...before }: Subscription,
): Promise<string> {
  const { serverId } = before;
  return questions.keep({
    kind: 'change',
    serverId,
    through: 'subscriptions',
    changes: [{ before, after: null }],
  });
}

export type UndoChange = {
  /** What is behind an Undo, by its key. Nothing is overwritten that somebody did since: that is told. */
  undoChange(asker: Asker & { key: string }): Promise<UndoneView>;
  /** The same for a subscription that was made. */
  undoSubscribe(asker: Asker & { id: string }): Promise<UndoneView>;
};

/** Taking back what a moderator did: what was is there again, as it was; it posts what comes from now on. */
export function createUndoChange(deps: UndoDeps): UndoChange {
  const { subscriptionStore, questions } = deps;

  const undo = async (
    changes: readonly Change[],
    moderator: Moderator,
    { userId }: Asker,
  ): Promise<UndoneView> => {
    for (const change of changes) await refusePlace(deps, moderator, change);
    let isDone = true;
    await subscriptionStore.putBack(moderator.serverId, userId, () => {
      const open = changes.flatMap((change) => openOf(deps, change));
      for (const replacement of open) refuseTwin(deps, replacement);
      refuseMore(deps, open);
      isDone = open.length === 0;
      return open;
    });
    return { isDone, items: await Promise.all(changes.map((change) => undoneItem(deps, change))) };
  };

  return {
    async undoChange({ key, ...asker }) {
      const kept = keptSchema.safeParse(await questions.recall(key, 'undo.forgotten'));
      if (!kept.success) throw new UserError('undo.forgotten');
      const moderator = await moderatorFor(asker, kept.data.through);
      if (kept.data.serverId !== moderator.serverId) throw new UserError('subscriptions.gone');
      return undo(kept.data.changes, moderator, asker);
    },

    async undoSubscribe({ id, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscribe');
      const history = await subscriptionStore.history(moderator.serverId);
      const made = history.find(({ before, after }) => before === null && after?.id === id)?.after;
      const present = subscriptionStore.byId(id);
      // The history is bounded: what is older is taken back as it is.
      const after = made ?? (present?.serverId === moderator.serverId ? present : null);
      if (!after) throw new UserError('subscriptions.gone');
      return undo([{ before: null, after }], moderator, asker);
    },
  };
}

/** All or nothing: whoever undoes a change needs to be allowed each of its channels. */
async function refusePlace(
  { isGone }: UndoDeps,
  moderator: Moderator,
  { before, after }: Change,
): Promise<void> {
  const place = after ?? before;
  if (!place) return;
  if (before && isGone(place)) throw new UserError('undo.deletedChannel');
  await refuseChange(moderator, place.channelId);
}

/** What is to be done still of a change; nothing where it is undone. Throws UserError where something else happened since. */
function openOf({ subscriptionStore }: UndoDeps, { before, after }: Change): Replacement[] {
  const present = subscriptionStore.byId((after ?? before)?.id ?? '');
  if (areAlike(present, before)) return [];
  if (areAlike(present, after)) return [{ present, wanted: before }];
  throw present ? new UserError('undo.changedSince', nowTold(present)) : new UserError('undo.removedSince');
}

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
  { before, after }: Change,
): Promise<UndoneView['items'][number]> {
  if (!before) return { kind: 'gone', channelId: after?.channelId ?? '', filter: after?.filter ?? '' };
  const view = await viewOf(before);
  if (!after) return { kind: 'back', view };
  if (before.filter !== after.filter) return { kind: 'filter', view };
  // A pause and its end change nothing else.
  if ((before.paused === null) === (after.paused === null)) return { kind: 'terms', view };
  return { kind: before.paused ? 'paused' : 'runs', view };
}
