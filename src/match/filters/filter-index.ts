import { grown } from '../arrays/flat-arrays.ts';
import type { Filter, MatchDocument } from '../language/filter.ts';
import type { AtomMarks } from './atom-marks.ts';
import { type Branch, toBranches } from './filter-clauses.ts';
import { FilterConditions } from './filter-conditions.ts';
import { FilterLayout, type Match } from './filter-layout.ts';
import { MOST_CHECKS } from './filter-plan.ts';
import { FilterRules, toProgram } from './filter-rules.ts';
import { FilterSubscribers } from './filter-subscribers.ts';

/**
 * All filters of all subscribers in one structure that finds the matching ones for a paper without touching the others.
 * It equals `matchFilter` (explain.ts) for every filter and paper.
 *
 * How: equal filters are kept once. Each lies under a condition it cannot match without, the rarest it has, so that a
 * paper touches only what its own words lead to. Everything is in flat arrays; matching allocates nothing but its answer.
 * Filters that need no word (only NOT, only numbers) lie under a condition that always holds.
 */
export type FilterIndex = {
  /** Filters held, equal ones counted each. */
  readonly size: number;
  /** Takes the filter in under that key; an earlier one of the key is replaced. Returns its seat, its own while it is there. */
  add(key: string, filter: Filter): number;
  /** The seat of the key's filter; -1 when there is none. Seats are small numbers, and taken again. */
  find(key: string): number;
  /** False when there is no such key. */
  remove(key: string): boolean;
  /** The keys of all filters that match the paper at `now` (UTC ms), each once, in no particular order. */
  match(document: MatchDocument, now: number): string[];
  /**
   * The same without a list: how many match, and each one's seat by `seatOf(0)` to `seatOf(count - 1)` until the index is used
   * again.
   */
  count(document: MatchDocument, now: number): number;
  seatOf(hit: number): number;
  /** Reads a paper to learn which words are rare: some hundred recent ones, then `renew`. Matching learns a little, too. */
  learn(document: MatchDocument): void;
  /** Lays all filters out anew by what was learned since, in slices: call `refresh` until it answers false. */
  renew(): void;
  /** One slice of pending work, well under 2 ms; false when there is none. Each `add` does one by itself. */
  refresh(): boolean;
  /** Bytes held by part, the text of the keys not counted. */
  memory(): FilterIndexMemory;
};

type FilterIndexMemory = {
  conditions: number;
  rules: number;
  subscribers: number;
  layout: number;
  total: number;
  /** Different filters. */
  distinct: number;
};

export function createFilterIndex(): FilterIndex {
  const conditions = new FilterConditions();
  const rules = new FilterRules();
  const subscribers = new FilterSubscribers();
  const layout = new FilterLayout(rules, conditions, (rule) => subscribers.first(rule) >= 0);
  const hits = new Hits(conditions);

  const remove = (key: string) => {
    const seat = subscribers.find(key);
    if (seat < 0) return false;
    if (subscribers.leave(seat) < 0) layout.forget();
    return true;
  };

  const add = (key: string, filter: Filter) => {
    remove(key);
    const program = toProgram(toBranches(filter, conditions).map((branch) => shortened(branch, conditions)));
    let rule = rules.find(program);
    if (rule < 0) {
      rule = rules.add(program, !layout.isRebuilding);
      layout.add(rule);
    }
    const seat = subscribers.seat(key, rule);
    layout.refresh();
    return seat;
  };

  const count = (document: MatchDocument, now: number) => {
    conditions.read(document, now);
    hits.begin(rules.limit);
    layout.collect(conditions.marks.marked, conditions.marks.count, hits);
    return hits.seat(subscribers);
  };

  return {
    get size() {
      return subscribers.size;
    },
    add,
    remove,
    match: (document, now) =>
      Array.from({ length: count(document, now) }, (_, hit) => subscribers.keyAt(hits.seats[hit])),
    count,
    find: (key) => subscribers.find(key),
    seatOf: (hit) => hits.seats[hit],
    learn: (document) => conditions.learn(document),
    renew: () => layout.renew(),
    refresh: () => layout.refresh(),
    memory: () => {
      const parts = {
        conditions: conditions.memory(),
        rules: rules.memory(),
        subscribers: subscribers.memory(),
        layout: layout.memory() + hits.memory(),
      };
      const total = parts.conditions + parts.rules + parts.subscribers + parts.layout;
      return { ...parts, total, distinct: rules.size };
    },
  };
}

/** A branch with more literals than a record holds becomes one condition. */
function shortened(branch: Branch, conditions: FilterConditions): Branch {
  const literals = branch.reduce((sum, clause) => sum + clause.length, 0);
  return literals > MOST_CHECKS ? [[conditions.ofBranch(branch) * 2]] : branch;
}

/** The rules that match a paper, each once, and then their subscribers' seats. */
class Hits implements Match {
  seats = new Int32Array(256);
  readonly #conditions: FilterConditions;
  readonly #marks: AtomMarks;
  #rules = new Int32Array(256);
  #count = 0;
  /** A bit a rule: already taken. */
  #taken = new Int32Array(8);

  constructor(conditions: FilterConditions) {
    this.#conditions = conditions;
    this.#marks = conditions.marks;
  }

  get state(): Uint8Array {
    return this.#marks.state;
  }

  holds(atom: number): boolean {
    return this.#conditions.holds(atom);
  }

  begin(limit: number): void {
    for (let at = 0; at < this.#count; at++) this.#taken[this.#rules[at] >>> 5] = 0;
    this.#count = 0;
    this.#taken = grown(this.#taken, (limit >>> 5) + 1);
  }

  take(rule: number): void {
    const bit = 1 << (rule & 31);
    if ((this.#taken[rule >>> 5] & bit) !== 0) return;
    this.#taken[rule >>> 5] |= bit;
    if (this.#count === this.#rules.length) this.#rules = grown(this.#rules, this.#count + 1);
    this.#rules[this.#count++] = rule;
  }

  /** Fills `seats` and tells how many there are. */
  seat(subscribers: FilterSubscribers): number {
    let count = 0;
    for (let at = 0; at < this.#count; at++) {
      const rule = this.#rules[at];
      const first = subscribers.first(rule);
      if (first < 0) continue;
      if (count === this.seats.length) this.seats = grown(this.seats, count + 1);
      this.seats[count++] = first;
      if (subscribers.hasMore(rule)) count = this.#seatOthers(first, count, subscribers);
    }
    return count;
  }

  /** Seats those behind the rule's first subscriber. */
  #seatOthers(first: number, from: number, subscribers: FilterSubscribers): number {
    let count = from;
    for (let seat = subscribers.next(first); seat >= 0; seat = subscribers.next(seat)) {
      if (count === this.seats.length) this.seats = grown(this.seats, count + 1);
      this.seats[count++] = seat;
    }
    return count;
  }

  memory(): number {
    return this.seats.byteLength + this.#rules.byteLength + this.#taken.byteLength;
  }
}
