import { grown } from '../arrays/flat-arrays.ts';
import { analyseNameWord, type Token } from '../text/analyse.ts';
import { inNameOrder } from '../text/name-order.ts';
import type { AtomMarks } from './atom-marks.ts';
import { FIELD_BITS } from './field-bits.ts';
import type { Marks } from './finds.ts';
import { TermSpotter } from './term-spotter.ts';
import type { TermTree } from './term-tree.ts';

const NO_NAMES: readonly Token[][] = [];

/** Finds the terms of names in a paper's authors, and tells in which of them. */
export class NameSpotter implements Marks {
  readonly #spotter: TermSpotter;
  readonly #marks: AtomMarks;
  /** By atom that was marked in a name: a bit for each such name, by its number modulo 32. */
  #persons = new Int32Array(64);

  /** `most` surface words are remembered. */
  constructor(marks: AtomMarks, most: number) {
    this.#marks = marks;
    this.#spotter = new TermSpotter(analyseNameWord, most, 'names');
  }

  get terms(): TermTree {
    return this.#spotter.terms;
  }

  makeRoom(atoms: number): void {
    this.#persons = grown(this.#persons, atoms);
  }

  /** Reads the authors of the next paper. */
  read(authors: readonly string[]): void {
    this.#spotter.begin();
    for (const author of authors) this.#spotter.read(inNameOrder(author), FIELD_BITS.author);
    this.#spotter.spot(this);
  }

  /** Notes the atom for the name that is being spotted. */
  mark(atom: number): void {
    const person = 1 << (this.#spotter.text & 31);
    if (this.#marks.holds(atom)) {
      this.#persons[atom] |= person;
      return;
    }
    this.#persons[atom] = person;
    this.#marks.mark(atom);
  }

  /** The names that have one of each of the choices, and a few others where a paper has more than 32. */
  namesWith(choices: readonly (readonly number[])[]): readonly Token[][] {
    let persons = -1;
    for (const atoms of choices) {
      let some = 0;
      for (const atom of atoms) if (this.#marks.holds(atom)) some |= this.#persons[atom];
      persons &= some;
    }
    return persons === 0
      ? NO_NAMES
      : this.#spotter.tokensWhere((name) => (persons & (1 << (name & 31))) !== 0);
  }

  memory(): number {
    return this.#spotter.memory() + this.#persons.byteLength;
  }
}
