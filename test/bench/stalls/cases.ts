import { rmSync } from 'node:fs';
import { openArchive } from '#src/archive/archive.ts';
import { snapshotFile } from '#src/archive/search-snapshot.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import { channelOfDestination, toChannel } from '#src/outbox/destination.ts';
import type { SendMode } from '#src/outbox/entry.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createRank } from '#src/pipeline/rank.ts';
import type { Source } from '#src/source/source.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { collectVocabulary, generateFilters, MIXES } from '../filter-generator.ts';
import { papersToLearnFrom, papersToMatch } from '../recorded-papers.ts';
import { announcing } from './arxiv-feed.ts';
import { type Holds, watchHolds } from './hold-watch.ts';
import { keepGenerated, keepPolls, keepWeeks, NOW, poll, sightingOf } from './papers.ts';
import {
  askerOf,
  channelAt,
  keepSubscriptions,
  openStallsHouse,
  orderOf,
  type StallsHouse,
  serverOf,
} from './stalls-house.ts';

/** `fill` makes the database file, in a process of its own; `run` is measured on a copy of it. */
export type Case = {
  name: string;
  /** Cases with the same one share the file. */
  fixture: string;
  fill(db: Database, quick: boolean): Promise<void>;
  run(file: string, quick: boolean): Promise<Holds>;
  note?: string;
};

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'America/Los_Angeles',
  'Australia/Sydney',
];
/** So many that no card is worth an edit: all are looked at. */
const MANY_VOTES = 1_000_000;
const size = (quick: boolean, full: number) => (quick ? Math.max(10, Math.floor(full / 100)) : full);

/** Twenty thousand papers, six thousand subscriptions, forty days of polls. */
async function fillTown(db: Database, quick: boolean): Promise<void> {
  const archive = await openArchive(db, []);
  const cursors = openCursors(db);
  await keepPolls(db, archive, quick ? 1 : 40);
  await keepGenerated(db, archive, size(quick, 20_000));
  await cursors.set('ranked poll', await archive.lastPollId());
  await cursors.set('addressed change', await archive.lastSeq());
  await archive.endReading('hugging-face', NOW - 50 * DAY);
  const filters = generateFilters(collectVocabulary(papersToLearnFrom()), MIXES.narrow, 7);
  await keepSubscriptions(db, size(quick, 6000), () => ({ filter: String(filters.next().value) }));
}

async function fillWeeks(db: Database, quick: boolean): Promise<void> {
  const archive = await openArchive(db, []);
  const cursors = openCursors(db);
  await keepWeeks(db, archive, quick ? 1 : 6);
  await createRank({ db, archive, cursors, trend: createTrendRule(), log: silentLog })();
  await cursors.set('addressed change', await archive.lastSeq());
}

/** One filter that everything matches, each channel with quiet hours in one of six zones. */
async function fillCrowd(db: Database, quick: boolean): Promise<void> {
  await keepSubscriptions(db, size(quick, 6000), (n) => ({
    filter: n % 2 === 0 ? 'model' : 'model OR data',
    what: { kind: 'all' },
    quiet: { from: '22:00', to: '07:00', zone: ZONES[n % ZONES.length] },
  }));
}

async function fillTop(db: Database, quick: boolean): Promise<void> {
  const archive = await openArchive(db, []);
  const cursors = openCursors(db);
  const papers = papersToMatch().slice(0, quick ? 20 : 300);
  // What the first reading of a list shows is nobody's news.
  await archive.keep(poll('daily', '2026-03-31', NOW - 2 * HOUR, []));
  await archive.endReading('hugging-face', NOW - 2 * HOUR);
  await archive.keep(poll('daily', '2026-03-31', NOW - HOUR, papers.map(sightingOf)));
  await cursors.set('ranked poll', 0);
  await cursors.set('addressed change', await archive.lastSeq());
  const filters = generateFilters(collectVocabulary(papersToLearnFrom()), MIXES.broad, 7);
  await keepSubscriptions(db, size(quick, 500), (n) => ({
    filter: String(filters.next().value),
    what: { kind: 'top', n: 5 },
    when: { kind: 'daily', at: atHere(ZONES[n % ZONES.length]), zone: ZONES[n % ZONES.length] },
  }));
}

/** What the clock of a zone shows a minute after NOW. */
function atHere(timeZone: string): string {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return hour.format(NOW + MINUTE);
}

async function entryFor(
  db: Database,
  channel: number,
  paper: string,
  mode: SendMode,
  dueAt: number,
  filters: string[],
) {
  await (await openOutbox(db, NOW)).add({
    serverId: serverOf(channel),
    destination: toChannel(channelAt(channel)),
    paper,
    subscriptions: [`s${channel}`],
    why: {
      filters,
      news: { kind: 'new', at: NOW - HOUR },
      votes: MANY_VOTES,
      stars: null,
      repository: false,
    },
    score: 1,
    mode,
    decidedAt: NOW - HOUR,
    dueAt,
  });
}

