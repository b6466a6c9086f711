import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Source } from '#src/source/source.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { type Addressed, createAddress } from './address.ts';
import { type Collected, collect, describeNewcomers } from './collect.ts';
import type { Delivery } from './deliver.ts';
import { refreshCards } from './living-cards.ts';
import type { Matcher } from './matcher.ts';
import type { Postman } from './postman.ts';
import { rank, recallTrend } from './rank.ts';
import { createReadings } from './readings.ts';
import { promiseTopPapers } from './top-papers.ts';
import type { Trouble } from './trouble.ts';

export type Pipeline = {
  /**
   * One job for each source: look at it, see who rose, and promise. Every step goes on from what is durable; a source
   * that is slow or down holds up no other, and however much waits to be sent holds up no reading.
   */
  readings: readonly { name: string; read(): Promise<void> }[];
  /** All sources once, and everything that is due is sent. */
  round(): Promise<void>;
  /** Sends what is due by now: digests at their hour, what had to wait. */
  deliver(): Promise<void>;
  /** Living cards, channels that may take posts again. */
  tend(): Promise<void>;
  /** Thins old sightings, forgets servers that left long ago. */
  tidy(): Promise<void>;
  /** Resolves when the readings under way are done. */
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
  zones: Zones;
  sources: readonly Source[];
  postman: Postman;
  delivery: Delivery;
  trouble: Trouble;
  clock: Clock;
  log: Log;
  /** How far apart two rounds usually are, in ms: what is longer by far is a gap. */
  beat(): number;
  /** Something was promised: it is time to deliver. */
  wake(): void;
  livingHours: number;
  purgeAfterDays: number;
};

/** Joins the steps. `trend` is brought up to what it knew before the restart. */
export async function createPipeline(rooms: PipelineRooms): Promise<Pipeline> {
  const { archive, clock, delivery } = rooms;
  const readings = createReadings(archive);
  await recallTrend(rooms);

  const address = createAddress({ ...rooms, readings });
  const addressNow = (catchUp: boolean) => address({ now: clock.now(), catchUp });

  const readOnce = async (source: Source): Promise<void> => {
    const startedAt = clock.now();
    const gap = readings.gap(source.name, startedAt);
    const collected = await collect(source, rooms);
    const isRead = collected.looks > 0 || collected.problems.length === 0;
    if (isRead) readings.noteRead(source.name, clock.now());
    rank(rooms);
    const addressed = await addressNow(readings.isGap(gap, rooms.beat()));
    if (isRead) readings.noteTold(source.name, clock.now());
    if (collected.looks > 0 || collected.problems.length > 0)
      noteRun(rooms, source, startedAt, collected, addressed);
    rooms.wake();
    if ((await describeNewcomers(rooms.sources, rooms)) > 0) {
      await addressNow(false);
      rooms.wake();
    }
  };

  const underWay = new Map<string, Promise<void>>();
  const jobs = rooms.sources.map((source) => ({
    name: source.name,
    read(): Promise<void> {
      const present = underWay.get(source.name);
      if (present) return present;
      const reading = readOnce(source).finally(() => underWay.delete(source.name));
      underWay.set(source.name, reading);
      return reading;
    },
  }));

  return {
    readings: jobs,
    async round() {
      await Promise.all(jobs.map(({ read }) => read()));
      await delivery.run();
    },
    settled: async () => void (await Promise.all(underWay.values())),
    async deliver() {
      // Choosing takes its time where many want it: what is due already does not wait for it.
      await Promise.all([delivery.run(), promiseTopPapers(rooms, clock.now())]);
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

function noteRun(
  { archive, clock, log }: PipelineRooms,
  source: Source,
  startedAt: number,
  { looks, problems }: Collected,
  addressed: Addressed,
): void {
  const problem = problems.length > 0 ? problems.join('; ').slice(0, 500) : null;
  archive.noteRun({ startedAt, finishedAt: clock.now(), ...addressed, problem });
  log.info({ source: source.name, ...addressed, looks, problems: problems.length }, 'a source was read');
}
