/** The nearest of some known words to a mistyped one, at most a third of its letters away; null when none is near. */
export function nearestOf(written: string, known: Iterable<string>): string | null {
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const word of known) {
    const distance = Math.abs(word.length - written.length) >= least ? least : distanceOf(written, word);
    if (distance >= least) continue;
    least = distance;
    nearest = word;
  }
  return nearest;
}

/** Letters to insert, drop, change or swap with their neighbour (optimal string alignment). */
function distanceOf(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const changed = last[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1);
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swap = swapped ? before[column - 2] + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(changed, swap, last[column] + 1, next[column - 1] + 1));
    }
    before = last;
    last = next;
  }
  return last[other.length];
}