async function fillCards(db: Database, quick: boolean): Promise<void> {
  const archive = await openArchive(db, []);
  const cursors = openCursors(db);
  await keepGenerated(db, archive, 300);
  await cursors.set('addressed change', await archive.lastSeq());
  const ids = (await archive.arrivedSince(0, 300)).map(({ paper }) => paper.id);
  const outbox = await openOutbox(db, NOW - HOUR);
  await db.transaction(async () => {
    for (let n = 0; n < size(quick, 5000); n++) {
      const paper = ids[n % ids.length];
      await entryFor(db, n, paper, 'card', NOW - HOUR, ['model']);
      const place = { serverId: serverOf(n), destination: toChannel(channelAt(n)), kind: 'message' } as const;
      const post = await outbox.pack(place, 'card', [paper], NOW - HOUR);
      await outbox.attempt(post?.id ?? 0, NOW - HOUR);
      const delivered = {
        kind: 'delivered',
        messageId: String(n),
        channelId: channelOfDestination(place),
      } as const;
      await outbox.settle(post?.id ?? 0, delivered, NOW - HOUR);
    }
    for (let n = 0; n < size(quick, 50_000); n++)
      await entryFor(db, n % 5000, `w${n}`, 'digest', NOW + DAY, ['model']);
  });
}

const WHY_FILTERS = [
  'model OR data',
  '"language model" -survey',
  'diffusion OR (video generation) upvotes:>=5',
];

async function fillDigest(db: Database, quick: boolean): Promise<void> {
  const archive = await openArchive(db, []);
  const cursors = openCursors(db);
  const papers = papersToMatch().slice(0, quick ? 20 : 250);
  await archive.keep(poll('daily', '2026-03-31', NOW - HOUR, papers.map(sightingOf)));
  await cursors.set('addressed change', await archive.lastSeq());
  const outbox = await openOutbox(db, NOW - HOUR);
  await db.transaction(async () => {
    for (const { id } of papers) await entryFor(db, 0, id, 'digest', NOW - HOUR, WHY_FILTERS);
    const place = { serverId: serverOf(0), destination: toChannel(channelAt(0)), kind: 'message' } as const;
    const post = await outbox.pack(
      place,
      'digest',
      papers.map(({ id }) => id),
      NOW - HOUR,
    );
    await outbox.attempt(post?.id ?? 0, NOW - HOUR);
    const delivered = { kind: 'delivered', messageId: '1', channelId: channelOfDestination(place) } as const;
    await outbox.settle(post?.id ?? 0, delivered, NOW - HOUR);
  });
}

/** The work alone is watched: the house stands and has settled before. */
async function watched(
  file: string,
  work: (house: StallsHouse) => Promise<unknown>,
  sources: readonly Source[] = [],
): Promise<Holds> {
  const house = await openStallsHouse(file, sources);
  await untilLoaded(house);
  const watch = watchHolds();
  await work(house);
  await untilIdle();
  const holds = await watch.stop();
  await house.stop();
  return holds;
}

/** A search waits until the index knows every paper. */
async function untilLoaded({ services }: StallsHouse): Promise<void> {
  await services.searchPapers({ query: 'model', since: '', sort: '', page: 0, userId: '1', now: NOW });
  await untilIdle();
}

/** Until the thread has done next to nothing for a while. */
async function untilIdle(): Promise<void> {
  for (let calm = 0; calm < 3; ) {
    const before = process.threadCpuUsage().user;
    await new Promise((resolve) => setTimeout(resolve, 100));
    calm = process.threadCpuUsage().user - before < 20_000 ? calm + 1 : 0;
  }
}

async function runStart(file: string): Promise<Holds> {
  const watch = watchHolds();
  const house = await openStallsHouse(file);
  await untilLoaded(house);
  const holds = await watch.stop();
  await house.stop();
  return holds;
}

async function runPoll(file: string, quick: boolean): Promise<Holds> {
  const papers = papersToMatch()
    .filter(({ title, abstract }) => /\bmodels?\b/.test(`${title} ${abstract}`))
    .slice(0, quick ? 1 : 3);
  let isOut = false;
  const source: Source = {
    name: 'hugging-face',
    async *poll(now) {
      yield poll('daily', '2026-03-31', now, isOut ? papers.map(sightingOf) : []);
    },
  };
  const pollLists = async ({ pipeline, clock, db }: StallsHouse) => {
    isOut = true;
    clock.leap(MINUTE);
    await pipeline.round();
    await expectEntries(db);
  };
  return watched(file, pollLists, [source]);
}

/** A case whose work is not done measures nothing. */
async function expectEntries(db: Database): Promise<void> {
  const made = await db.get('SELECT 1 FROM entry LIMIT 1');
  if (!made) throw new Error('Nothing was promised');
}

