import type { Token } from './analyse.ts';
import type { Span } from './find-term.ts';
import { isJoinedInTerm, isJoinedInText, isPart, type Part } from './term.ts';

/**
 * The places of a term in one person's name, by last token; at most `most` of them. The parts stand in their order, and
 * other names may stand between them. Work is parts x tokens.
 */
export function findName(parts: readonly Part[], tokens: readonly Token[], most: number): Span[] {
  const spans: Span[] = [];
  const laying = new Laying(parts);
  for (let last = 0; last < tokens.length && spans.length < most && parts.length > 0; last++) {
    const first = laying.step(tokens, last);
    if (first >= 0) spans.push({ first, last });
  }
  return spans;
}

/** By number of parts: where the latest laying of so many of them begins; -1 = there is none. */
class Laying {
  readonly #parts: readonly Part[];
  /** Of those that end with the last token; anywhere before the next one; and before the last one. */
  #ending: Int32Array;
  #latest: Int32Array;
  #earlier: Int32Array;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
    this.#ending = new Int32Array(parts.length + 1).fill(-1);
    this.#latest = this.#ending.slice();
    this.#earlier = this.#ending.slice();
  }

  /** Takes the next token. Returns where the laying of all parts begins that ends with it, or -1. */
  step(tokens: readonly Token[], at: number): number {
    const parts = this.#parts;
    const ending = new Int32Array(parts.length + 1).fill(-1);
    const end = (laid: number, first: number) => {
      ending[laid] = Math.max(ending[laid], first);
    };
    for (const [laid, part] of parts.entries()) {
      const before = laid === 0 ? at : this.#latest[laid];
      const isGlued = part.glued && laid > 0;
      if (isPart(part, tokens[at]) && (!isGlued || tokens[at].glued))
        end(laid + 1, isGlued ? this.#ending[laid] : before);
      if (isGlued) continue;
      if (at > 0 && isJoinedInText(part, tokens[at - 1], tokens[at]))
        end(laid + 1, laid === 0 ? at - 1 : this.#earlier[laid]);
      if (laid + 1 < parts.length && isJoinedInTerm(part, parts[laid + 1], tokens[at])) end(laid + 2, before);
    }
    this.#earlier = this.#latest;
    this.#latest = this.#latest.map((first, laid) => Math.max(first, ending[laid]));
    this.#ending = ending;
    return ending[parts.length];
  }
}
