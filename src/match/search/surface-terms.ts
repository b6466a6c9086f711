import { grown } from '../arrays/flat-arrays.ts';
import type { Bundle } from '../arrays/snapshot.ts';
import type { WordMemo } from '../text/word-memo.ts';

/** Which terms the surface words of a SearchTerms are, and which of them have other keys beside their first stem. */
export class SurfaceTerms {
  readonly #memo: WordMemo;
  /** By surface word: its term + 1. */
  #terms = new Int32Array(256);
  /** By spelling: the surface words that have it as a key, though not as their first stem. Few have such keys. */
  readonly #byKey = new Map<number, number[]>();
  /** The surface words that have two spellings. */
  readonly #spelledOut: number[] = [];

  constructor(memo: WordMemo) {
    this.#memo = memo;
  }

  /** Its term, by its first spelling; -1 = it was not noted yet. */
  termOf(surface: number): number {
    this.#terms = grown(this.#terms, surface + 1);
    return this.#terms[surface] - 1;
  }

  termsOf(surfaces: Iterable<number>): number[] {
    return Array.from(surfaces, (surface) => this.#terms[surface] - 1);
  }

  note(surface: number, term: number): void {
    this.#terms[surface] = term + 1;
    this.#noteKeys(surface);
  }

  /** The surface words that have one of the keys, beyond those with the first as their stem. */
  ofKeys(keys: readonly string[]): Set<number> {
    const { spellings } = this.#memo;
    const others = keys.flatMap((key) => this.#byKey.get(spellings.find(key)) ?? []);
    return new Set([...others, ...this.#ofOther(keys)]);
  }

  /** The surface words that have one of the stems in one of their spellings, beyond those with the first as their stem. */
  ofStems(stems: readonly string[]): Set<number> {
    const memo = this.#memo;
    const wanted = stems.map((stem) => memo.spellings.find(stem));
    const surfaces = [...this.ofKeys(stems)];
    return new Set(
      surfaces.filter((surface) => memo.spellingsOf(surface).some(({ stem }) => wanted.includes(stem))),
    );
  }

  /** By surface word: 1 = its fold is one of these spellings. */
  ofFolds(folds: ReadonlySet<number>): Uint8Array {
    const memo = this.#memo;
    const surfaces = new Uint8Array(memo.size);
    for (let surface = 0; surface < surfaces.length; surface++) {
      if (folds.has(memo.folds[surface])) surfaces[surface] = 1;
    }
    for (const surface of this.#spelledOut) {
      if (memo.spellingsOf(surface).some(({ fold }) => folds.has(fold))) surfaces[surface] = 1;
    }
    return surfaces;
  }

  /** Carries everything to a snapshot or back; what the keys tell comes back with `recall`. */
  exchange(bundle: Bundle): void {
    // It grows when it is asked for: as long as it is.
    this.#terms = bundle.list(this.#terms, this.#terms.length);
  }

  /** Notes the keys of all surface words that came back. */
  recall(): void {
    for (let surface = 0; surface < this.#memo.size; surface++) this.#noteKeys(surface);
  }

  memory(): number {
    // A list of surface words is a map entry and a small array.
    return this.#terms.byteLength + this.#byKey.size * 100;
  }

  /** Of words with two spellings: the surface words whose stem is another than the first. */
  #ofOther([, ...others]: readonly string[]): number[] {
    if (others.length === 0) return [];
    const memo = this.#memo;
    const wanted = new Set(others.map((key) => memo.spellings.find(key)));
    return Array.from({ length: memo.size }, (_, surface) => surface).filter((surface) =>
      wanted.has(memo.stems[surface]),
    );
  }

  #noteKeys(surface: number): void {
    const spelledOut = this.#memo.spelledOut(surface);
    if (spelledOut !== null) this.#spelledOut.push(surface);
    const keys = this.#memo.joinsOf(surface);
    for (const key of spelledOut === null ? keys : [...keys, spelledOut.stem]) {
      const surfaces = this.#byKey.get(key);
      if (surfaces === undefined) this.#byKey.set(key, [surface]);
      else surfaces.push(surface);
    }
  }
}
