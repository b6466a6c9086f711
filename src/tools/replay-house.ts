import topicList from '#config/topics.json' with { type: 'json' };
import { openArchive } from '#src/archive/archive.ts';
import { hourOf } from '#src/decision/terms.ts';
import { watchClock } from '#src/foundation/clock-watch.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-sqlite.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue, type TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { nextDueAt } from '#src/outbox/next-due.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createAskAgain } from '#src/pipeline/ask-again.ts';
import { createChannelPlans } from '#src/pipeline/channel-plans.ts';
import { createDelivery } from '#src/pipeline/deliver.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { createPipeline } from '#src/pipeline/pipeline.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import { createStillWanted } from '#src/pipeline/still-wanted.ts';
import { createTrouble } from '#src/pipeline/trouble.ts';
import type { Source } from '#src/source/source.ts';
import { nextDigestAt } from '#src/subscription/schedule.ts';
import { createSubscriptionBook } from '#src/subscription/subscription-book.ts';
import { openZones } from '#src/subscription/zone.ts';
import type { Notch } from '#src/trend/dial.ts';
import { createTrendRule, TREND_SETTINGS } from '#src/trend/trend-rule.ts';
import type { VirtualClock } from './replay-clock.ts';
import { createReplayPostman, type ReplayedPost } from './replay-post.ts';
import type { Wanted } from './replay-subscriptions.ts';

const SERVER = '1';

export type ReplayHouse = Awaited<ReturnType<typeof openReplayHouse>>;

export const replayTopics = (): TopicCatalogue => readTopicCatalogue(topicList);

/**
 * The real pipeline in a database in memory: house.ts without timetable, services and Discord. Channels are known by
 * their names; nothing hinders posting there.
 */
export async function openReplayHouse(outside: {
  clock: VirtualClock;
  source: Source;
  wanted: readonly Wanted[];
  notches: Readonly<Record<Notch, number>>;
  tell(post: ReplayedPost): void;
}) {
  const { clock, source, wanted, notches, tell } = outside;
  const names = [...new Set(wanted.map(({ channel }) => channel))];
  const channelNames = new Map(names.map((name, index) => [String(index + 1), name]));
  const servers = openServers(channelNames);
  const topics = replayTopics();
  const parse = (filter: string) => parseSavedFilter(filter, { topics });
  const db = openDatabase(':memory:');
  const archive = openArchive(db);
  const outbox = openOutbox(db, clock.now());
  const book = createSubscriptionBook(openKeyv(db, 'subscriptions'), clock);
  const zones = openZones();
  const trend = createTrendRule({ ...TREND_SETTINGS, notches });
  const postman = createReplayPostman({ outbox, archive, channelNames, now: clock.now }, tell);
  const plans = createChannelPlans(book, outbox, servers, zones);
  const { placeOf } = plans;
  const wake = () => {};
  const trouble = createTrouble({ db, outbox, book, archive, servers, postman, placeOf, wake, clock, log });
  const shared = { db, archive, outbox, book, postman, servers, clock, log };
  const stillWanted = createStillWanted({ archive, book, parse, trend });
  const askAgain = createAskAgain({ stillWanted, plans, clock, log });
  const delivery = createDelivery({
    ...{ ...shared, zones, parse, plans, stillWanted, askAgain },
    subscription: book.byId,
    parse,
    onHold: trouble.onHold,
    tellBegun: trouble.tellBegun,
    onRecovered: trouble.onRecovered,
  });
  const pipeline = await createPipeline({
    ...{ ...shared, trend, zones, parse, delivery, trouble },
    matcher: await createMatcher({ book, parse, clock, log }),
    sources: [source],
    // Virtual time is never set.
    clockWatch: watchClock(clock, async () => {}),
    // Between two recordings nothing was missed, however long that is: nothing was recorded.
    beat: () => Number.POSITIVE_INFINITY,
    lost: () => [],
    wake,
    forgetPapers: () => {},
    livingHours: 0,
    purgeAfterDays: Number.POSITIVE_INFINITY,
  });

  return {
    pipeline,
    refused: trend.refused,
    /** What moderators would have done by `/subscribe` now. */
    async subscribe(): Promise<void> {
      for (const { channel, draft } of wanted)
        await book.add({ serverId: SERVER, channelId: String(names.indexOf(channel) + 1) }, draft, 'replay');
    },
    /** When something that is promised is due next (UTC ms); Infinity when nothing waits. */
    nextDueAt: (): number => nextDueAt(db) ?? Number.POSITIVE_INFINITY,
    /** After `at`, when each subscription to the day's best gets its next. */
    nextTopsAt: (at: number): number[] =>
      [...book.all()]
        .filter(({ scope }) => scope.kind === 'top')
        .flatMap((one) => hourOf(one) ?? [])
        .map((hour) => nextDigestAt(hour, at, zones)),
    close: db.close,
  };
}

function openServers(channelNames: ReadonlyMap<string, string>): Servers {
  const channels = [...channelNames].map(([id, name]) => ({ id, serverId: SERVER, name, type: 0, tags: [] }));
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  return {
    obstacle: () => null,
    presence: () => 'here',
    channel: (id) => byId.get(id) ?? null,
    channels: () => channels,
    mention: () => 'rings',
    audience: () => 'everybody',
    named: () => ({}),
    ownRooms: () => ({ moderators: null, system: null }),
  };
}
