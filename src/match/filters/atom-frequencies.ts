import { grown } from '../arrays/flat-arrays.ts';
import type { AtomMarks } from './atom-marks.ts';

/** How often each atom was marked in papers to learn from: it tells which conditions are rare. */
export class AtomFrequencies {
  /** By atom: papers in which it was marked, papers before it was known, and what was expected of it then (per 1,000). */
  #marks = new Uint32Array(64);
  #births = new Uint32Array(64);
  #expected = new Float32Array(64);
  #papers = 0;

  /** Takes in the next atom, which may hold in so many of 1,000 papers. */
  add(atom: number, expected: number): void {
    this.#marks = grown(this.#marks, atom + 1);
    this.#births = grown(this.#births, atom + 1);
    this.#expected = grown(this.#expected, atom + 1);
    this.#births[atom] = this.#papers;
    this.#expected[atom] = expected;
  }

  /** Learns from a paper that was read. */
  learn({ marked, count }: AtomMarks): void {
    this.#papers++;
    for (let at = 0; at < count; at++) this.#marks[marked[at]]++;
  }

  /** In how many of 1,000 papers it is marked. */
  of(atom: number): number {
    // The expectation counts as much as fifty papers.
    const papers = this.#papers - this.#births[atom];
    return ((this.#expected[atom] / 20 + this.#marks[atom]) * 1000) / (papers + 50);
  }

  memory(): number {
    return this.#marks.byteLength + this.#births.byteLength + this.#expected.byteLength;
  }
}
