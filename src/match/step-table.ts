import { grown } from './lexicon.ts';

const ROOT = 0;
const WIDTH = 5;

/** Steps of the term tree: from a node over a stem to a node, if the word has what the step needs. */
export class StepTable {
  /** By stem: the first step from the root. */
  #root = new Int32Array(64);
  /** By node: 1 = steps lead on from it. */
  #leadsOn = new Uint8Array(64);
  /** Steps: [node, stem, needs, target, next step of the same node and stem] each; 0 = none. */
  #steps = new Int32Array(WIDTH * 64);
  #count = 1;
  /** Open addressing by (node, stem), the root's left out: the first step, 0 = free; at most half full. */
  #table = new Int32Array(64);
  #entries = 0;

  /** The first step from the node over the stem; 0 = none. */
  first(node: number, stem: number): number {
    if (node === ROOT) return stem < this.#root.length ? this.#root[stem] : 0;
    return this.#table[this.#placeOf(node, stem)];
  }

  next(step: number): number {
    return this.#steps[step * WIDTH + 4];
  }

  needs(step: number): number {
    return this.#steps[step * WIDTH + 2];
  }

  target(step: number): number {
    return this.#steps[step * WIDTH + 3];
  }

  leadsOn(node: number): boolean {
    return node < this.#leadsOn.length && this.#leadsOn[node] === 1;
  }

  add(node: number, stem: number, needs: number, target: number): void {
    const step = this.#count++;
    this.#steps = grown(this.#steps, this.#count * WIDTH);
    this.#steps.set([node, stem, needs, target, this.first(node, stem)], step * WIDTH);
    this.#leadsOn = grown(this.#leadsOn, node + 1);
    this.#leadsOn[node] = 1;
    if (node === ROOT) {
      this.#root = grown(this.#root, stem + 1);
      this.#root[stem] = step;
    } else this.#enter(step);
  }

  memory(): number {
    const lists = [this.#root, this.#leadsOn, this.#steps, this.#table];
    return lists.reduce((sum, list) => sum + list.byteLength, 0);
  }

  #enter(step: number): void {
    const place = this.#placeOf(this.#steps[step * WIDTH], this.#steps[step * WIDTH + 1]);
    if (this.#table[place] === 0) this.#entries++;
    this.#table[place] = step;
    if (this.#entries * 2 <= this.#table.length) return;
    const smaller = this.#table;
    this.#table = new Int32Array(smaller.length * 2);
    for (const first of smaller) {
      if (first === 0) continue;
      this.#table[this.#placeOf(this.#steps[first * WIDTH], this.#steps[first * WIDTH + 1])] = first;
    }
  }

  #placeOf(node: number, stem: number): number {
    const mask = this.#table.length - 1;
    const hash = Math.imul(node, 0x9e3779b1) ^ Math.imul(stem, 0x85ebca6b);
    for (let place = (hash ^ (hash >>> 15)) & mask; ; place = (place + 1) & mask) {
      const step = this.#table[place];
      if (step === 0) return place;
      if (this.#steps[step * WIDTH] === node && this.#steps[step * WIDTH + 1] === stem) return place;
    }
  }
}
