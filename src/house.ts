import type { Config } from '#config/config.ts';
import topicList from '#config/topics.json' with { type: 'json' };
import { openArchive } from '#src/archive/archive.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import { noSearchSnapshot, searchSnapshotBeside } from '#src/archive/search-snapshot.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { type ClockStep, watchClock } from '#src/foundation/clock-watch.ts';
import { createContain } from '#src/foundation/contain.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-sqlite.ts';
import type { FatalError } from '#src/foundation/failure.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import type { Page, Pages } from '#src/foundation/http-server.ts';
import type { Log } from '#src/foundation/log.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import { checkTopics, readTopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { PATIENCE } from '#src/outbox/post-states.ts';
import { createAskAgain, firstToGo } from '#src/pipeline/ask-again.ts';
import { createChannelPlans } from '#src/pipeline/channel-plans.ts';
import { digestView, promisesOf } from '#src/pipeline/compose.ts';
import { createDelivery } from '#src/pipeline/deliver.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { createPipeline, type Pipeline } from '#src/pipeline/pipeline.ts';
import type { LastKnown, Postman, Servers } from '#src/pipeline/postman.ts';
import { putInstantsRight } from '#src/pipeline/put-right.ts';
import { createStillWanted } from '#src/pipeline/still-wanted.ts';
import { createTrouble, type Trouble } from '#src/pipeline/trouble.ts';
import { SCHEMA } from '#src/schema.ts';
import { createAskSources } from '#src/service/ask-sources.ts';
import { createExplainPost } from '#src/service/explain-post.ts';
import { createFindPaper } from '#src/service/find-paper.ts';
import { createHeavyWork } from '#src/service/heavy-work.ts';
import { createListTrending } from '#src/service/list-trending.ts';
import { createManageSubscriptions } from '#src/service/manage-subscriptions.ts';
import { createPropose } from '#src/service/propose.ts';
import { createQuestionStore } from '#src/service/question-store.ts';
import { createReportHealth, type Health } from '#src/service/report-health.ts';
import { createReportStatus } from '#src/service/report-status.ts';
import { createSearchPapers } from '#src/service/search-papers.ts';
import type { Services } from '#src/service/services.ts';
import { createSettleDoubt } from '#src/service/settle-doubt.ts';
import { createShowHistory } from '#src/service/show-history.ts';
import { createTypedForms } from '#src/service/typed-forms.ts';
import { createWorkOnFilters } from '#src/service/work-on-filters.ts';
import { createAnnouncementDays } from '#src/source/arxiv-days.ts';
import { announcementDay } from '#src/source/arxiv-list-state.ts';
import { arxivRss } from '#src/source/arxiv-rss.ts';
import type { ReadBefore } from '#src/source/read-before.ts';
import { sampleFeed } from '#src/source/sample.ts';
import type { Cursors, Source } from '#src/source/source.ts';
import { createSources, SOURCES, type SourceSettings, userAgent } from '#src/source/sources.ts';
import { createExtraCategories } from '#src/subscription/extra-categories.ts';
import { createFindLost } from '#src/subscription/lost.ts';
import { createSubscriptionBook } from '#src/subscription/subscription-book.ts';
import { openZones } from '#src/subscription/zone.ts';
import { startTimetable, type Timetable } from '#src/timetable/timetable.ts';
import type { Notch } from '#src/trend/dial.ts';
import { createTrendRule, TREND_SETTINGS } from '#src/trend/trend-rule.ts';

/** What the operator set. */
export type HouseConfig = Config & SourceSettings;

/** What the house needs from outside. Stories pass a fake clock and their own sources; main.ts the real ones. */
export type Outside = {
  version: string;
  /** Closed with the house; opened by it where it is absent. */
  db?: Database;
  clock: Clock;
  log: Log;
  fetch: typeof globalThis.fetch;
  /** The real ones where it is absent. */
  sources?: 'sample' | readonly Source[];
};

