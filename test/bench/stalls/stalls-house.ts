import { ChannelType } from 'discord-api-types/v10';
import { readConfig } from '#config/config.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { type Log, silentLog } from '#src/foundation/log.ts';
import { type Discord, openHouse } from '#src/house.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Postman, Servers } from '#src/pipeline/postman.ts';
import { buildRooms } from '#src/rooms.ts';
import type { Asker } from '#src/service/asker.ts';
import type { SubscribeOrder } from '#src/service/subscribe-order.ts';
import type { Source } from '#src/source/source.ts';
import { SOURCE_SETTINGS } from '#src/source/sources.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { intervalOf } from '#src/timetable/cron-line.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { allRights } from '#test/fakes/all-rights.ts';
import { createShiftedClock } from '#test/fakes/shifted-clock.ts';
import { NOW } from './papers.ts';

const CHANNELS_A_SERVER = 30;
/** What Discord takes to answer, about. */
const WAY_MS = 15;

/** A service offered to any channel, by hand: names are numbers. */
export const channelAt = (n: number): string => `11${String(n).padStart(17, '0')}`;
export const serverOf = (n: number): string =>
  `22${String(Math.floor(n / CHANNELS_A_SERVER)).padStart(17, '0')}`;

type Given = { db?: Database; log?: Log; listen?: Discord['listen'] };

/** The real house without Discord: what it posts is delivered after a while, every channel is open to it. */
export async function openStallsHouse(file: string, sources: readonly Source[] = [], given: Given = {}) {
  const { listen = () => {}, log = silentLog } = given;
  const never = { POLL_CRON: '0 0 1 1 *', DATABASE_URL: `sqlite:${file}`, HTTP_ADDRESS: '127.0.0.1:0' };
  const result = readConfig(never, SOURCE_SETTINGS);
  if (!result.ok) throw new Error(result.message);
  const clock = createShiftedClock(NOW);
  const pollInterval = intervalOf(never.POLL_CRON, clock);
  const outside = { version: '0', clock, log, fetch, pollInterval, sources, db: given.db };
  const rooms = await buildRooms(result.config, outside);
  const openedAt = clock.elapsed();
  const { services, pipeline, ...house } = await openHouse(rooms, {
    ...{ postman, servers, lacked: () => [], listen },
    line: () => ({ isReady: true, lasted: clock.elapsed() - openedAt }),
  });
  const { db } = rooms;
  const stop = async () => {
    await house.stop();
    await db.close();
  };
  return { services, pipeline, clock, db, stop };
}

export type StallsHouse = Awaited<ReturnType<typeof openStallsHouse>>;

const onTheWay = () => new Promise((resolve) => setTimeout(resolve, WAY_MS));

const postman: Postman = {
  async post({ place, nonce }) {
    await onTheWay();
    return { kind: 'delivered', channelId: channelOfDestination(place), messageId: nonce };
  },
  async edit(channelId, messageId) {
    await onTheWay();
    return { kind: 'delivered', channelId, messageId };
  },
  async openThread(place, messageId) {
    await onTheWay();
    return { kind: 'delivered', channelId: channelOfDestination(place), messageId };
  },
  async remove(_, message) {
    await onTheWay();
    return { kind: 'delivered', ...message };
  },
  async publish(channelId, messageId) {
    await onTheWay();
    return { kind: 'delivered', channelId, messageId };
  },
  find: async () => ({ kind: 'absent' }),
  time: () => ({ from: NOW, until: NOW }),
};

const servers: Servers = {
  obstacle: () => null,
  joinedSince: () => [],
  presence: () => 'here',
  channel: (id) => ({
    id,
    serverId: serverOf(Number(id.slice(2))),
    name: id,
    type: ChannelType.GuildText,
    tags: [],
  }),
  channels: () => [],
  mention: () => 'rings',
  audience: () => 'everybody',
  named: () => ({}),
  ownRooms: () => ({ moderators: null, system: null }),
};

/** Writes subscriptions as the store keeps them, one a channel, without its 6,000 turns. */
export async function keepSubscriptions(
  db: Database,
  count: number,
  draft: (n: number) => Partial<Subscription> & { filter: string },
): Promise<void> {
  const entries = Array.from({ length: count }, (_, n) => {
    const subscription = { ...subscribed(n), ...draft(n) };
    const value = { version: 1, subscriptions: [subscription] };
    return { key: `${subscription.serverId}:${subscription.channelId}`, value };
  });
  await (await openKeyv(db, 'subscriptions')).setMany(entries);
}

function subscribed(n: number) {
  const since = NOW - 2 * 86_400_000;
  return aSubscription(`s${n}`, { serverId: serverOf(n), channelId: channelAt(n), createdAt: since, since });
}

/** The n-th moderator, in a channel of their own server. */
export const askerOf = (n: number): Asker => ({
  serverId: serverOf(n * CHANNELS_A_SERVER),
  userId: `33${n}`,
  rights: allRights,
  now: NOW,
});

export function orderOf(n: number, keywords: string): SubscribeOrder {
  const channel = {
    id: channelAt(n * CHANNELS_A_SERVER + 900_000),
    name: 'papers',
    type: ChannelType.GuildText,
    botPermissions: null,
    mentionsAll: { byBot: false, byAsker: false },
  };
  const unset = {
    topic: '',
    when: '',
    at: '',
    zone: '',
    what: '',
    mention: '',
    sensitivity: '',
    quiet: '',
    place: '',
  };
  return {
    ...askerOf(n),
    ...unset,
    keywords,
    channel,
    role: null,
    cap: null,
    silent: false,
    publish: false,
  };
}
