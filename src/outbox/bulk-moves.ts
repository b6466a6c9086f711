import type { Database } from '#src/foundation/database/database.ts';
import { type KeptPhrase, storedText } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Addressee, Destination } from './destination.ts';
import type { SendMode } from './entry.ts';
import type { EntryStore } from './entry-store.ts';
import type { PostStore } from './post-store.ts';

/** So many rows are moved in one go: some 10 ms. What is left is a chore, durable, and done bit by bit. */
const AT_ONCE = 400;
/** So many entries are looked at when a server is forgotten: they have no index by server. */
const LOOKED_AT = 5000;

/** A newer chore takes the place of an older one with the same subject. */
type Chore = Move | Purge;
type Move = Left & { subject: Destination; kind: 'hold' | 'release' | 'abandon' };
type Purge = Left & { subject: `server ${string}`; kind: 'purge' };
type Left = { server: string; reason: KeptPhrase; at: number; done_to: number };

export type BulkMoves = ReturnType<typeof openBulkMoves>;

/**
 * Moves whose work grows with what waits: the first bit is done at once, the rest by `goOn`. Whatever is half done keeps the
 * entry: a channel's hold is one row, and while it is there nothing of the channel goes.
 */
export function openBulkMoves(db: Database, entries: EntryStore, posts: PostStore) {
  const next = 'SELECT * FROM chore ORDER BY at LIMIT 1';
  const keep = 'INSERT OR REPLACE INTO chore VALUES (?, ?, ?, ?, ?, ?)';
  const drop = 'DELETE FROM chore WHERE subject = ?';

  /** A post that surely was not sent is no more; its papers are held, or due in a mode. */
  const dissolve = async (
    id: number,
    to: 'held' | 'due',
    mode: SendMode | null,
    reason: KeptPhrase,
    now: number,
  ): Promise<void> => {
    await posts.dissolve(id, reason, now);
    await entries.unpack(id, to, mode, to === 'held' ? reason : null, now);
  };

  const end = async (id: number, reason: KeptPhrase, now: number): Promise<void> => {
    await posts.move(id, { to: 'refused', reason }, now);
    await entries.settle(id, 'refused', reason, now);
  };

  /** Each does a bit and returns how many rows that were: fewer than AT_ONCE when it is done. */
  const work: Record<Move['kind'], (move: Move) => Promise<number>> = {
    async hold({ subject, server, reason, at }) {
      const dissolved = await moveSome(await posts.packedIn(subject, AT_ONCE, 'papers'), async (id) =>
        dissolve(id, 'held', null, reason, at),
      );
      return dissolved + (await entries.hold(server, subject, reason, AT_ONCE - dissolved));
    },
    release: async ({ subject, at }) => entries.release(subject, at, AT_ONCE),
    async abandon({ subject, server, reason, at }) {
      const open = [
        ...(await posts.packedIn(subject, AT_ONCE, 'all')),
        ...(await posts.doubtedIn(subject, AT_ONCE)),
      ];
      const ended = await moveSome(open, async (id) => end(id, reason, at));
      return ended + (await entries.abandon(server, subject, reason, at, AT_ONCE - ended));
    },
  };

  const forget = async (purge: Purge): Promise<Purge | null> => {
    const { server, done_to } = purge;
    const to = done_to + LOOKED_AT;
    if (await entries.purge(server, done_to, to)) return { ...purge, done_to: to };
    return (await posts.purge(server, AT_ONCE)) < AT_ONCE ? null : purge;
  };

  const goOnWith = async (move: Move): Promise<Move | null> =>
    (await work[move.kind](move)) < AT_ONCE ? null : move;

  const doBit = async (chore: Chore): Promise<void> => {
    const { subject, kind } = chore;
    const left = chore.kind === 'purge' ? await forget(chore) : await goOnWith(chore);
    if (left) await db.run(keep, subject, kind, left.server, storedText(left.reason), left.at, left.done_to);
    else await db.run(drop, subject);
  };

  return {
    dissolve,
    /** Open entries and packed posts of a channel wait until it is released. */
    hold: (
      { destination: subject, serverId: server }: Addressee,
      reason: KeptPhrase,
      at: number,
    ): Promise<void> => doBit({ subject, kind: 'hold', server, reason, at, done_to: 0 }),
    /** What is held goes with the channel's next catch-up. */
    release: (subject: Destination, at: number): Promise<void> =>
      doBit({ subject, kind: 'release', server: '', reason: '', at, done_to: 0 }),
    /** Nothing is owed to the channel any more: all that is open or in doubt there ends, refused. */
    abandon: (
      { destination: subject, serverId: server }: Addressee,
      reason: KeptPhrase,
      at: number,
    ): Promise<void> => doBit({ subject, kind: 'abandon', server, reason, at, done_to: 0 }),
    /** Everything of a server is forgotten. */
    purge: (server: string): Promise<void> =>
      doBit({ subject: `server ${server}`, kind: 'purge', server, reason: '', at: 0, done_to: 0 }),

    /** What was due before that instant and surely is unsent goes as catch-ups. True while there is more. */
    async gather(before: number, now: number): Promise<boolean> {
      const dissolved = await moveSome(await posts.packedBefore(before, AT_ONCE), async (id) =>
        dissolve(id, 'due', 'catch-up', phrase('post.overdue'), now),
      );
      return dissolved + (await entries.gather(before, now, AT_ONCE)) >= AT_ONCE;
    },

    /** Does a bit of what is left, and makes some due whose hour has come. True while there is more. */
    async goOn(now: number): Promise<boolean> {
      const chore = await db.get<Chore>(next);
      if (chore) await doBit(chore);
      return (await entries.makeDue(now, AT_ONCE)) >= AT_ONCE || (await db.get<Chore>(next)) !== undefined;
    },
  };
}

/** Does something to each post until AT_ONCE rows, papers included, are moved. Returns how many they were. */
async function moveSome(
  posts: readonly { id: number; papers: readonly string[] }[],
  move: (id: number) => Promise<void>,
): Promise<number> {
  let moved = 0;
  for (const { id, papers } of posts) {
    if (moved >= AT_ONCE) return moved;
    await move(id);
    moved += 1 + papers.length;
  }
  return moved;
}
