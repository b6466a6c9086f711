import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { Log } from '#src/foundation/log.ts';
import { channelOf, type Destination, toChannel } from '#src/outbox/destination.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Hold } from '#src/outbox/post-states.ts';
import type { Place } from '#src/outbox/receipt.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import { createHoldNotices, type Noted } from './hold-notices.ts';
import { createLeftServers, type LeftServers } from './left-servers.ts';
import type { LastKnown, Postman, Servers } from './postman.ts';

/**
 * A channel that refused is tried again at the earliest after this, unless the gateway tells of a change there; then
 * after as long again as its trouble has lasted, up to a day.
 */
const PATIENCE = 10 * 60_000;
/** So many held channels are tried in one round: each may cost one refused request (Discord bans at 10,000 in 10 minutes). */
const TRIED_AT_ONCE = 40;
const DAY = 86_400_000;
const DELETED = 'the channel was deleted';

export type Trouble = {
  /** A channel takes nothing, as the outbox notes: the moderators are told once, at the end of the pass. */
  onHold(place: Place, hold: Hold): Promise<void>;
  /** A pass is over: tells of what began in it. Returns whether there is something to deliver. */
  tellBegun(): Promise<boolean>;
  /** Papers arrive again in a channel that had refused: whoever was told of it is told that too. */
  onRecovered(place: Place): Promise<void>;
  /** Channels that may take posts again go on, with what was held as one digest. `changed`: something changed there. */
  probe(changed?: Changed): Promise<void>;
  /**
   * The gateway has told of all servers anew: what happened while nobody listened is made up for. Servers that were left,
   * channels that were deleted, permissions that were given back.
   */
  reconcile(): Promise<void>;
  /** It is owed nothing any more. Its subscriptions stay until somebody removes them. */
  onChannelGone(serverId: string, channelId: string, last: LastKnown | null): Promise<void>;
} & Pick<LeftServers, 'onServerLeft' | 'purge'>;

/** Where something changed; null: not in one channel alone. */
export type Changed = { serverId: string; channelId: string | null };

type Rooms = {
  db: Database;
  outbox: Outbox;
  book: SubscriptionBook;
  cursors: Cursors;
  servers: Servers;
  postman: Pick<Postman, 'edit'>;
  /** Where and how a channel's subscriptions want their posts. */
  placeOf(serverId: string, channelId: string): Place;
  /** There is something to deliver. */
  wake(job: 'deliver'): void;
  clock: Clock;
  log: Log;
};

/**
 * What is done about channels that refuse. Nothing is ever deleted because of a blip. What Discord hinders is one row of
 * the outbox for each channel and nothing else: to look at it and to change it is one transaction, so that a hold and a
 * release which come together leave what the later of them says.
 */
