import { grown } from '../arrays/flat-arrays.ts';
import { spread } from '../arrays/hash.ts';
import { HashBits } from '../arrays/hash-bits.ts';
import { IdTable } from '../arrays/id-table.ts';

/** Where every path of the term tree starts. */
export const ROOT = 0;
const WIDTH = 5;

/** Steps of the term tree: from a node over a stem to a node, if the word has what the step needs. */
export class StepTable {
  /** By stem: the first step from the root. */
  #root = new Int32Array(64);
  /** By node: a bit for each stem (by its number modulo 32) that a step leads on over. */
  #onward = new Int32Array(64);
  /** Steps: [node, stem, needs, target, next step of the same node and stem] each; 0 = none. */
  #steps = new Int32Array(WIDTH * 64);
  #count = 1;
  /** The first step of each node and stem, by both; the root's left out. */
  readonly #table = new IdTable(1);
  readonly #bits = new HashBits(this.#table);

  /** The first step from the node over the stem; 0 = none. */
  first(node: number, stem: number): number {
    if (node === ROOT) return stem < this.#root.length ? this.#root[stem] : 0;
    const hash = hashOf(node, stem);
    if (!this.#bits.mayHave(hash)) return 0;
    const table = this.#table;
    for (let step = table.first(hash); step >= 0; step = table.next())
      if (this.#steps[step * WIDTH] === node && this.#steps[step * WIDTH + 1] === stem) return step;
    return 0;
  }

  next(step: number): number {
    return this.#steps[step * WIDTH + 4];
  }

  /** Whether a word that has `has` has all that the step needs. */
  fits(step: number, has: number): boolean {
    return (this.#steps[step * WIDTH + 2] & ~has) === 0;
  }

  target(step: number): number {
    return this.#steps[step * WIDTH + 3];
  }

  /** Where the steps lead that a word can take which has no more than `has`. */
  targetsOf(node: number, stem: number, has: number): number[] {
    const targets: number[] = [];
    for (let step = this.first(node, stem); step !== 0; step = this.next(step)) {
      if (this.fits(step, has)) targets.push(this.target(step));
    }
    return targets;
  }

  /** A bit for each stem (see `bitOf`) that a step leads on over: 0 = none leads on. */
  onwardFrom(node: number): number {
    return node < this.#onward.length ? this.#onward[node] : 0;
  }

  add(node: number, stem: number, needs: number, target: number): void {
    const step = this.#count++;
    this.#steps = grown(this.#steps, this.#count * WIDTH);
    this.#steps.set([node, stem, needs, target, 0], step * WIDTH);
    this.#onward = grown(this.#onward, node + 1);
    this.#onward[node] |= bitOf(stem);
    const first = this.first(node, stem);
    if (first === 0) this.#enter(step, node, stem);
    else {
      this.#steps[step * WIDTH + 4] = this.next(first);
      this.#steps[first * WIDTH + 4] = step;
    }
  }

  memory(): number {
    const lists = [this.#root, this.#onward, this.#steps];
    return lists.reduce((sum, list) => sum + list.byteLength, this.#table.memory() + this.#bits.memory());
  }

  #enter(step: number, node: number, stem: number): void {
    if (node === ROOT) {
      this.#root = grown(this.#root, stem + 1);
      this.#root[stem] = step;
      return;
    }
    const hash = hashOf(node, stem);
    this.#table.insert(hash, step);
    this.#bits.add(hash);
  }
}

/** The stem's bit among 32. What is of the same number (term-tree.ts) shares one. */
export function bitOf(stem: number): number {
  return 1 << ((stem >> 1) & 31);
}

function hashOf(node: number, stem: number): number {
  return spread(Math.imul(node, 0x9e3779b1) ^ stem);
}
