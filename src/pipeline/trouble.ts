import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import type { HeldChannel, Outbox } from '#src/outbox/outbox.ts';
import type { Hold } from '#src/outbox/post-states.ts';
import type { Place } from '#src/outbox/receipt.ts';
import { wording } from '#src/render/wording.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { KnownChannel, Servers } from './postman.ts';

const TEXT = 0;
const ANNOUNCEMENT = 5;
/** A channel that refused is tried again at the earliest after this, unless the gateway tells of a change there. */
const PATIENCE = 10 * 60_000;
/** So many held channels are tried in one round: each may cost one refused request (Discord bans at 10,000 in 10 minutes). */
const TRIED_AT_ONCE = 40;
const DAY = 86_400_000;

export type Trouble = {
  /** A channel takes nothing: its subscriptions are paused with the reason, the moderators are told once where it works. */
  onHold(place: Place, hold: Hold): Promise<void>;
  /** Channels that may take posts again go on, with what was held as one digest. `serverId`: something changed there. */
  probe(serverId?: string): Promise<void>;
  onChannelGone(serverId: string, channelId: string): Promise<void>;
  onServerLeft(serverId: string): void;
  /** Everything about servers that the bot left more than `days` ago is deleted. */
  purge(days: number): Promise<void>;
};

type Rooms = {
  outbox: Outbox;
  book: SubscriptionBook;
  archive: Archive;
  servers: Servers;
  clock: Clock;
  log: Log;
};

/** What is done about channels that refuse. Nothing is ever deleted because of a blip. */
export function createTrouble(rooms: Rooms): Trouble {
  const { outbox, book, archive, servers, clock, log } = rooms;
  let lastTried: string | undefined;

  const onHold = async (place: Place, hold: Hold): Promise<void> => {
    log.warn({ channel: place.channelId, code: hold.code, reason: hold.reason }, 'a channel takes no posts');
    for (const { id, paused } of book.inChannel(place.channelId)) {
      if (!paused) await book.pause(id, hold.reason, 'discord', null);
    }
    const where = placeForNotice(servers, place);
    if (!where) return;
    const key = `hold ${place.channelId} ${Math.floor(clock.now() / DAY)}`;
    outbox.packNotice(where, key, wording.channelPaused(place.channelId, hold.reason), clock.now());
  };

  const resume = async ({ channelId }: HeldChannel): Promise<void> => {
    const papers = outbox.release(channelId, clock.now());
    for (const { id, paused } of book.inChannel(channelId)) {
      if (paused?.by === 'discord') await book.resume(id, null);
    }
    log.info({ channel: channelId, papers }, 'a channel is tried again');
  };

  const isOpen = ({ serverId, channelId, since }: HeldChannel, changed: boolean): boolean => {
    const known = servers.channel(channelId);
    if (servers.obstacle({ serverId, channelId, kind: known?.type === 15 ? 'forum' : 'message' }))
      return false;
    return known !== null && (changed || clock.now() - since >= PATIENCE);
  };

  const hold = async (
    serverId: string,
    channelId: string,
    code: Hold['code'],
    reason: string,
  ): Promise<void> => {
    if (book.inChannel(channelId).length === 0) return;
    outbox.hold({ serverId, channelId }, { code, reason }, clock.now());
    await onHold({ serverId, channelId, kind: 'message' }, { code, reason });
  };

  return {
    onHold,
    async probe(serverId) {
      const held = serverId === undefined ? outbox.held(TRIED_AT_ONCE, lastTried) : heldIn(outbox, serverId);
      if (serverId === undefined)
        lastTried = held.length < TRIED_AT_ONCE ? undefined : held.at(-1)?.channelId;
      for (const channel of held) if (isOpen(channel, serverId !== undefined)) await resume(channel);
    },
    onChannelGone(serverId, channelId) {
      outbox.abandon({ serverId, channelId }, 'the channel was deleted', clock.now());
      return hold(serverId, channelId, 'channel-gone', 'the channel was deleted');
    },
    onServerLeft(serverId) {
      log.info({ server: serverId }, 'a server was left');
      archive.setCursor(`left ${serverId}`, clock.now());
    },
    async purge(days) {
      for (const serverId of new Set([...book.all()].map((one) => one.serverId))) {
        const leftAt = archive.cursor(`left ${serverId}`);
        if (leftAt === 0) continue;
        const isBack = servers.channels(serverId).length > 0;
        if (isBack) archive.setCursor(`left ${serverId}`, 0);
        else if (clock.now() - leftAt >= days * DAY) await forget(rooms, serverId);
      }
    },
  };
}

async function forget({ outbox, book, archive, log }: Rooms, serverId: string): Promise<void> {
  await book.forgetServer(serverId);
  outbox.purgeServer(serverId);
  archive.setCursor(`left ${serverId}`, 0);
  log.info({ server: serverId }, 'everything about a server that was left is deleted');
}

function heldIn(outbox: Outbox, serverId: string): HeldChannel[] {
  const found: HeldChannel[] = [];
  for (let after: string | undefined; ; ) {
    const page = outbox.held(500, after);
    found.push(...page.filter((channel) => channel.serverId === serverId));
    if (page.length < 500) return found;
    after = page[page.length - 1].channelId;
  }
}

/** Another text channel of the server where the bot may write; the one most likely to be the moderators' first. */
export function placeForNotice(servers: Servers, trouble: Place): Place | null {
  const candidates = servers
    .channels(trouble.serverId)
    .filter(({ id, type }) => id !== trouble.channelId && (type === TEXT || type === ANNOUNCEMENT))
    .map((channel) => ({
      channel,
      place: { serverId: trouble.serverId, channelId: channel.id, kind: 'message' } as const,
    }))
    .filter(({ place }) => servers.obstacle(place) === null)
    .sort((a, b) => likeness(b.channel) - likeness(a.channel));
  return candidates[0]?.place ?? null;
}

function likeness({ name, type }: KnownChannel): number {
  if (/mod|admin|staff/i.test(name)) return 3;
  if (/bot|log/i.test(name)) return 2;
  return type === TEXT ? 1 : 0;
}