async function runFeed(file: string, quick: boolean): Promise<Holds> {
  const count = size(quick, 2000);
  const feed = announcing(count);
  let isOut = false;
  const source: Source = {
    name: feed.name,
    async *poll(now) {
      if (isOut) yield* feed.poll(now);
    },
  };
  const pollLists = async ({ pipeline, db }: StallsHouse) => {
    await expectAnnounced(db, 0);
    isOut = true;
    await pipeline.round();
    await expectAnnounced(db, count);
  };
  return watched(file, pollLists, [source]);
}

/** Asked of the few polls: counting papers would itself hold the thread. */
async function expectAnnounced(db: Database, count: number): Promise<void> {
  const sql = `SELECT coalesce(sum(changes), 0) AS n FROM poll JOIN series ON series.id = poll.series
    WHERE source = 'arxiv-rss'`;
  const kept = (await db.get<{ n: number }>(sql))?.n;
  if (kept !== count) throw new Error(`${kept} announcements were kept instead of ${count}`);
}

const many = (count: number, work: (n: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));

/** Keywords as moderators write them, the same row each time. */
function keywords(count: number): string[] {
  const filters = generateFilters(collectVocabulary(papersToLearnFrom()), MIXES.broad, 11);
  return Array.from({ length: count }, () => String(filters.next().value));
}

async function runPhrases(file: string): Promise<Holds> {
  const { words } = collectVocabulary(papersToLearnFrom());
  const pairs = Array.from({ length: 30 }, (_, n) => `"${words[n * 2]} ${words[n * 2 + 1]}"~50`);
  const question = { query: pairs.join(' OR '), since: '', sort: '', page: 0, userId: '1', now: NOW };
  return watched(file, ({ services }) => services.searchPapers(question).catch(refused));
}

/** That a budget was reached is an answer. */
const refused = (error: unknown): void => {
  if (!(error instanceof Error) || error.name !== 'UserError') throw error;
};

export const CASES: readonly Case[] = [
  {
    name: 'start, 20,000 papers, 6,000 subscriptions, no saved index',
    fixture: 'town',
    fill: fillTown,
    run: runStart,
    note: '40 days of polls each quarter of an hour; from the first turn after the modules are loaded until all is quiet',
  },
  {
    name: 'stop and start with the saved index',
    fixture: 'town',
    fill: fillTown,
    async run(file) {
      const house = await openStallsHouse(file);
      await untilLoaded(house);
      const watch = watchHolds();
      await house.stop();
      const next = await openStallsHouse(file);
      await untilLoaded(next);
      const holds = await watch.stop();
      await next.stop();
      rmSync(snapshotFile(file), { force: true });
      return holds;
    },
  },
  {
    name: 'a poll that 6,000 subscriptions match, quiet hours in six zones',
    fixture: 'crowd',
    fill: fillCrowd,
    run: runPoll,
    note: 'three papers; services and pipeline without Discord, a post takes 15 ms',
  },
  {
    name: 'a feed of 2,000 announcements arrives',
    fixture: 'town',
    fill: fillTown,
    run: runFeed,
    note: 'read, kept, and taken into the search of 20,000 papers',
  },
  {
    name: '500 top n x 300 papers',
    fixture: 'top',
    fill: fillTop,
    run: (file) =>
      watched(file, ({ pipeline, clock, db }) => {
        clock.leap(MINUTE);
        return pipeline.deliver().then(() => expectEntries(db));
      }),
  },
  {
    name: 'refreshing 5,000 cards with 50,000 waiting',
    fixture: 'cards',
    fill: fillCards,
    run: (file) => watched(file, ({ pipeline }) => pipeline.refresh()),
  },
  {
    name: 'Why here? under 250 papers, 10 members at once',
    fixture: 'digest',
    fill: fillDigest,
    run: (file) =>
      watched(file, async ({ services, db }) => {
        const { nonce = '', server = '' } =
          (await db.get<{ nonce: string; server: string }>('SELECT nonce, server FROM post')) ?? {};
        const asked = (n: number) => ({ ...askerOf(n), serverId: server, nonce });
        await many(10, (n) => services.explainPost(asked(n)));
        await many(10, (n) => services.openDigest({ ...asked(n), page: n }));
      }),
    note: 'and a page of it for each',
  },
  {
    name: '20 /subscribe at once, six weeks of lists',
    fixture: 'weeks',
    fill: fillWeeks,
    run: (file) => {
      const filters = keywords(20);
      return watched(file, ({ services }) =>
        many(20, (n) => services.subscribeChannel(orderOf(n, filters[n])).catch(refused)),
      );
    },
    note: 'services without Discord, moderators of 20 servers',
  },
  {
    name: '50 /filter test at once',
    fixture: 'weeks',
    fill: fillWeeks,
    run: (file) => {
      const filters = keywords(50);
      return watched(file, ({ services }) =>
        many(50, (n) => services.testFilter({ ...askerOf(n), filter: filters[n], paper: '' }).catch(refused)),
      );
    },
    note: 'services without Discord, moderators of 50 servers',
  },
  {
    name: '30 near-phrases over 20,000 papers',
    fixture: 'town',
    fill: fillTown,
    run: runPhrases,
  },
];
