import type { Token } from '../text/analyse.ts';
import { findName } from './find-name.ts';
import {
  isJoinedInTerm,
  isJoinedInText,
  isPart,
  keyOfUnit,
  type Term,
  type TermPart,
  type TokenSpan,
} from './term.ts';

/**
 * The places of a term in one text (one title, one abstract, one author's name, one keyword), by last token;
 * at most `most` of them. See the rules at the head of explain.ts.
 */
export function findTerm(term: Term, tokens: readonly Token[], most: number): TokenSpan[] {
  if (term.near !== null) return findNear(term.near, term.parts, tokens, most);
  if (term.field === 'author') return findName(term.parts, tokens, most);
  return findSequence(term.parts, tokens, most);
}

function findSequence(parts: readonly TermPart[], tokens: readonly Token[], most: number): TokenSpan[] {
  if (parts.length === 1) return findPart(parts[0], tokens, most);
  const spans: TokenSpan[] = [];
  const walk = new Walk(parts, tokens);
  for (let at = 0; at < tokens.length && spans.length < most && parts.length > 0; at++) {
    const first = walk.step(at);
    if (first >= 0) spans.push({ first, last: at });
  }
  return spans;
}

function findPart(part: TermPart, tokens: readonly Token[], most: number): TokenSpan[] {
  const spans: TokenSpan[] = [];
  for (let at = 0; at < tokens.length && spans.length < most; at++) {
    if (isPart(part, tokens[at])) spans.push({ first: at, last: at });
    else if (at + 1 < tokens.length && isJoinedInText(part, tokens[at], tokens[at + 1]))
      spans.push({ first: at, last: at + 1 });
  }
  return spans;
}

/**
 * Lays the parts along the tokens, all beginnings at once: token by token it knows how many parts can be laid up to
 * there, and the latest token such a laying can have begun at. Work is at most parts x tokens, memory is the parts.
 */
class Walk {
  readonly #parts: readonly TermPart[];
  readonly #tokens: readonly Token[];
  #now: Layings;
  #next: Layings;
  #afterNext: Layings;

  constructor(parts: readonly TermPart[], tokens: readonly Token[]) {
    this.#parts = parts;
    this.#tokens = tokens;
    this.#now = new Layings(parts.length);
    this.#next = new Layings(parts.length);
    this.#afterNext = new Layings(parts.length);
  }

  /** Takes the next token. Returns where the laying begins that ends with it, or -1. */
  step(at: number): number {
    const now = this.#now;
    this.#lay(0, at, at);
    for (let i = 0; i < now.count; i++) this.#lay(now.laid[i], now.firsts[now.laid[i]], at);
    now.clear();
    this.#now = this.#next;
    this.#next = this.#afterNext;
    this.#afterNext = now;
    return this.#now.firsts[this.#parts.length];
  }

  #lay(laid: number, first: number, at: number): void {
    if (laid === this.#parts.length) return;
    const wanted = this.#parts[laid];
    const token = this.#tokens[at];
    if (wanted.glued && laid > 0 && !token.glued) return;
    if (isPart(wanted, token)) this.#next.add(laid + 1, first);
    if (at + 1 < this.#tokens.length && isJoinedInText(wanted, token, this.#tokens[at + 1])) {
      this.#afterNext.add(laid + 1, first);
    }
    if (laid + 1 < this.#parts.length && isJoinedInTerm(wanted, this.#parts[laid + 1], token)) {
      this.#next.add(laid + 2, first);
    }
  }
}

/** How many parts are laid before a token, and for each such number the latest token that a laying begins at, or -1. */
class Layings {
  count = 0;
  readonly laid: Int32Array;
  readonly firsts: Int32Array;

  constructor(parts: number) {
    this.laid = new Int32Array(parts + 1);
    this.firsts = new Int32Array(parts + 1).fill(-1);
  }

  add(laid: number, first: number): void {
    if (this.firsts[laid] < 0) this.laid[this.count++] = laid;
    if (this.firsts[laid] < first) this.firsts[laid] = first;
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.firsts[this.laid[i]] = -1;
    this.count = 0;
  }
}

type Near = NonNullable<Term['near']>;

function findNear(
  near: Near,
  parts: readonly TermPart[],
  tokens: readonly Token[],
  most: number,
): TokenSpan[] {
  const written = findSequence(parts, tokens, most).filter((span) => span.last - span.first <= near.within);
  const groups = groupsOf(near.units);
  if (groups.some(({ count }) => count > near.within + 1)) return written;
  const places = groups.map(({ unit }) => findSequence(unit, tokens, Number.POSITIVE_INFINITY));
  if (places.some((spans, group) => spans.length < groups[group].count)) return written;
  return [...written, ...windows(groups, places, near.within, most)].slice(0, most);
}

type Group = { unit: readonly TermPart[]; count: number };

// A word that is asked for twice has to stand there twice.
function groupsOf(units: readonly (readonly TermPart[])[]): Group[] {
  const groups = new Map<string, Group>();
  for (const unit of units) {
    const key = keyOfUnit(unit);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { unit, count: 1 });
    else group.count++;
  }
  return [...groups.values()];
}

function windows(
  groups: readonly Group[],
  places: readonly TokenSpan[][],
  within: number,
  most: number,
): TokenSpan[] {
  const all = places
    .flatMap((spans, group) => spans.map((span) => ({ ...span, group })))
    .sort((a, b) => a.first - b.first);
  const found: TokenSpan[] = [];
  for (let from = 0; from < all.length && found.length < most; from++) {
    const last = windowEnd(groups, all, from, within);
    if (last >= 0) found.push({ first: all[from].first, last });
  }
  return found;
}

function windowEnd(
  groups: readonly Group[],
  all: readonly (TokenSpan & { group: number })[],
  from: number,
  within: number,
): number {
  const limit = all[from].first + within;
  const wanted = groups.map(({ count }) => count);
  let open = groups.length;
  let last = -1;
  for (let at = from; at < all.length && all[at].first <= limit; at++) {
    const { group, last: end } = all[at];
    if (end > limit || wanted[group] === 0) continue;
    last = Math.max(last, end);
    if (--wanted[group] === 0 && --open === 0) return last;
  }
  return -1;
}
