import type { Database } from '#src/foundation/database/database.ts';
import type { PostBook } from './post-book.ts';
import type { Lane } from './promise.ts';
import type { PromiseBook } from './promise-book.ts';

/** So many rows are moved in one go: some 10 ms. What is left is a chore, durable, and done bit by bit. */
const AT_ONCE = 400;
/** So many promises are looked at when a server is forgotten: they have no index by server. */
const LOOKED_AT = 5000;

type Kind = 'hold' | 'release' | 'abandon' | 'purge';
type Chore = {
  /** A channel, or `server ID`. A newer chore takes the place of an older one. */
  subject: string;
  kind: Kind;
  server: string;
  reason: string;
  at: number;
  done_to: number;
};

export type Channel = { channelId: string; serverId: string };
export type BulkMoves = ReturnType<typeof openBulkMoves>;

/**
 * Moves whose work grows with what waits: the first bit is done at once, the rest by `goOn`. Whatever is half done keeps the
 * promise: a channel's hold is one row, and while it is there nothing of the channel goes.
 */
export function openBulkMoves(db: Database, promises: PromiseBook, posts: PostBook) {
  const next = db.prepare<Chore>('SELECT * FROM chore ORDER BY at LIMIT 1');
  const keep = db.prepare('INSERT OR REPLACE INTO chore VALUES (?, ?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM chore WHERE subject = ?');

  /** A post that surely was not sent is no more; its papers are held, or due in a lane. */
  const dissolve = (id: number, to: 'held' | 'due', lane: Lane | null, reason: string, now: number): void => {
    posts.dissolve(id, reason, now);
    promises.unpack(id, to, lane, to === 'held' ? reason : null, now);
  };

  const end = (id: number, reason: string, now: number): void => {
    posts.move(id, { to: 'refused', reason }, now);
    promises.settle(id, 'refused', reason, now);
  };

  /** Each does a bit and returns how many rows that were: fewer than AT_ONCE when it is done. */
  const work: Record<Exclude<Kind, 'purge'>, (chore: Chore) => number> = {
    hold({ subject, server, reason, at }) {
      const dissolved = upTo(AT_ONCE, posts.packedIn(subject, AT_ONCE, 'papers'), (id) =>
        dissolve(id, 'held', null, reason, at),
      );
      return dissolved + promises.hold(server, subject, reason, AT_ONCE - dissolved);
    },
    release: ({ subject, at }) => promises.release(subject, at, AT_ONCE),
    abandon({ subject, server, reason, at }) {
      const open = [...posts.packedIn(subject, AT_ONCE, 'all'), ...posts.doubtedIn(subject, AT_ONCE)];
      const ended = upTo(AT_ONCE, open, (id) => end(id, reason, at));
      return ended + promises.abandon(server, subject, reason, at, AT_ONCE - ended);
    },
  };

  const forget = (chore: Chore): Chore | null => {
    const { server, done_to } = chore;
    const to = done_to + LOOKED_AT;
    if (promises.purge(server, done_to, to)) return { ...chore, done_to: to };
    return posts.purge(server, AT_ONCE) < AT_ONCE ? null : chore;
  };

  const doBit = (chore: Chore): void => {
    const { subject, kind } = chore;
    const isDone = kind !== 'purge' && work[kind](chore) < AT_ONCE;
    const left = kind === 'purge' ? forget(chore) : isDone ? null : chore;
    if (left) keep.run(subject, kind, left.server, left.reason, left.at, left.done_to);
    else drop.run(subject);
  };

  const begin = (subject: string, kind: Kind, server: string, reason: string, at: number): void =>
    doBit({ subject, kind, server, reason, at, done_to: 0 });

  return {
    dissolve,
    /** Open promises and packed posts of a channel wait until it is released. */
    hold: ({ channelId, serverId }: Channel, reason: string, now: number): void =>
      begin(channelId, 'hold', serverId, reason, now),
    /** What is held goes with the channel's next catch-up. */
    release: (channelId: string, now: number): void => begin(channelId, 'release', '', '', now),
    /** Nothing is owed to the channel any more: all that is open or in doubt there ends, refused. */
    abandon: ({ channelId, serverId }: Channel, reason: string, now: number): void =>
      begin(channelId, 'abandon', serverId, reason, now),
    /** Everything of a server is forgotten. */
    purge: (serverId: string): void => begin(`server ${serverId}`, 'purge', serverId, '', 0),

    /** What was due before that instant and surely is unsent goes as catch-ups. True while there is more. */
    gather(before: number, now: number): boolean {
      const dissolved = upTo(AT_ONCE, posts.packedBefore(before, AT_ONCE), (id) =>
        dissolve(id, 'due', 'catch-up', 'overdue: gathered into a catch-up', now),
      );
      return dissolved + promises.gather(before, now, AT_ONCE) >= AT_ONCE;
    },

    /** Does a bit of what is left, and wakes some of what is due. True while there is more. */
    goOn(now: number): boolean {
      const chore = next.get();
      if (chore) doBit(chore);
      return promises.wake(now, AT_ONCE) >= AT_ONCE || next.get() !== undefined;
    },
  };
}

/** Does something to each post until so many rows, papers included, are moved. Returns how many they were. */
function upTo(
  rows: number,
  posts: readonly { id: number; papers: readonly string[] }[],
  move: (id: number) => void,
): number {
  let moved = 0;
  for (const { id, papers } of posts) {
    if (moved >= rows) return moved;
    move(id);
    moved += 1 + papers.length;
  }
  return moved;
}
