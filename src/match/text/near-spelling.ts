/** The nearest of some known words to a mistyped one, at most a third of its letters away; null when none is near. */
export function nearestOf(written: string, known: Iterable<string>): string | null {
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const word of known) {
    const distance = slipsBetween(written, word, least);
    if (distance >= least) continue;
    least = distance;
    nearest = word;
  }
  return nearest;
}

/**
 * How many letters to insert, drop, change or swap with their neighbour lead from one word to the other (optimal string
 * alignment). Not counted beyond `limit`, which stands for itself and for more.
 */
export function slipsBetween(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let [before, last, next] = [0, 1, 2].map(() => new Array<number>(other.length + 1).fill(0));
  for (let column = 0; column <= other.length; column++) last[column] = column;
  for (let row = 1; row <= one.length; row++) {
    next[0] = row;
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const changed = last[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1);
      let slips = Math.min(changed, last[column] + 1, next[column - 1] + 1);
      if (column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        slips = Math.min(slips, before[column - 2] + 1);
      next[column] = slips;
      if (slips < least) least = slips;
    }
    // A row holds no fewer slips than the one before it.
    if (least >= limit) return limit;
    [before, last, next] = [last, next, before];
  }
  return Math.min(last[other.length], limit);
}
