import { grown } from '../arrays/flat-arrays.ts';
import { hashOf, spread } from '../arrays/hash.ts';
import { IdTable } from '../arrays/id-table.ts';
import { IntPages } from '../arrays/int-pages.ts';

const KEYS_A_PAGE = 4096;

/** Who subscribes to which rule: each key has one seat, the seats of a rule are a doubly linked list. */
export class FilterSubscribers {
  readonly #keys: (string | undefined)[][] = [];
  readonly #rules = new IntPages();
  #next = new Int32Array(64);
  readonly #previous = new IntPages();
  /** By rule: its first seat * 2, plus 1 when there are more; -1 = none. */
  #firstOfRule = new Int32Array(64).fill(-1);
  readonly #free: number[] = [];
  readonly #table = new IdTable(256);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The key's seat, or -1. */
  find(key: string): number {
    const table = this.#table;
    for (let seat = table.first(hashOfKey(key)); seat >= 0; seat = table.next())
      if (this.keyAt(seat) === key) return seat;
    return -1;
  }

  /** Gives a key that has no seat one at the rule, and tells which. */
  seat(key: string, rule: number): number {
    const seat = this.#free.pop() ?? this.#newSeat();
    this.#keys[Math.floor(seat / KEYS_A_PAGE)][seat % KEYS_A_PAGE] = key;
    this.#table.insert(hashOfKey(key), seat);
    this.#makeRoom(rule);
    const first = this.first(rule);
    this.#rules.set(seat, rule);
    this.#next[seat] = first;
    this.#previous.set(seat, -1);
    if (first >= 0) this.#previous.set(first, seat);
    this.#setFirst(rule, seat);
    this.#size++;
    return seat;
  }

  /** Frees a seat that is taken; tells the first seat left at its rule, or -1. */
  leave(seat: number): number {
    this.#table.delete(hashOfKey(this.keyAt(seat)), seat);
    const next = this.#next[seat];
    const previous = this.#previous.at(seat);
    if (next >= 0) this.#previous.set(next, previous);
    const rule = this.#rules.at(seat);
    if (previous >= 0) this.#next[previous] = next;
    this.#setFirst(rule, previous >= 0 ? this.first(rule) : next);
    this.#keys[Math.floor(seat / KEYS_A_PAGE)][seat % KEYS_A_PAGE] = undefined;
    this.#free.push(seat);
    this.#size--;
    return this.first(rule);
  }

  /** The rule's first seat, or -1. */
  first(rule: number): number {
    return rule < this.#firstOfRule.length ? this.#firstOfRule[rule] >> 1 : -1;
  }

  /** Whether a second seat follows the rule's first. */
  hasMore(rule: number): boolean {
    return (this.#firstOfRule[rule] & 1) !== 0;
  }

  /** The seat after this one at the same rule, or -1. */
  next(seat: number): number {
    return this.#next[seat];
  }

  /** The key of a taken seat. */
  keyAt(seat: number): string {
    return this.#keys[Math.floor(seat / KEYS_A_PAGE)][seat % KEYS_A_PAGE] ?? '';
  }

  /** Bytes held, the text of the keys not counted. */
  memory(): number {
    const lists = [this.#rules, this.#previous, this.#table];
    const flat = this.#next.byteLength + this.#firstOfRule.byteLength + this.#keys.length * KEYS_A_PAGE * 8;
    return lists.reduce((sum, list) => sum + list.memory(), flat);
  }

  #setFirst(rule: number, seat: number): void {
    this.#firstOfRule[rule] = seat < 0 ? -1 : seat * 2 + (this.#next[seat] >= 0 ? 1 : 0);
  }

  #makeRoom(rule: number): void {
    const length = this.#firstOfRule.length;
    this.#firstOfRule = grown(this.#firstOfRule, rule + 1);
    if (this.#firstOfRule.length > length) this.#firstOfRule.fill(-1, length);
  }

  #newSeat(): number {
    const seat = this.#rules.push(0);
    this.#next = grown(this.#next, seat + 1);
    this.#previous.push(-1);
    if (seat % KEYS_A_PAGE === 0) this.#keys.push([]);
    return seat;
  }
}

function hashOfKey(key: string): number {
  return spread(hashOf(key));
}
