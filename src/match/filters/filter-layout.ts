import { grown } from '../arrays/flat-arrays.ts';
import { type AtomCosts, type BranchPlan, LAZY, planBranch } from './filter-plan.ts';
import { ATOM_SHIFT, ENDS_CLAUSE, type FilterRules, NEGATED } from './filter-rules.ts';

/** What is known of the paper in hand, and where matching rules go. */
export type Match = {
  /** By atom: 1 = holds. Lazy atoms are asked for instead. */
  state: Uint8Array;
  holds(atom: number): boolean;
  /** Takes a rule that matches, maybe more than once. */
  take(rule: number): void;
};

type Base = {
  /** Atoms below this have entries. */
  atoms: number;
  sureStarts: Int32Array;
  sure: Int32Array;
  codeStarts: Int32Array;
  code: Int32Array;
};

/** Rules a slice of a rebuild handles: some microseconds' work. */
const SLICE = 32;
const ATOMS_A_SLICE = 4096;
const PAGE_BITS = 14;
const PAGE_SIZE = 1 << PAGE_BITS;
const CHECKS_SHIFT = 24;
const RULE_MASK = (1 << CHECKS_SHIFT) - 1;

/**
 * Where the rules lie for matching: by anchor, so that a paper reads only the records of the atoms it marks, each row
 * of records from front to back.
 *
 * - The base: for each atom the rules that hold whenever it is marked (numbers only), then records
 *   `[checks << 24 | rule, ...checks]`.
 * - The fresh rules since the base was built: per atom a linked list of records.
 * - `refresh` rebuilds the base from all living rules in small slices, while adding and matching go on.
 */
export class FilterLayout {
  readonly #rules: FilterRules;
  readonly #costs: AtomCosts & { readonly size: number };
  /** Tells whether anybody subscribes to the rule. */
  readonly #isWanted: (rule: number) => boolean;
  #base = emptyBase();
  #fresh = new FreshRecords();
  /** While a rebuild runs: what came before it, and will be in the new base. */
  #older: FreshRecords | null = null;
  #rebuild: Iterator<void> | null = null;
  #unwanted = 0;
  readonly #plan: BranchPlan = { anchors: [], checks: [] };
  readonly #program: number[] = [];

  constructor(
    rules: FilterRules,
    costs: AtomCosts & { readonly size: number },
    isWanted: (rule: number) => boolean,
  ) {
    this.#rules = rules;
    this.#costs = costs;
    this.#isWanted = isWanted;
  }

  /** Numbers of retired rules may serve again only while no rebuild counts them. */
  get isRebuilding(): boolean {
    return this.#rebuild !== null;
  }

