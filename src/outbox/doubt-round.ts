import type { Database } from '#src/foundation/database/database.ts';
import { goRound, inTurns } from './due-round.ts';
import type { PostRow } from './post.ts';
import { NOT_HELD } from './post-book.ts';

/**
 * Which doubts are looked into next. Servers go round, so that the doubts of one crowd out nobody else's; within a server
 * the one whose time came first. Those of a channel on hold wait.
 */
export function openDoubtRounds(
  db: Database,
): (now: number, limit: number, after: string) => { rows: PostRow[]; last: string } {
  const nextServer = db.prepare<{ id: string }>(
    "SELECT server AS id FROM post WHERE state = 'unknown' AND server > ? AND server <= ? ORDER BY server LIMIT 1",
  );
  const ofServer = db.prepare<PostRow>(
    `SELECT * FROM post WHERE state = 'unknown' AND server = ? AND next_at <= ?
     AND ${NOT_HELD} ORDER BY next_at LIMIT ?`,
  );
  return (now, limit, after) => {
    const next = (from: string, upTo: string) => nextServer.get(from, upTo)?.id;
    const servers = goRound(next, after, limit, (server) => ofServer.get(server, now, 1) !== undefined);
    const share = Math.ceil(limit / Math.max(1, servers.length));
    const queues = servers.map((server) => ofServer.all(server, now, share));
    return { rows: inTurns(queues, share).slice(0, limit), last: servers.at(-1) ?? '' };
  };
}