/** What there is once Discord is connected. */
export type Ground = {
  postman: Postman;
  servers: Servers;
  missingPermissions(kind: 'message' | 'thread' | 'forum', held: bigint): readonly string[];
  /** Whether Discord is connected, and for how long that has been so, ms. Absent: it always is. */
  line?(): Line;
};

type Line = { isReady: boolean; lasted: number };

export type House = {
  /** Opens everything and starts the timetable. */
  open(ground: Ground): Promise<{ services: Services; pipeline: Pipeline }>;
  /** What the gateway tells of servers; does nothing before `open`. Never throws. */
  events: {
    onServerLeft(serverId: string): void;
    onChannelGone(serverId: string, channelId: string, last: LastKnown | null): void;
    onPermissionsChanged(serverId: string, channelId: string | null): void;
    onServersKnown(): void;
  };
  /** What HTTP_ADDRESS answers. */
  pages: Pages;
  /** Never resolves; rejects with FatalError when going on is impossible. */
  failed: Promise<never>;
  /** Takes no new work; resolves when what is in hand is done. */
  stop(): Promise<void>;
  close(): void;
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

/** The whole wiring. Throws FatalError when the database cannot be opened or brought up to date, or the topic catalogue be read. */
export function buildHouse(config: HouseConfig, outside: Outside): House {
  const { version, clock, log } = outside;
  const startedAt = clock.now();
  const closing = new AbortController();
  const db = outside.db ?? openDatabase(config.DATABASE_URL.file, { schema: SCHEMA });
  const archive = openArchive(db, SOURCES);
  const outbox = openOutbox(db, startedAt, { ...PATIENCE, nonceWindow: config.NONCE_WINDOW_SECONDS * 1000 });
  const book = createSubscriptionBook(openKeyv(db, 'subscriptions', clock), clock);
  const topics = readTopicCatalogue(topicList);
  const parse = (filter: string) => parseSavedFilter(filter, { topics });
  const announcements = createAnnouncementDays(archive);
  const extra = createExtraCategories({
    ...{ book, parse, archive, clock, log },
    own: config.ARXIV_CATEGORIES,
    limit: config.ARXIV_EXTRA_CATEGORIES,
    source: arxivRss.name,
    onBegin(category) {
      // The operator read it until now, or somebody named it: with the next list it goes on.
      if (announcements.isUpToDate(category, announcementDay(clock.now()))) return;
      announcements.forget(category);
      archive.beginAnew({ source: arxivRss.name, list: arxivRss.list, key: category }, clock.now());
    },
  });
  const categories = { ...extra, isBegun: (category: string) => announcements.newestFeed(category) !== '' };
  const sources = sourcesFor(config, outside, {
    cursors: archive,
    readBefore: { lastReadAt: archive.lastReadAt, beat: () => beat() },
    namedCategories: extra.read,
    closing: closing.signal,
  });
  const questions = createQuestionStore(openKeyv(db, 'questions', clock));
  const isKept = config.DATABASE_URL.file !== ':memory:';
  const search = openPaperSearch(
    archive,
    isKept ? searchSnapshotBeside(db.file, log) : noSearchSnapshot,
    log,
    clock,
  );
  const zones = openZones();
  const trend = createTrendRule({ ...TREND_SETTINGS, notches: notchesOf(config) });
  const failure = Promise.withResolvers<never>();
  // Whoever asks for it later still hears of it.
  failure.promise.catch(() => {});
  const onFatal = (error: FatalError) => failure.reject(error);
  const contain = createContain(log, onFatal);
  let metrics: (() => Promise<string>) | null = null;
  let trouble: Trouble | null = null;
  let timetable: Timetable | null = null;
  const builtAt = clock.elapsed();
  let line: (() => Line) | null = null;
  let stopDelivery = () => {};

  const first = `read ${sources[0]?.name}`;
  const beat = () => timetable?.beat(first) ?? 0;
  const reportHealth = createReportHealth({
    ...{ db, archive, sources, outbox, clock, log, beat },
    line: () => ({
      wasReady: line !== null,
      ...(line?.() ?? { isReady: false, lasted: clock.elapsed() - builtAt }),
    }),
    idle: () => timetable?.idle() ?? 0,
  });

  const open = async (ground: Ground): ReturnType<House['open']> => {
    const { postman, servers, missingPermissions } = ground;
    const openedAt = clock.elapsed();
    line = ground.line ?? (() => ({ isReady: true, lasted: clock.elapsed() - openedAt }));
    for (const unread of await book.load())
      log.error(unread, 'settings that cannot be read are kept as they are');
    await extra.load();
    const putRight = () =>
      contain({}, 'stored instants are not put right', () =>
        putInstantsRight({ archive, outbox, book, trend, clock, log }),
      );
    await putRight();
    // Answers know what was read so far; commands do not wait for the rest, which each reading of a source goes on with.
    void contain({}, 'the search index is not read to its end', async () => {
      await search.load();
      checkTopics(topics);
    });
    const plans = createChannelPlans(book, outbox, servers, zones);
    const { placeOf } = plans;
    const wake = (job: 'deliver' | 'describe') => timetable?.wake(job);
    trouble = createTrouble({ db, outbox, book, archive, servers, postman, placeOf, wake, clock, log });
    await contain({}, 'servers are not compared with what is stored', trouble.reconcile);
    const recent = archive.arrivedSince(clock.now() - RECENT_DAYS * DAY, RECENT_PAPERS).map(documentOf);
    const matcher = await createMatcher({ book, parse, clock, log }, recent);
    const lost = createFindLost({ problemOf: matcher.problemOf, mention: servers.mention, zones });
    const stillWanted = createStillWanted({ archive, book, parse, trend });
    const askAgain = createAskAgain({ stillWanted, plans, clock, log });
    const delivery = createDelivery({
      ...{ db, outbox, archive, servers, postman, zones, clock, log, plans, stillWanted, askAgain },
      parse,
      subscription: book.byId,
      onHold: trouble.onHold,
      tellBegun: trouble.tellBegun,
      onRecovered: trouble.onRecovered,
    });
    const clockWatch = watchClock(clock, async (step) => {
      tellStep(log, step);
      timetable?.replan();
      if (step.to < step.from) await putRight();
    });
    const pipeline = await createPipeline({
      ...{
        db,
        archive,
        matcher,
        parse,
        trend,
        outbox,
        book,
        zones,
        sources,
        postman,
        servers,
        delivery,
        trouble,
        clock,
        clockWatch,
        log,
        beat,
        lost,
      },
      wake,
      forgetPapers: search.forget,
      livingHours: config.LIVING_CARD_HOURS,
      purgeAfterDays: config.PURGE_AFTER_DAYS,
    });
    stopDelivery = pipeline.stop;
    timetable = startTimetable(
      [
        ...pipeline.readings.map(({ name, read }) => ({
          ...{ name: `read ${name}`, line: config.POLL_CRON, atStart: true },
          run: () => read().then(() => timetable?.wake('index')),
        })),
        { name: 'describe', line: config.POLL_CRON, run: pipeline.describe },
        { name: 'index', line: config.POLL_CRON, run: search.load },
        { name: 'deliver', every: 5 * SECOND, run: pipeline.deliver, atStart: true },
        { name: 'watch the database file', every: 10 * SECOND, run: async () => db.stillThere() },
        { name: 'tend', every: 60 * SECOND, run: pipeline.tend },
        { name: 'tidy', every: 3600 * SECOND, run: () => pipeline.tidy().then(search.save) },
        { name: 'compare clocks', every: CLOCK_EVERY, run: clockWatch.look },
      ],
      clock,
      log,
      onFatal,
    );
    const rooms = {
      archive,
      sources,
      outbox,
      book,
      search,
      ask: createAskSources({ sources, clock, log, closing: closing.signal, noteLook: archive.noteLook }),
      topics,
      categories,
      trend,
      zones,
      questions,
      heavy: createHeavyWork(),
      clock,
      log,
      version,
      startedAt,
      beat,
      lost,
    };
    const finding = createFindPaper({ ...rooms, closing: closing.signal });
    const services: Services = {
      ...finding,
      ...createSearchPapers(rooms),
      ...createListTrending(rooms),
      ...createPropose(rooms),
      ...createManageSubscriptions({
        ...rooms,
        missingPermissions,
        perChannel: config.SUBSCRIPTIONS_PER_CHANNEL,
        channelName: (channelId) => servers.channel(channelId)?.name ?? null,
        isGone: ({ serverId, channelId }) =>
          servers.presence(serverId) === 'here' && servers.channel(channelId) === null,
      }),
      ...createWorkOnFilters({ ...rooms, findPaper: finding.findPaper }),
      ...createExplainPost({
        ...rooms,
        digestPage: (post, page) =>
          digestView(
            { archive, servers, zones, parse, log, subscription: book.byId },
            post,
            promisesOf(outbox, post),
            page,
          ),
      }),
      ...createTypedForms(rooms),
      ...createShowHistory(rooms),
      ...createSettleDoubt({
        ...rooms,
        firstToGo: async (post) => firstToGo(await askAgain(promisesOf(outbox, post))),
      }),
      lastKnown: outbox.episodes.lastKnown,
      ...createReportStatus({ ...rooms, nextRoundAt: () => timetable?.nextBeat(first) ?? null }),
    };
    return { services, pipeline };
  };

  return {
    open,
    events: {
      onServerLeft: (server) =>
        void contain({ server }, 'that a server was left is not noted', () => trouble?.onServerLeft(server)),
      onChannelGone: (server, channel, last) =>
        void contain({ server, channel }, 'a deleted channel is not dealt with', () =>
          trouble?.onChannelGone(server, channel, last),
        ),
      onPermissionsChanged: (serverId, channelId) =>
        void contain({ server: serverId }, 'held channels of a server are not tried', () =>
          trouble?.probe({ serverId, channelId }),
        ),
      onServersKnown: () =>
        void contain({}, 'servers are not compared with what is stored', () => trouble?.reconcile()),
    },
    pages: {
      '/healthz': (asked) => healthPage(reportHealth(), asked.has('strict')),
      '/metrics': async () => {
        // Loaded when somebody asks: few operators do.
        const { createMetrics } = await import('#src/service/metrics.ts');
        metrics ??= createMetrics({ archive, outbox, book });
        return { status: 200, type: 'text/plain; version=0.0.4', text: await metrics() };
      },
    },
    failed: failure.promise,
    async stop() {
      closing.abort();
      stopDelivery();
      await timetable?.stop();
      if (timetable) await search.save();
    },
    close: () => db.close(),
  };
}

function notchesOf(config: Config): Record<Notch, number> {
  const { TREND_SURE: sure, TREND_BALANCED: balanced, TREND_EARLY: early, TREND_WIDE: wide } = config;
  return { sure, balanced, early, wide };
}

function sourcesFor(
  config: HouseConfig,
  outside: Outside,
  {
    closing,
    ...kept
  }: { cursors: Cursors; readBefore: ReadBefore; namedCategories(): readonly string[]; closing: AbortSignal },
): readonly Source[] {
  const { version, clock, log, fetch, sources } = outside;
  if (sources && sources !== 'sample') return sources;
  const http = createHttp({ fetch, clock, log, userAgent: userAgent(version, config.CONTACT), closing });
  const definitions = sources === 'sample' ? [sampleFeed] : SOURCES;
  return createSources(config, { http, clock, log, ...kept }, definitions);
}

function tellStep(log: Log, { from, to }: ClockStep): void {
  const level = Math.abs(to - from) > FAR_SET ? 'warn' : 'info';
  const instants = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  log[level](instants, 'the clock was set, or the machine slept');
}

/** A late source is no reason to start a healthy bot again, unless the operator asks for it. */
function healthPage(health: Health, isStrict: boolean): Page {
  const isWell = health.status === 'ok' || (health.status === 'degraded' && !isStrict);
  return { status: isWell ? 200 : 503, type: 'application/json', text: `${JSON.stringify(health)}\n` };
}
