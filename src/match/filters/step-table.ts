import { grown } from '../arrays/flat-arrays.ts';
import { spread } from '../arrays/hash.ts';

const ROOT = 0;
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
  /** Open addressing by (node, stem), the root's left out: the first step, 0 = free; at most half full. */
  #table = new Int32Array(64);
  #entries = 0;
  /** A bit for each entry: tells at once that most steps are not there. */
  #bits = new Int32Array(16);
  #bitShift = 23;

  /** The first step from the node over the stem; 0 = none. */
  first(node: number, stem: number): number {
    if (node === ROOT) return stem < this.#root.length ? this.#root[stem] : 0;
    const hash = hashOf(node, stem);
    const bit = hash >>> this.#bitShift;
    if ((this.#bits[bit >>> 5] & (1 << (bit & 31))) === 0) return 0;
    return this.#table[this.#placeOf(node, stem, hash)];
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
    this.#steps.set([node, stem, needs, target, this.first(node, stem)], step * WIDTH);
    this.#onward = grown(this.#onward, node + 1);
    this.#onward[node] |= bitOf(stem);
    if (node === ROOT) {
      this.#root = grown(this.#root, stem + 1);
      this.#root[stem] = step;
    } else this.#enter(step);
  }

  memory(): number {
    const lists = [this.#root, this.#onward, this.#steps, this.#table, this.#bits];
    return lists.reduce((sum, list) => sum + list.byteLength, 0);
  }

  #enter(step: number): void {
    if (this.#place(step)) this.#entries++;
    if (this.#entries * 2 <= this.#table.length) return;
    const smaller = this.#table;
    this.#table = new Int32Array(smaller.length * 2);
    this.#bits = new Int32Array(this.#bits.length * 2);
    this.#bitShift--;
    for (const first of smaller) if (first !== 0) this.#place(first);
  }

  /** Makes it the first step of its node and stem; true when there was none before. */
  #place(step: number): boolean {
    const node = this.#steps[step * WIDTH];
    const stem = this.#steps[step * WIDTH + 1];
    const hash = hashOf(node, stem);
    const bit = hash >>> this.#bitShift;
    this.#bits[bit >>> 5] |= 1 << (bit & 31);
    const place = this.#placeOf(node, stem, hash);
    const isNew = this.#table[place] === 0;
    this.#table[place] = step;
    return isNew;
  }

  #placeOf(node: number, stem: number, hash: number): number {
    const mask = this.#table.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const step = this.#table[place];
      if (step === 0) return place;
      if (this.#steps[step * WIDTH] === node && this.#steps[step * WIDTH + 1] === stem) return place;
    }
  }
}

/** The stem's bit among 32. What is of the same number (term-spotter.ts) shares one. */
export function bitOf(stem: number): number {
  return 1 << ((stem >> 1) & 31);
}

function hashOf(node: number, stem: number): number {
  return spread(Math.imul(node, 0x9e3779b1) ^ stem);
}
