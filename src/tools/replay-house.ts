import { ChannelType } from 'discord-api-types/v10';
import topicList from '#config/topics.json' with { type: 'json' };
import { hourOf } from '#src/decision/terms.ts';
import { watchClock } from '#src/foundation/clock-watch.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { openPipeline } from '#src/house.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { nextDueAt } from '#src/outbox/next-due.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import { buildRooms, type HouseConfig } from '#src/rooms.ts';
import type { Source } from '#src/source/source.ts';
import { nextDigestAt } from '#src/subscription/schedule.ts';
import type { VirtualClock } from './replay-clock.ts';
import { createReplayPostman, type ReplayedPost } from './replay-post.ts';
import type { ReplaySubscription } from './replay-subscriptions.ts';

const SERVER = '1';

export type ReplayHouse = Awaited<ReturnType<typeof openReplayHouse>>;

export const replayTopics = (): TopicCatalogue => readTopicCatalogue(topicList);

/**
 * The real pipeline in a database in memory: the rooms and their steps without timetable, services and Discord. Channels
 * are known by their names; nothing hinders posting there.
 */
export async function openReplayHouse(outside: {
  clock: VirtualClock;
  source: Source;
  wanted: readonly ReplaySubscription[];
  config: HouseConfig;
  tell(post: ReplayedPost): void;
}) {
  const { clock, source, wanted, tell } = outside;
  const names = [...new Set(wanted.map(({ channel }) => channel))];
  const channelNames = new Map(names.map((name, index) => [String(index + 1), name]));
  const rooms = await buildRooms(inMemory(outside.config), {
    ...{ version: '', clock, log, fetch, sources: [source] },
    // Between two recordings nothing was missed, however long that is: nothing was recorded.
    pollInterval: () => Number.POSITIVE_INFINITY,
  });
  const { db, subscriptionStore, trend, zones } = rooms;
  const postman = createReplayPostman({ channelNames, now: clock.now }, tell);
  const { pipeline } = await openPipeline(
    rooms,
    { postman, servers: openServers(channelNames) },
    // Virtual time is never set.
    { trigger: () => {}, clockWatch: watchClock(clock, async () => {}) },
  );

  return {
    pipeline,
    refused: trend.refused,
    /** What moderators would have done by `/subscribe` now. */
    async subscribe(): Promise<void> {
      for (const { channel, draft } of wanted)
        await subscriptionStore.add(
          { serverId: SERVER, channelId: String(names.indexOf(channel) + 1) },
          draft,
          'replay',
        );
    },
    /** When something that is queued is due next (UTC ms); Infinity when nothing waits. */
    nextDueAt: async (): Promise<number> => (await nextDueAt(db)) ?? Number.POSITIVE_INFINITY,
    /** After `at`, when each subscription to the day's best gets its next. */
    nextTopsAt: (at: number): number[] =>
      [...subscriptionStore.all()]
        .filter(({ what }) => what.kind === 'top')
        .flatMap((one) => hourOf(one) ?? [])
        .map((hour) => nextDigestAt(hour, at, zones)),
    close: db.close,
  };
}

/** Nothing is kept, refreshed or forgotten. */
function inMemory(config: HouseConfig): HouseConfig {
  const DATABASE_URL = { kind: 'sqlite', file: ':memory:' } as const;
  return { ...config, DATABASE_URL, LIVING_CARD_HOURS: 0, PURGE_AFTER_DAYS: Number.POSITIVE_INFINITY };
}

function openServers(channelNames: ReadonlyMap<string, string>): Servers {
  const channels = [...channelNames].map(([id, name]) => ({
    id,
    serverId: SERVER,
    name,
    type: ChannelType.GuildText,
    tags: [],
  }));
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  return {
    obstacle: () => null,
    joinedSince: () => [],
    presence: () => 'here',
    channel: (id) => byId.get(id) ?? null,
    channels: () => channels,
    mention: () => 'rings',
    audience: () => 'everybody',
    named: () => ({}),
    ownRooms: () => ({ moderators: null, system: null }),
  };
}
