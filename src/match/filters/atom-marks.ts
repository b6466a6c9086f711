import { grown } from '../arrays/flat-arrays.ts';
import type { Marks } from './finds.ts';

const HOLDS = 1;
const FAILS = 2;

/** What the atoms are for the paper in hand. */
export class AtomMarks implements Marks {
  /** By atom: 1 holds, 2 does not; 0 = not marked, of a lazy one: not asked yet. */
  state = new Uint8Array(64);
  /** The atoms that were marked, the first `count`. */
  marked = new Int32Array(64);
  count = 0;
  /** Atoms that were answered when they were asked for. */
  readonly #answered: number[] = [];

  makeRoom(atoms: number): void {
    this.state = grown(this.state, atoms);
    this.marked = grown(this.marked, atoms);
  }

  /** Starts over with the next paper. */
  begin(): void {
    for (let at = 0; at < this.count; at++) this.state[this.marked[at]] = 0;
    for (const atom of this.#answered) this.state[atom] = 0;
    this.#answered.length = 0;
    this.count = 0;
  }

  mark(atom: number): void {
    if (this.state[atom] === HOLDS) return;
    this.state[atom] = HOLDS;
    this.marked[this.count++] = atom;
  }

  /** Notes the answer of one that is not marked while the paper is read. */
  answer(atom: number, holds: boolean): void {
    this.#answered.push(atom);
    this.state[atom] = holds ? HOLDS : FAILS;
  }

  holds(atom: number): boolean {
    return this.state[atom] === HOLDS;
  }

  holdsOne(atoms: readonly number[]): boolean {
    for (const atom of atoms) if (this.state[atom] === HOLDS) return true;
    return false;
  }

  memory(): number {
    return this.state.byteLength + this.marked.byteLength;
  }
}
