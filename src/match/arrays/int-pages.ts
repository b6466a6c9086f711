const PAGE_BITS = 12;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;

/** A growing list of 32-bit integers whose growth never copies what is there: no pause, however long the list. */
export class IntPages {
  readonly #pages: Int32Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#pages[index >>> PAGE_BITS][index & PAGE_MASK];
  }

  set(index: number, value: number): void {
    this.#pages[index >>> PAGE_BITS][index & PAGE_MASK] = value;
  }

  /** Appends and tells the value's index. */
  push(value: number): number {
    const index = this.#length++;
    if (index >>> PAGE_BITS === this.#pages.length) this.#pages.push(new Int32Array(PAGE_SIZE));
    this.set(index, value);
    return index;
  }

  memory(): number {
    return this.#pages.length * PAGE_SIZE * 4;
  }
}

const SHARDS = 256;

/**
 * Finds ids by hash: open addressing in 256 small tables, so that a growing table re-enters a 256th of the ids at once.
 * The ids' hashes belong to the caller; ids are 0 or more.
 */
export class IdTable {
  readonly #tables: Int32Array[] = [];
  readonly #counts = new Int32Array(SHARDS);
  readonly #hashAt: (id: number) => number;

  constructor(hashAt: (id: number) => number) {
    this.#hashAt = hashAt;
    for (let shard = 0; shard < SHARDS; shard++) this.#tables.push(new Int32Array(8));
  }

  /** The first id of that hash that `isIt`, or -1. */
  find(hash: number, isIt: (id: number) => boolean): number {
    const table = this.#tables[hash >>> 24];
    const mask = table.length - 1;
    for (let at = hash & mask; table[at] !== 0; at = (at + 1) & mask) {
      const id = table[at] - 1;
      if (this.#hashAt(id) === hash && isIt(id)) return id;
    }
    return -1;
  }

  /** Enters an id that is not there yet; its hash must be readable already. */
  insert(id: number): void {
    const shard = this.#hashAt(id) >>> 24;
    this.#counts[shard]++;
    if (this.#counts[shard] * 4 > this.#tables[shard].length * 3) this.#grow(shard);
    this.#enter(this.#tables[shard], id);
  }

  /** Takes an id out that is there. */
  delete(id: number): void {
    const shard = this.#hashAt(id) >>> 24;
    const table = this.#tables[shard];
    const mask = table.length - 1;
    let hole = this.#hashAt(id) & mask;
    while (table[hole] !== id + 1) hole = (hole + 1) & mask;
    this.#counts[shard]--;
    // What follows moves up where its own place allows it, so that no search ends too early at the hole.
    for (let at = (hole + 1) & mask; table[at] !== 0; at = (at + 1) & mask) {
      const home = this.#hashAt(table[at] - 1) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      table[hole] = table[at];
      hole = at;
    }
    table[hole] = 0;
  }

  memory(): number {
    return this.#tables.reduce((sum, table) => sum + table.byteLength, 0);
  }

  #grow(shard: number): void {
    const smaller = this.#tables[shard];
    const larger = new Int32Array(smaller.length * 2);
    for (const entry of smaller) if (entry !== 0) this.#enter(larger, entry - 1);
    this.#tables[shard] = larger;
  }

  #enter(table: Int32Array, id: number): void {
    const mask = table.length - 1;
    let at = this.#hashAt(id) & mask;
    while (table[at] !== 0) at = (at + 1) & mask;
    table[at] = id + 1;
  }
}
