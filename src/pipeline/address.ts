import type { Archive } from '#src/archive/archive.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { planFor, soonest } from '#src/decision/day.ts';
import { type News, newsFor, type Story } from '#src/decision/news.ts';
import type { LocalHours } from '#src/decision/quiet.ts';
import { askedBy, type Why } from '#src/decision/why.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { isolate, isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { createTurns } from '#src/foundation/turns.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import { channelOf, toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { NewPromise } from '#src/outbox/promise.ts';
import { renewingFigures } from '#src/paper/figures.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import type { Matcher } from './matcher.ts';
import { createNewsBefore, type NewsBefore } from './news-before.ts';
import type { Missed, Readings } from './readings.ts';
import { storyOf } from './story.ts';

const CURSOR = 'addressed change';
const PAGE = 50;
/** A transaction with so many promises takes some milliseconds, in which nobody is answered. */
const PROMISED_AT_ONCE = 500;

export type Addressed = { checked: number; matched: number; promised: number };

type Rooms = {
  db: Database;
  archive: Archive;
  cursors: Cursors;
  readings: Readings;
  matcher: Pick<Matcher, 'match'>;
  parse(filter: string): Parsed;
  trend: TrendRule;
  outbox: Outbox;
  zones: Zones;
  clock: Clock;
  log: Log;
};

/** `now`: UTC ms. */
type Run = { now: number };

/**
 * Reads the change journal on from where it stopped and promises each paper to every channel whose news it is.
 * One run at a time: who comes while one is under way goes on where that one ends. Promises are made in slices, and how
 * far was read moves on only behind the last promise of a paper: a crash repeats, and promising twice changes nothing.
 * A paper, or a channel, whose turn throws is logged and passed over: it must not stand before all others.
 */
export function createAddress(rooms: Rooms): (run: Run) => Promise<Addressed> {
  const inTurn = createTurns();
  const newsBefore = createNewsBefore(rooms.parse, rooms.trend.thetaFor);
  const hours = localHours(rooms.zones);
  return (run) => inTurn(CURSOR, () => address({ ...rooms, newsBefore, hours }, run));
}

type Addressing = Rooms & { newsBefore: NewsBefore; hours: LocalHours };

async function address(rooms: Addressing, run: Run): Promise<Addressed> {
  const { archive, cursors } = rooms;
  const slice = createSlice(rooms);
  for (;;) {
    const changes = await archive.changesAfter(await cursors.get(CURSOR), PAGE);
    if (changes.length === 0) return slice.done;
    for (const { seq, paper } of changes) {
      for (const promise of await promisesOf(rooms, paper, run)) {
        slice.add(promise);
        if (slice.isFull()) await slice.keep();
      }
      slice.endPaper(seq);
      await slice.breathe();
    }
    await slice.keep();
  }
}

/** Gathers promises until they make a transaction of reasonable length. */
function createSlice({ db, cursors, outbox, clock, log }: Rooms) {
  const breathe = takeBreaths(clock);
  const done: Addressed = { checked: 0, matched: 0, promised: 0 };
  const matched = new Set<string>();
  let promises: NewPromise[] = [];
  let readTo: number | null = null;

  const keepOne = async (promise: NewPromise): Promise<number> => {
    const made = await isolateAsync(
      () => outbox.promise(promise),
      (error) => logNotPromised(log, promise, error),
    );
    return made ?? 0;
  };

  /** All at once; one by one where that does not work, so that it costs only the one that cannot be kept. */
  const keepPaper = async (ofPaper: readonly NewPromise[]): Promise<number> => {
    const made = await isolateAsync(
      () => outbox.promise(...ofPaper),
      (error) => log.debug({ paper: ofPaper[0].paper, err: error }, 'posts are queued one by one'),
    );
    if (made !== undefined) return made;
    let keptOneByOne = 0;
    for (const promise of ofPaper) keptOneByOne += await keepOne(promise);
    return keptOneByOne;
  };

  const keep = async (): Promise<void> => {
    await db.transaction(async () => {
      for (const [paper, ofPaper] of Map.groupBy(promises, ({ paper }) => paper)) {
        const made = await keepPaper(ofPaper);
        done.promised += made;
        if (made > 0) matched.add(paper);
      }
      if (readTo !== null) await cursors.set(CURSOR, readTo);
    });
    promises = [];
    readTo = null;
    done.matched = matched.size;
    await breathe();
  };

  return {
    done,
    breathe,
    keep,
    add: (promise: NewPromise) => promises.push(promise),
    isFull: () => promises.length >= PROMISED_AT_ONCE,
    endPaper(seq: number) {
      done.checked++;
      readTo = seq;
    },
  };
}

