import { ATOM_SHIFT, ENDS_BRANCH, ENDS_CLAUSE, NEGATED } from './filter-rules.ts';

/** What the planner must know of the conditions ("atoms"). */
export type AtomCosts = {
  /** Expected number of papers, of a fixed number, in which the atom holds. */
  frequency(atom: number): number;
  /** Atoms of which at least one is marked whenever this one holds; null when nothing marks it (numbers, dates). */
  anchorsOf(atom: number): readonly number[] | null;
  /** Evaluated when asked for; all others are marked while the paper is read. */
  isLazy(atom: number): boolean;
};

/** Always marked: the anchor of branches that no word must occur for. */
export const ALWAYS = 0;

/** A literal of a record: the program's flags, but this one in the place of ENDS_BRANCH. */
export const LAZY = 4;

/** What a record carries besides its header has to fit in eight bits. */
export const MOST_CHECKS = 255;

export type BranchPlan = {
  /** The branch can only hold when one of these is marked. */
  anchors: number[];
  /** What is left to check then, in the order that fails soonest. */
  checks: number[];
};

/**
 * Plans the branch that starts at `from` in the program and tells where the next one starts.
 * Anchor: the clause without negation whose alternatives are expected in the fewest papers.
 */
export function planBranch(
  program: readonly number[],
  from: number,
  costs: AtomCosts,
  plan: BranchPlan,
): number {
  const [atom, isAlone] = [
    program[from] >> ATOM_SHIFT,
    (program[from] & (ENDS_BRANCH | NEGATED)) === ENDS_BRANCH,
  ];
  if (isAlone && !costs.isLazy(atom)) {
    plan.anchors = [atom];
    plan.checks = [];
    return from + 1;
  }
  const clauses = clausesOf(program, from);
  const end = from + clauses.reduce((sum, clause) => sum + clause.length, 0);
  let cheapest = Number.POSITIVE_INFINITY;
  let anchored: readonly number[] | null = null;
  plan.anchors = [ALWAYS];
  for (const clause of clauses) {
    const anchors = anchorsOfClause(clause, costs);
    if (anchors === null) continue;
    const cost = anchors.reduce((sum, atom) => sum + costs.frequency(atom), 0);
    if (cost >= cheapest) continue;
    cheapest = cost;
    plan.anchors = anchors;
    anchored = clause.some((literal) => costs.isLazy(literal >> ATOM_SHIFT)) ? null : clause;
  }
  const open = clauses.filter((clause) => clause !== anchored);
  if (open.length > 1) open.sort((a, b) => chanceOf(a, costs) - chanceOf(b, costs));
  plan.checks = open.flatMap((clause) => toChecks(clause, costs));
  return end;
}

function clausesOf(program: readonly number[], from: number): number[][] {
  const clauses: number[][] = [];
  let clause: number[] = [];
  for (let at = from; ; at++) {
    clause.push(program[at]);
    if ((program[at] & ENDS_CLAUSE) === 0) continue;
    clauses.push(clause);
    if ((program[at] & ENDS_BRANCH) !== 0) return clauses;
    clause = [];
  }
}

function anchorsOfClause(clause: readonly number[], costs: AtomCosts): number[] | null {
  const anchors: number[] = [];
  for (const literal of clause) {
    if ((literal & NEGATED) !== 0) return null;
    const ofLiteral = costs.anchorsOf(literal >> ATOM_SHIFT);
    if (ofLiteral === null) return null;
    for (const atom of ofLiteral) if (!anchors.includes(atom)) anchors.push(atom);
  }
  return anchors;
}

/** How likely the clause holds; lazy ones come last, since asking costs more. */
function chanceOf(clause: readonly number[], costs: AtomCosts): number {
  let chance = 0;
  for (const literal of clause) {
    const atom = literal >> ATOM_SHIFT;
    if (costs.isLazy(atom)) return 1e9;
    chance += (literal & NEGATED) !== 0 ? 1e6 - costs.frequency(atom) : costs.frequency(atom);
  }
  return chance;
}

function toChecks(clause: readonly number[], costs: AtomCosts): number[] {
  return clause.map((literal, index) => {
    const bare = literal & ~(ENDS_CLAUSE | ENDS_BRANCH);
    const lazy = costs.isLazy(literal >> ATOM_SHIFT) ? LAZY : 0;
    return bare | lazy | (index === clause.length - 1 ? ENDS_CLAUSE : 0);
  });
}
