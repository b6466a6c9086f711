/**
 * How a source stands, beyond what its answers alone tell: answers in time may be old ones. `nextAt`: when something new is
 * expected, UTC ms; null where that is always.
 */
export type SourceStanding = { notes: readonly StandingNote[]; nextAt: number | null };

/** Days are `YYYY-MM-DD`. `lists` empty: all of them. */
export type StandingNote =
  /** Their hour has passed, and what came instead is old or empty. */
  | { kind: 'awaited'; day: string; lists: readonly string[] }
  /** They still carry papers of the day before. */
  | { kind: 'unfinished'; day: string; lists: readonly string[] }
  /** The day passed without a list: a holiday. */
  | { kind: 'quiet'; day: string }
  /** Both inclusive: nobody will read them any more. */
  | { kind: 'lost'; from: string; to: string }
  /** A day's list has no paper although it should. */
  | { kind: 'empty'; day: string }
  /** In its place that of another day came. */
  | { kind: 'foreign'; day: string; sent: string }
  /** It came with fewer papers than before, or none. */
  | { kind: 'shrunk'; day: string; papers: number; before: number };
