import type { Database } from '#src/foundation/database/database.ts';
import type { PromiseRow } from './promise.ts';

/** Where a round ended; the next begins after it. */
export type Turn = { server: string; channel: string };

export const FIRST_TURN: Turn = { server: '', channel: '' };

/** Sorts after every id. */
const LAST = '\u{10ffff}';

/**
 * Whose turn it is. Servers go round; so do the channels of one server, each with its longest due promise. A channel with
 * a post packed or under way, or on hold, waits, so that its posts come in order and nothing is packed that cannot go soon;
 * so does one with a post in doubt while Discord is silent: an outage shall leave one in doubt, and all others to one digest.
 * Every step is a look-up in an index: what waits behind is not read.
 */
export function openRounds(
  db: Database,
): (limit: number, after: Turn) => Promise<{ heads: PromiseRow[]; last: Turn }> {
  const nextServer =
    "SELECT server AS id FROM promise WHERE state = 'due' AND server > ? AND server <= ? ORDER BY server LIMIT 1";
  const nextChannel = `SELECT channel AS id FROM promise WHERE state = 'due' AND server = ? AND channel > ? AND channel <= ?
     ORDER BY channel LIMIT 1`;
  const busy = `SELECT 1 FROM post WHERE channel = ?1 AND settled_at IS NULL AND (state IN ('packed', 'attempted') OR unheard = 1)
     UNION ALL SELECT 1 FROM hold WHERE channel = ?1 LIMIT 1`;
  const head =
    "SELECT * FROM promise WHERE state = 'due' AND server = ? AND channel = ? ORDER BY due_at LIMIT 1";

  const headsOf = async (server: string, start: string, count: number): Promise<PromiseRow[]> => {
    const next = async (after: string, upTo: string) =>
      (await db.get<{ id: string }>(nextChannel, server, after, upTo))?.id;
    const isFree = async (channel: string) => (await db.get(busy, channel)) === undefined;
    const heads: PromiseRow[] = [];
    for (const channel of await goRound(next, start, count, isFree)) {
      const row = await db.get<PromiseRow>(head, server, channel);
      if (row) heads.push(row);
    }
    return heads.sort((a, b) => a.due_at - b.due_at);
  };

  return async (limit, after) => {
    const next = async (from: string, upTo: string) =>
      (await db.get<{ id: string }>(nextServer, from, upTo))?.id;
    const servers = await goRound(next, after.server, limit, async () => true);
    const share = Math.ceil(limit / Math.max(1, servers.length));
    const queues: PromiseRow[][] = [];
    for (const server of servers) queues.push(await headsOf(server, after.channel, share));
    const heads = inTurns(queues, share).slice(0, limit);
    return { heads, last: { server: servers.at(-1) ?? '', channel: heads.at(-1)?.channel ?? '' } };
  };
}

/** Up to `count` ids that `isWanted`, from the one after `start` to the last, then from the first to `start`. */
export async function goRound(
  next: (after: string, upTo: string) => Promise<string | undefined>,
  start: string,
  count: number,
  isWanted: (id: string) => Promise<boolean>,
): Promise<string[]> {
  const ids: string[] = [];
  for (const [from, upTo] of [
    [start, LAST],
    ['', start],
  ])
    for (let id = await next(from, upTo); id !== undefined && ids.length < count; id = await next(id, upTo))
      if (await isWanted(id)) ids.push(id);
  return ids;
}

/** The first of each queue, then the second of each, and so on. */
export function inTurns<T>(queues: readonly (readonly T[])[], rounds: number): T[] {
  return Array.from({ length: rounds }, (_, round) =>
    queues.flatMap((queue) => queue.slice(round, round + 1)),
  ).flat();
}
