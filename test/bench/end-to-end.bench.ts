/**
 * A paper arrives, is kept, matched against a million subscriptions and queued for their channels, in a real SQLite file:
 * `npm run bench -- end-to-end`. The house's own steps: archive.keep, then address. The subscription store is a light one
 * (a million documents take minutes to load through Keyv); everything else is what runs. Every subscription has a channel
 * of its own. `durable` is the whole wait until the entries would survive a power failure.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { systemClock } from '#src/foundation/clock.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { createAddress } from '#src/pipeline/address.ts';
import { createMatcher, type Matcher } from '#src/pipeline/matcher.ts';
import { createReadings } from '#src/pipeline/readings.ts';
import { DEFAULTS, type Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionChange, SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { type BenchLine, type BenchOptions, median, quantile } from './bench.ts';
import { collectVocabulary, generateFilters, MIXES } from './filter-generator.ts';
import { papersToLearnFrom, papersToMatch } from './recorded-papers.ts';

const START = Date.parse('2026-04-01T12:00:00Z');
const CHANNELS_A_SERVER = 30;
/** Of ten subscriptions, one wants every new paper; the others, as is the default, only what is newly trending. */
const ALL_IN_TEN = 1;
const SUBSCRIBED_AT = START - 1000;
const BEFORE = START - 2000;
const DAY = 86_400_000;

const parse = (filter: string) => parseFilter(filter, { topics: null });

export async function* run({ quick }: BenchOptions): AsyncGenerator<BenchLine> {
  const size = quick ? 1000 : 1_000_000;
  const papers = papersToMatch().slice(0, quick ? 20 : 300);
  const past = papersToLearnFrom();
  const subscriptions = filtersLike(past, size).map(subscribed);
  const { subscriptionStore, change } = lightStore(subscriptions);
  const rooms = { subscriptionStore, parse, clock: systemClock, log: silentLog };
  const matcher = await createMatcher(rooms, past.slice(-500));
  // The first are not counted: the code is still being compiled.
  yield* arrivals(matcher, subscriptions.length, ALL_IN_TEN, papers);
  change({ what: { kind: 'all' } });
  yield* arrivals(matcher, subscriptions.length, 10, papers);
}

async function* arrivals(
  matcher: Matcher,
  size: number,
  allInTen: number,
  papers: readonly MatchDocument[],
): AsyncGenerator<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-end-to-end-'));
  const db = await openDatabase(join(folder, 'paperboy.db'));
  const rooms = { ...(await openRooms(db)), matcher, parse, zones: openZones(), clock: systemClock };
  const address = createAddress(rooms);
  const times: number[] = [];
  for (const [number, paper] of papers.entries()) {
    const now = START + number * 1000;
    const began = performance.now();
    await rooms.archive.keep(lookAt(paper, now));
    await address({ now });
    times.push(performance.now() - began);
  }
  const queued = Number((await db.get<{ n: number }>('SELECT count(*) AS n FROM entry'))?.n);
  await db.close();
  rmSync(folder, { recursive: true });

  const name = `${size} filters, ${allInTen * 10} % want every new paper`;
  const note = `${Math.round(queued / papers.length)} promises a paper on average`;
  const counted = times.slice(Math.floor(times.length / 10));
  // The goal is for the usual mix: where everybody wants everything, the entries themselves are the work.
  const goal = allInTen === ALL_IN_TEN ? { max: 10 } : undefined;
  yield { case: name, metric: 'durable_ms', value: median(counted), ...(goal && { goal }), note };
  yield { case: name, metric: 'durable_ms_p99', value: quantile(counted, 0.99) };
}

function filtersLike(papers: readonly MatchDocument[], size: number): string[] {
  const row = generateFilters(collectVocabulary(papers), MIXES.narrow, 20_261_123);
  return Array.from({ length: size }, () => String(row.next().value));
}

async function openRooms(db: Database) {
  const archive: Archive = await openArchive(db, []);
  const cursors = openCursors(db);
  const readings = createReadings({ archive, cursors });
  await readings.noteRead('hugging-face', BEFORE - DAY);
  return {
    db,
    archive,
    cursors,
    readings,
    trend: createTrendRule(),
    outbox: await openOutbox(db, BEFORE),
    log: silentLog,
  };
}

function subscribed(filter: string, number: number): Subscription {
  return aSubscription(String(number), {
    filter,
    what: number % 10 < ALL_IN_TEN ? { kind: 'all' } : DEFAULTS.what,
    serverId: `server ${Math.floor(number / CHANNELS_A_SERVER)}`,
    channelId: `channel ${number}`,
    createdAt: SUBSCRIBED_AT,
    since: SUBSCRIBED_AT,
  });
}

/** What address and the matcher ask of a store, and no more; `change` changes every subscription. */
function lightStore(subscriptions: Subscription[]) {
  let tell: (change: SubscriptionChange) => void = () => {};
  const byId = (id: string) => subscriptions[Number(id)] ?? null;
  const onChange = (listener: (change: SubscriptionChange) => void) => {
    tell = listener;
  };
  const change = (patch: Partial<Subscription>) => {
    for (const [number, before] of subscriptions.entries()) {
      subscriptions[number] = { ...before, ...patch };
      tell({ before, after: subscriptions[number] });
    }
  };
  return {
    subscriptionStore: { all: () => subscriptions, byId, onChange } as unknown as SubscriptionStore,
    change,
  };
}

function lookAt(paper: MatchDocument, seenAt: number): Poll {
  const { id, title, abstract, authors, categories, keywords, organization, upvotes, publishedAt } = paper;
  const facts = { title, abstract, authors, categories, keywords, organization, publishedAt };
  const signals = { ...NO_FIGURES, votes: upvotes, comments: paper.comments, stars: paper.stars };
  const sighting = { paper: aPaper(id, facts), ...signals, place: 1, batchDay: '2026-04-01' };
  const list = { source: 'hugging-face', list: 'daily', key: '2026-04-01' } as const;
  return { ...list, seenAt, complete: false, malformed: 0, sightings: [sighting] };
}
