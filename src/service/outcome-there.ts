import { inQuiet, type LocalHours } from '#src/decision/quiet.ts';
import { hourOf } from '#src/decision/terms.ts';
import { readWhy } from '#src/decision/why.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import type { LedgerEntry } from '#src/outbox/ledger.ts';
import { UNSENT_KEPT } from '#src/outbox/prune-ledger.ts';
import { troubleOf } from '#src/render/hold-notice.ts';
import type { Outcome, TimingView } from '#src/render/why-view.ts';
import { markdown, phrase } from '#src/wording/phrase.ts';
import type { Judged } from './judge-then.ts';
import type { PaperPast } from './paper-past.ts';

type Known = {
  entry: LedgerEntry | null;
  hold: HeldDestination | null;
  judged: readonly Judged[];
  past: PaperPast;
  /** What is asked of: the end of a day, or now (UTC ms). */
  until: number;
  now: number;
  /** A day was asked for. */
  isPast: boolean;
  /** The server mutes it by now. */
  isMuted: boolean;
  /** Something that is subscribed there takes it still. */
  isWanted: boolean;
  hours: LocalHours;
};

/** What became of a paper in a channel, in one of the ways that are told first. */
export function outcomeOf(known: Known): Outcome {
  const { entry, judged, past, until } = known;
  const settled = entry && ofEntry(entry, known);
  if (settled && (entry.decidedAt <= until || settled.kind === 'sent')) return settled;
  if (past.stored.listedBy === null) return { kind: 'notListed' };
  if (past.stored.firstSeenAt > until) return { kind: 'notSeenYet', at: past.stored.firstSeenAt };
  const [nearest] = judged;
  if (!nearest) return { kind: 'noSubscription' };
  const chosenAt = nearest.obstacle === 'best' ? choiceOf(nearest, known) : null;
  if (chosenAt !== null) return chosenAt;
  if (nearest.obstacle !== null) return { kind: 'obstacle', obstacle: nearest.obstacle };
  if (past.stored.paper.withdrawn) return { kind: 'withdrawn' };
  return known.now - nearest.at > UNSENT_KEPT || known.isPast ? { kind: 'notKept' } : { kind: 'soon' };
}

/** The choice that is still to come; null: it was made. */
function choiceOf({ subscription }: Judged, { past, until, hours }: Known): Outcome | null {
  const { what, since } = subscription;
  const hour = hourOf(subscription);
  const { newsAt, firstSeenAt } = past.story;
  if (what.kind !== 'top' || hour === null || newsAt === null || newsAt < since) return null;
  const at = hours.next(hour, firstSeenAt);
  return at > until ? { kind: 'choosing', at, n: what.n } : null;
}

function ofEntry(entry: LedgerEntry, known: Known): Outcome {
  const { hold, judged, hours } = known;
  const { state, post, settledAt, reason, decidedAt } = entry;
  switch (state) {
    case 'sent': {
      const { channelId, messageId } = post ?? { channelId: null, messageId: null };
      const message = channelId && messageId ? { channelId, messageId } : null;
      const at = settledAt ?? decidedAt;
      return { kind: 'sent', at, message, isDeleted: (post?.deletedAt ?? null) !== null };
    }
    case 'elsewhere':
      return { kind: 'elsewhere' };
    case 'held':
      return (
        whyUnwanted(known) ??
        (hold
          ? { kind: 'held', trouble: troubleOf(hold), since: hold.since }
          : { kind: 'waits', ...timingOf(entry, judged, hours) })
      );
    case 'refused':
      return ofRefused(entry, judged, reason);
    case 'packed':
      return post?.state === 'unknown' ? { kind: 'inDoubt' } : { kind: 'going' };
    default:
      return whyUnwanted(known) ?? { kind: 'waits', ...timingOf(entry, judged, hours) };
  }
}

/** It waits, and would not go. */
function whyUnwanted({ isMuted, isWanted }: Known): Outcome | null {
  if (isMuted) return { kind: 'obstacle', obstacle: 'mute' };
  return isWanted ? null : { kind: 'unwanted' };
}

/** Taken back because of what stood there then; else for the reason that is kept. */
function ofRefused(
  { settledAt, decidedAt }: LedgerEntry,
  [nearest]: readonly Judged[],
  reason: LedgerEntry['reason'],
): Outcome {
  if (nearest && nearest.obstacle !== null && isOfSettings(nearest.obstacle))
    return { kind: 'obstacle', obstacle: nearest.obstacle };
  const told =
    reason === null || typeof reason === 'string'
      ? phrase('stored.text', { text: markdown(reason ?? '', 300) })
      : reason;
  return { kind: 'takenBack', at: settledAt ?? decidedAt, reason: told };
}

const isOfSettings = (obstacle: NonNullable<Judged['obstacle']>): boolean =>
  obstacle === 'filter' || obstacle === 'mute' || obstacle === 'paused';

/** Why it did not go at once, and when it was, or is, due. */
export function timingOf(entry: LedgerEntry, judged: readonly Judged[], hours: LocalHours): TimingView {
  const until = entry.dueAt;
  const wanting = judged.filter(({ obstacle }) => obstacle === null).map(({ subscription }) => subscription);
  const missedSince = readWhy(entry.why)?.missedSince ?? null;
  if (missedSince !== null || entry.mode === 'catch-up') return { cause: 'missed', until };
  if (entry.mode === 'card') return { cause: 'now', until };
  const alerts = wanting.filter((one) => hourOf(one) === null);
  if (alerts.length === 0) return { cause: 'hour', until };
  const isQuiet = alerts.every(({ quiet }) => quiet && inQuiet(quiet, entry.decidedAt, hours));
  return { cause: isQuiet ? 'quiet' : 'cap', until };
}
