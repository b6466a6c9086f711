import type { Database } from '#src/foundation/database/database.ts';
import { goRound, roundRobin } from './due-round.ts';
import type { PostRow } from './post.ts';
import { NOT_HELD } from './posts-found.ts';

/**
 * Which doubts are looked into next. Servers go round, so that the doubts of one crowd out nobody else's; within a server
 * the one whose time came first. Those of a channel on hold wait.
 */
export function openDoubtRounds(
  db: Database,
): (now: number, limit: number, after: string) => Promise<{ rows: PostRow[]; last: string }> {
  const nextServer =
    "SELECT server AS id FROM post WHERE state = 'unknown' AND server > ? AND server <= ? ORDER BY server LIMIT 1";
  const ofServer = `SELECT * FROM post WHERE state = 'unknown' AND server = ? AND next_at <= ?
     AND ${NOT_HELD} ORDER BY next_at LIMIT ?`;
  return async (now, limit, after) => {
    const next = async (from: string, upTo: string) =>
      (await db.get<{ id: string }>(nextServer, from, upTo))?.id;
    const isDue = async (server: string) => (await db.get(ofServer, server, now, 1)) !== undefined;
    const servers = await goRound(next, after, limit, isDue);
    const share = Math.ceil(limit / Math.max(1, servers.length));
    const queues: PostRow[][] = [];
    for (const server of servers) queues.push(await db.all<PostRow>(ofServer, server, now, share));
    return { rows: roundRobin(queues, share).slice(0, limit), last: servers.at(-1) ?? after };
  };
}
