import type { Token } from '../text/analyse.ts';
import { isJoinedInTerm, isJoinedInText, isPart, type TermPart, type TokenSpan } from './term.ts';

/**
 * The places of a term in one person's name, by last token; at most `most` of them. The parts stand in their order, and
 * other names may stand between them. Work is parts x tokens.
 */
export function findName(parts: readonly TermPart[], tokens: readonly Token[], most: number): TokenSpan[] {
  for (const order of ordersOf(parts)) {
    const spans = findInOrder(order, tokens, most);
    if (spans.length > 0) return spans;
  }
  return [];
}

/** The letter that an initial stands for (`analyseNameWord`); null for any other part. */
export function initialOf({ stem, prefixes }: TermPart): string | null {
  return prefixes === null && stem.endsWith('.') ? stem.slice(0, -1) : null;
}

/** Any name that the part may stand for begins so: a prefix for an initial. */
export function asBeginning(part: TermPart): TermPart {
  const initial = initialOf(part);
  return initial === null ? part : { ...part, prefixes: [initial] };
}

/** "LeCun Y." and "Y. LeCun" are the same: initials at one end may as well stand at the other. */
function ordersOf(parts: readonly TermPart[]): (readonly TermPart[])[] {
  const isName = (part: TermPart) => initialOf(part) === null;
  const first = parts.findIndex(isName);
  const last = parts.findLastIndex(isName);
  const isOneEnd = first > 0 !== last < parts.length - 1;
  if (first < 0 || !isOneEnd) return [parts];
  const initials = first > 0 ? parts.slice(0, first) : parts.slice(last + 1);
  const names = parts.slice(first, last + 1);
  return [
    [...initials, ...names],
    [...names, ...initials],
  ];
}

function findInOrder(parts: readonly TermPart[], tokens: readonly Token[], most: number): TokenSpan[] {
  const spans: TokenSpan[] = [];
  const laying = new Laying(parts, tokens);
  for (let last = 0; last < tokens.length && spans.length < most && parts.length > 0; last++) {
    const first = laying.step(last);
    if (first >= 0) spans.push({ first, last });
  }
  return spans;
}

/** Lays parts in their order along a name. By number of parts: where the latest laying of so many begins; -1 = none. */
class Laying {
  readonly #parts: readonly TermPart[];
  readonly #tokens: readonly Token[];
  /** The last part that is no initial; -1 = all are. */
  readonly #lastName: number;
  /** Of those that end with the last token; anywhere up to it; and up to the one before it. */
  #ending: Int32Array;
  #latest: Int32Array;
  #earlier: Int32Array;

  constructor(parts: readonly TermPart[], tokens: readonly Token[]) {
    this.#parts = parts;
    this.#tokens = tokens;
    this.#lastName = parts.findLastIndex((part) => initialOf(part) === null);
    this.#ending = new Int32Array(parts.length + 1).fill(-1);
    this.#latest = this.#ending.slice();
    this.#earlier = this.#ending.slice();
  }

  /** Takes the next token. Returns where the laying of all parts begins that ends with it, or -1. */
  step(at: number): number {
    const parts = this.#parts;
    const tokens = this.#tokens;
    const ending = new Int32Array(parts.length + 1).fill(-1);
    const end = (laid: number, first: number) => {
      ending[laid] = Math.max(ending[laid], first);
    };
    for (const [laid, part] of parts.entries()) {
      const before = laid === 0 ? at : this.#latest[laid];
      const isGlued = part.glued && laid > 0;
      if (this.#takes(laid, at) && (!isGlued || tokens[at].glued))
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

  /** Whether the part may be that token. An initial behind all names is no given name any more, but only itself. */
  #takes(laid: number, at: number): boolean {
    const part = this.#parts[laid];
    const token = this.#tokens[at];
    if (isPart(part, token)) return true;
    const initial = initialOf(part);
    if (initial === null || !token.fold.startsWith(initial)) return false;
    return this.#lastName < 0 ? at < familyIn(this.#tokens) : laid < this.#lastName;
  }
}

const GENERATIONS: ReadonlySet<string> = new Set(['jr', 'sr', 'ii', 'iii', 'iv']);

/** Where the family name ends. */
function familyIn(tokens: readonly Token[]): number {
  return tokens.findLastIndex(({ fold }) => !GENERATIONS.has(fold));
}
