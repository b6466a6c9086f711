import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { troubleOf } from '#src/render/hold-notice.ts';
import type { ListNote } from '#src/render/subscription-list.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { channel as channelMark, phrase, quoted } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { type Moderator, moderatorFor, ownSubscription } from './moderate.ts';
import { notSaved } from './not-saved.ts';
import type { QuestionStore } from './question-store.ts';
import { endOf, readUntil } from './read-until.ts';
import { keepChange } from './undo-change.ts';

type Deps = {
  subscriptionStore: SubscriptionStore;
  outbox: Outbox;
  questions: QuestionStore;
  zones: Zones;
};

export type ChangeSubscriptions = {
  /** All or none of those that are still there. */
  removeSubscriptions(asker: Asker & { ids: readonly string[] }): Promise<ListNote>;
  /**
   * Those that are so already stay as they are; those that are gone are told. A pause ends by itself after `forMs`, or with
   * the `lastDay` that was written; else when somebody resumes it.
   */
  setPaused(
    asker: Asker & { ids: readonly string[]; isPaused: boolean; forMs?: number; lastDay?: string },
  ): Promise<ListNote>;
};

const MINUTE = 60_000;

/** What moderators do with subscriptions from the list: each change has its way back. */
export function createChangeSubscriptions(deps: Deps): ChangeSubscriptions {
  const { subscriptionStore, outbox } = deps;

  /** Those that are still there. Throws DeniedError where one is not the moderator's to change. */
  const own = async (moderator: Moderator, ids: readonly string[]): Promise<Subscription[]> => {
    const found: Subscription[] = [];
    for (const id of ids)
      if (subscriptionStore.byId(id)) found.push(await ownSubscription(subscriptionStore, moderator, id));
    return found;
  };

  const note = async (
    moderator: Moderator,
    what: 'removed' | 'paused' | 'resumed',
    ids: readonly string[],
    done: readonly Subscription[],
  ): Promise<ListNote> => {
    // Whoever removes what is gone, as by a double press, gets the same way back.
    const changed = what === 'removed' ? ids : done.map(({ id }) => id);
    const deed = { what, ids: changed, through: 'subscriptions' } as const;
    const undo = await keepChange(deps, moderator.serverId, deed);
    const to = done.map(({ channelId, filter }) => ({ channelId, filter }));
    return { what, to, gone: ids.length - done.length, undo };
  };

  return {
    async removeSubscriptions({ ids, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const done: Subscription[] = [];
      for (const { id } of await own(moderator, ids)) {
        const removed = await subscriptionStore.remove(id, asker.userId);
        if (removed) done.push(removed);
      }
      return note(moderator, 'removed', ids, done);
    },

    async setPaused({ ids, isPaused, forMs, lastDay, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const all = await own(moderator, ids);
      const until =
        lastDay === undefined ? after(forMs, asker.now) : dayOver(deps, lastDay, all[0], asker.now);
      const end = until === undefined ? {} : { until };
      const pause = isPaused ? { reason: phrase('subscriptions.pausedByModerator'), ...end } : null;
      const check = isPaused ? undefined : (present: Subscription) => refuseHeld(outbox, present);
      const done: Subscription[] = [];
      for (const { id } of all) {
        const changed = await subscriptionStore.setPaused(id, pause, asker.userId, check);
        if (changed) done.push(changed);
      }
      return { ...(await note(moderator, isPaused ? 'paused' : 'resumed', ids, done)), ...end };
    },
  };
}

/** To the minute: a second press finds it done. */
const after = (ms: number | undefined, now: number): number | undefined =>
  ms === undefined ? undefined : Math.ceil((now + ms) / MINUTE) * MINUTE;

/** When that day is over, in the zone of the subscription's own hours where it has some, else in the server's. Throws UserError, with what to write. */
function dayOver(
  { zones, subscriptionStore }: Deps,
  lastDay: string,
  of: Subscription | undefined,
  now: number,
): number {
  const wanted = readUntil(lastDay);
  if (!wanted) throw notSaved('until.notOne', { text: quoted(lastDay, 60) });
  const ofServer = of && subscriptionStore.settings(of.serverId).zone;
  const when = of && of.when.kind !== 'now' ? of.when.zone : undefined;
  return endOf(wanted, { now, zone: when ?? of?.quiet?.zone ?? ofServer ?? 'UTC', zones }).at;
}

/** What no moderator paused cannot be resumed by one: it is shown as paused because Discord refuses. */
async function refuseHeld(outbox: Outbox, { channelId, paused }: Subscription): Promise<void> {
  const held = paused ? null : await outbox.holdOf(toChannel(channelId));
  if (!held) return;
  if (held.code === 'channel-gone') throw new UserError('subscriptions.cannotResumeDeleted');
  const trouble = troubleOf(held);
  throw new UserError('subscriptions.cannotResume', { channel: channelMark(channelId), trouble });
}
