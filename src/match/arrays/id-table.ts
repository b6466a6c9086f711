/**
 * Finds ids by a hash: open addressing with the hashes beside the ids, at most two thirds full. An id is 0 or more and may
 * be entered under several hashes, a hash may have several ids; what an id means, and whether it is the one that is
 * looked for, is the caller's. Many tables by the hash's top bits grow each for itself, so that growing takes no time to
 * speak of; a hash has to be spread well (hash.ts).
 */
export class IdTable {
  /** By the hash's top bits: [hash, id + 1] each; 0 = free. */
  readonly #tables: Int32Array[];
  readonly #counts: Int32Array;
  readonly #last: number;
  #size = 0;
  /** Where `first` or `next` found something. */
  #found: Int32Array;
  #at = 0;

  /** `tables`: a power of two, 256 at most. */
  constructor(tables: number) {
    this.#tables = Array.from({ length: tables }, () => new Int32Array(LEAST));
    this.#counts = new Int32Array(tables);
    this.#last = tables - 1;
    this.#found = this.#tables[0];
  }

  /** How many ids were entered, one that was entered twice counted twice. */
  get size(): number {
    return this.#size;
  }

  /** The first id of that hash, or -1. */
  first(hash: number): number {
    const slots = this.#tables[(hash >>> 24) & this.#last];
    return this.#find(slots, hash, (hash << 1) & (slots.length - 1));
  }

  /** The id of the same hash after the one that `first` or `next` told last, or -1. Nothing may be entered in between. */
  next(): number {
    const slots = this.#found;
    return this.#find(slots, slots[this.#at], (this.#at + 2) & (slots.length - 1));
  }

  insert(hash: number, id: number): void {
    const table = (hash >>> 24) & this.#last;
    this.#size++;
    // Two thirds of the pairs.
    if (++this.#counts[table] * 3 > this.#tables[table].length) this.#grow(table);
    enter(this.#tables[table], hash, id + 1);
  }

  /** Takes out an id that was entered under that hash. */
  delete(hash: number, id: number): void {
    const table = (hash >>> 24) & this.#last;
    const slots = this.#tables[table];
    const mask = slots.length - 1;
    let hole = (hash << 1) & mask;
    while (slots[hole] !== hash || slots[hole + 1] !== id + 1) hole = (hole + 2) & mask;
    this.#size--;
    this.#counts[table]--;
    // What follows moves up where its own place allows it, so that no search ends too early at the hole.
    for (let at = (hole + 2) & mask; slots[at + 1] !== 0; at = (at + 2) & mask) {
      const home = (slots[at] << 1) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = slots[at];
      slots[hole + 1] = slots[at + 1];
      hole = at;
    }
    slots[hole + 1] = 0;
  }

  /** Hands over the hash of every id. */
  eachHash(visit: (hash: number) => void): void {
    for (const slots of this.#tables) {
      for (let at = 0; at < slots.length; at += 2) if (slots[at + 1] !== 0) visit(slots[at]);
    }
  }

  /** Bytes held. */
  memory(): number {
    return this.#tables.reduce((sum, slots) => sum + slots.byteLength, this.#counts.byteLength);
  }

  #find(slots: Int32Array, hash: number, from: number): number {
    const mask = slots.length - 1;
    for (let at = from; slots[at + 1] !== 0; at = (at + 2) & mask) {
      if (slots[at] !== hash) continue;
      this.#found = slots;
      this.#at = at;
      return slots[at + 1] - 1;
    }
    return -1;
  }

  #grow(table: number): void {
    const smaller = this.#tables[table];
    const larger = new Int32Array(smaller.length * 2);
    for (let at = 0; at < smaller.length; at += 2)
      if (smaller[at + 1] !== 0) enter(larger, smaller[at], smaller[at + 1]);
    this.#tables[table] = larger;
  }
}

/** Numbers a new table begins with. */
const LEAST = 8;

function enter(slots: Int32Array, hash: number, entry: number): void {
  const mask = slots.length - 1;
  let at = (hash << 1) & mask;
  while (slots[at + 1] !== 0) at = (at + 2) & mask;
  slots[at] = hash;
  slots[at + 1] = entry;
}
