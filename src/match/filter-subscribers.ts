import { IdTable, IntPages } from './int-pages.ts';
import { hashOf, spread } from './lexicon.ts';

const KEYS_A_PAGE = 4096;

/** Who subscribes to which rule: each key has one seat, the seats of a rule are a doubly linked list. */
export class FilterSubscribers {
  readonly #keys: (string | undefined)[][] = [];
  readonly #hashes = new IntPages();
  readonly #rules = new IntPages();
  readonly #next = new IntPages();
  readonly #previous = new IntPages();
  readonly #firstOfRule = new IntPages();
  readonly #free: number[] = [];
  readonly #table = new IdTable((seat) => this.#hashes.at(seat));
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The key's seat, or -1. */
  find(key: string): number {
    return this.#table.find(spread(hashOf(key)), (seat) => this.keyAt(seat) === key);
  }

  /** Gives a key that has no seat one at the rule. */
  seat(key: string, rule: number): void {
    const seat = this.#free.pop() ?? this.#newSeat();
    this.#keys[Math.floor(seat / KEYS_A_PAGE)][seat % KEYS_A_PAGE] = key;
    this.#hashes.set(seat, spread(hashOf(key)));
    this.#table.insert(seat);
    while (this.#firstOfRule.length <= rule) this.#firstOfRule.push(-1);
    const first = this.#firstOfRule.at(rule);
    this.#rules.set(seat, rule);
    this.#next.set(seat, first);
    this.#previous.set(seat, -1);
    if (first >= 0) this.#previous.set(first, seat);
    this.#firstOfRule.set(rule, seat);
    this.#size++;
  }

  /** Frees a seat that is taken; tells the first seat left at its rule, or -1. */
  leave(seat: number): number {
    this.#table.delete(seat);
    const next = this.#next.at(seat);
    const previous = this.#previous.at(seat);
    if (next >= 0) this.#previous.set(next, previous);
    if (previous >= 0) this.#next.set(previous, next);
    else this.#firstOfRule.set(this.#rules.at(seat), next);
    this.#keys[Math.floor(seat / KEYS_A_PAGE)][seat % KEYS_A_PAGE] = undefined;
    this.#free.push(seat);
    this.#size--;
    return this.#firstOfRule.at(this.#rules.at(seat));
  }

  /** The rule's first seat, or -1. */
  first(rule: number): number {
    return rule < this.#firstOfRule.length ? this.#firstOfRule.at(rule) : -1;
  }

  /** The seat after this one at the same rule, or -1. */
  next(seat: number): number {
    return this.#next.at(seat);
  }

  /** The key of a taken seat. */
  keyAt(seat: number): string {
    return this.#keys[Math.floor(seat / KEYS_A_PAGE)][seat % KEYS_A_PAGE] ?? '';
  }

  /** Bytes held, the text of the keys not counted. */
  memory(): number {
    const lists = [this.#hashes, this.#rules, this.#next, this.#previous, this.#firstOfRule, this.#table];
    return lists.reduce((sum, list) => sum + list.memory(), this.#keys.length * KEYS_A_PAGE * 8);
  }

  #newSeat(): number {
    const seat = this.#hashes.push(0);
    this.#rules.push(0);
    this.#next.push(-1);
    this.#previous.push(-1);
    if (seat % KEYS_A_PAGE === 0) this.#keys.push([]);
    return seat;
  }
}
