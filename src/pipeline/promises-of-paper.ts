import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { planFor, soonest } from '#src/decision/day.ts';
import type { LocalHours } from '#src/decision/quiet.ts';
import { askedBy, type Why } from '#src/decision/why.ts';
import { isolate, isolateAsync } from '#src/foundation/isolate.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { NewPromise } from '#src/outbox/promise.ts';
import { renewingFigures } from '#src/paper/figures.ts';
import { type Hit, hitsByChannel, type Judging } from './hits.ts';
import { logNotPromised } from './promise-slice.ts';
import type { Missed, Readings } from './readings.ts';

export type Promising = Judging & {
  archive: Archive;
  readings: Pick<Readings, 'missedOf'>;
  hours: LocalHours;
};

/** `now`: UTC ms. */
export type Run = { now: number };

/** What the paper's news means, one promise a channel; worked out while it is asked for. */
export async function promisesOf(
  rooms: Promising,
  stored: StoredPaper,
  run: Run,
): Promise<Iterable<NewPromise>> {
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
  rooms: Promising,
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

function promiseTo(
  { trend, hours }: Promising,
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
