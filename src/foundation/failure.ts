/**
 * Why a system was not asked at all. `queue` and `budget` are our own politeness and never its fault; `rest` is what it
 * asked for. `until`: UTC ms.
 */
export type NotAsked =
  | { kind: 'queue'; before: number; spacing: number }
  | { kind: 'budget'; until: number }
  | { kind: 'rest'; until: number };

/** What an outside system did wrong. `late`: the request was under way for so long. */
export type OutsideFault =
  | { kind: 'late'; seconds: number }
  | { kind: 'answered'; status: number }
  | { kind: 'unreachable' | 'broken off' | 'unreadable' };

type OutsideOptions = { retryable: boolean; cause?: unknown; hold?: NotAsked; fault?: OutsideFault };

/** For the operator: an outside system did not do what it should, or could not be asked (`hold`). */
export class OutsideError extends Error {
  override name = 'OutsideError';
  readonly system: string;
  readonly retryable: boolean;
  readonly hold: NotAsked | null;
  /** null where it told in its own words, or was not asked. */
  readonly fault: OutsideFault | null;

  constructor(system: string, message: string, { retryable, cause, hold, fault }: OutsideOptions) {
    super(`${system}: ${message}`, { cause });
    this.system = system;
    this.retryable = retryable;
    this.hold = hold ?? null;
    this.fault = fault ?? null;
  }
}

/** The database was asked after it was closed: Paperboy ends, and nothing is wrong. */
export class ClosedError extends Error {
  override name = 'ClosedError';

  constructor() {
    super('database is not open');
  }
}

/** For the operator at start or when going on is impossible: the process ends with this sentence, exit code 1. */
export class FatalError extends Error {
  override name = 'FatalError';
}
