import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Clock } from '#src/foundation/clock.ts';
import { type NotAsked, OutsideError, type OutsideFault } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import type { Source } from '#src/source/source.ts';
import { labelOf } from '#src/source/sources.ts';
import { markdown, phrase } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';

/** What one source said to a member's question. */
export type SourceSaid =
  | { kind: 'found'; papers: number }
  | { kind: 'none' }
  /** The request was under way for so long. */
  | { kind: 'late'; seconds: number }
  /** `reason`: without the source's name. */
  | { kind: 'failed'; reason: Value }
  /** Not asked: our own queue or quota, or a pause that the source asked for. */
  | { kind: 'held'; hold: NotAsked };

export type AskedSource = {
  source: Source;
  poll: Poll | null;
  said: SourceSaid;
  failure: OutsideError | null;
};

type Deps = { clock: Clock; log: Log; closing?: AbortSignal };

/** People wait: our own queue and one try take as long at most. A source that keeps no time itself is passed over then. */
const PATIENCE_MS = 8000;

/**
 * One source's answer. When our patience ends, or `enough` is aborted, the question ends with it: it leaves the source's
 * queue, or is cut off. Never throws OutsideError.
 */
export async function askOneSource(
  { clock, log, closing }: Deps,
  source: Source,
  ask: (signal: AbortSignal) => Promise<Poll | null> | undefined,
  enough?: AbortSignal,
): Promise<AskedSource> {
  const patience = new AbortController();
  const answered = new AbortController();
  const seconds = PATIENCE_MS / 1000;
  const fault = { kind: 'late', seconds } as const;
  const late = new OutsideError(labelOf(source.name), `no answer in ${seconds} s`, {
    retryable: true,
    fault,
  });
  const deadline = clock.sleep(PATIENCE_MS, answered.signal).then(async () => {
    patience.abort(late);
    // The source tells best how far the question had come: it may still have been in our own queue.
    await letOthersRun();
    throw late;
  });
  // The answer may have been faster: then nobody waits for it.
  deadline.catch(() => {});
  try {
    const signal = enough ? AbortSignal.any([patience.signal, enough]) : patience.signal;
    const poll = (await Promise.race([ask(signal), deadline])) ?? null;
    return { source, poll, said: saidBy(poll), failure: null };
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    // What is given up is nobody's fault, and neither is our own queue.
    const isFault = !error.hold && !closing?.aborted && !enough?.aborted;
    log[isFault ? 'warn' : 'debug']({ source: source.name, err: error }, 'a source could not be asked');
    return { source, poll: null, said: unsaidBy(error), failure: error };
  } finally {
    answered.abort(ANSWERED);
  }
}

/** A reason of our own: without one each abort makes an error with a stack. */
const ANSWERED = 'answered';

function saidBy(poll: Poll | null): SourceSaid {
  const papers = poll?.sightings.length ?? 0;
  if (papers > 0) return { kind: 'found', papers };
  // That there is something, which cannot be read, is not that there is nothing.
  const isUnread = poll !== null && poll.malformed > 0;
  return isUnread ? { kind: 'failed', reason: phrase('sources.unreadable') } : { kind: 'none' };
}

function unsaidBy({ system, message, hold, fault }: OutsideError): SourceSaid {
  if (hold) return { kind: 'held', hold };
  if (fault?.kind === 'late') return fault;
  if (fault) return { kind: 'failed', reason: tellFault(fault) };
  // Its own words need no name before them.
  const words = message.startsWith(`${system}: `) ? message.slice(system.length + 2) : message;
  return { kind: 'failed', reason: markdown(words, 200) };
}

function tellFault(fault: Exclude<OutsideFault, { kind: 'late' }>): Phrase {
  switch (fault.kind) {
    case 'answered':
      return phrase('sources.answered', { status: fault.status });
    case 'broken off':
      return phrase('sources.brokenOff');
    default:
      return phrase(`sources.${fault.kind}`);
  }
}
