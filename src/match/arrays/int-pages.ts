const PAGE_BITS = 12;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;

/** A growing list of 32-bit integers whose growth never copies what is there: no pause, however long the list. */
export class IntPages {
  readonly #pages: Int32Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#pages[index >>> PAGE_BITS][index & PAGE_MASK];
  }

  set(index: number, value: number): void {
    this.#pages[index >>> PAGE_BITS][index & PAGE_MASK] = value;
  }

  /** Appends and tells the value's index. */
  push(value: number): number {
    const index = this.#length++;
    if (index >>> PAGE_BITS === this.#pages.length) this.#pages.push(new Int32Array(PAGE_SIZE));
    this.set(index, value);
    return index;
  }

  memory(): number {
    return this.#pages.length * PAGE_SIZE * 4;
  }
}
