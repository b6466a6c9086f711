import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { ClockWatch } from '#src/foundation/clock-watch.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { Happenings } from '#src/foundation/happenings.ts';
import type { Log } from '#src/foundation/log.ts';
import { cutAtWord } from '#src/foundation/mask.ts';
import type { Runs } from '#src/foundation/runs.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { VoteStore } from '#src/reader/vote-store.ts';
import type { Source } from '#src/source/source.ts';
import type { FindLost } from '#src/subscription/lost.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { UnusualStore } from '#src/subscription/unusual-store.ts';
import type { Welcomes } from '#src/subscription/welcomes.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { createAddress } from './address.ts';
import { checkChannels } from './check-channels.ts';
import { type Collected, collect } from './collect.ts';
import type { Delivery } from './deliver.ts';
import { createDescriber } from './describe.ts';
import { endSubscriptions } from './end-subscriptions.ts';
import type { Addressed } from './entry-slice.ts';
import type { FindObstacle } from './find-obstacle.ts';
import { refreshCards } from './living-cards.ts';
import type { Matcher } from './matcher.ts';
import { createNewsBefore } from './news-before.ts';
import { forgetGone, notifyDoubts } from './notify-doubts.ts';
import { notifyLost } from './notify-lost.ts';
import { notifyUnusual, type ReadRhythms } from './notify-unusual.ts';
import type { Postman, Servers } from './postman.ts';
import { pruneStored } from './prune-stored.ts';
import { createRank, recallTrend } from './rank.ts';
import { createReadings } from './readings.ts';
import { createTellReading } from './tell-readings.ts';
import { createTellTrends } from './tell-trends.ts';
import { createTellWanted } from './tell-wanted.ts';
import { addTopPapers } from './top-papers.ts';
import type { ChannelTrouble } from './trouble.ts';
import { welcomeServers } from './welcome.ts';

export type Pipeline = {
  /**
   * One job for each source: poll it, see who rose, and add what that means to the outbox. Every step goes on from what is durable; a source
   * that is slow or down holds up no other, and however much waits to be sent holds up no reading.
   */
  readings: readonly { name: string; read(): Promise<void> }[];
  /**
   * Asks arXiv for the categories of papers whose lists have none, and adds what they are news for by them. A job of
   * its own, never awaited by a reading; one run at a time.
   */
  describe(): Promise<void>;
  /** All sources once, everything that is due is sent, then the categories, and what they made due. */
  round(): Promise<void>;
  /** Sends what is due by now: digests at their hour, what had to wait. */
  deliver(): Promise<void>;
  /** Living cards, channels that may take posts again, and once a day those that take none any more. */
  refresh(): Promise<void>;
  /** Thins old polls; removes what has come to the end of its life, and servers that were left long ago. */
  prune(): Promise<void>;
  /** Resolves when the readings under way are done. */
  settled(): Promise<void>;
  /** Takes no new post, asks for no more categories. */
  stop(): void;
};

type PipelineDeps = {
  db: Database;
  archive: Archive;
  cursors: Cursors;
  runs: Runs;
  matcher: Matcher;
  parse(filter: string): Parsed;
  trend: TrendRule;
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
  unusualStore: UnusualStore;
  voteStore: Pick<VoteStore, 'prune'>;
  welcomes: Welcomes;
  readRhythms: ReadRhythms;
  zones: Zones;
  sources: readonly Source[];
  postman: Postman;
  servers: Servers;
  delivery: Delivery;
  trouble: ChannelTrouble;
  obstacle: FindObstacle;
  happenings: Happenings;
  clock: Clock;
  /** Every step begins with a look at the clocks: it must not read the store by a clock that was just set back. */
  clockWatch: ClockWatch;
  log: Log;
  /** What a subscription names that is not there any more. */
  lost: FindLost;
  /** How far apart two rounds usually are, in ms: what is longer by far is a gap. */
  pollInterval(): number;
  /** There is something to deliver, or to describe. */
  trigger(job: 'deliver' | 'describe'): void;
  /** They were removed from the archive. */
  forgetPapers(ids: readonly string[]): void;
  livingHours: number;
  purgeAfterDays: number;
};

/** Categories come within a day, or a paper is decided without them. */
const CATEGORIES_WITHIN = 86_400_000;

