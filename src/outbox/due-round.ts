import type { Database } from '#src/foundation/database/database.ts';
import type { Destination } from './destination.ts';
import type { EntryRow } from './entry.ts';

/** Where a round ended; the next begins after it. */
export type Turn = { server: string; destination: Destination | '' };

export const FIRST_TURN: Turn = { server: '', destination: '' };

/** Sorts after every id. */
const LAST = '\u{10ffff}';

/**
 * Whose turn it is. Servers go round; so do the channels of one server, each with its longest due entry. A channel with
 * a post packed or under way, or on hold, waits, so that its posts come in order and nothing is packed that cannot go soon;
 * so does one with a post in doubt while Discord is silent: an outage shall leave one in doubt, and all others to one digest.
 * Every step is a look-up in an index: what waits behind is not read.
 */
export function openRounds(
  db: Database,
): (limit: number, after: Turn) => Promise<{ heads: EntryRow[]; last: Turn }> {
  const nextServer =
    "SELECT server AS id FROM entry WHERE state = 'due' AND server > ? AND server <= ? ORDER BY server LIMIT 1";
  const nextDestination = `SELECT destination AS id FROM entry WHERE state = 'due' AND server = ? AND destination > ? AND destination <= ?
     ORDER BY destination LIMIT 1`;
  const busy = `SELECT 1 FROM post WHERE destination = ?1 AND settled_at IS NULL AND (state IN ('packed', 'attempted') OR unheard = 1)
     UNION ALL SELECT 1 FROM hold WHERE destination = ?1 LIMIT 1`;
  const head =
    "SELECT * FROM entry WHERE state = 'due' AND server = ? AND destination = ? ORDER BY due_at LIMIT 1";

  const headsOf = async (server: string, start: Destination | '', count: number): Promise<EntryRow[]> => {
    const next = async (after: string, upTo: string) =>
      (await db.get<{ id: Destination }>(nextDestination, server, after, upTo))?.id;
    const isFree = async (destination: Destination) => (await db.get(busy, destination)) === undefined;
    const heads: EntryRow[] = [];
    for (const destination of await goRound(next, start, count, isFree))
      heads.push(...(await db.all<EntryRow>(head, server, destination)));
    return heads.sort((a, b) => a.due_at - b.due_at);
  };

  return async (limit, after) => {
    const next = async (from: string, upTo: string) =>
      (await db.get<{ id: string }>(nextServer, from, upTo))?.id;
    const servers = await goRound(next, after.server, limit, async () => true);
    const share = Math.ceil(limit / Math.max(1, servers.length));
    const queues: EntryRow[][] = [];
    for (const server of servers) queues.push(await headsOf(server, after.destination, share));
    const heads = roundRobin(queues, share).slice(0, limit);
    const { destination } = heads.at(-1) ?? after;
    return { heads, last: { server: servers.at(-1) ?? after.server, destination } };
  };
}

/** Up to `count` ids that `isWanted`, from the one after `start` to the last, then from the first to `start`. */
export async function goRound<Id extends string>(
  next: (after: string, upTo: string) => Promise<Id | undefined>,
  start: string,
  count: number,
  isWanted: (id: Id) => Promise<boolean>,
): Promise<Id[]> {
  const ids: Id[] = [];
  for (const [from, upTo] of [
    [start, LAST],
    ['', start],
  ])
    for (let id = await next(from, upTo); id !== undefined && ids.length < count; id = await next(id, upTo))
      if (await isWanted(id)) ids.push(id);
  return ids;
}

/** The first of each queue, then the second of each, and so on. */
export function roundRobin<T>(queues: readonly (readonly T[])[], rounds: number): T[] {
  return Array.from({ length: rounds }, (_, round) =>
    queues.flatMap((queue) => queue.slice(round, round + 1)),
  ).flat();
}
