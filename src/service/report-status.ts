import type { Archive } from '#src/archive/archive.ts';
import { dayBeganAt, zoneOfDays } from '#src/decision/day.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Runs } from '#src/foundation/runs.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { StatusView } from '#src/render/status-page.ts';
import type { Source } from '#src/source/source.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { CategoriesRead } from './category-advice.ts';
import { type ChannelDeps, channelStatus } from './channel-status.ts';
import { sourcesStatus } from './source-status.ts';

type Deps = ChannelDeps & {
  archive: Archive;
  runs: Runs;
  sources?: readonly Source[];
  categories?: CategoriesRead;
  clock: Pick<Clock, 'elapsed'>;
  version: string;
  startedAt: number;
  /** When the sources are looked at next, UTC ms; null while nothing is planned. */
  nextRoundAt(): number | null;
  /** How far apart rounds are, ms. */
  pollInterval(): number;
};

/** Counting all that waits takes some ten milliseconds where tens of thousands do: everybody who asks then hears the same. */
const COUNTED_FOR_MS = 5_000;

export type ReportStatus = {
  reportStatus(asker: { serverId: string | null; channelId: string; now: number }): Promise<StatusView>;
};

/** Whether it works: last and next check, each source's state, what the channel can expect. */
export function createReportStatus(deps: Deps): ReportStatus {
  const { archive, runs, outbox, subscriptionStore, zones, lost } = deps;
  const countWaiting = keptFor(COUNTED_FOR_MS, deps.clock, () => waitingIn(outbox));
  return {
    async reportStatus({ serverId, channelId, now }) {
      const last = await runs.last();
      const sound = subscriptionStore
        .inChannel(channelId)
        .filter((one) => lost(one).every(({ kind }) => kind !== 'zone'));
      const today = dayBeganAt(zoneOfDays(sound), now, localHours(zones));
      return {
        version: deps.version,
        startedAt: deps.startedAt,
        lastRunAt: last?.finishedAt ?? null,
        nextRunAt: deps.nextRoundAt(),
        readToday: await archive.listedSince(today),
        sources: await sourcesStatus(deps, now, deps.pollInterval()),
        alsoRead: (await deps.categories?.read()) ?? [],
        papers: await archive.size(),
        waiting: await countWaiting(),
        channel: serverId === null ? null : await channelStatus(deps, { serverId, channelId, now, today }),
      };
    },
  };
}

async function waitingIn(outbox: Outbox): Promise<number> {
  const { waiting, due, packed, attempted, unknown, held } = await outbox.backlog();
  return waiting + due + packed + attempted + unknown + held;
}

/** The same answer for so long, ms. */
function keptFor<T>(ms: number, clock: Pick<Clock, 'elapsed'>, read: () => T): () => T {
  let kept: { value: T; at: number } | null = null;
  return () => {
    const at = clock.elapsed();
    if (kept === null || at - kept.at >= ms) kept = { value: read(), at };
    return kept.value;
  };
}
