/** First in, first out, without moving the rest: a list and the place of its head. */
export class Fifo<T> {
  #entries: T[] = [];
  #head = 0;

  get size(): number {
    return this.#entries.length - this.#head;
  }

  peek(): T | undefined {
    return this.#entries[this.#head];
  }

  push(entry: T): void {
    this.#entries.push(entry);
  }

  /** Back to the head: the entry that was taken last goes first again. */
  putBack(entry: T): void {
    if (this.#head > 0) {
      this.#head--;
      this.#entries[this.#head] = entry;
    } else {
      this.#entries.unshift(entry);
    }
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined;
    const entry = this.#entries[this.#head++];
    // Half of it is past: let that go.
    if (this.#head > 32 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return entry;
  }

  /** Empties it. */
  takeAll(): T[] {
    const all = this.#entries.slice(this.#head);
    this.#entries = [];
    this.#head = 0;
    return all;
  }
}
