import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import type { Kept } from '#src/archive/keep-poll.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { sentenceOf } from '#src/foundation/reduced.ts';
import type { Poll, SourceName } from '#src/paper/sighting.ts';
import type { PollFailure, Source } from '#src/source/source.ts';
import { factsOf } from '#src/source/sources.ts';

/** What one reading of a source brought; a failed list is a problem, not an exception. */
export type Collected = {
  polls: number;
  problems: readonly string[];
  /** Items that could not be read or kept. */
  malformed: number;
  /** Broken off because Paperboy stops: what is missing is nobody's fault. */
  cut: boolean;
};

type Deps = { archive: Archive; clock: Clock; log: Log; isStopping?(): boolean };
type ListOf = Pick<Poll, 'source' | 'list' | 'key'>;

/** Who is told during a reading. */
type Taker = {
  /** Before anything is kept that was missed and is read late. */
  onLate?(): Promise<void>;
  /** A list was kept; the next is awaited afterwards. */
  onKept?(kept: Kept): Promise<void>;
  /** A list failed, and why. */
  onFailed?(reason: string): Promise<void>;
};

const MOST_REASONS = 10;

/**
 * Looks at a source and keeps what it shows, look by look: a list that hangs, fails or cannot be kept holds nothing
 * back, and a crash loses at most the look in hand, which the next reading sees again. A list counts as read when it
 * is kept. Throws FatalErrors, and what the `taker` throws.
 */
export async function collect(source: Source, deps: Deps, taker: Taker = {}): Promise<Collected> {
  const brought = { polls: 0, problems: [] as string[], malformed: 0, cut: false };
  let last: ListOf = firstListOf(source.name);
  const failed = async (list: ListOf, reason: string): Promise<void> => {
    await noteFailure(deps, list, reason);
    brought.problems.push(reason);
    await taker.onFailed?.(reason);
  };
  for await (const poll of untilItBreaksOff(source, deps.clock.now())) {
    if (deps.isStopping?.() && isFailed(poll)) {
      brought.cut = true;
      break;
    }
    if (poll instanceof BrokeOff) {
      await failed(last, poll.message);
      break;
    }
    if (!isPoll(poll)) {
      await failed(last, `${source.name} sent something that is no list`);
      await othersTurn();
      continue;
    }
    last = { source: poll.source, list: poll.list, key: poll.key };
    if (!('failed' in poll) && poll.late) await taker.onLate?.();
    const taken = await takeIn(deps, poll);
    if (typeof taken === 'string') {
      await failed(last, taken);
      await othersTurn();
      continue;
    }
    brought.polls++;
    brought.malformed += taken.poll.malformed;
    await taker.onKept?.(taken);
  }
  return brought;
}

class BrokeOff extends Error {}

const isFailed = (poll: Poll | PollFailure | BrokeOff): boolean =>
  poll instanceof BrokeOff || (isPoll(poll) && 'failed' in poll);

/** Whatever a source yields: what is in a poll, the archive checks. */
const isPoll = (told: unknown): boolean => typeof told === 'object' && told !== null;

/** What the source throws comes as its last poll. */
async function* untilItBreaksOff(source: Source, now: number): AsyncGenerator<Poll | PollFailure | BrokeOff> {
  try {
    yield* source.poll(now);
  } catch (error) {
    if (error instanceof FatalError) throw error;
    yield new BrokeOff(`${source.name} broke off: ${sentenceOf(error)}`);
  }
}

/** The list as it is kept, or why it counts as failed. */
async function takeIn({ archive, log }: Deps, poll: Poll | PollFailure): Promise<Kept | string> {
  if ('failed' in poll)
    return typeof poll.reason === 'string' ? poll.reason : `${poll.source} gave no reason`;
  const { source, list, key } = poll;
  const keep = async (): Promise<Kept> => {
    const kept = await archive.keepInSlices(poll);
    await archive.notePoll(kept.poll);
    return kept;
  };
  try {
    // Whatever comes of it, the source takes the list for read then: what failed once is tried once more.
    const first = await isolateAsync(keep, (error) =>
      log.debug({ source, list, key, err: error }, 'a list is kept once more'),
    );
    const kept = first ?? (await keep());
    const { fresh, changed, refused } = kept;
    if (refused.length > 0) warnOfRefused(log, kept.poll, refused);
    log.debug({ source, list, key, fresh: fresh.length, changed: changed.length }, 'a list was read');
    return kept;
  } catch (error) {
    if (error instanceof FatalError) throw error;
    return `${source} sent a list that cannot be kept: ${sentenceOf(error)}`;
  }
}

function warnOfRefused(log: Log, { source, list, key, malformed }: Poll, refused: readonly string[]): void {
  const reasons = refused.slice(0, MOST_REASONS);
  log.debug({ source, list, key, malformed, reasons }, 'items could not be kept');
}

async function noteFailure({ archive, clock, log }: Deps, list: ListOf, reason: string): Promise<void> {
  log.debug({ ...list, reason }, 'a list failed');
  await isolateAsync(
    () => archive.notePoll({ ...list, failed: true, at: clock.now(), reason }),
    (error) => log.error({ ...list, err: error }, 'a failure could not be noted'),
  );
}

/** Where /status shows a source that breaks off before its first list. */
const firstListOf = (source: SourceName): ListOf => ({
  source,
  list: factsOf(source)?.list ?? 'latest',
  key: '',
});
