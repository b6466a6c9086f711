import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { planFor, soonest } from '#src/decision/day.ts';
import type { LocalHours } from '#src/decision/quiet.ts';
import { askedBy, type Why } from '#src/decision/why.ts';
import { isolate, isolateAsync } from '#src/foundation/isolate.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { NewEntry } from '#src/outbox/entry.ts';
import { renewingFigures } from '#src/paper/figures.ts';
import { logNotAdded } from './entry-slice.ts';
import { type Hit, hitsByChannel, type Judging } from './hits.ts';
import type { Missed, Readings } from './readings.ts';

export type Adding = Judging & {
  archive: Archive;
  readings: Pick<Readings, 'missedOf'>;
  hours: LocalHours;
};

/** `now`: UTC ms. */
export type AddressRun = { now: number };

/** What the paper's news means, one entry a channel; worked out while it is asked for. */
export async function entriesOfPaper(
  deps: Adding,
  stored: StoredPaper,
  run: AddressRun,
): Promise<Iterable<NewEntry>> {
  const hits = await isolateAsync(
    () => hitsByChannel(deps, stored, run.now),
    (error) =>
      deps.log.error(
        { paper: stored.paper.id, err: error },
        'a paper could not be matched with the subscriptions',
      ),
  );
  if (!hits || hits.size === 0) return [];
  const missed = await deps.readings.missedOf(stored);
  return eachEntry(deps, { stored, missed, ...run }, hits);
}

type About = AddressRun & { stored: StoredPaper; missed: Missed };

function* eachEntry(
  deps: Adding,
  about: About,
  hits: ReadonlyMap<string, readonly Hit[]>,
): Generator<NewEntry> {
  const paper = about.stored.paper.id;
  for (const [channelId, channelHits] of hits) {
    const newEntry = isolate(
      () => entryFor(deps, about, channelId, channelHits),
      (error) => logNotAdded(deps.log, { paper, destination: toChannel(channelId) }, error),
    );
    if (newEntry) yield newEntry;
  }
}

function entryFor(
  { trend, hours }: Adding,
  { stored, missed, now }: About,
  channelId: string,
  channelHits: readonly Hit[],
): NewEntry {
  const plans = channelHits.map(({ subscription, news }) =>
    planFor(subscription, now, missed.has(news), hours),
  );
  return {
    serverId: channelHits[0].subscription.serverId,
    destination: toChannel(channelId),
    paper: stored.paper.id,
    subscriptions: channelHits.map(({ subscription }) => subscription.id),
    why: whyOf(stored, channelHits, missed.since(channelHits[0].news)),
    score: trend.score(stored.paper.id)?.score ?? 0,
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
