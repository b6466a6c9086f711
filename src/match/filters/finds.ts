import { grown } from '../arrays/flat-arrays.ts';

/** Where it is noted what was found. */
export type Marks = {
  /** Notes that the atom holds; a second time does nothing. */
  mark(atom: number): void;
};

/** Lists of finds: which atoms hold where something was found, in which fields. A list is a number of the caller's. */
export class Finds {
  /** By list: its first find; 0 = none. */
  heads = new Int32Array(64);
  /** [atom, fields, next find] each. */
  #finds = new Int32Array(192);
  #count = 1;

  /** How many finds were added. */
  get size(): number {
    return this.#count - 1;
  }

  /** Makes room for a list that may stay empty. */
  makeRoom(list: number): void {
    this.heads = grown(this.heads, list + 1);
  }

  add(list: number, fields: number, atom: number): void {
    this.makeRoom(list);
    const find = this.#count++;
    this.#finds = grown(this.#finds, this.#count * 3);
    this.#finds.set([atom, fields, this.heads[list]], find * 3);
    this.heads[list] = find;
  }

  /** The atom of the list with exactly those fields; -1 = none. */
  atomOf(list: number, fields: number): number {
    for (let find = this.heads[list]; find !== 0; find = this.#finds[find * 3 + 2]) {
      if (this.#finds[find * 3 + 1] === fields) return this.#finds[find * 3];
    }
    return -1;
  }

  /** Marks what holds in that field, from the find `first` on to the end of its list. */
  mark(first: number, field: number, marks: Marks): void {
    const finds = this.#finds;
    for (let find = first; find !== 0; find = finds[find * 3 + 2]) {
      if ((finds[find * 3 + 1] & field) !== 0) marks.mark(finds[find * 3]);
    }
  }

  /** Bytes held. */
  memory(): number {
    return this.heads.byteLength + this.#finds.byteLength;
  }
}
