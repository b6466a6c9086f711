import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Parsed } from '#src/match/filter.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Source } from '#src/source/source.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { type Addressed, address } from './address.ts';
import { collect } from './collect.ts';
import type { Delivery } from './deliver.ts';
import { refreshCards } from './living-cards.ts';
import type { Matcher } from './matcher.ts';
import type { Postman } from './postman.ts';
import { rank, recallTrend } from './rank.ts';
import { promiseTopPapers } from './top-papers.ts';
import type { Trouble } from './trouble.ts';

/** A gap shorter than this is no gap, however often the sources are usually looked at. */
const SHORTEST_GAP = 2 * 3_600_000;

export type Pipeline = {
  /** One round: look at the sources, see who rose, promise, and send. Every step goes on from what is durable. */
  round(): Promise<void>;
  /** Sends what is due by now: digests at their hour, what had to wait. */
  deliver(): Promise<void>;
  /** Living cards, channels that may take posts again. */
  tend(): Promise<void>;
  /** Thins old sightings, forgets servers that left long ago. */
  tidy(): Promise<void>;
  /** Resolves when the round under way, if any, is done. */
  settled(): Promise<void>;
  /** Takes no new post. */
  stop(): void;
};

export type PipelineRooms = {
  db: Database;
  archive: Archive;
  matcher: Matcher;
  trend: TrendRule;
  outbox: Outbox;
  book: SubscriptionBook;
  /** Reads a filter with the catalogue's topics. */
  parse(filter: string): Parsed;
  sources: readonly Source[];
  postman: Postman;
  delivery: Delivery;
  trouble: Trouble;
  clock: Clock;
  log: Log;
  /** How far apart two rounds usually are, in ms: what is longer by far is a gap. */
  beat(): number;
  livingHours: number;
  purgeAfterDays: number;
};

/** Joins the steps. `trend` is brought up to what it knew before the restart. */
export function createPipeline(rooms: PipelineRooms): Pipeline {
  const { archive, clock, log, delivery } = rooms;
  recallTrend({ ...rooms, now: clock.now() });

  const round = async (): Promise<void> => {
    const startedAt = clock.now();
    const [last] = archive.lastRuns(1);
    const baseline = last === undefined;
    const gapBefore = baseline ? 0 : startedAt - last.finishedAt;
    const collected = await collect(rooms);
    rank(rooms);
    const catchUp = Math.max(gapBefore, collected.gap) > Math.max(SHORTEST_GAP, 3 * rooms.beat());
    const addressed = await address(rooms, { now: clock.now(), baseline, catchUp });
    promiseTopPapers(rooms, clock.now());
    noteRound(rooms, startedAt, addressed, collected.problems);
    log.info(
      { ...addressed, looks: collected.looks, problems: collected.problems.length, catchUp },
      'a round is done',
    );
    await delivery.run();
  };

  let underWay: Promise<void> | null = null;
  const oneRound = (): Promise<void> => {
    underWay ??= round().finally(() => {
      underWay = null;
    });
    return underWay;
  };

  return {
    round: oneRound,
    settled: async () => underWay ?? undefined,
    async deliver() {
      promiseTopPapers(rooms, clock.now());
      await delivery.run();
    },
    async tend() {
      await rooms.trouble.probe();
      await refreshCards(rooms, rooms.livingHours);
    },
    async tidy() {
      while (archive.prune(clock.now()) > 0) await clock.sleep(50);
      await rooms.trouble.purge(rooms.purgeAfterDays);
    },
    stop: () => delivery.stop(),
  };
}

function noteRound(
  { archive, clock }: PipelineRooms,
  startedAt: number,
  addressed: Addressed,
  problems: readonly string[],
): void {
  archive.noteRun({
    startedAt,
    finishedAt: clock.now(),
    ...addressed,
    problem: problems.length > 0 ? problems.join('; ').slice(0, 500) : null,
  });
}
