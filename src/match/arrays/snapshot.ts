import type { Numbers } from './flat-arrays.ts';

/**
 * Carries what a structure holds to a snapshot or back. A structure names its parts once, in one order: writing, every
 * method returns what it was given; reading, what the snapshot has in its place. It yields after each few milliseconds of
 * work, so that others have their turn; nothing may change it until it is done.
 */
export type Bundle = {
  readonly isReading: boolean;
  number(value: number): number;
  text(value: string): string;
  /** The first `used` entries of the list. */
  list<A extends Numbers>(list: A, used: number): A;
};

/** A millisecond or two of work. */
const BYTES_A_SLICE = 1 << 20;
const PAGES_A_SLICE = 64;
/** So many words are entered into a table between two slices. */
export const WORDS_A_SLICE = 10_000;

/** Each part: its length in bytes (two 32-bit halves), then the bytes, filled up to a multiple of eight. */
const HEAD = 8;
const UNIT = 8;

export class SnapshotWriter implements Bundle {
  readonly isReading = false;
  /** One after the other they are the snapshot. Views of what is alive: write them before anything changes. */
  readonly chunks: Uint8Array[] = [];

  number(value: number): number {
    this.list(Float64Array.of(value), 1);
    return value;
  }

  text(value: string): string {
    const bytes = new TextEncoder().encode(value);
    this.list(bytes, bytes.length);
    return value;
  }

  list<A extends Numbers>(list: A, used: number): A {
    const length = used * list.BYTES_PER_ELEMENT;
    this.chunks.push(new Uint8Array(Float64Array.of(length).buffer));
    const whole = length - (length % UNIT);
    this.chunks.push(new Uint8Array(list.buffer, list.byteOffset, whole));
    if (whole < length)
      this.chunks.push(filledUp(new Uint8Array(list.buffer, list.byteOffset + whole, length - whole)));
    return list;
  }
}

export class SnapshotReader implements Bundle {
  readonly isReading = true;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    return this.list(new Float64Array(0))[0];
  }

  text(): string {
    return new TextDecoder().decode(this.list(new Uint8Array(0)));
  }

  /** Throws RangeError when the snapshot ends before the list does. */
  list<A extends Numbers>(like: A): A {
    const length = new Float64Array(this.#take(HEAD))[0];
    const list = this.#take(length);
    this.#at += (UNIT - (length % UNIT)) % UNIT;
    return new (like.constructor as new (buffer: ArrayBuffer) => A)(list);
  }

  #take(length: number): ArrayBuffer {
    const end = this.#at + length;
    if (!(length >= 0) || end > this.#bytes.length) throw new RangeError('The snapshot is cut off.');
    const taken = copied(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return taken.buffer;
  }
}

function filledUp(rest: Uint8Array): Uint8Array {
  const unit = new Uint8Array(UNIT);
  unit.set(rest);
  return unit;
}

/** A copy that begins its buffer: what a Buffer calls a slice is none. */
function copied(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy;
}

/** Tells a changed or cut snapshot from a whole one; every chunk is a multiple of four bytes long. In slices. */
export function* checksumOf(chunks: readonly Uint8Array[]): Generator<void, number> {
  let sum = 0x811c9dc5;
  let bytes = 0;
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += BYTES_A_SLICE) {
      const part = chunk.subarray(from, from + BYTES_A_SLICE);
      sum = checksumOn(sum, part);
      bytes += part.length;
      if (bytes < BYTES_A_SLICE) continue;
      bytes = 0;
      yield;
    }
  }
  return sum >>> 0;
}

function checksumOn(before: number, bytes: Uint8Array): number {
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : copied(bytes);
  const words = new Int32Array(buffer, byteOffset, bytes.length >>> 2);
  let sum = before;
  for (let at = 0; at < words.length; at++) sum = Math.imul(sum ^ words[at], 0x01000193);
  return sum;
}

/** A list of equal pages, all but the last one full. */
export function* exchangePages<A extends Numbers>(bundle: Bundle, pages: A[], like: A): Generator<void> {
  const count = bundle.number(pages.length);
  for (let page = 0; page < count; page++) {
    const written = pages[page] ?? like;
    pages[page] = bundle.list(written, written.length);
    if (page % PAGES_A_SLICE === PAGES_A_SLICE - 1) yield;
  }
}
