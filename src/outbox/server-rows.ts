import type { Database } from '#src/foundation/database/database.ts';

/** What is kept of a server's papers and posts, the newest first. `entries` and `posts` may be cut, their numbers are not. */
export type ServerRows = {
  entries: object[];
  entryCount: number;
  posts: object[];
  postCount: number;
  /** What channels refused, and since when. */
  troubles: object[];
};

type Asked = { serverId: string; most: number; breathe(): Promise<void> };

/** So many entries are looked at in one go: they have no index by server. */
const LOOKED_AT = 5000;

export async function readServerRows(db: Database, asked: Asked): Promise<ServerRows> {
  const { serverId } = asked;
  return {
    ...(await readEntries(db, asked)),
    ...(await readPosts(db, asked)),
    troubles: [
      ...(await db.all('SELECT * FROM hold WHERE server = ?', serverId)),
      ...(await db.all('SELECT * FROM episode WHERE server = ? ORDER BY id DESC', serverId)),
    ],
  };
}

async function readEntries(
  db: Database,
  { serverId, most, breathe }: Asked,
): Promise<Pick<ServerRows, 'entries' | 'entryCount'>> {
  const last = (await db.get<{ id: number | null }>('SELECT max(id) AS id FROM entry'))?.id ?? 0;
  const slice = 'SELECT * FROM entry WHERE server = ? AND id > ? AND id <= ? ORDER BY id DESC';
  const entries: object[] = [];
  let entryCount = 0;
  for (let to = last; to > 0; to -= LOOKED_AT) {
    const found = await db.all(slice, serverId, to - LOOKED_AT, to);
    entryCount += found.length;
    entries.push(...found.slice(0, most - entries.length));
    await breathe();
  }
  return { entries, entryCount };
}

async function readPosts(
  db: Database,
  { serverId, most, breathe }: Asked,
): Promise<Pick<ServerRows, 'posts' | 'postCount'>> {
  const slice = `SELECT * FROM post WHERE server = ? AND id < ? ORDER BY id DESC LIMIT ${LOOKED_AT}`;
  const posts: object[] = [];
  let postCount = 0;
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const found = await db.all<{ id: number }>(slice, serverId, before);
    postCount += found.length;
    posts.push(...found.slice(0, most - posts.length));
    if (found.length < LOOKED_AT) return { posts, postCount };
    before = found[found.length - 1].id;
    await breathe();
  }
}
