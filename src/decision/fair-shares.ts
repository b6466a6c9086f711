/** One who gives papers to a digest. `createdAt`: UTC ms. */
type Giver = { id: string; createdAt: number };

/**
 * The order of a digest: in turns each subscription, the oldest first, gives its best paper that nobody has given yet, so that
 * none is crowded out by one that matches much. `items`: the best first, each with all who want it. Every item comes once,
 * with the one who gave it.
 */
export function fairShares<T, G extends Giver>(
  items: readonly T[],
  wantedBy: (item: T) => readonly G[],
): { item: T; giver: G }[] {
  const queues = queuesOf(items, wantedBy);
  const given = new Set<T>();
  const shares: { item: T; giver: G }[] = [];
  for (let left = queues; left.length > 0; left = left.filter(({ at, own }) => at < own.length)) {
    for (const queue of left) {
      while (queue.at < queue.own.length && given.has(queue.own[queue.at])) queue.at++;
      if (queue.at >= queue.own.length) continue;
      const item = queue.own[queue.at++];
      given.add(item);
      shares.push({ item, giver: queue.giver });
    }
  }
  return shares;
}

/** What each wants, the best first, and how far it was given; the oldest giver first. */
function queuesOf<T, G extends Giver>(items: readonly T[], wantedBy: (item: T) => readonly G[]) {
  const queues = new Map<string, { giver: G; own: T[]; at: number }>();
  for (const item of items) {
    for (const giver of wantedBy(item)) {
      const queue = queues.get(giver.id) ?? { giver, own: [], at: 0 };
      queue.own.push(item);
      queues.set(giver.id, queue);
    }
  }
  return [...queues.values()].sort(
    (a, b) => a.giver.createdAt - b.giver.createdAt || (a.giver.id < b.giver.id ? -1 : 1),
  );
}
