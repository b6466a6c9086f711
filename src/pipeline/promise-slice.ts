import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { channelOf } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { NewPromise } from '#src/outbox/promise.ts';

/** What one run has done. */
export type Addressed = { checked: number; matched: number; promised: number };

type Rooms = {
  db: Database;
  outbox: Pick<Outbox, 'promise'>;
  clock: Clock;
  log: Log;
  /** How far was read, in the transaction of the promises before it. */
  noteRead(seq: number): Promise<void>;
};

/** A transaction with so many promises takes some milliseconds, in which nobody is answered. */
const PROMISED_AT_ONCE = 500;

/** Gathers promises until they make a transaction of reasonable length. */
export function createSlice({ db, outbox, clock, log, noteRead }: Rooms) {
  const breathe = takeBreaths(clock);
  const done: Addressed = { checked: 0, matched: 0, promised: 0 };
  const matched = new Set<string>();
  let promises: NewPromise[] = [];
  let readTo: number | null = null;

  const keepOne = async (promise: NewPromise): Promise<number> => {
    const made = await isolateAsync(
      () => outbox.promise(promise),
      (error) => logNotPromised(log, promise, error),
    );
    return made ?? 0;
  };

  /** All at once; one by one where that does not work, so that it costs only the one that cannot be kept. */
  const keepPaper = async (ofPaper: readonly NewPromise[]): Promise<number> => {
    const made = await isolateAsync(
      () => outbox.promise(...ofPaper),
      (error) => log.debug({ paper: ofPaper[0].paper, err: error }, 'posts are queued one by one'),
    );
    if (made !== undefined) return made;
    let keptOneByOne = 0;
    for (const promise of ofPaper) keptOneByOne += await keepOne(promise);
    return keptOneByOne;
  };

  const keep = async (): Promise<void> => {
    await db.transaction(async () => {
      for (const [paper, ofPaper] of Map.groupBy(promises, ({ paper }) => paper)) {
        const made = await keepPaper(ofPaper);
        done.promised += made;
        if (made > 0) matched.add(paper);
      }
      if (readTo !== null) await noteRead(readTo);
    });
    promises = [];
    readTo = null;
    done.matched = matched.size;
    await breathe();
  };

  return {
    done,
    breathe,
    keep,
    add: (promise: NewPromise) => promises.push(promise),
    isFull: () => promises.length >= PROMISED_AT_ONCE,
    endPaper(seq: number) {
      done.checked++;
      readTo = seq;
    },
  };
}

/** One channel's trouble costs it alone. */
export function logNotPromised(
  log: Log,
  about: Pick<NewPromise, 'paper' | 'destination'>,
  error: unknown,
): void {
  const { paper } = about;
  log.error({ paper, channel: channelOf(about), err: error }, 'a post could not be queued');
}