export function createTrouble(rooms: Rooms): Trouble {
  const { db, outbox, book, servers, placeOf, clock, log } = rooms;
  const isUnseen = (held: HeldDestination): boolean =>
    servers.channel(channelOf(held)) !== null && isFree(held.serverId, channelOf(held));
  const notices = createHoldNotices({ ...rooms, isUnseen });
  /** Channels that Discord refused last though the gateway saw nothing that hinders. */
  const unseen = new Set<string>();
  const { reviewServer, reviewServers, ...leftServers } = createLeftServers(rooms);
  let lastTried: Destination | undefined;

  const isFree = (serverId: string, channelId: string): boolean =>
    servers.obstacle(placeOf(serverId, channelId)) === null;

  /** The gateway, which knows the server, does not know the channel. */
  const isMissing = (serverId: string, channelId: string): boolean =>
    servers.channel(channelId) === null && servers.channels(serverId).length > 0;

  /** A receipt alone may be a blip. */
  const isGone = (held: HeldDestination): boolean =>
    held.code === 'channel-gone' && isMissing(held.serverId, channelOf(held));

  const hasSubscriptions = (serverId: string, channelId: string): boolean =>
    book.inChannel(channelId).length > 0 ||
    book.unreadIn(serverId).some(({ key }) => key === `${serverId}:${channelId}`);

  const isOpen = async (held: HeldDestination, changed: Changed | null): Promise<boolean> => {
    const { serverId, since } = held;
    const channelId = channelOf(held);
    if (!servers.channel(channelId) || !isFree(serverId, channelId)) return false;
    // What the gateway cannot see is not mended by what it tells of the rest of the server.
    if (changed && (changed.channelId === channelId || !unseen.has(channelId))) return true;
    const wait = Math.min(DAY, Math.max(PATIENCE, await notices.lastedFor(held)));
    // A clock that was set back: the refusal was not in the future.
    return clock.now() - since >= wait || clock.now() < since;
  };

  /** How many papers go now; null: it is not tried. */
  const release = (destination: Destination, changed: Changed | null): Promise<number | null> =>
    db.transaction(async () => {
      const held = await outbox.holdOf(destination);
      if (!held) return null;
      // What was promised since it was deleted.
      if (isGone(held) && (await outbox.hasWaiting(destination)))
        await outbox.abandon(held, DELETED, clock.now());
      const isWanted = hasSubscriptions(held.serverId, channelOf(held));
      if (isWanted && !(await isOpen(held, changed))) return null;
      if (!isWanted) await outbox.episodes.close(destination, clock.now());
      return outbox.release(destination, clock.now());
    });

  const tryAgain = async (held: HeldDestination, changed: Changed | null): Promise<void> => {
    const papers = await release(held.destination, changed);
    if (papers === null) return;
    if (papers > 0) rooms.wake('deliver');
    log.info({ channel: channelOf(held), papers }, 'a channel is tried again');
  };

  /** A process that died right after Discord refused told nobody of it. */
  const tellUntold = async ({ destination }: HeldDestination): Promise<void> => {
    await notices.note(async () => {
      const held = await outbox.holdOf(destination);
      if (!held || (await outbox.episodes.openIn(destination)).length > 0) return null;
      return asNoted(held);
    });
  };

  const asNoted = (held: HeldDestination): Noted =>
    isGone(held) ? { held: { ...held, reason: DELETED }, isGone: true } : { held, isGone: false };

  /** By what the gateway tells of the whole server. */
  const isDeleted = async (serverId: string, channelId: string): Promise<boolean> =>
    servers.presence(serverId) === 'here' &&
    isMissing(serverId, channelId) &&
    (await outbox.holdOf(toChannel(channelId)))?.code !== 'channel-gone';

  /** Inside a transaction. */
  const endOwed = async (
    serverId: string,
    channelId: string,
    last: LastKnown | null,
  ): Promise<Noted | null> => {
    const channel = { serverId, destination: toChannel(channelId) };
    const isSubscribed = hasSubscriptions(serverId, channelId);
    if (isSubscribed) await outbox.hold(channel, { code: 'channel-gone', reason: DELETED }, clock.now());
    await outbox.abandon(channel, DELETED, clock.now());
    const held = await outbox.holdOf(channel.destination);
    if (!isSubscribed || !held) return null;
    return { held: { ...held, code: 'channel-gone', reason: DELETED }, isGone: true, last };
  };

  /** Whether something was subscribed there. */
  const noteGone = async (channelId: string, look: () => Promise<Noted | null>): Promise<boolean> => {
    const isSubscribed = (await notices.note(look)) !== null;
    if (isSubscribed) log.warn({ channel: channelId }, 'a subscribed channel was deleted');
    return isSubscribed;
  };

  /** What waited there is not wanted any more: no post will show that it works again. */
  const endIdle = (): Promise<void> =>
    db.transaction(async () => {
      for (const { serverId, destination } of await outbox.idleInTrouble(TRIED_AT_ONCE)) {
        const channelId = channelOf({ destination });
        const isThere = servers.presence(serverId) === 'here' && servers.channel(channelId) !== null;
        if (isThere && !unseen.has(channelId) && isFree(serverId, channelId))
          await outbox.episodes.end(destination, clock.now());
      }
    });

  const next = async (): Promise<HeldDestination[]> => {
    const held = await outbox.held(TRIED_AT_ONCE, lastTried);
    lastTried = held.length < TRIED_AT_ONCE ? undefined : held.at(-1)?.destination;
    return held;
  };

  return {
    async onHold(place, { code, reason }) {
      const channelId = channelOf(place);
      log.warn({ channel: channelId, code, reason }, 'a channel takes no posts');
      const noted = await notices.note(async () => {
        const held = await outbox.holdOf(place.destination);
        if (!held) return null;
        const noted = asNoted(held);
        if (noted.isGone) await outbox.abandon(held, DELETED, clock.now());
        return noted;
      });
      if (!noted) return;
      if (isFree(place.serverId, channelId)) unseen.add(channelId);
      else unseen.delete(channelId);
    },

    tellBegun: notices.tell,

    async onRecovered({ destination }) {
      unseen.delete(channelOf({ destination }));
      await notices.goOn(destination);
    },

    async probe(changed) {
      if (changed) await reviewServer(changed.serverId);
      for (const held of await (changed ? heldIn(outbox, changed.serverId) : next())) {
        await tryAgain(held, changed ?? null);
        await tellUntold(held);
        await othersTurn();
      }
      if (!changed) await endIdle();
      await notices.goOn();
    },

    async onChannelGone(serverId, channelId, last) {
      const isSubscribed = await noteGone(channelId, () => endOwed(serverId, channelId, last));
      if (isSubscribed || last === null || !(await isRemembered(rooms, serverId, channelId))) return;
      await outbox.episodes.keepLast(serverId, toChannel(channelId), DELETED, last, clock.now());
    },

    async reconcile() {
      await reviewServers();
      for (const { serverId, channelId } of await concerned(rooms)) {
        if (await isDeleted(serverId, channelId))
          await noteGone(channelId, async () =>
            (await isDeleted(serverId, channelId)) ? await endOwed(serverId, channelId, null) : null,
          );
        await othersTurn();
      }
      for (const held of await allHeld(outbox)) {
        const { serverId, code } = held;
        if (SEEN_BY_GATEWAY.has(code)) await tryAgain(held, { serverId, channelId: channelOf(held) });
        await othersTurn();
      }
    },

    ...leftServers,
  };
}

