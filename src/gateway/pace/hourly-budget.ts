const HOUR_MS = 3_600_000;

/** So many an hour for each key; remembers only the last hour. Instants are elapsed time. */
export class HourlyBudget {
  readonly #limit: number;
  readonly #spent = new Map<string, number[]>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#spent.size;
  }

  /** When the next may go: `now` or later. */
  freeAt(key: string, now: number): number {
    const recent = this.#recent(key, now);
    return recent.length < this.#limit ? now : recent[recent.length - this.#limit] + HOUR_MS;
  }

  note(key: string, now: number): void {
    // The newest last: keys at the front that spent nothing in the last hour are forgotten.
    for (const [oldest] of this.#spent) {
      if (this.#recent(oldest, now).length > 0) break;
      this.#spent.delete(oldest);
    }
    const recent = this.#recent(key, now);
    this.#spent.delete(key);
    this.#spent.set(key, [...recent, now]);
  }

  #recent(key: string, now: number): number[] {
    return (this.#spent.get(key) ?? []).filter((instant) => instant > now - HOUR_MS);
  }
}
