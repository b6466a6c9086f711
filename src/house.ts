import { documentOf } from '#src/archive/stored-paper.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import { type ClockStep, type ClockWatch, watchClock } from '#src/foundation/clock-watch.ts';
import { type Contain, createContain } from '#src/foundation/contain.ts';
import type { FatalError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import { checkTopics } from '#src/match/language/read-topics.ts';
import { createAskAgain, firstToGo } from '#src/pipeline/ask-again.ts';
import { createChannelPlans } from '#src/pipeline/channel-plans.ts';
import { digestView, entriesOfPost } from '#src/pipeline/compose.ts';
import { createDelivery } from '#src/pipeline/deliver.ts';
import { createFindObstacle } from '#src/pipeline/find-obstacle.ts';
import { createForgetting } from '#src/pipeline/forgetting.ts';
import { isReadableFrom } from '#src/pipeline/in-one-place.ts';
import { createLeftServers } from '#src/pipeline/left-servers.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { createPipeline, type Pipeline } from '#src/pipeline/pipeline.ts';
import { roomForNotices, takesWords, withChosenRoom } from '#src/pipeline/place-for-notice.ts';
import type { Carries, Postman, PostPlace, Servers } from '#src/pipeline/postman.ts';
import { keepInstantsRight, putInstantsRight } from '#src/pipeline/put-right.ts';
import { createServerEvents, type ServerEvents } from '#src/pipeline/server-events.ts';
import { createStillWanted } from '#src/pipeline/still-wanted.ts';
import { createTrouble } from '#src/pipeline/trouble.ts';
import { welcomeServers } from '#src/pipeline/welcome.ts';
import { matcherWithoutMuted, stillWantedWithoutMuted } from '#src/pipeline/without-muted.ts';
import type { Lacked } from '#src/render/tell-lacked.ts';
import type { Rooms } from '#src/rooms.ts';
import { createAskZone } from '#src/service/ask-zone.ts';
import { createDoctor } from '#src/service/doctor.ts';
import { createExplainPaper } from '#src/service/explain-paper.ts';
import { createExplainPost } from '#src/service/explain-post.ts';
import { createExportSettings } from '#src/service/export-settings.ts';
import { createFindPaper } from '#src/service/find-paper.ts';
import { createFirstWords } from '#src/service/first-words.ts';
import { createImportSettings } from '#src/service/import-settings.ts';
import { createLikeThese } from '#src/service/like-these.ts';
import { createListTrending } from '#src/service/list-trending.ts';
import { createManageSubscriptions } from '#src/service/manage-subscriptions.ts';
import { createMuteFilter } from '#src/service/mute-filter.ts';
import { createOfferTopics } from '#src/service/offer-topics.ts';
import { createPostExample } from '#src/service/post-example.ts';
import { createPrivacy } from '#src/service/privacy.ts';
import { createPropose } from '#src/service/propose.ts';
import { readRhythms } from '#src/service/read-rhythms.ts';
import { createReportStatus } from '#src/service/report-status.ts';
import { createSearchPapers } from '#src/service/search-papers.ts';
import { createManageServerSettings } from '#src/service/server-settings.ts';
import type { Services } from '#src/service/services.ts';
import { createSettleDoubt } from '#src/service/settle-doubt.ts';
import { createShowHistory } from '#src/service/show-history.ts';
import { createTuneSubscription } from '#src/service/tune-subscription.ts';
import { createTypedForms } from '#src/service/typed-forms.ts';
import { createWorkOnFilters } from '#src/service/work-on-filters.ts';
import { createWrongAlert } from '#src/service/wrong-alert.ts';
import { nextOfAll } from '#src/subscription/due.ts';
import { createFindLost } from '#src/subscription/lost.ts';
import { localHours } from '#src/subscription/schedule.ts';
import { createTimetable, type Job, type Timetable } from '#src/timetable/timetable.ts';

/** Discord, as far as the pipeline knows it. */
type Ways = { postman: Postman; servers: Servers };

/** What there is once Discord is connected. */
export type Discord = Ways & {
  /** What posting that there needs and the bot lacks; `held`: its permissions as Discord just told them. */
  lacked(place: PostPlace, asked?: { carries?: Carries; held?: bigint | null }): readonly Lacked[];
  /** Whether Discord is connected, and for how long that has been so, ms. */
  line(): { isReady: boolean; lasted: number };
  /** Tells of servers from now on. */
  listen(events: ServerEvents): void;
};

type House = {
  services: Services;
  pipeline: Pipeline;
  /** Never resolves; rejects with FatalError when going on is impossible. */
  failed: Promise<never>;
  /** A scene's time goes faster or slower, stands still, or leapt: what comes next follows it. */
  replan(): void;
  /** When the sources are read next, and when the next digest of any subscription is due, UTC ms; null where there is none. */
  nextPollAt(): number | null;
  nextDigestAt(): number | null;
  /** Resolves when all that is due by now has been read and posted. */
  settled(): Promise<void>;
  /** Takes no new work; resolves when what is in hand is done. */
  stop(): Promise<void>;
};

/** From these the filter index learns which words are rare. */
const RECENT_PAPERS = 300;
const RECENT_DAYS = 14;
const DAY = 86_400_000;
const SECOND = 1000;
/** How often both clocks are compared when nothing else asks. */
const CLOCK_EVERY = 20 * SECOND;
/** A wall clock that is set by less is no news for the operator. */
const FAR_SET = 30 * SECOND;

/** Adds Discord to the rooms: what is stored is read and put right, the steps are joined, the timetable starts. */
export async function openHouse(rooms: Rooms, discord: Discord): Promise<House> {
  const { clock, log, search, pages } = rooms;
  const failure = Promise.withResolvers<never>();
  // Whoever asks for it later still hears of it.
  failure.promise.catch(() => {});
  const onFatal = (error: FatalError) => failure.reject(error);
  const contain = createContain(log, onFatal);
  const timetable = createTimetable({ clock, log, onFatal });
  const { trigger } = timetable;
  pages.tellOf({ line: discord.line, idle: timetable.idle });
  const putRight = () => contain({}, 'stored instants are not put right', () => putInstantsRight(rooms));
  await readStored(rooms);
  await putRight();
  const reading = readIndex(rooms, contain);
  const instants = keepInstantsRight(putRight, timetable);
  const clockWatch = watchClock(clock, async (step) => {
    tellStep(log, step);
    timetable.replan();
    if (step.to < step.from) await instants.onStepBack();
  });
  const steps = await openPipeline(rooms, discord, { trigger, clockWatch });
  const { pipeline, trouble } = steps;
  await steps.forgetting.repeat();
  const welcome = async () => {
    await welcomeServers({ ...rooms, servers: discord.servers });
    trigger('deliver');
  };
  const { subscriptionStore } = rooms;
  const events = createServerEvents({ trouble, welcome, subscriptionStore, contain });
  discord.listen(events);
  await contain({}, 'servers are not compared with what is stored', trouble.reconcile);
  const compareClocks = () => clockWatch.check().then(instants.check);
  timetable.start(jobsOf(rooms, steps.pipeline, { trigger, compareClocks }));
  const hours = localHours(rooms.zones);
  const nextPollAt = () => timetable.nextRunAt(jobOf(rooms.sources[0]?.name));
  return {
    services: createServices(rooms, discord, steps, { nextPollAt, deliver: () => trigger('deliver') }),
    pipeline,
    replan: timetable.keepPace,
    nextPollAt,
    nextDigestAt: () => nextOfAll(rooms.subscriptionStore.all(), clock.now(), hours),
    async settled() {
      await timetable.begun();
      await pipeline.settled();
      await contain({}, 'what is due is not posted', pipeline.deliver);
    },
    failed: failure.promise,
    async stop() {
      rooms.leaveOff();
      pipeline.stop();
      await Promise.all([timetable.stop(), events.stop(), reading]);
      await search.save();
    },
  };
}

async function readStored({ subscriptionStore, categories, log }: Rooms): Promise<void> {
  for (const unread of await subscriptionStore.load())
    log.error(unread, 'settings that cannot be read are kept as they are');
  await categories.load();
}

/** Answers know what was read so far; commands do not wait for the rest, which each reading of a source goes on with. */
function readIndex({ search, topics, clock, closing }: Rooms, contain: Contain): Promise<void> {
  return contain({}, 'the search index is not read to its end', async () => {
    await checkTopics(topics, takeBreaths(clock));
    await search.load(closing);
  });
}

type Times = { trigger: Timetable['trigger']; clockWatch: ClockWatch };
type Steps = Awaited<ReturnType<typeof openPipeline>>;

/** The steps, joined; nothing runs yet. */
export async function openPipeline(rooms: Rooms, { postman, servers: connected }: Ways, times: Times) {
  const { config, archive, outbox, subscriptionStore, zones, search, clock } = rooms;
  const servers = withChosenRoom(connected, subscriptionStore);
  const plans = createChannelPlans(subscriptionStore, outbox, servers, zones);
  const ways = { ...rooms, ...times, postman, servers };
  const obstacle = createFindObstacle({ ...rooms, servers, plans });
  const trouble = createTrouble({ ...ways, obstacle });
  const recent = (await archive.arrivedSince(clock.now() - RECENT_DAYS * DAY, RECENT_PAPERS)).map(documentOf);
  const matcher = matcherWithoutMuted(await createMatcher(rooms, recent), rooms.mutes);
  const lost = createFindLost({ problemOf: matcher.problemOf, mention: servers.mention, zones });
  const stillWanted = stillWantedWithoutMuted(createStillWanted(rooms), rooms);
  const askAgain = createAskAgain({ ...rooms, stillWanted, plans });
  const delivery = createDelivery({
    ...{ ...ways, ...trouble, plans, stillWanted, askAgain },
    subscription: subscriptionStore.byId,
  });
  const pipeline = await createPipeline({
    ...{ ...ways, matcher, delivery, trouble, obstacle, lost },
    readRhythms: () => readRhythms(rooms),
    forgetPapers: search.forget,
    livingHours: config.LIVING_CARD_HOURS,
    purgeAfterDays: config.PURGE_AFTER_DAYS,
  });
  const noticesGoTo = (serverId: string) => roomForNotices(servers, serverId);
  const leftServers = createLeftServers({ ...rooms, servers });
  const forgetting = createForgetting({ ...rooms, leftServers });
  return { pipeline, trouble, lost, askAgain, obstacle, placeOf: plans.placeOf, noticesGoTo, forgetting };
}

type Triggered = Pick<Times, 'trigger'> & { compareClocks(): Promise<void> };

function jobsOf(rooms: Rooms, pipeline: Pipeline, { trigger, compareClocks }: Triggered): Job[] {
  const { config, db, search, closing } = rooms;
  const line = config.POLL_CRON;
  return [
    ...pipeline.readings.map(({ name, read }) => ({
      ...{ name: jobOf(name), line, atStart: true },
      run: () => read().then(() => trigger('index')),
    })),
    { name: 'describe', line, run: pipeline.describe },
    { name: 'index', line, run: () => search.load(closing) },
    { name: 'deliver', every: 5 * SECOND, run: pipeline.deliver, atStart: true },
    { name: 'watch the database file', every: 10 * SECOND, run: async () => db.stillThere() },
    { name: 'refresh', every: 60 * SECOND, run: pipeline.refresh },
    { name: 'prune', every: 3600 * SECOND, run: () => pruneAll(rooms, pipeline) },
    { name: 'compare clocks', every: CLOCK_EVERY, run: compareClocks },
  ];
}

async function pruneAll({ db, search }: Rooms, pipeline: Pipeline): Promise<void> {
  await pipeline.prune();
  await search.save();
  // Whoever read the file before may have kept the log, and with it what was deleted.
  await db.emptyLog();
}

const jobOf = (source: string | undefined): string => `read ${source}`;

/** What commands can ask for. */
export function createServices(
  rooms: Rooms,
  { servers, postman, lacked }: Pick<Discord, 'servers' | 'postman' | 'lacked'>,
  {
    lost,
    askAgain,
    forgetting,
    ...steps
  }: Pick<Steps, 'lost' | 'askAgain' | 'obstacle' | 'placeOf' | 'noticesGoTo' | 'forgetting'>,
  { nextPollAt, deliver }: { nextPollAt(): number | null; deliver(): void },
): Services {
  const { config, outbox, subscriptionStore } = rooms;
  const hours = localHours(rooms.zones);
  const finding = createFindPaper(rooms);
  const shown = { ...rooms, servers, subscription: subscriptionStore.byId };
  const isGone = ({ serverId, channelId }: { serverId: string; channelId: string }) =>
    servers.presence(serverId) === 'here' && servers.channel(channelId) === null;
  const room = {
    ...{ lacked, isGone, noticesGoTo: steps.noticesGoTo },
    isSeenByEverybody: (channelId: string) => servers.audience(channelId) === 'everybody',
    takesWords: (serverId: string, channelId: string) => takesWords(servers.channel(channelId), serverId),
  };
  const limits = { perChannel: config.SUBSCRIPTIONS_PER_CHANNEL, perServer: config.SUBSCRIPTIONS_PER_SERVER };
  const channelName = (channelId: string) => servers.channel(channelId)?.name ?? null;
  const managing = createManageSubscriptions({
    ...{ ...rooms, ...limits, lost, nextPollAt, channelName, ...room },
    isSeenFrom: (there, here) => isReadableFrom({ servers }, there, here),
    channelType: (channelId) => servers.channel(channelId)?.type ?? null,
    tagsIn: servers.channel,
  });
  return {
    ...finding,
    ...createSearchPapers(rooms),
    ...createListTrending(rooms),
    ...createPropose(rooms),
    ...managing,
    ...createLikeThese({ ...rooms, findPaper: finding.findPaper }),
    ...createTuneSubscription(rooms),
    ...createManageServerSettings({ ...rooms, ...room, undoSettings: managing.undoSettings }),
    ...createMuteFilter(rooms),
    ...createExportSettings({ ...rooms, channelName }),
    ...createImportSettings({
      ...{ ...rooms, ...limits, lacked, tagsIn: servers.channel, undoAll: managing.undoAll },
      ...{ channel: servers.channel, mention: servers.mention, takesWords: room.takesWords },
    }),
    ...createOfferTopics(rooms),
    ...createAskZone(rooms),
    ...createFirstWords(rooms),
    ...createWorkOnFilters({ ...rooms, findPaper: finding.findPaper }),
    ...createExplainPaper({ ...rooms, hours, findPaper: finding.findPaper }),
    ...createExplainPost({
      ...{ ...rooms, hours },
      digestPage: async (post, page) => digestView(shown, post, await entriesOfPost(outbox, post), page),
    }),
    ...createDoctor({
      ...{ ...rooms, ...steps, ...room, lost },
      ...{ knownChannel: servers.channel, undoSettings: managing.undoSettings },
    }),
    ...createPostExample({
      ...{ ...rooms, obstacle: steps.obstacle, placeOf: steps.placeOf, deliver },
      ...{ removeMessage: postman.remove, findMessage: postman.find },
    }),
    ...createWrongAlert({ ...rooms, removeMessage: postman.remove }),
    ...createTypedForms(rooms),
    ...createShowHistory({
      ...rooms,
      channelName: (channelId) => servers.channel(channelId)?.name ?? null,
    }),
    ...createSettleDoubt({
      ...rooms,
      firstToGo: async (post) => firstToGo(await askAgain(await entriesOfPost(outbox, post))),
    }),
    ...createPrivacy({ ...rooms, forgetting, contact: config.CONTACT }),
    ...createReportStatus({ ...rooms, lost, nextRoundAt: nextPollAt }),
  };
}

function tellStep(log: Log, { from, to }: ClockStep): void {
  const level = Math.abs(to - from) > FAR_SET ? 'warn' : 'info';
  const instants = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  log[level](instants, 'the clock was set, or the machine slept');
}