/** Refusals that the gateway tells of as well: where it sees nothing that hinders any more, they are over. */
const SEEN_BY_GATEWAY: ReadonlySet<string> = new Set(['permission-missing', 'thread-locked', 'server-left']);

/** Every channel that something is owed to: none of them is a thread, which the gateway does not always know. */
async function concerned({ book, outbox }: Rooms): Promise<{ serverId: string; channelId: string }[]> {
  const held = await allHeld(outbox);
  return [...book.all(), ...held.map((one) => ({ serverId: one.serverId, channelId: channelOf(one) }))];
}

/** Posts or changes of that channel are kept: who could see it decides who sees them. */
async function isRemembered({ outbox, book }: Rooms, serverId: string, channelId: string): Promise<boolean> {
  if ((await outbox.destinationsOf(serverId)).includes(toChannel(channelId))) return true;
  return (await book.history(serverId)).some((entry) => entry.channelId === channelId);
}

async function heldIn(outbox: Outbox, serverId: string): Promise<HeldDestination[]> {
  return (await allHeld(outbox)).filter((held) => held.serverId === serverId);
}

async function allHeld(outbox: Outbox): Promise<HeldDestination[]> {
  const found: HeldDestination[] = [];
  for (let after: Destination | undefined; ; ) {
    const page = await outbox.held(500, after);
    found.push(...page);
    if (page.length < 500) return found;
    after = page[page.length - 1].destination;
  }
}
