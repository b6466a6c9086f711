import { grown } from '../arrays/flat-arrays.ts';
import { type Condition, type ReadDocument, unreadDocument } from '../evaluate/explain.ts';
import { findTerm } from '../evaluate/find-term.ts';
import type { Term } from '../evaluate/term.ts';
import type { MatchDocument } from '../language/filter.ts';
import type { Token } from '../text/analyse.ts';
import type { AtomMarks } from './atom-marks.ts';
import type { Branch } from './filter-clauses.ts';
import type { PaperSpotter } from './paper-spotter.ts';

/** Of each of them a paper that fits has an atom. */
export type Choices = readonly (readonly number[])[];

/** One of the choices: the one that holds least often; null when there is none. */
export type Anchors = readonly number[] | null;

export type FactCondition = Extract<Condition, { kind: 'fact' }>;

export type Lazy =
  | { kind: 'term'; term: Term; fields: number; choices: Choices; anchors: Anchors }
  /** `sure`: an atom with which it holds, whatever else there is; -1 = none. */
  | {
      kind: 'name';
      fits: (name: readonly Token[]) => boolean;
      choices: Choices;
      anchors: Anchors;
      sure: number;
    }
  | { kind: 'fact'; holds: FactCondition['holds'] }
  | { kind: 'branch'; branch: Branch }
  | { kind: 'topic'; branches: readonly Branch[] };

/**
 * What is asked of a paper only when a filter needs to know it: near phrases, initials, groups of names, numbers, dates,
 * branches that are one condition, and topics.
 */
export class LazyConditions {
  readonly #marks: AtomMarks;
  readonly #spotter: PaperSpotter;
  readonly #lazy = new Map<number, Lazy>();
  #isLazy = new Uint8Array(64);
  #read: ReadDocument | null = null;
  #now = 0;

  constructor(marks: AtomMarks, spotter: PaperSpotter) {
    this.#marks = marks;
    this.#spotter = spotter;
  }

  makeRoom(atoms: number): void {
    this.#isLazy = grown(this.#isLazy, atoms);
  }

  add(atom: number, lazy: Lazy): void {
    this.#isLazy[atom] = 1;
    this.#lazy.set(atom, lazy);
  }

  has(atom: number): boolean {
    return this.#isLazy[atom] === 1;
  }

  /** From now on that paper is asked, at `now` (UTC ms). */
  begin(document: MatchDocument, now: number): void {
    this.#now = now;
    this.#read = unreadDocument(document);
  }

  /** Whether any atom, lazy or not, holds for the paper. */
  holds(atom: number): boolean {
    if (this.#isLazy[atom] === 1 && this.#marks.state[atom] === 0) this.#marks.answer(atom, this.#ask(atom));
    return this.#marks.holds(atom);
  }

  /** Atoms of which a paper has one for which any atom, lazy or not, holds. */
  anchorsOf(atom: number): Anchors {
    const lazy = this.#lazy.get(atom);
    if (lazy === undefined) return [atom];
    if (lazy.kind === 'fact') return null;
    if (lazy.kind === 'topic') return this.#anchorsOfAny(lazy.branches);
    return lazy.kind === 'branch' ? this.#anchorsOfBranch(lazy.branch) : lazy.anchors;
  }

  memory(): number {
    // A lazy atom is a map entry and a few small objects.
    return this.#isLazy.byteLength + this.#lazy.size * 300;
  }

  #anchorsOfAny(branches: readonly Branch[]): Anchors {
    const anchors = branches.map((branch) => this.#anchorsOfBranch(branch));
    return anchors.includes(null) ? null : [...new Set(anchors.flatMap((atoms) => atoms ?? []))];
  }

  #anchorsOfBranch(branch: Branch): Anchors {
    let best: readonly number[] | null = null;
    for (const clause of branch) {
      const anchors = clause.map((literal) => (literal % 2 === 1 ? null : this.anchorsOf(literal >> 1)));
      if (anchors.some((atoms) => atoms === null)) continue;
      const all = anchors.flatMap((atoms) => atoms ?? []);
      if (best === null || all.length < best.length) best = all;
    }
    return best;
  }

  #ask(atom: number): boolean {
    const lazy = this.#lazy.get(atom);
    if (lazy === undefined || this.#read === null) return false;
    switch (lazy.kind) {
      case 'fact':
        return lazy.holds(this.#read, this.#now);
      case 'branch':
        return this.#isWhole(lazy.branch);
      case 'topic':
        return lazy.branches.some((branch) => this.#isWhole(branch));
      case 'name':
        return this.#isNamed(lazy);
      case 'term':
        return this.#isSaid(lazy);
    }
  }

  #isWhole(branch: Branch): boolean {
    return branch.every((clause) =>
      clause.some((literal) => this.holds(literal >> 1) === (literal % 2 === 0)),
    );
  }

  #isNamed({ fits, choices, sure }: Lazy & { kind: 'name' }): boolean {
    const isSure = sure >= 0 && this.#marks.holds(sure);
    return isSure || this.#spotter.names.namesWith(choices).some((name) => fits(name));
  }

  #isSaid({ term, fields, choices }: Lazy & { kind: 'term' }): boolean {
    if (!choices.every((atoms) => this.#marks.holdsOne(atoms))) return false;
    const texts = this.#spotter.texts.tokensIn(fields);
    return texts.some((tokens) => findTerm(term, tokens, 1).length > 0);
  }
}
