import { isDeepStrictEqual } from 'node:util';
import { isPaused } from '#src/decision/pause.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Phrase } from '#src/wording/values.ts';
import { type Arrange, openArrange } from './arrange.ts';
import { fromNowOn } from './from-now-on.ts';
import type { HeldSubscriptions } from './held-subscriptions.ts';
import { type HistoryEntry, subscriptionEntry } from './history.ts';
import { type MuteChanges, openMuteChanges } from './mute-changes.ts';
import { openPutBack, type PutBack } from './put-back.ts';
import type { Subscription, SubscriptionDraft } from './subscription.ts';
import { newSubscriptionId } from './subscription-id.ts';

type Patch = Partial<
  Omit<Subscription, 'id' | 'serverId' | 'channelId' | 'createdAt' | 'createdBy' | 'since' | 'was'>
>;

/** Looks at what is there in the very turn in which it is changed; what it throws refuses the change. */
type PresentCheck<T> = (present: T) => void | Promise<void>;

type Place = { serverId: string; channelId: string };

type Change = { what: HistoryEntry['what']; after: Subscription | null };

/** What members do with subscriptions and mutes, each change an entry of its own in the history. */
export type SubscriptionChanges = MuteChanges &
  Arrange &
  PutBack & {
    /** `present` sees the channel's subscriptions when its turn comes; one that it returns stands there already, and is returned. */
    add(
      place: Place,
      draft: SubscriptionDraft,
      who: string,
      present?: (subscriptions: readonly Subscription[]) => Subscription | undefined,
    ): Promise<Subscription>;
    /**
     * Null when there is no such subscription (any more). One that is so already stays as it is. With another filter or
     * what it wants what comes from now on.
     */
    change(
      id: string,
      patch: Patch,
      who: string,
      check?: PresentCheck<Subscription>,
    ): Promise<Subscription | null>;
    remove(id: string, who: string): Promise<Subscription | null>;
    /**
     * Pauses it for that reason, until that instant (UTC ms) where one is given, or resumes it for null: then only what comes
     * from now on is posted. One that is so already stays as it is. Returns it as it is after.
     */
    setPaused(
      id: string,
      pause: { reason: Phrase; until?: number } | null,
      who: string,
      check?: PresentCheck<Subscription>,
    ): Promise<Subscription | null>;
    /** Removes it once its last day is over, as an entry of the history that no member made. */
    end(id: string): Promise<void>;
    /** Lets those run whose pause is over: they want what came since then, however late it is noted. Nobody changed them. */
    endPauses(): Promise<void>;
  };

const hasPauseEnded = ({ paused }: Subscription, now: number): boolean =>
  paused !== null && !isPaused(paused, now);

export function openSubscriptionChanges(held: HeldSubscriptions, clock: Clock): SubscriptionChanges {
  /** `next` sees what is there in its turn and decides: `after: null` removes, null leaves it as it is. */
  const alter = (
    id: string,
    who: string,
    next: (before: Subscription) => Promise<Change | null>,
  ): Promise<Subscription | null> =>
    held.inTurnOf(id, async () => {
      const before = held.byId(id);
      if (!before) return null;
      const change = await next(before);
      if (!change) return before;
      const { what, after: wanted } = change;
      const now = clock.now();
      const after = wanted && fromNowOn(before, wanted, now);
      await held.write(before.serverId, [subscriptionEntry(what, before, after, who, now)]);
      return after ?? before;
    });

  const addInTurn = async (place: Place, draft: SubscriptionDraft, who: string): Promise<Subscription> => {
    const id = newSubscriptionId((taken) => held.byId(taken) !== null);
    const now = clock.now();
    const added = { ...draft, ...place, id, createdAt: now, createdBy: who, since: now, paused: null };
    await held.write(place.serverId, [subscriptionEntry('added', null, added, who, now)]);
    return added;
  };

  return {
    ...openMuteChanges(held, clock),
    ...openArrange(held, clock),
    ...openPutBack(held, clock),
    add: (place, draft, who, present) =>
      held.inTurn(place.serverId, async () => {
        const known = present?.(held.inChannel(place.channelId));
        return known ?? addInTurn(place, draft, who);
      }),
    change: (id, patch, who, check) =>
      alter(id, who, async (before) => {
        await check?.(before);
        const after = { ...before, ...patch };
        return isDeepStrictEqual(after, before) ? null : { what: 'changed', after };
      }),
    remove: (id, who) => alter(id, who, async () => ({ what: 'removed', after: null })),
    setPaused: (id, pause, who, check) =>
      alter(id, who, async (before) => {
        await check?.(before);
        if (pause === null) return before.paused && { what: 'resumed', after: { ...before, paused: null } };
        if (before.paused && before.paused.until === pause.until) return null;
        return { what: 'paused', after: { ...before, paused: { ...pause, at: clock.now() } } };
      }),
    async end(id) {
      await held.inTurnOf(id, async () => {
        const before = held.byId(id);
        const now = clock.now();
        if (!before?.until || now < before.until.at) return;
        await held.write(before.serverId, [subscriptionEntry('ended', before, null, null, now)]);
      });
    },
    async endPauses() {
      for (const { id } of [...held.all()].filter((one) => hasPauseEnded(one, clock.now())))
        await held.inTurnOf(id, async () => {
          const before = held.byId(id);
          const since = before?.paused?.until;
          if (!before || since === undefined || !hasPauseEnded(before, clock.now())) return;
          await held.writeAlone(before, { ...before, paused: null, since, was: undefined });
        });
    },
  };
}
