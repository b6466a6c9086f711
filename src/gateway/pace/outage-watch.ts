/**
 * Does Discord answer at all? After five silent requests in a row (no connection, 5xx, time-out) nothing is tried for a
 * while: 2 s, doubling up to a minute. The first silence after that closes again at once; the first answer opens.
 * Instants are elapsed time.
 */
const SILENCES = 5;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

export class OutageWatch {
  #silences = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #until = Number.NEGATIVE_INFINITY;

  /** Whether Discord answered a request that came back at `now`. */
  note(answered: boolean, now: number): void {
    if (answered) {
      this.#silences = 0;
      this.#pauseMs = FIRST_PAUSE_MS;
      this.#until = Number.NEGATIVE_INFINITY;
      return;
    }
    this.#silences++;
    // What was under way when it closed tells nothing new.
    if (this.#silences < SILENCES || this.#until > now) return;
    this.#until = now + this.#pauseMs;
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /** Until when nothing should be tried; null while Discord answers. */
  closedUntil(now: number): number | null {
    return this.#until > now ? this.#until : null;
  }
}
