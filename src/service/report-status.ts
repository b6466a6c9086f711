import type { Archive } from '#src/archive/archive.ts';
import { type Health, lastSuccessOf } from '#src/archive/source-health.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { SourceStatus, StatusView } from '#src/render/status-page.ts';
import { wording } from '#src/render/wording.ts';
import { nextDigestOutOfQuiet } from '#src/subscription/schedule.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { Services } from './services.ts';
import { tellHold } from './tell-terms.ts';

type Rooms = {
  archive: Archive;
  outbox: Outbox;
  book: SubscriptionBook;
  zones: Zones;
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
const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Counting all that waits takes some ten milliseconds where tens of thousands do: everybody who asks then hears the same. */
const COUNTED_FOR_MS = 5_000;

/** Whether it works: last and next check, each source's state, what the channel can expect. */
export function createReportStatus(rooms: Rooms): Pick<Services, 'reportStatus'> {
  const { archive, outbox } = rooms;
  const countWaiting = keptFor(COUNTED_FOR_MS, rooms.clock, () => waitingIn(outbox));
  return {
    async reportStatus({ serverId, channelId, now }) {
      const [last] = archive.lastRuns(1);
      return {
        version: rooms.version,
        startedAt: rooms.startedAt,
        lastRun: last ? { at: last.finishedAt, papers: last.checked, matched: last.matched } : null,
        nextRunAt: rooms.nextRoundAt(),
        sources: [...Map.groupBy(archive.health(), ({ source }) => source)].map(([source, lists]) =>
          sourceStatus(source, lists, now, rooms.beat()),
        ),
        papers: archive.size(),
        waiting: countWaiting(),
        channel: serverId === null ? null : channelStatus(rooms, channelId, now),
      };
    },
  };
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

/** Late: not read for three beats (a day and a half for daily announcements), or failed since. Partial: cut or malformed. */
function sourceStatus(source: string, lists: readonly Health[], now: number, beat: number): SourceStatus {
  const lastSuccessAt = lastSuccessOf(lists);
  const failing = lists.find(
    ({ failedAt, succeededAt }) => failedAt !== null && failedAt >= (succeededAt ?? 0),
  );
  const patience = source === 'arxiv-rss' ? 1.5 * DAY : Math.max(3 * beat, HOUR);
  const name = NAMES[source] ?? source;
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

function channelStatus(
  { book, outbox, zones }: Rooms,
  channelId: string,
  now: number,
): StatusView['channel'] {
  const subscriptions = book.inChannel(channelId);
  const held = outbox.heldChannel(channelId);
  const digests = subscriptions.flatMap(({ when, quiet }) =>
    when.kind === 'now' ? [] : nextDigestOutOfQuiet(when, quiet, now, zones),
  );
  const sent = outbox
    .ledger({ channelId, limit: 50 })
    .flatMap(({ state, settledAt }) => (state === 'sent' ? (settledAt ?? []) : []));
  return {
    subscriptions: subscriptions.length,
    paused: [
      ...(held && subscriptions.length > 0 ? [tellHold(held)] : []),
      ...(held && outbox.episodes.isUntold(held.serverId) ? [wording.nobodyTold] : []),
      ...subscriptions.flatMap(({ paused }) => paused?.reason ?? []),
    ],
    lastPostAt: sent.length > 0 ? Math.max(...sent) : null,
    nextDigestAt: digests.length > 0 ? Math.min(...digests) : null,
  };
}