  add(rule: number): void {
    const length = this.#rules.read(rule, this.#program);
    for (let at = 0; at < length; ) {
      at = planBranch(this.#program, at, this.#costs, this.#plan);
      for (const anchor of this.#plan.anchors) this.#fresh.add(anchor, rule, this.#plan.checks);
    }
    this.#fresh.rules++;
  }

  /** Notes that a rule lost its last subscriber: its records go with the next rebuild. */
  forget(): void {
    this.#unwanted++;
  }

  /** One slice of pending work, at most about 50 us; false when there is none. */
  refresh(): boolean {
    if (this.#rebuild === null && !this.#isDue()) return false;
    this.#rebuild ??= this.#rebuildInSlices();
    if (this.#rebuild.next().done) this.#rebuild = null;
    return true;
  }

  /** Starts a rebuild whatever has changed: what is known about frequencies may have. */
  renew(): void {
    this.#rebuild ??= this.#rebuildInSlices();
  }

  /** Hands every rule that holds to `match.take`; `marked` are the atoms that hold, the first `count` of them. */
  collect(marked: Int32Array, count: number, match: Match): void {
    const { atoms, sureStarts, sure, codeStarts, code } = this.#base;
    for (let index = 0; index < count; index++) {
      const atom = marked[index];
      if (atom >= atoms) continue;
      for (let at = sureStarts[atom], end = sureStarts[atom + 1]; at < end; at++) match.take(sure[at]);
      for (let at = codeStarts[atom], end = codeStarts[atom + 1]; at < end; ) {
        const header = code[at++];
        const last = at + (header >>> CHECKS_SHIFT);
        if (passes(code, at, last, match)) match.take(header & RULE_MASK);
        at = last;
      }
    }
    this.#older?.collect(marked, count, match);
    this.#fresh.collect(marked, count, match);
  }

  memory(): number {
    const { sureStarts, sure, codeStarts, code } = this.#base;
    const base = sureStarts.byteLength + sure.byteLength + codeStarts.byteLength + code.byteLength;
    return base + this.#fresh.memory() + (this.#older?.memory() ?? 0);
  }

  #isDue(): boolean {
    const changed = this.#fresh.rules + this.#unwanted;
    return changed > 256 && changed * 2 > this.#rules.size;
  }

  *#rebuildInSlices(): Generator<void> {
    this.#older = this.#fresh;
    this.#fresh = new FreshRecords();
    this.#unwanted = 0;
    const limit = this.#rules.limit;
    const atoms = this.#costs.size;
    const costs = yield* frozen(this.#costs, atoms);
    const sureStarts = new Int32Array(atoms + 1);
    const codeStarts = new Int32Array(atoms + 1);
    const retired: number[] = [];
    for (let rule = 0; rule < limit; rule++) {
      if (this.#rules.isRetired(rule)) continue;
      if (this.#isWanted(rule)) this.#count(rule, costs, sureStarts, codeStarts);
      else {
        this.#rules.retire(rule);
        retired.push(rule);
      }
      if (rule % SLICE === 0) yield;
    }
    toStarts(sureStarts);
    yield;
    toStarts(codeStarts);
    yield;
    const sure = new Int32Array(sureStarts[atoms]);
    const code = new Int32Array(codeStarts[atoms]);
    const base = { atoms, sureStarts, sure, codeStarts, code };
    const sureEnds = sureStarts.slice();
    const codeEnds = codeStarts.slice();
    yield;
    for (let rule = 0; rule < limit; rule++) {
      if (this.#rules.isRetired(rule)) continue;
      this.#place(rule, costs, base, sureEnds, codeEnds);
      if (rule % SLICE === 0) yield;
    }
    this.#base = base;
    this.#older = null;
    for (const rule of retired) this.#rules.free(rule);
  }

  #count(rule: number, costs: AtomCosts, sureCounts: Int32Array, codeCounts: Int32Array): void {
    const length = this.#rules.read(rule, this.#program);
    for (let at = 0; at < length; ) {
      at = planBranch(this.#program, at, costs, this.#plan);
      const { anchors, checks } = this.#plan;
      for (const anchor of anchors) {
        if (checks.length === 0) sureCounts[anchor + 1]++;
        else codeCounts[anchor + 1] += 1 + checks.length;
      }
    }
  }

  #place(
    rule: number,
    costs: AtomCosts,
    { sure, code }: Base,
    sureEnds: Int32Array,
    codeEnds: Int32Array,
  ): void {
    const length = this.#rules.read(rule, this.#program);
    for (let at = 0; at < length; ) {
      at = planBranch(this.#program, at, costs, this.#plan);
      const { anchors, checks } = this.#plan;
      for (const anchor of anchors) {
        if (checks.length === 0) {
          sure[sureEnds[anchor]++] = rule;
          continue;
        }
        let to = codeEnds[anchor];
        code[to++] = (checks.length << CHECKS_SHIFT) | rule;
        for (const check of checks) code[to++] = check;
        codeEnds[anchor] = to;
      }
    }
  }
}

/** Whether every clause of the checks from `at` to `end` has a literal that holds. */
function passes(code: Int32Array, from: number, end: number, match: Match): boolean {
  const { state } = match;
  let at = from;
  while (at < end) {
    const check = code[at++];
    const atom = check >> ATOM_SHIFT;
    const holds = (check & LAZY) !== 0 ? match.holds(atom) : state[atom] === 1;
    if (holds === ((check & NEGATED) !== 0)) {
      if ((check & ENDS_CLAUSE) !== 0) return false;
      continue;
    }
    if ((check & ENDS_CLAUSE) === 0) while ((code[at++] & ENDS_CLAUSE) === 0);
  }
  return true;
}

/** Records of rules that the base does not have yet: `[next, header, ...checks]`, linked per anchor. */
class FreshRecords {
  rules = 0;
  #heads = new Int32Array(64);
  readonly #pages: Int32Array[] = [];
  #end = 0;

  add(anchor: number, rule: number, checks: readonly number[]): void {
    this.#heads = grown(this.#heads, anchor + 1);
    const length = checks.length + 2;
    const room = PAGE_SIZE - (this.#end & (PAGE_SIZE - 1));
    if (this.#pages.length === 0 || room < length || room === PAGE_SIZE) {
      this.#end = this.#pages.length * PAGE_SIZE;
      this.#pages.push(new Int32Array(PAGE_SIZE));
    }
    const page = this.#pages[this.#pages.length - 1];
    let to = this.#end & (PAGE_SIZE - 1);
    page[to++] = this.#heads[anchor];
    page[to++] = (checks.length << CHECKS_SHIFT) | rule;
    for (const check of checks) page[to++] = check;
    this.#heads[anchor] = this.#end + 1;
    this.#end += length;
  }

  collect(marked: Int32Array, count: number, match: Match): void {
    if (this.rules === 0) return;
    for (let index = 0; index < count; index++) {
      const atom = marked[index];
      if (atom >= this.#heads.length) continue;
      for (let record = this.#heads[atom]; record !== 0; ) {
        const page = this.#pages[(record - 1) >>> PAGE_BITS];
        const at = (record - 1) & (PAGE_SIZE - 1);
        const header = page[at + 1];
        if (passes(page, at + 2, at + 2 + (header >>> CHECKS_SHIFT), match)) match.take(header & RULE_MASK);
        record = page[at];
      }
    }
  }

  memory(): number {
    return this.#heads.byteLength + this.#pages.length * PAGE_SIZE * 4;
  }
}

function emptyBase(): Base {
  const none = new Int32Array(0);
  return { atoms: 0, sureStarts: none, sure: none, codeStarts: none, code: none };
}

/**
 * The costs as they are now, for the first `size` atoms: both passes of a rebuild must plan alike, whatever papers are read
 * between them.
 */
function* frozen(costs: AtomCosts, size: number): Generator<void, AtomCosts> {
  const frequencies = new Float32Array(size);
  for (let atom = 0; atom < size; atom++) {
    frequencies[atom] = costs.frequency(atom);
    if (atom % ATOMS_A_SLICE === 0) yield;
  }
  return {
    frequency: (atom) => frequencies[atom],
    anchorsOf: (atom) => costs.anchorsOf(atom),
    isLazy: (atom) => costs.isLazy(atom),
  };
}

/** Turns counts that stand one place late into starts. */
function toStarts(counts: Int32Array): void {
  for (let at = 1; at < counts.length; at++) counts[at] += counts[at - 1];
}
