/** A queue that always gives the entry with the smallest `at` first: a binary heap. */
export class Soonest<T> {
  readonly #at: number[] = [];
  readonly #entries: T[] = [];

  /** The smallest `at`; Infinity when empty. */
  get first(): number {
    return this.#at[0] ?? Number.POSITIVE_INFINITY;
  }

  push(at: number, entry: T): void {
    let place = this.#at.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#at[parent] <= at) break;
      this.#set(place, this.#at[parent], this.#entries[parent]);
      place = parent;
    }
    this.#set(place, at, entry);
  }

  pop(): T | undefined {
    const first = this.#entries[0];
    const at = this.#at.pop();
    const last = this.#entries.pop();
    if (at === undefined || last === undefined || this.#at.length === 0) return first;
    this.#sink(at, last);
    return first;
  }

  /** Finds the place, from the top, where `last` may stand. */
  #sink(at: number, last: T): void {
    const { length } = this.#at;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child + 1 < length && this.#at[child + 1] < this.#at[child]) child++;
      if (child >= length || this.#at[child] >= at) break;
      this.#set(place, this.#at[child], this.#entries[child]);
      place = child;
    }
    this.#set(place, at, last);
  }

  #set(place: number, at: number, entry: T): void {
    this.#at[place] = at;
    this.#entries[place] = entry;
  }
}
