import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { Log } from '#src/foundation/log.ts';
import { channelIn } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { VoteStore } from '#src/reader/vote-store.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { UnusualStore } from '#src/subscription/unusual-store.ts';
import { createWelcomes } from '#src/subscription/welcomes.ts';
import { TOLD_OF_HOLD } from './hold-notices.ts';
import type { Servers } from './postman.ts';
import { SERVED_TOP } from './top-papers.ts';

const DAY = 86_400_000;

export type LeftServers = {
  onServerLeft(serverId: string): Promise<void>;
  /**
   * Compares what the gateway tells now with what is stored: who is not there any more counts as left from now on, who
   * came back as never left. A server that Discord cannot reach is left as it is.
   */
  reviewServers(): Promise<void>;
  reviewServer(serverId: string): Promise<void>;
  /** Everything about servers that the bot left more than `days` ago is deleted. */
  purge(days: number): Promise<void>;
  /** Everything about a server is deleted now, whether Paperboy is there or not. */
  forgetNow(serverId: string): Promise<void>;
  /** Every server of which anything is stored, subscriptions or not. */
  storedServers(): Promise<ReadonlySet<string>>;
};

type Deps = {
  db: Database;
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
  unusualStore: UnusualStore;
  voteStore: Pick<VoteStore, 'forgetServer'>;
  cursors: Cursors;
  servers: Servers;
  clock: Clock;
  log: Log;
};

/**
 * When which server was left, durably. Events alone do not tell: of a server that removed Paperboy while it was down
 * nobody hears. So all of which anything is stored are looked for at each start, after each new session, and each hour.
 */
export function createLeftServers(deps: Deps): LeftServers {
  const { db, cursors, servers, clock, log } = deps;
  const leftAt = async (serverId: string): Promise<number> => await cursors.get(cursorOf(serverId));

  const noteLeft = async (serverId: string): Promise<void> => {
    log.info({ server: serverId }, 'a server was left');
    await cursors.set(cursorOf(serverId), clock.now());
  };

  const isGone = async (serverId: string, days: number): Promise<boolean> => {
    const since = await leftAt(serverId);
    return since > 0 && clock.now() - since >= days * DAY && servers.presence(serverId) === 'left';
  };

  /** What the gateway tells is looked at in the transaction that notes it: a later word is noted later. */
  const reviewServer = (serverId: string): Promise<void> =>
    db.transaction(async () => {
      const presence = servers.presence(serverId);
      if (presence === 'here') await cursors.remove(cursorOf(serverId));
      else if (presence === 'left' && (await leftAt(serverId)) === 0) await noteLeft(serverId);
    });

  const reviewServers = async (): Promise<void> => {
    for (const serverId of await storedServers(deps)) {
      await reviewServer(serverId);
      await othersTurn();
    }
  };

  return {
    onServerLeft: noteLeft,
    storedServers: () => storedServers(deps),
    forgetNow: (serverId) => forget(deps, serverId, async () => true),
    reviewServer,
    reviewServers,
    async purge(days) {
      await reviewServers();
      for (const { name } of await cursors.startingWith(LEFT)) {
        const serverId = name.slice(LEFT.length);
        if (await isGone(serverId, days)) await forget(deps, serverId, () => isGone(serverId, days));
      }
    },
  };
}

const LEFT = 'left ';
const cursorOf = (serverId: string): string => `${LEFT}${serverId}`;

async function storedServers({ outbox, subscriptionStore, cursors }: Deps): Promise<Set<string>> {
  const marked = (await cursors.startingWith(LEFT)).map(({ name }) => name.slice(LEFT.length));
  const welcomed = await createWelcomes({ cursors }).servers();
  return new Set([...subscriptionStore.servers(), ...(await outbox.servers()), ...welcomed, ...marked]);
}

/** All or nothing, by what is so in its turn: while others had theirs it may have come back, and have been left anew. */
async function forget(deps: Deps, serverId: string, isGone: () => Promise<boolean>): Promise<void> {
  const { db, outbox, subscriptionStore, unusualStore, voteStore, cursors, clock, log } = deps;
  const isForgotten = await subscriptionStore.forgetServer(serverId, (deleteSettings) =>
    db.transaction(async () => {
      if (!(await isGone())) return false;
      for (const name of await cursorsOf(deps, serverId)) await cursors.remove(name);
      await deleteSettings();
      await unusualStore.forgetServer(serverId);
      await voteStore.forgetServer(serverId);
      await createWelcomes({ cursors }).forgetServer(serverId);
      await outbox.purgeServer(serverId);
      await cursors.remove(cursorOf(serverId));
      return true;
    }),
  );
  if (!isForgotten) return;
  // Its papers and posts go bit by bit, so that others have their turn.
  while (await outbox.isPurging(serverId)) await outbox.goOn(clock.now());
  log.info({ server: serverId }, 'everything about a server is deleted');
}

/** The cursors of its channels and subscriptions, removed ones too. */
async function cursorsOf({ outbox, subscriptionStore }: Deps, serverId: string): Promise<string[]> {
  const present = subscriptionStore.inServer(serverId);
  const subscriptions = [
    ...present.map(({ id }) => id),
    ...(await subscriptionStore.changedSubscriptions(serverId)),
  ];
  const channels = [
    ...present.map(({ channelId }) => channelId),
    ...(await subscriptionStore.changedChannels(serverId)).flatMap(({ channelId }) => channelId ?? []),
    ...(await outbox.destinationsOf(serverId)).flatMap((one) => channelIn(one) ?? []),
  ];
  return [
    ...new Set(subscriptions.map((id) => `${SERVED_TOP}${id}`)),
    ...new Set(channels.map((channelId) => `${TOLD_OF_HOLD}${channelId}`)),
  ];
}
