import { setImmediate as othersTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Keyv } from 'keyv';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { PutRight } from '#src/foundation/instants.ts';
import { joinedRecords, type MemberRecords } from '#src/foundation/member-records.ts';
import { openChangeMembers } from './change-members.ts';
import { type ChangeReader, createChangeReader } from './change-reader.ts';
import { openChangeStore } from './change-store.ts';
import { createHeldSubscriptions, type SubscriptionChange } from './held-subscriptions.ts';
import { otherEntry, settingsEntry } from './history.ts';
import { putSubscriptionsRight, subscriptionsAhead } from './instants.ts';
import type { ServerSettings } from './server-settings.ts';
import { openSettingsMembers } from './settings-members.ts';
import { createStandingReader, type StandingReader } from './standing-reader.ts';
import type { Subscription } from './subscription.ts';
import { openSubscriptionChanges, type SubscriptionChanges } from './subscription-changes.ts';
import type { Unread } from './subscription-documents.ts';

export type { SubscriptionChange } from './held-subscriptions.ts';
export type { Replacement } from './put-back.ts';

/**
 * Which channel wants what. All subscriptions are in memory after `load`; a change is durable, with its history entry,
 * before its promise resolves, and is heard by the listeners then. Changes in one server come one after the other.
 * `who` is a member's id. Throws UserError where a channel's settings cannot be read.
 */
export type SubscriptionStore = SubscriptionChanges &
  ChangeReader &
  StandingReader & {
    /**
     * Reads all documents, once, before anything else. Those that cannot be read are kept as they are, and returned. What
     * earlier versions kept of changes becomes a row each.
     */
    load(): Promise<readonly Unread[]>;
    unreadIn(serverId: string): readonly Unread[];
    /** Every server of which anything is stored, subscriptions or not. */
    servers(): readonly string[];
    all(): Iterable<Subscription>;
    byId(id: string): Subscription | null;
    inChannel(channelId: string): readonly Subscription[];
    inServer(serverId: string): readonly Subscription[];
    /** Whether a change in the channel is being written: what is told of it is perhaps not what is durable. */
    isChanging(channelId: string): boolean;
    /** What holds in all channels of the server. */
    settings(serverId: string): ServerSettings;
    /**
     * Sets them, in the server's turn, to what `decide` makes of those that are there; what it throws refuses the change.
     * Where they are so already nothing is told in the history. Returns those that were there.
     */
    changeSettings(
      serverId: string,
      decide: (present: ServerSettings) => ServerSettings,
      who: string,
    ): Promise<ServerSettings>;
    /** A post of that channel was deleted by `who`; `title`: its first paper's. */
    noteDeleted(
      place: { serverId: string; channelId: string },
      deleted: { title: string; who: string },
    ): Promise<void>;
    /** Removes history older than 400 days and what is left of channels without subscriptions. Others have their turn. */
    prune(): Promise<void>;
    /**
     * Deletes everything of a server, unreadable documents too, in its turn. `together` is given what deletes it, for a
     * transaction with more; where it resolves with false, having deleted nothing, all stays as it is. Resolves with the same.
     */
    forgetServer(
      serverId: string,
      together?: (deleteAll: () => Promise<void>) => Promise<boolean>,
    ): Promise<boolean>;
    /** The instants of all subscriptions and changes that lie ahead of `now`. */
    ahead(now: number): Promise<number[]>;
    /** Puts them right. Returns how many subscriptions and changes had some. */
    putRight(now: number, right: PutRight): Promise<number>;
    /** What of it names members: who made what, and who changed it. */
    members: MemberRecords;
    /** Returns how to stop listening. */
    onChange(listener: (change: SubscriptionChange) => void): () => void;
  };

export async function openSubscriptionStore(
  db: Database,
  keyv: Keyv,
  clock: Clock,
): Promise<SubscriptionStore> {
  const changes = await openChangeStore(db);
  const held = createHeldSubscriptions(db, keyv, changes);

  return {
    load: held.load,
    unreadIn: held.unreadIn,
    servers: held.servers,
    all: held.all,
    byId: held.byId,
    inChannel: held.inChannel,
    inServer: held.inServer,
    isChanging: held.isChanging,
    ...createChangeReader(db, clock),
    ...createStandingReader(db, held),
    settings: held.settings,
    changeSettings: (serverId, decide, who) =>
      held.inTurn(serverId, async () => {
        const before = held.settings(serverId);
        const after = decide(before);
        const entry = settingsEntry({ before, after }, who, clock.now());
        // What somebody said is stored, also where it was so without a word: then it is so from now on.
        await held.writeSettings(serverId, after, isDeepStrictEqual(after, before) ? [] : [entry]);
        return before;
      }),
    onChange: held.onChange,
    ...openSubscriptionChanges(held, clock),
    noteDeleted: ({ serverId, channelId }, { title, who }) =>
      held.inTurn(serverId, () =>
        held.writeEntry(serverId, otherEntry('deleted', { channelId, about: title, who, at: clock.now() })),
      ),
    async prune() {
      for (const serverId of held.servers()) {
        await held.inTurn(serverId, () => held.prune(serverId));
        await othersTurn();
      }
      await changes.prune(clock.now());
    },
    forgetServer: (serverId, together = alone) =>
      held.inTurn(serverId, () => held.forgetServer(serverId, together)),
    ahead: async (now) => [...subscriptionsAhead(held, now), ...(await changes.ahead(now))],
    putRight: async (now, right) =>
      (await putSubscriptionsRight(held, now, right, clock)) + (await changes.putRight(now, right)),
    members: joinedRecords(openSettingsMembers(held, clock), openChangeMembers(db, clock)),
  };
}

async function alone(deleteAll: () => Promise<void>): Promise<boolean> {
  await deleteAll();
  return true;
}

/** The order of /subscriptions: by channel, the oldest first. */
export function inListOrder(subscriptions: readonly Subscription[]): Subscription[] {
  return oldestFirst(subscriptions).sort((a, b) => channelsInOrder(a.channelId, b.channelId));
}

/** Which of two channels stands first in /subscriptions. */
export const channelsInOrder = (a: string, b: string): number => a.localeCompare(b);

/** The oldest first: the order in which subscriptions of a channel have their turn. */
export function oldestFirst(subscriptions: readonly Subscription[]): Subscription[] {
  return [...subscriptions].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}
