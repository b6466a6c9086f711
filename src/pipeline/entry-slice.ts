import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { NewEntry } from '#src/outbox/entry.ts';
import type { Outbox } from '#src/outbox/outbox.ts';

/** What one run has done. */
export type Addressed = { checked: number; matched: number; added: number };

type Deps = {
  db: Database;
  outbox: Pick<Outbox, 'add'>;
  clock: Clock;
  log: Log;
  /** How far was read, in the transaction of the entries before it. */
  noteRead(seq: number): Promise<void>;
};

/** A transaction with so many entries takes some milliseconds, in which nobody is answered. */
const ADDED_AT_ONCE = 500;

/** Gathers entries until they make a transaction of reasonable length. */
export function createSlice({ db, outbox, clock, log, noteRead }: Deps) {
  const breathe = takeBreaths(clock);
  const done: Addressed = { checked: 0, matched: 0, added: 0 };
  const matched = new Set<string>();
  let entries: NewEntry[] = [];
  let readTo: number | null = null;

  const keepOne = async (newEntry: NewEntry): Promise<number> => {
    const made = await isolateAsync(
      () => outbox.add(newEntry),
      (error) => logNotAdded(log, newEntry, error),
    );
    return made ?? 0;
  };

  /** All at once; one by one where that does not work, so that it costs only the one that cannot be kept. */
  const keepPaper = async (ofPaper: readonly NewEntry[]): Promise<number> => {
    const made = await isolateAsync(
      () => outbox.add(...ofPaper),
      (error) => log.debug({ paper: ofPaper[0].paper, err: error }, 'posts are queued one by one'),
    );
    if (made !== undefined) return made;
    let keptOneByOne = 0;
    for (const newEntry of ofPaper) keptOneByOne += await keepOne(newEntry);
    return keptOneByOne;
  };

  const keep = async (): Promise<void> => {
    await db.transaction(async () => {
      for (const [paper, ofPaper] of Map.groupBy(entries, ({ paper }) => paper)) {
        const made = await keepPaper(ofPaper);
        done.added += made;
        if (made > 0) matched.add(paper);
      }
      if (readTo !== null) await noteRead(readTo);
    });
    entries = [];
    readTo = null;
    done.matched = matched.size;
    await breathe();
  };

  return {
    done,
    breathe,
    keep,
    add: (newEntry: NewEntry) => entries.push(newEntry),
    isFull: () => entries.length >= ADDED_AT_ONCE,
    endPaper(seq: number) {
      done.checked++;
      readTo = seq;
    },
  };
}

/** One channel's trouble costs it alone. */
export function logNotAdded(log: Log, about: Pick<NewEntry, 'paper' | 'destination'>, error: unknown): void {
  const { paper } = about;
  log.error({ paper, channel: channelOfDestination(about), err: error }, 'a post could not be queued');
}
