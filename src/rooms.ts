import type { Config } from '#config/config.ts';
import topicList from '#config/topics.json' with { type: 'json' };
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import { noSearchSnapshot, searchSnapshotBeside } from '#src/archive/search-snapshot.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { type Cursors, openCursors } from '#src/foundation/cursors.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { deletionFile, openDeletionList } from '#src/foundation/database/deletion-list.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { createHappenings, type Happenings } from '#src/foundation/happenings.ts';
import { createHttp, type Http } from '#src/foundation/http/http.ts';
import type { Log } from '#src/foundation/log.ts';
import { openRuns } from '#src/foundation/runs.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { PATIENCE } from '#src/outbox/post-states.ts';
import { openVoteStore } from '#src/reader/vote-store.ts';
import { SCHEMA } from '#src/schema.ts';
import { createAskSources } from '#src/service/ask-sources.ts';
import { createDiscordFiles, FILE_BYTES } from '#src/service/discord-files.ts';
import { createHeavyWork } from '#src/service/heavy-work.ts';
import { createPages } from '#src/service/pages.ts';
import { createQuestionStore } from '#src/service/question-store.ts';
import { type AnnouncementDays, createAnnouncementDays } from '#src/source/arxiv-days.ts';
import { announcementDay } from '#src/source/arxiv-list-state.ts';
import { arxivRss } from '#src/source/arxiv-rss.ts';
import type { ReadBefore } from '#src/source/read-before.ts';
import { sampleFeed } from '#src/source/sample.ts';
import type { Source } from '#src/source/source.ts';
import { createSources, SOURCES, type SourceSettings, userAgent } from '#src/source/sources.ts';
import { createExtraCategories } from '#src/subscription/extra-categories.ts';
import { createMutes } from '#src/subscription/mutes.ts';
import { openSubscriptionStore } from '#src/subscription/subscription-store.ts';
import { openUnusualStore } from '#src/subscription/unusual-store.ts';
import { createWelcomes } from '#src/subscription/welcomes.ts';
import { openZones } from '#src/subscription/zone.ts';
import type { Preset } from '#src/trend/sensitivity.ts';
import { createTrendRule, TREND_SETTINGS } from '#src/trend/trend-rule.ts';

/** What the operator set. */
export type HouseConfig = Config & SourceSettings;

/** What the rooms need from outside. Stories pass a fake clock and their own sources; start.ts the real ones. */
type Deps = {
  version: string;
  clock: Clock;
  log: Log;
  fetch: typeof globalThis.fetch;
  /** How far apart two readings of the sources usually are, ms. */
  pollInterval(): number;
  /** Opened here where it is absent. */
  db?: Database;
  /** Who looks on; absent: whoever listens to those that are opened here. */
  happenings?: Happenings;
  /** The real ones where it is absent. */
  sources?: 'sample' | readonly Source[];
};

/** Everything but Discord and what is done when. */
export type Rooms = Awaited<ReturnType<typeof buildRooms>>;