/** What the paper's news means, one promise a channel; worked out while it is asked for. */
async function promisesOf(rooms: Addressing, stored: StoredPaper, run: Run): Promise<Iterable<NewPromise>> {
  const hits = await isolateAsync(
    () => hitsByChannel(rooms, stored, run.now),
    (error) =>
      rooms.log.error(
        { paper: stored.paper.id, err: error },
        'a paper could not be matched with the subscriptions',
      ),
  );
  if (!hits || hits.size === 0) return [];
  const missed = await rooms.readings.missedOf(stored);
  return eachPromise(rooms, { stored, missed, ...run }, hits);
}

type About = Run & { stored: StoredPaper; missed: Missed };

function* eachPromise(
  rooms: Addressing,
  about: About,
  hits: ReadonlyMap<string, readonly Hit[]>,
): Generator<NewPromise> {
  const paper = about.stored.paper.id;
  for (const [channelId, channelHits] of hits) {
    const promise = isolate(
      () => promiseTo(rooms, about, channelId, channelHits),
      (error) => logNotPromised(rooms.log, { paper, destination: toChannel(channelId) }, error),
    );
    if (promise) yield promise;
  }
}

function logNotPromised(log: Log, about: Pick<NewPromise, 'paper' | 'destination'>, error: unknown): void {
  const { paper } = about;
  log.error({ paper, channel: channelOf(about), err: error }, 'a post could not be queued');
}

function promiseTo(
  { trend, hours }: Addressing,
  { stored, missed, now }: About,
  channelId: string,
  channelHits: readonly Hit[],
): NewPromise {
  const plans = channelHits.map(({ subscription, news }) =>
    planFor(subscription, now, missed.has(news), hours),
  );
  return {
    serverId: channelHits[0].subscription.serverId,
    destination: toChannel(channelId),
    paper: stored.paper.id,
    subscriptions: channelHits.map(({ subscription }) => subscription.id),
    why: whyOf(stored, channelHits, missed.since(channelHits[0].news)),
    score: trend.heat(stored.paper.id)?.heat ?? 0,
    decidedAt: now,
    ...soonest(plans),
  };
}

function whyOf({ paper, signals }: StoredPaper, hits: readonly Hit[], missedSince: number | null): Why {
  return {
    filters: [...new Set(hits.map(({ subscription }) => subscription.filter))],
    news: hits[0].news,
    ...renewingFigures(signals),
    repository: paper.repository !== null,
    ...askedBy(hits[0].subscription),
    ...(missedSince === null ? {} : { missedSince }),
  };
}

type Hit = { subscription: Subscription; news: News };

async function hitsByChannel(
  rooms: Addressing,
  stored: StoredPaper,
  now: number,
): Promise<Map<string, Hit[]>> {
  if (stored.paper.withdrawn) return new Map();
  const story = await storyOf(rooms.archive, stored, now);
  const matching = rooms.matcher.match(documentOf(stored), now, story.risings.length > 0);
  return Map.groupBy(
    hitsOf(rooms, matching, { stored, story, now }),
    ({ subscription }) => subscription.channelId,
  );
}

type Told = { stored: StoredPaper; story: Story; now: number };

function hitsOf(
  { trend, newsBefore, log }: Addressing,
  matching: readonly Subscription[],
  { stored, story, now }: Told,
): Hit[] {
  const hits: Hit[] = [];
  for (const subscription of matching) {
    const news = isolate(
      () => newsFor(subscription, story, trend.thetaFor) ?? newsBefore(subscription, stored, story, now),
      (error) =>
        log.error({ subscription: subscription.id, err: error }, 'a subscription could not be evaluated'),
    );
    if (news) hits.push({ subscription, news });
  }
  return hits;
}
