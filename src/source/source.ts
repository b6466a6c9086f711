import type { z } from 'zod';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Manners } from '#src/foundation/http/host-rate.ts';
import type { HttpHost } from '#src/foundation/http/http.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll, SourceName } from '#src/paper/sighting.ts';
import type { SourceFacts } from '#src/paper/source-facts.ts';
import type { SourceStanding } from '#src/paper/standing.ts';
import type { ReadBefore } from './read-before.ts';

/**
 * All that Paperboy knows of a place where papers are seen. One file each, beside its test, which runs
 * test/contracts/source.contract.ts; and one line in sources.ts.
 */
export type SourceDefinition<Settings extends z.ZodRawShape = z.ZodRawShape> = SourceFacts & {
  /** The variables that an operator can set for it, each with a default; config/example.env explains them. */
  readonly settings: Settings;
  /** Null when it is switched off. */
  open(deps: SourceDeps<Settings>): Source | null;
};

/** What a source is opened with. */
export type SourceDeps<Settings extends z.ZodRawShape = z.ZodRawShape> = {
  settings: z.output<z.ZodObject<Settings>>;
  /** The queue of one outside system, whose pace is kept over restarts. Sources that name the same system share it. */
  host(manners: Manners): HttpHost;
  clock: Clock;
  log: Log;
  cursors: Cursors;
  /** What is known of its lists from before a restart; absent: nothing. */
  readBefore?: ReadBefore;
  /** arXiv categories that subscriptions name, which may change from poll to poll. */
  namedCategories?(): Promise<readonly string[]>;
};

/** A definition as it stands; for the type of its settings. */
export const defineSource = <Settings extends z.ZodRawShape>(
  definition: SourceDefinition<Settings>,
): SourceDefinition<Settings> => definition;

/** A source that was opened. */
export type Source = {
  readonly name: SourceName;
  /**
   * Looks at every list that is due at `now` (UTC ms), politely and in a useful order: the newest first.
   * Yields each poll as it arrives, so that one list that fails does not hold back the others.
   * A list that fails is a PollFailure among the results, never an exception; it is asked for again after waits that grow
   * to an hour at most. A poll counts as read only when the next one is asked for: by then its taker has kept it.
   */
  poll(now: number): AsyncIterable<Poll | PollFailure>;
  /**
   * One paper by id, or null when the source does not know it. Throws OutsideError when it cannot be asked. The question
   * ends with `signal`: it leaves the queue, or is cut off under way, and throws.
   */
  find?(id: string, signal?: AbortSignal): Promise<Poll | null>;
  /**
   * Asks once more for a paper that `find` has just not found, when nothing else wants the source: of a source whose
   * answer that there is none is now and then not true. Throws and ends as `find` does.
   */
  doubt?(id: string, signal?: AbortSignal): Promise<Poll | null>;
  /** Papers for some words, best first, at most `limit`. Throws OutsideError when it cannot be asked; ends with `signal`. */
  search?(words: string, limit: number, signal?: AbortSignal): Promise<Poll>;
  /** Adds what this source alone knows (categories) for ids the archive lacks; unknown ids are left out. Members and polls go first. */
  describe?(ids: readonly string[]): Promise<readonly Paper[]>;
  /** What its answers alone do not tell of how it stands, for /status: answers in time may be old ones. */
  standing?(now: number): Promise<SourceStanding>;
};

export type PollFailure = {
  failed: true;
  source: SourceName;
  list: Poll['list'];
  key: string;
  at: number;
  /** For the operator and /status: what happened, system first. */
  reason: string;
};
