export type PlainText = {
  text: string;
  /** For each UTF-16 unit of `text`: where it begins in the original. */
  starts: readonly number[];
  /** And where it ends there. */
  ends: readonly number[];
};

/** Writes down what a text with markup leaves, and where each character came from. */
export class Pen {
  /** Where the formula ends that is being read; -1 = none is. */
  formulaEnd = -1;
  /** Where the last subscript ended in the original. */
  subscriptEnd = -1;
  readonly #original: string;
  readonly #pieces: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #braces: Brace[] = [];

  constructor(original: string) {
    this.#original = original;
  }

  put(characters: string, start: number, end: number): void {
    this.#pieces.push(characters);
    for (let i = 0; i < characters.length; i++) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  separate(at: number): void {
    this.put(' ', at, at);
  }

  copy(start: number, end: number): void {
    this.#pieces.push(this.#original.slice(start, end));
    for (let at = start; at < end; at++) {
      this.#starts.push(at);
      this.#ends.push(at + 1);
    }
  }

  open(raised = false, lowered = false): void {
    const inWord = /[\p{L}\p{N}]/u.test(this.#pieces.at(-1)?.at(-1) ?? '');
    this.#braces.push({ at: this.#ends.length, inWord, raised, lowered });
  }

  /** A brace that was opened inside a word belongs to it: `Andr{\'e}` is shown whole. */
  close(at: number): void {
    const brace = this.#braces.pop();
    if (brace === undefined) return;
    if (brace.inWord && brace.at < this.#ends.length) this.#ends[this.#ends.length - 1] = at + 1;
    if (brace.raised) this.separate(at + 1);
    if (brace.lowered || this.subscriptEnd === at) this.subscriptEnd = at + 1;
  }

  plain(): PlainText {
    return { text: this.#pieces.join(''), starts: this.#starts, ends: this.#ends };
  }
}

/** `at`: how much was written when it was opened. */
type Brace = { at: number; inWord: boolean; raised: boolean; lowered: boolean };