/** Throws FatalError when the database cannot be opened or brought up to date, or the topic catalogue be read. */
export async function buildRooms(config: HouseConfig, deps: Deps) {
  const { version, clock, log, pollInterval } = deps;
  const startedAt = clock.now();
  const happenings = deps.happenings ?? createHappenings({ clock, log });
  const closing = new AbortController();
  const db = deps.db ?? (await openDatabase(config.DATABASE_URL.file, { schema: SCHEMA }));
  const archive = await openArchive(db, SOURCES);
  const cursors = openCursors(db);
  const runs = openRuns(db);
  const outbox = await openOutbox(db, startedAt, patienceOf(config));
  const subscriptionStore = await openSubscriptionStore(
    db,
    await openKeyv(db, 'subscriptions', clock),
    clock,
  );
  const unusualStore = await openUnusualStore(db);
  const voteStore = await openVoteStore(db);
  const welcomes = createWelcomes({ cursors });
  const questions = createQuestionStore(await openKeyv(db, 'questions', clock));
  /** Whoever keeps ids of members stands here: all of them are shown, and forgotten. */
  const memberRecords = [voteStore, questions, subscriptionStore, outbox].map(({ members }) => members);
  const topics = readTopicCatalogue(topicList);
  const parse = (filter: string) => parseSavedFilter(filter, { topics });
  const mutes = createMutes({ subscriptionStore, parse });
  const zones = openZones();
  const trend = createTrendRule({ ...TREND_SETTINGS, presets: presetsOf(config) });
  const announcements = createAnnouncementDays(cursors);
  const extra = await createExtraCategories({
    ...{ subscriptionStore, parse, cursors, clock, log },
    own: config.ARXIV_CATEGORIES,
    limit: config.ARXIV_EXTRA_CATEGORIES,
    source: arxivRss.name,
    onBegin: async (category) => readAnew({ archive, announcements, clock }, category),
  });
  const categories = {
    ...extra,
    isBegun: async (category: string) => (await announcements.newestFeed(category)) !== '',
  };
  const { fetch } = deps;
  const http = createHttp({
    ...{ fetch, clock, log, closing: closing.signal },
    userAgent: userAgent(version, config.CONTACT),
  });
  const sources = sourcesFor(
    config,
    { ...deps, http },
    {
      cursors,
      readBefore: { lastReadAt: archive.lastReadAt, pollInterval },
      namedCategories: extra.read,
    },
  );
  const isKept = config.DATABASE_URL.file !== ':memory:';
  const deletionList = openDeletionList(isKept ? deletionFile(db.file) : null, clock.now);
  const snapshot = isKept ? searchSnapshotBeside(db.file, log) : noSearchSnapshot;
  const search = openPaperSearch(archive, snapshot, log, clock, topics);
  const notePoll = archive.notePoll;
  const ask = createAskSources({ sources, clock, log, closing: closing.signal, notePoll });
  const heavy = createHeavyWork();
  const files = createDiscordFiles({ get: fileGetter(http), apiUrl: config.DISCORD_API_URL });
  const pages = createPages({
    db,
    archive,
    runs,
    outbox,
    subscriptionStore,
    sources,
    clock,
    log,
    pollInterval,
  });
  return {
    ...{ config, version, clock, log, happenings, pollInterval, startedAt },
    ...{
      db,
      archive,
      cursors,
      runs,
      outbox,
      subscriptionStore,
      unusualStore,
      voteStore,
      welcomes,
      mutes,
      questions,
      memberRecords,
      deletionList,
      topics,
      parse,
      zones,
      trend,
    },
    ...{ categories, sources, search, ask, heavy, pages, files },
    /** Aborted by `leaveOff`. */
    closing: closing.signal,
    /** What sources are being asked is given up. */
    leaveOff: () => closing.abort(),
  };
}

/** Reads files that members hand over, where Discord keeps them. */
export function fileGetter(http: Http): (url: string) => Promise<string> {
  const host = http.host({
    ...{ system: 'Discord', connections: 2, spacing: 0, budget: null, refusals: [429] },
    ...{ rest: { first: 1_000, most: 60_000 }, body: FILE_BYTES },
  });
  return async (url) => (await host.get(url, (body) => body, { urgency: 'member' })).value;
}

function patienceOf({ NONCE_WINDOW_SECONDS }: Config) {
  return { ...PATIENCE, nonceWindow: NONCE_WINDOW_SECONDS * 1000 };
}

function presetsOf(config: Config): Record<Preset, number> {
  const { TREND_SURE: sure, TREND_BALANCED: balanced, TREND_EARLY: early, TREND_WIDE: wide } = config;
  return { sure, balanced, early, wide };
}

/** With the next list it goes on where the operator read it until now, or somebody named it; else that list is history. */
async function readAnew(
  { archive, announcements, clock }: { archive: Archive; announcements: AnnouncementDays; clock: Clock },
  category: string,
): Promise<void> {
  if (await announcements.isUpToDate(category, announcementDay(clock.now()))) return;
  await announcements.forget(category);
  await archive.beginAnew({ source: arxivRss.name, list: arxivRss.list, key: category }, clock.now());
}

function sourcesFor(
  config: HouseConfig,
  { http, clock, log, sources }: Deps & { http: Http },
  kept: {
    cursors: Cursors;
    readBefore: ReadBefore;
    namedCategories(): Promise<readonly string[]>;
  },
): readonly Source[] {
  if (sources && sources !== 'sample') return sources;
  const definitions = sources === 'sample' ? [sampleFeed] : SOURCES;
  return createSources(config, { http, clock, log, ...kept }, definitions);
}
