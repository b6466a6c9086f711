import type { Archive } from '#src/archive/archive.ts';
import { type Health, lastSuccessOf } from '#src/archive/source-health.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { own } from '#src/foundation/own.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { SourceStatus } from '#src/render/status-page.ts';
import { wording } from '#src/render/wording.ts';
import { localDayBeganAt, zoneOfDays } from '#src/subscription/schedule.ts';
import { type ChannelRooms, channelStatus } from './channel-status.ts';
import type { Services } from './services.ts';

type Rooms = ChannelRooms & {
  archive: Archive;
  clock: Pick<Clock, 'elapsed'>;
  version: string;
  startedAt: number;
  /** When the sources are looked at next, UTC ms; null while nothing is planned. */
  nextRoundAt(): number | null;
  /** How far apart rounds are, ms. */
  beat(): number;
};

const NAMES: Record<string, string> = {
  'hugging-face': 'Hugging Face',
  'arxiv-rss': 'arXiv announcements',
  'arxiv-api': 'arXiv look-ups',
  sample: 'Sample feed',
};
/** A look-up that failed tells of now for so long: nobody need have asked since. */
const LATELY = 900_000;
const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Counting all that waits takes some ten milliseconds where tens of thousands do: everybody who asks then hears the same. */
const COUNTED_FOR_MS = 5_000;

/** Whether it works: last and next check, each source's state, what the channel can expect. */
export function createReportStatus(rooms: Rooms): Pick<Services, 'reportStatus'> {
  const { archive, outbox, book, zones, lost } = rooms;
  const countWaiting = keptFor(COUNTED_FOR_MS, rooms.clock, () => waitingIn(outbox));
  return {
    async reportStatus({ serverId, channelId, now }) {
      const [last] = archive.lastRuns(1);
      const sound = book.inChannel(channelId).filter((one) => lost(one).every(({ kind }) => kind !== 'zone'));
      const today = localDayBeganAt(zoneOfDays(sound), now, zones);
      return {
        version: rooms.version,
        startedAt: rooms.startedAt,
        lastRunAt: last?.finishedAt ?? null,
        nextRunAt: rooms.nextRoundAt(),
        readToday: archive.listedSince(today),
        sources: sourcesStatus(archive, now, rooms.beat()),
        papers: archive.size(),
        waiting: countWaiting(),
        channel: serverId === null ? null : channelStatus(rooms, { serverId, channelId, now, today }),
      };
    },
  };
}

/** How each source fares. `beat`: how far apart rounds are, ms. */
export function sourcesStatus(archive: Pick<Archive, 'health'>, now: number, beat: number): SourceStatus[] {
  return [...Map.groupBy(archive.health(), ({ source }) => source)].map(([source, lists]) =>
    sourceStatus(source, lists, now, beat),
  );
}

function waitingIn(outbox: Outbox): number {
  const { waiting, due, packed, attempted, unknown, held } = outbox.backlog();
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

/**
 * Late: not read for three beats (a day and a half for daily announcements), or failed since. Partial: cut or malformed, or
 * members were told lately that it does not answer.
 */
function sourceStatus(source: string, all: readonly Health[], now: number, beat: number): SourceStatus {
  const lookUps = all.find(({ list }) => list === 'lookup');
  const lists = all.filter(({ list }) => list !== 'lookup');
  const told = lookUps && isFailing(lookUps) && isLately(lookUps, now) ? lookUps.reason : null;
  const listed =
    lists.length > 0 ? listsStatus(source, lists, now, beat) : lookUpsStatus(source, lookUps ?? null);
  if (told === null || listed.state === 'late') return listed;
  return { ...listed, state: 'partial', reason: wording.lookUpsFail(told) };
}

/** Nobody need have asked: it is never late. */
function lookUpsStatus(source: string, lookUps: Health | null): SourceStatus {
  const lastSuccessAt = lookUps?.succeededAt ?? null;
  const state = lastSuccessAt === null ? 'not read yet' : 'on time';
  return { name: own(NAMES, source) ?? source, state, lastSuccessAt, reason: null };
}

const isFailing = ({ failedAt, succeededAt }: Health): boolean =>
  failedAt !== null && failedAt >= (succeededAt ?? 0);

const isLately = ({ failedAt }: Health, now: number): boolean => failedAt !== null && now - failedAt < LATELY;

function listsStatus(source: string, lists: readonly Health[], now: number, beat: number): SourceStatus {
  const lastSuccessAt = lastSuccessOf(lists);
  const failing = lists.find(isFailing);
  const patience = source === 'arxiv-rss' ? 1.5 * DAY : Math.max(3 * beat, HOUR);
  const name = own(NAMES, source) ?? source;
  if (lastSuccessAt === null)
    return { name, state: failing ? 'late' : 'not read yet', lastSuccessAt, reason: failing?.reason ?? null };
  if (failing || now - lastSuccessAt > patience) {
    return { name, state: 'late', lastSuccessAt, reason: failing?.reason ?? null };
  }
  const partial = lists.find(
    ({ complete, malformed, list }) => list === 'daily' && (!complete || malformed > 0),
  );
  const reason = partial ? partialReason(partial) : null;
  return { name, state: partial ? 'partial' : 'on time', lastSuccessAt, reason };
}

function partialReason({ malformed, complete }: Health): string {
  if (malformed > 0) return `${malformed} of its papers could not be read; the others were kept`;
  return complete ? '' : 'its list came incomplete';
}
