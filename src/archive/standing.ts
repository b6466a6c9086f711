import { type Figures, sameFigures } from '#src/paper/figures.ts';

/** Where one paper (by its ref) stands in a list, with the figures shown beside it. `place` null: it has left. */
export type Stand = Figures & {
  paper: number;
  place: number | null;
  batchDay: string | null;
};

/** Who stands where in one list at one poll. */
export type ListStanding = ReadonlyMap<number, Stand>;

/** What must be written so that `after` can be rebuilt from `before`: who came, moved, changed, left. */
export function changesBetween(before: ListStanding, after: ListStanding): Stand[] {
  const changed = [...after.values()].filter((stand) => !sameStand(before.get(stand.paper), stand));
  const left = [...before.values()]
    .filter(({ paper }) => !after.has(paper))
    .map((stand) => ({ ...stand, place: null }));
  return [...changed, ...left];
}

/** The standing after the changes. With no changes it is the very same object. */
export function applyChanges(before: ListStanding, changes: readonly Stand[]): ListStanding {
  if (changes.length === 0) return before;
  const after = new Map(before);
  for (const stand of changes) {
    if (stand.place === null) after.delete(stand.paper);
    else after.set(stand.paper, stand);
  }
  return after;
}

function sameStand(a: Stand | undefined, b: Stand): boolean {
  return a !== undefined && a.place === b.place && a.batchDay === b.batchDay && sameFigures(a, b);
}
