import type { IdTable } from './id-table.ts';

/**
 * A bit for each hash of a table, at the hash's top bits: tells at once that most other hashes are not there. Sixteen bits
 * an id or more, so that about one answer in sixteen is wrong at most.
 */
export class HashBits {
  readonly #table: IdTable;
  #bits = new Int32Array(32);
  #shift = 22;

  constructor(table: IdTable) {
    this.#table = table;
  }

  /** Notes a hash that was entered in the table. */
  add(hash: number): void {
    if (this.#table.size > this.#bits.length * 2) this.#double();
    this.#set(hash);
  }

  /** Whether an id may have the hash: false is certain. */
  mayHave(hash: number): boolean {
    const bit = hash >>> this.#shift;
    return (this.#bits[bit >>> 5] & (1 << (bit & 31))) !== 0;
  }

  /** Bytes held. */
  memory(): number {
    return this.#bits.byteLength;
  }

  #double(): void {
    this.#bits = new Int32Array(this.#bits.length * 2);
    this.#shift--;
    this.#table.eachHash((hash) => this.#set(hash));
  }

  #set(hash: number): void {
    const bit = hash >>> this.#shift;
    this.#bits[bit >>> 5] |= 1 << (bit & 31);
  }
}
