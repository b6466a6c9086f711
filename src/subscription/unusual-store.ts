import type { Unusual } from '#src/decision/unusual.ts';
import type { Database } from '#src/foundation/database/database.ts';
import {
  type InstantColumn,
  instantsAhead,
  type PutRight,
  putColumnsRight,
} from '#src/foundation/instants.ts';
import { SUBSCRIPTION_MIGRATIONS } from './migrations.ts';
import type { Subscription } from './subscription.ts';

/** Something unusual of a subscription, from when it was noticed to its end. Instants are UTC ms. */
export type UnusualEpisode = Unusual & {
  subscription: string;
  serverId: string;
  /** What the subscription wanted since then is what was unusual: once it wants something else, this is over. */
  wantedSince: number;
  endedAt: number | null;
  /** A moderator said that it is fine: what came from then on is its usual. */
  usualFrom: number | null;
  notifiedAt: number | null;
  /** The post that told of it. */
  notice: number | null;
};

/** What is unusual of subscriptions, the last of each: durable, so that it is told once. */
export type UnusualStore = {
  of(subscriptionId: string): Promise<UnusualEpisode | null>;
  /** Those of a server that are not over. */
  openIn(serverId: string): Promise<UnusualEpisode[]>;
  all(): Promise<UnusualEpisode[]>;
  /** In the place of the last one; what a moderator called fine stays so. */
  begin(subscription: Subscription, unusual: Unusual): Promise<void>;
  /** The same, going on: its figures as they are now. */
  renew(subscriptionId: string, unusual: Unusual): Promise<void>;
  end(subscriptionId: string, now: number): Promise<void>;
  /** Ends it, and makes of what came from its beginning on what is usual. */
  accept(episode: UnusualEpisode, now: number): Promise<void>;
  /** Servers with one of which no moderator was told. */
  untoldServers(): Promise<string[]>;
  /** When one of the server was told last; 0: never. */
  lastToldIn(serverId: string): Promise<number>;
  noteTold(subscriptionId: string, notice: number | null, now: number): Promise<void>;
  /** The word of it was in vain. */
  noteUntold(subscriptionId: string): Promise<void>;
  forget(subscriptionId: string): Promise<void>;
  forgetServer(serverId: string): Promise<void>;
  /** The different instants that lie ahead of `now`. */
  ahead(now: number): Promise<number[]>;
  /** Puts them right. Returns how many rows had one. */
  putRight(now: number, right: PutRight): Promise<number>;
};

type Row = {
  subscription: string;
  server: string;
  wanted_since: number;
  kind: string;
  since: number;
  at: number;
  posts: number;
  usual: number;
  ended_at: number | null;
  usual_from: number | null;
  notified_at: number | null;
  notice: number | null;
};

const INSTANTS: readonly InstantColumn[] = [
  'wanted_since',
  'since',
  'at',
  'ended_at',
  'usual_from',
  'notified_at',
].map((column) => ({ table: 'unusual', column }));

export async function openUnusualStore(db: Database): Promise<UnusualStore> {
  await db.migrate('subscription', SUBSCRIPTION_MIGRATIONS);
  const read = async (where: string, ...values: (string | number)[]): Promise<UnusualEpisode[]> =>
    (await db.all<Row>(`SELECT * FROM unusual WHERE ${where} ORDER BY subscription`, ...values)).map(
      episodeOf,
    );
  const write = async (sql: string, ...values: (string | number | null)[]): Promise<void> =>
    void (await db.run(sql, ...values));
  const begin = `INSERT INTO unusual (subscription, server, wanted_since, kind, since, at, posts, usual)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET wanted_since = excluded.wanted_since, kind = excluded.kind, since = excluded.since,
      at = excluded.at, posts = excluded.posts, usual = excluded.usual,
      ended_at = NULL, notified_at = NULL, notice = NULL`;
  const renew = `UPDATE unusual SET at = ?, posts = ?, usual = ?
    WHERE subscription = ? AND since = ? AND ended_at IS NULL`;
  const end = 'UPDATE unusual SET ended_at = ? WHERE subscription = ? AND ended_at IS NULL';
  const accept = 'UPDATE unusual SET ended_at = ?, usual_from = since WHERE subscription = ? AND since = ?';
  const told = 'UPDATE unusual SET notified_at = ?, notice = ? WHERE subscription = ?';
  const untold = `SELECT DISTINCT server FROM unusual WHERE ended_at IS NULL AND notified_at IS NULL`;
  const lastTold = 'SELECT coalesce(max(notified_at), 0) AS at FROM unusual WHERE server = ?';

  return {
    of: async (id) => (await read('subscription = ?', id))[0] ?? null,
    openIn: (serverId) => read('server = ? AND ended_at IS NULL', serverId),
    all: () => read('true'),
    begin: ({ id, serverId, since: wantedSince }, { kind, since, at, posts, usual }) =>
      write(begin, id, serverId, wantedSince, kind, since, at, posts, usual),
    renew: (id, { at, posts, usual, since }) => write(renew, at, posts, usual, id, since),
    end: (id, now) => write(end, now, id),
    accept: ({ subscription, since }, now) => write(accept, now, subscription, since),
    untoldServers: async () => (await db.all<{ server: string }>(untold)).map(({ server }) => server),
    lastToldIn: async (serverId) => (await db.all<{ at: number }>(lastTold, serverId))[0].at,
    noteTold: (id, notice, now) => write(told, now, notice, id),
    noteUntold: (id) => write(told, null, null, id),
    forget: (id) => write('DELETE FROM unusual WHERE subscription = ?', id),
    forgetServer: (serverId) => write('DELETE FROM unusual WHERE server = ?', serverId),
    ahead: (now) => instantsAhead(db, INSTANTS, now),
    putRight: (now, right) => putColumnsRight(db, INSTANTS, now, right),
  };
}

/** Whether it is so still, as far as the subscription tells: it runs, and wants what it wanted. */
export function isStillSo(
  { endedAt, wantedSince }: UnusualEpisode,
  { paused, since }: Subscription,
): boolean {
  return endedAt === null && paused === null && wantedSince === since;
}

function episodeOf(row: Row): UnusualEpisode {
  return {
    subscription: row.subscription,
    serverId: row.server,
    wantedSince: row.wanted_since,
    kind: row.kind === 'loud' ? 'loud' : 'quiet',
    since: row.since,
    at: row.at,
    posts: row.posts,
    usual: row.usual,
    endedAt: row.ended_at,
    usualFrom: row.usual_from,
    notifiedAt: row.notified_at,
    notice: row.notice,
  };
}
