import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '#src/foundation/clock.ts';
import { fromNowOn } from './from-now-on.ts';
import type { HeldSubscriptions } from './held-subscriptions.ts';
import { type HistoryEntry, otherEntry, settingsEntry, subscriptionEntry } from './history.ts';
import type { Mute } from './mute.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Subscription, SubscriptionDraft } from './subscription.ts';
import { newSubscriptionId } from './subscription-id.ts';

/** A subscription as it is to be, and the one that it is to be made of; null: a new one. */
type Arranged = {
  present: Subscription | null;
  channelId: string;
  draft: SubscriptionDraft;
  paused: Subscription['paused'];
};

/** What of a server is to be other: subscriptions, what else is muted, its settings (null: those that are there). */
export type Arrangement = {
  subscriptions: readonly Arranged[];
  mutes: readonly string[];
  settings: ServerSettings | null;
};

export type Arrange = {
  /**
   * Makes of a server what `decide` says in its turn, all or none, each change an entry of its own in the history; what it throws
   * refuses all of them. Returns the subscriptions that changed, before and after.
   */
  arrange(
    serverId: string,
    who: string,
    decide: () => Arrangement,
  ): Promise<{ before: Subscription | null; after: Subscription }[]>;
};

export function openArrange(held: HeldSubscriptions, clock: Clock): Arrange {
  return {
    arrange: (serverId, who, decide) =>
      held.inTurn(serverId, async () => {
        const { subscriptions, mutes: texts, settings } = decide();
        const now = clock.now();
        const present = held.settings(serverId);
        const taken = new Set<string>();
        const changes = subscriptions.map((arranged) => {
          const id =
            arranged.present?.id ?? newSubscriptionId((one) => taken.has(one) || held.byId(one) !== null);
          taken.add(id);
          const before = arranged.present;
          const after = arrangedOf(arranged, { id, serverId, who, now });
          return { entry: subscriptionEntry(whatOf(before, after), before, after, who, now), before, after };
        });
        const mutes = [...held.mutes(serverId), ...mutesOf(texts, held.mutes(serverId), who, now)];
        await held.write(
          serverId,
          changes.map(({ entry }) => entry),
          {
            settings,
            mutes: texts.length > 0 ? mutes : null,
            entries: [
              ...texts.map((about) => otherEntry('muted', { channelId: null, about, who, at: now })),
              ...(settings && !isDeepStrictEqual(settings, present)
                ? [settingsEntry({ before: present, after: settings }, who, now)]
                : []),
            ],
          },
        );
        return changes.map(({ before, after }) => ({ before, after }));
      }),
  };
}

type Facts = { id: string; serverId: string; who: string; now: number };

function arrangedOf(
  { present, channelId, draft, paused }: Arranged,
  { id, serverId, who, now }: Facts,
): Subscription {
  if (!present)
    return { ...draft, id, serverId, channelId, createdAt: now, createdBy: who, since: now, paused };
  const { until: _, ...before } = present;
  return fromNowOn(present, { ...before, ...draft, paused }, now);
}

function whatOf(before: Subscription | null, after: Subscription): HistoryEntry['what'] {
  if (before === null) return 'added';
  if (!isDeepStrictEqual(draftPart(before), draftPart(after))) return 'changed';
  return after.paused === null ? 'resumed' : 'paused';
}

function draftPart({ paused, since, was, ...rest }: Subscription) {
  return rest;
}

/** By its instant a mute is named in selects: each has its own. */
function mutesOf(texts: readonly string[], there: readonly Mute[], who: string, now: number): Mute[] {
  const first = Math.max(now, (there.at(-1)?.at ?? 0) + 1);
  return texts.map((text, at) => ({ text, who, at: first + at }));
}