/** Joins the steps. `trend` is brought up to what it knew before the restart. */
export async function createPipeline(deps: PipelineDeps): Promise<Pipeline> {
  const { clock, clockWatch, delivery } = deps;
  const readings = createReadings(deps);
  let stopped = false;
  /** Whatever was kept by then has been addressed (UTC ms). */
  let addressedUntil = Number.NEGATIVE_INFINITY;
  await recallTrend(deps);

  const describer = createDescriber(deps.sources, { ...deps, isStopping: () => stopped });
  const { noteTrend, addressed: onAddress } = createTellWanted({
    ...{ ...deps, readings, hours: localHours(deps.zones) },
    newsBefore: createNewsBefore(deps.parse, deps.trend.thresholdFor),
  });
  const address = createAddress({ ...deps, readings, onAddress });
  const rank = createRank({ ...deps, onRisen: createTellTrends(deps, noteTrend) });
  const addressNow = () => address({ now: clock.now() });

  const readOnce = async (source: Source): Promise<void> => {
    await clockWatch.check();
    const startedAt = clock.now();
    await readings.begin(source.name, startedAt, deps.pollInterval());
    const reading = createTellReading(deps, source.name);
    const addressed = { checked: 0, matched: 0, added: 0 };
    const tell = async (): Promise<void> => {
      await rank();
      addTo(addressed, await addressNow());
    };
    const collected = await collect(
      source,
      { ...deps, isStopping: () => stopped },
      {
        onLate: () => readings.noteLate(source.name, startedAt),
        // A list that is slow holds up no alert of the lists before it; but what was missed comes as one digest.
        onKept: async (kept) => {
          await reading.kept(kept);
          if (!(await readings.isCatchingUp(source.name))) await tell();
        },
        onFailed: reading.failed,
      },
    );
    if (collected.cut) return;
    const isRead = collected.polls > 0 || collected.problems.length === 0;
    await readings.noteRead(source.name, clock.now());
    await tell();
    addressedUntil = Math.max(addressedUntil, startedAt);
    if (isRead) await readings.noteNotified(source.name, clock.now());
    if (collected.polls > 0 || collected.problems.length > 0)
      await noteRun(deps, source, startedAt, collected, addressed);
    deps.trigger('deliver');
    if (await describer.isWanted()) deps.trigger('describe');
  };

  const describeAll = async (): Promise<void> => {
    while (!stopped) {
      const described = await describer.describeSome();
      if (described === null) return;
      if (described === 0) continue;
      await addressNow();
      deps.trigger('deliver');
    }
  };
  let describing: Promise<void> | null = null;
  const describe = (): Promise<void> => {
    describing ??= describeAll().finally(() => {
      describing = null;
    });
    return describing;
  };

  /** What waits for its categories is news only then; not for ever, where arXiv does not answer. */
  const decidedUntil = async (): Promise<number> =>
    (await describer.isWanted()) ? Math.min(addressedUntil, clock.now() - CATEGORIES_WITHIN) : addressedUntil;

  const underWay = new Map<string, Promise<void>>();
  const jobs = deps.sources.map((source) => ({
    name: source.name,
    read(): Promise<void> {
      const present = underWay.get(source.name);
      if (present !== undefined) return present;
      const reading = readOnce(source).finally(() => underWay.delete(source.name));
      underWay.set(source.name, reading);
      return reading;
    },
  }));

  return {
    readings: jobs,
    describe,
    async round() {
      await deps.subscriptionStore.endPauses();
      await Promise.all(jobs.map(({ read }) => read()));
      await delivery.run();
      await describe();
      await delivery.run();
    },
    settled: async () => void (await Promise.allSettled(underWay.values())),
    async deliver() {
      await clockWatch.check();
      await deps.subscriptionStore.endPauses();
      // Choosing takes its time where many want it: what is due already does not wait for it.
      await Promise.all([delivery.run(), addTopPapers(deps, clock.now())]);
      await delivery.run();
      await endSubscriptions(deps, decidedUntil, clock.now());
    },
    async refresh() {
      await clockWatch.check();
      await deps.trouble.probe();
      await forgetGone(deps, deps.purgeAfterDays);
      await notifyDoubts(deps);
      await notifyLost(deps);
      await notifyUnusual(deps);
      await welcomeServers(deps);
      await checkChannels({ ...deps, onHold: deps.trouble.onHold });
      await refreshCards(deps, deps.livingHours);
    },
    async prune() {
      await clockWatch.check();
      await pruneStored(deps);
    },
    stop() {
      stopped = true;
      delivery.stop();
    },
  };
}

function addTo(total: Addressed, more: Addressed): void {
  total.checked += more.checked;
  total.matched += more.matched;
  total.added += more.added;
}

async function noteRun(
  { runs, clock, log }: PipelineDeps,
  source: Source,
  startedAt: number,
  { polls: lists, problems, malformed }: Collected,
  addressed: Addressed,
): Promise<void> {
  const problem = problems.length > 0 ? cutAtWord(problems.join('; '), 500) : null;
  await runs.note({ startedAt, finishedAt: clock.now(), ...addressed, problem });
  const { checked, matched, added: queued } = addressed;
  const trouble = {
    ...(problem !== null && { failed: problems.length, problem: problems[0] }),
    ...(malformed > 0 && { malformed }),
  };
  const told = { source: source.name, lists, checked, matched, queued, ...trouble };
  if (lists === 0) log.warn(told, 'a source could not be read');
  else log[problem === null ? 'info' : 'warn'](told, 'a source was read');
}
