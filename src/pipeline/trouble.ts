import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { Log } from '#src/foundation/log.ts';
import type { HeldChannel } from '#src/outbox/channel-holds.ts';
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
  archive: Archive;
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
  const isUnseen = ({ serverId, channelId }: HeldChannel): boolean =>
    servers.channel(channelId) !== null && servers.obstacle(placeOf(serverId, channelId)) === null;
  const notices = createHoldNotices({ ...rooms, isUnseen });
  /** Channels that Discord refused last though the gateway saw nothing that hinders. */
  const unseen = new Set<string>();
  const { reviewServer, reviewServers, ...leftServers } = createLeftServers(rooms);
  let lastTried: string | undefined;

  /** The gateway, which knows the server, does not know the channel. */
  const isMissing = (serverId: string, channelId: string): boolean =>
    servers.channel(channelId) === null && servers.channels(serverId).length > 0;

  /** A receipt alone may be a blip. */
  const isGone = ({ code, serverId, channelId }: HeldChannel): boolean =>
    code === 'channel-gone' && isMissing(serverId, channelId);

  const hasSubscriptions = (serverId: string, channelId: string): boolean =>
    book.inChannel(channelId).length > 0 ||
    book.unreadIn(serverId).some(({ key }) => key === `${serverId}:${channelId}`);

  const isOpen = async (held: HeldChannel, changed: Changed | null): Promise<boolean> => {
    const { serverId, channelId, since } = held;
    if (!servers.channel(channelId) || servers.obstacle(placeOf(serverId, channelId))) return false;
    // What the gateway cannot see is not mended by what it tells of the rest of the server.
    if (changed && (changed.channelId === channelId || !unseen.has(channelId))) return true;
    const wait = Math.min(DAY, Math.max(PATIENCE, await notices.lastedFor(held)));
    // A clock that was set back: the refusal was not in the future.
    return clock.now() - since >= wait || clock.now() < since;
  };

  /** How many papers go now; null: it is not tried. */
  const release = (channelId: string, changed: Changed | null): Promise<number | null> =>
    db.transaction(async () => {
      const held = await outbox.heldChannel(channelId);
      if (!held) return null;
      // What was promised since it was deleted.
      if (isGone(held) && (await outbox.hasWaiting(channelId)))
        await outbox.abandon(held, DELETED, clock.now());
      const isWanted = hasSubscriptions(held.serverId, channelId);
      if (isWanted && !(await isOpen(held, changed))) return null;
      if (!isWanted) await outbox.episodes.close(channelId, clock.now());
      return outbox.release(channelId, clock.now());
    });

  const tryAgain = async (channelId: string, changed: Changed | null): Promise<void> => {
    const papers = await release(channelId, changed);
    if (papers === null) return;
    if (papers > 0) rooms.wake('deliver');
    log.info({ channel: channelId, papers }, 'a channel is tried again');
  };

  /** A process that died right after Discord refused told nobody of it. */
  const tellUntold = async (channelId: string): Promise<void> => {
    await notices.note(async () => {
      const held = await outbox.heldChannel(channelId);
      if (!held || (await outbox.episodes.openIn(channelId)).length > 0) return null;
      return asNoted(held);
    });
  };

  const asNoted = (held: HeldChannel): Noted =>
    isGone(held) ? { held: { ...held, reason: DELETED }, isGone: true } : { held, isGone: false };

  /** By what the gateway tells of the whole server. */
  const isDeleted = async (serverId: string, channelId: string): Promise<boolean> =>
    servers.presence(serverId) === 'here' &&
    isMissing(serverId, channelId) &&
    (await outbox.heldChannel(channelId))?.code !== 'channel-gone';

  /** Inside a transaction. */
  const endOwed = async (
    serverId: string,
    channelId: string,
    last: LastKnown | null,
  ): Promise<Noted | null> => {
    const channel = { serverId, channelId };
    const isSubscribed = hasSubscriptions(serverId, channelId);
    if (isSubscribed) await outbox.hold(channel, { code: 'channel-gone', reason: DELETED }, clock.now());
    await outbox.abandon(channel, DELETED, clock.now());
    const held = await outbox.heldChannel(channelId);
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
      for (const { serverId, channelId } of await outbox.idleInTrouble(TRIED_AT_ONCE)) {
        const isFree = servers.presence(serverId) === 'here' && servers.channel(channelId) !== null;
        if (isFree && !unseen.has(channelId) && !servers.obstacle(placeOf(serverId, channelId)))
          await outbox.episodes.end(channelId, clock.now());
      }
    });

  const next = async (): Promise<HeldChannel[]> => {
    const held = await outbox.held(TRIED_AT_ONCE, lastTried);
    lastTried = held.length < TRIED_AT_ONCE ? undefined : held.at(-1)?.channelId;
    return held;
  };

  return {
    async onHold({ serverId, channelId }, { code, reason }) {
      log.warn({ channel: channelId, code, reason }, 'a channel takes no posts');
      const noted = await notices.note(async () => {
        const held = await outbox.heldChannel(channelId);
        if (!held) return null;
        const noted = asNoted(held);
        if (noted.isGone) await outbox.abandon(held, DELETED, clock.now());
        return noted;
      });
      if (!noted) return;
      if (servers.obstacle(placeOf(serverId, channelId))) unseen.delete(channelId);
      else unseen.add(channelId);
    },

    tellBegun: notices.tell,

    async onRecovered({ channelId }) {
      unseen.delete(channelId);
      await notices.goOn(channelId);
    },

    async probe(changed) {
      if (changed) await reviewServer(changed.serverId);
      for (const { channelId } of await (changed ? heldIn(outbox, changed.serverId) : next())) {
        await tryAgain(channelId, changed ?? null);
        await tellUntold(channelId);
        await othersTurn();
      }
      if (!changed) await endIdle();
      await notices.goOn();
    },

    async onChannelGone(serverId, channelId, last) {
      const isSubscribed = await noteGone(channelId, () => endOwed(serverId, channelId, last));
      if (isSubscribed || last === null || !(await isRemembered(rooms, serverId, channelId))) return;
      await outbox.episodes.keepLast(serverId, channelId, DELETED, last, clock.now());
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
      for (const { serverId, channelId, code } of await heldChannels(outbox)) {
        if (SEEN_BY_GATEWAY.has(code)) await tryAgain(channelId, { serverId, channelId });
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
  return [...book.all(), ...(await heldChannels(outbox))];
}

/** Posts or changes of that channel are kept: who could see it decides who sees them. */
async function isRemembered({ outbox, book }: Rooms, serverId: string, channelId: string): Promise<boolean> {
  if ((await outbox.channelsOf(serverId)).includes(channelId)) return true;
  return (await book.history(serverId)).some((entry) => entry.channelId === channelId);
}

async function heldIn(outbox: Outbox, serverId: string): Promise<HeldChannel[]> {
  return (await heldChannels(outbox)).filter((channel) => channel.serverId === serverId);
}

async function heldChannels(outbox: Outbox): Promise<HeldChannel[]> {
  const found: HeldChannel[] = [];
  for (let after: string | undefined; ; ) {
    const page = await outbox.held(500, after);
    found.push(...page);
    if (page.length < 500) return found;
    after = page[page.length - 1].channelId;
  }
}
