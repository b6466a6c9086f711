import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import type { Kept } from '#src/archive/keep-look.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { sentenceOf } from '#src/foundation/reduced.ts';
import type { Look, SourceName } from '#src/paper/sighting.ts';
import type { LookFailure, Source } from '#src/source/source.ts';
import { factsOf } from '#src/source/sources.ts';

/** What one reading of a source brought; a failed list is a problem, not an exception. */
export type Collected = {
  looks: number;
  problems: readonly string[];
  /** Items that could not be read or kept. */
  malformed: number;
  /** Broken off because Paperboy stops: what is missing is nobody's fault. */
  cut: boolean;
};

type Rooms = { archive: Archive; clock: Clock; log: Log; isStopping?(): boolean };
type ListOf = Pick<Look, 'source' | 'list' | 'key'>;

/** Who is told during a reading. */
type Taker = {
  /** Before anything is kept that was missed and is read late. */
  onLate?(): Promise<void>;
  /** A list was kept; the next is awaited afterwards. */
  onKept?(): Promise<void>;
};

const MOST_REASONS = 10;

/**
 * Looks at a source and keeps what it shows, look by look: a list that hangs, fails or cannot be kept holds nothing
 * back, and a crash loses at most the look in hand, which the next reading sees again. A list counts as read when it
 * is kept. Throws FatalErrors, and what the `taker` throws.
 */
export async function collect(source: Source, rooms: Rooms, taker: Taker = {}): Promise<Collected> {
  const brought = { looks: 0, problems: [] as string[], malformed: 0, cut: false };
  let last: ListOf = firstListOf(source.name);
  const failed = async (list: ListOf, reason: string): Promise<void> => {
    await noteFailure(rooms, list, reason);
    brought.problems.push(reason);
  };
  for await (const look of untilItBreaksOff(source, rooms.clock.now())) {
    if (rooms.isStopping?.() && isFailed(look)) {
      brought.cut = true;
      break;
    }
    if (look instanceof BrokeOff) {
      await failed(last, look.message);
      break;
    }
    if (!isLook(look)) {
      await failed(last, `${source.name} sent something that is no list`);
      await othersTurn();
      continue;
    }
    last = { source: look.source, list: look.list, key: look.key };
    if (!('failed' in look) && look.late) await taker.onLate?.();
    const taken = await takeIn(rooms, look);
    if (typeof taken === 'string') {
      await failed(last, taken);
      await othersTurn();
      continue;
    }
    brought.looks++;
    brought.malformed += taken.malformed;
    await taker.onKept?.();
  }
  return brought;
}

class BrokeOff extends Error {}

const isFailed = (look: Look | LookFailure | BrokeOff): boolean =>
  look instanceof BrokeOff || (isLook(look) && 'failed' in look);

/** Whatever a source yields: what is in a look, the archive checks. */
const isLook = (told: unknown): boolean => typeof told === 'object' && told !== null;

/** What the source throws comes as its last look. */
async function* untilItBreaksOff(source: Source, now: number): AsyncGenerator<Look | LookFailure | BrokeOff> {
  try {
    yield* source.looks(now);
  } catch (error) {
    if (error instanceof FatalError) throw error;
    yield new BrokeOff(`${source.name} broke off: ${sentenceOf(error)}`);
  }
}

/** The list as it is kept, or why it counts as failed. */
async function takeIn({ archive, log }: Rooms, look: Look | LookFailure): Promise<Look | string> {
  if ('failed' in look)
    return typeof look.reason === 'string' ? look.reason : `${look.source} gave no reason`;
  const { source, list, key } = look;
  const keep = async (): Promise<Kept> => {
    const kept = await archive.keepInSlices(look);
    await archive.noteLook(kept.look);
    return kept;
  };
  try {
    // Whatever comes of it, the source takes the list for read then: what failed once is tried once more.
    const first = await isolateAsync(keep, (error) =>
      log.debug({ source, list, key, err: error }, 'a list is kept once more'),
    );
    const { fresh, changed, refused, look: kept } = first ?? (await keep());
    if (refused.length > 0) warnOfRefused(log, kept, refused);
    log.debug({ source, list, key, fresh: fresh.length, changed: changed.length }, 'a list was read');
    return kept;
  } catch (error) {
    if (error instanceof FatalError) throw error;
    return `${source} sent a list that cannot be kept: ${sentenceOf(error)}`;
  }
}

function warnOfRefused(log: Log, { source, list, key, malformed }: Look, refused: readonly string[]): void {
  const reasons = refused.slice(0, MOST_REASONS);
  log.debug({ source, list, key, malformed, reasons }, 'items could not be kept');
}

async function noteFailure({ archive, clock, log }: Rooms, list: ListOf, reason: string): Promise<void> {
  log.debug({ ...list, reason }, 'a list failed');
  await isolateAsync(
    () => archive.noteLook({ ...list, failed: true, at: clock.now(), reason }),
    (error) => log.error({ ...list, err: error }, 'a failure could not be noted'),
  );
}

/** Where /status shows a source that breaks off before its first list. */
const firstListOf = (source: SourceName): ListOf => ({
  source,
  list: factsOf(source)?.list ?? 'latest',
  key: '',
});
