import type { Filter } from '../language/filter.ts';

/**
 * A filter as branches: it matches when one branch does. A branch is a list of clauses that all must hold, a clause a
 * list of literals of which one must hold. A literal is `atom * 2`, plus 1 when negated; an atom is a condition on a paper.
 */
export type Branch = readonly Clause[];
type Clause = readonly number[];

/** The filters that are conditions by themselves. A topic is one: all filters that have it share its answer for a paper. */
export type Leaf = Exclude<Filter, { kind: 'and' | 'or' | 'not' }>;

/** Numbers conditions: equal ones get the same number. */
export type Atoms = {
  ofLeaf(leaf: Leaf): number;
  /** An atom that holds when the branch does: an AND inside an OR inside an AND. */
  ofBranch(branch: Branch): number;
};

/** Branches in a canonical order: filters that differ in order or repetition only come out equal. */
export function toBranches(filter: Filter, atoms: Atoms): Branch[] {
  const branches = alternativesOf(filter, false).map(([part, negated]) => toBranch(part, negated, atoms));
  return sorted(branches, compareBranches);
}

type Signed = readonly [part: Filter, negated: boolean];

function toBranch(part: Filter, negated: boolean, atoms: Atoms): Branch {
  const clauses = requirementsOf(part, negated).map(([need, not]) => toClause(need, not, atoms));
  return sorted(clauses, compareNumbers);
}

function toClause(need: Filter, negated: boolean, atoms: Atoms): Clause {
  const literals = alternativesOf(need, negated).map(([part, not]) => {
    if (isLeaf(part)) return atoms.ofLeaf(part) * 2 + Number(not);
    return atoms.ofBranch(toBranch(part, not, atoms)) * 2;
  });
  return sorted(literals, (a, b) => a - b);
}

/** The parts of which one must hold; NOT is pushed down to the leaves (De Morgan). */
function alternativesOf(filter: Filter, negated: boolean): Signed[] {
  return flatten(filter, negated, negated ? 'and' : 'or');
}

/** The parts that all must hold. */
function requirementsOf(filter: Filter, negated: boolean): Signed[] {
  return flatten(filter, negated, negated ? 'or' : 'and');
}

function flatten(filter: Filter, negated: boolean, kind: 'and' | 'or'): Signed[] {
  if (filter.kind === 'not') return flatten(filter.part, !negated, kind === 'and' ? 'or' : 'and');
  if (filter.kind !== kind) return [[filter, negated]];
  return filter.parts.flatMap((part) => flatten(part, negated, kind));
}

function isLeaf(filter: Filter): filter is Leaf {
  return filter.kind !== 'and' && filter.kind !== 'or' && filter.kind !== 'not';
}

function sorted<T>(items: T[], compare: (a: T, b: T) => number): T[] {
  items.sort(compare);
  return items.filter((item, index) => index === 0 || compare(items[index - 1], item) !== 0);
}

function compareBranches(a: Branch, b: Branch): number {
  return compareLists(a, b, compareNumbers);
}

function compareNumbers(a: Clause, b: Clause): number {
  return compareLists(a, b, (x, y) => x - y);
}

function compareLists<T>(a: readonly T[], b: readonly T[], compare: (x: T, y: T) => number): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = compare(a[at], b[at]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
