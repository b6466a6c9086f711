import type { Token } from './analyse.ts';
import { isJoinedInTerm, isJoinedInText, isPart, type Part, type Term } from './term.ts';

/** Where a term stands in a text: its first and last token. */
export type Span = { first: number; last: number };

/**
 * The places of a term in one text (one title, one abstract, one author's name, one keyword), by first token;
 * at most `most` of them. See the rules at the head of explain.ts.
 */
export function findTerm(term: Term, tokens: readonly Token[], most: number): Span[] {
  if (term.near !== null) return findNear(term.near, term.parts, tokens, most);
  return findSequence(term.parts, tokens, most, term.field === 'author');
}

function findSequence(parts: readonly Part[], tokens: readonly Token[], most: number, gaps: boolean): Span[] {
  const spans: Span[] = [];
  if (parts.length === 0) return spans;
  const walk = new Walk(parts, tokens, gaps);
  for (let first = 0; first < tokens.length && spans.length < most; first++) {
    const end = walk.from(first);
    if (end >= 0) spans.push({ first, last: end - 1 });
  }
  return spans;
}

/** Lays the parts along the tokens. A state that failed once is not tried again, so the work is parts x tokens. */
class Walk {
  readonly #parts: readonly Part[];
  readonly #tokens: readonly Token[];
  readonly #gaps: boolean;
  readonly #failed = new Set<number>();

  constructor(parts: readonly Part[], tokens: readonly Token[], gaps: boolean) {
    this.#parts = parts;
    this.#tokens = tokens;
    this.#gaps = gaps;
  }

  /** The token after the last one, or -1. */
  from(first: number): number {
    return this.#lay(0, first);
  }

  #lay(part: number, token: number): number {
    if (part === this.#parts.length) return token;
    // Initials and middle names may stand between the words of a person's name.
    const until = this.#gaps && part > 0 ? this.#tokens.length : token + 1;
    for (let at = token; at < until && at < this.#tokens.length; at++) {
      const state = part * (this.#tokens.length + 1) + at;
      if (this.#failed.has(state)) return -1;
      const end = this.#layAt(part, at);
      if (end >= 0) return end;
      if (part > 0) this.#failed.add(state);
    }
    return -1;
  }

  #layAt(part: number, at: number): number {
    const { [part]: wanted, [part + 1]: next } = this.#parts;
    const { [at]: token, [at + 1]: follower } = this.#tokens;
    if (wanted.glued && part > 0 && !token.glued) return -1;
    if (isPart(wanted, token)) {
      const end = this.#lay(part + 1, at + 1);
      if (end >= 0) return end;
    }
    if (follower !== undefined && isJoinedInText(wanted, token, follower)) {
      const end = this.#lay(part + 1, at + 2);
      if (end >= 0) return end;
    }
    return next !== undefined && isJoinedInTerm(wanted, next, token) ? this.#lay(part + 2, at + 1) : -1;
  }
}

type Near = NonNullable<Term['near']>;

function findNear(near: Near, parts: readonly Part[], tokens: readonly Token[], most: number): Span[] {
  const written = findSequence(parts, tokens, most, false).filter(
    (span) => span.last - span.first <= near.within,
  );
  const groups = groupsOf(near.units);
  const places = groups.map(({ unit }) => findSequence(unit, tokens, Number.POSITIVE_INFINITY, false));
  if (places.some((spans, group) => spans.length < groups[group].count)) return written;
  return [...written, ...windows(groups, places, near.within, most)].slice(0, most);
}

type Group = { unit: readonly Part[]; count: number };

// A word that is asked for twice has to stand there twice.
function groupsOf(units: readonly (readonly Part[])[]): Group[] {
  const groups = new Map<string, Group>();
  for (const unit of units) {
    const key = unit.map((part) => `${part.stem}${part.acronym ? '!' : ''}`).join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { unit, count: 1 });
    else group.count++;
  }
  return [...groups.values()];
}

function windows(groups: readonly Group[], places: readonly Span[][], within: number, most: number): Span[] {
  const all = places
    .flatMap((spans, group) => spans.map((span) => ({ ...span, group })))
    .sort((a, b) => a.first - b.first);
  const found: Span[] = [];
  for (let from = 0; from < all.length && found.length < most; from++) {
    const last = windowEnd(groups, all, from, within);
    if (last >= 0) found.push({ first: all[from].first, last });
  }
  return found;
}

function windowEnd(
  groups: readonly Group[],
  all: readonly (Span & { group: number })[],
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
