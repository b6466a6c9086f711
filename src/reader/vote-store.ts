import type { Database } from '#src/foundation/database/database.ts';
import {
  type InstantColumn,
  instantsAhead,
  type PutRight,
  putColumnsRight,
} from '#src/foundation/instants.ts';
import type { MemberRecords } from '#src/foundation/member-records.ts';
import { READER_MIGRATIONS } from './migrations.ts';

type Voted = { serverId: string; channelId: string; paper: string };

/** What members say of papers: that one is not for its channel. Moderators see a count, and nobody a name. Instants are UTC ms. */
export type VoteStore = {
  /** Once a member, channel and paper: false where they said so before. */
  add(vote: Voted & { member: string }, now: number): Promise<boolean>;
  count(of: Voted): Promise<number>;
  /** Forgets a slice of those that are older than 180 days; returns how many. */
  prune(now: number): Promise<number>;
  forgetServer(serverId: string): Promise<void>;
  /** How many there are in a server. */
  countIn(serverId: string): Promise<number>;
  /** What of them names whom. */
  members: MemberRecords;
  /** The different instants that lie ahead of `now`. */
  ahead(now: number): Promise<number[]>;
  /** Puts them right. Returns how many rows had one. */
  putRight(now: number, right: PutRight): Promise<number>;
};

const KEPT_MS = 180 * 86_400_000;
const SLICE = 500;
const INSTANTS: readonly InstantColumn[] = [{ table: 'vote', column: 'at' }];

export async function openVoteStore(db: Database): Promise<VoteStore> {
  await db.migrate('reader', READER_MIGRATIONS);
  const add =
    'INSERT INTO vote (server, channel, paper, member, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
  const count = 'SELECT count(*) AS n FROM vote WHERE server = ? AND channel = ? AND paper = ?';
  const prune = `DELETE FROM vote WHERE (server, channel, paper, member) IN
    (SELECT server, channel, paper, member FROM vote WHERE at < ? LIMIT ${SLICE})`;

  const countIn = 'SELECT count(*) AS n FROM vote WHERE server = ?';
  const of = 'SELECT server, channel, paper, at FROM vote WHERE member = ? ORDER BY at';

  return {
    add: async ({ serverId, channelId, paper, member }, now) =>
      (await db.run(add, serverId, channelId, paper, member, now)).changes > 0,
    count: async ({ serverId, channelId, paper }) =>
      (await db.all<{ n: number }>(count, serverId, channelId, paper))[0].n,
    prune: async (now) => (await db.run(prune, now - KEPT_MS)).changes,
    forgetServer: async (serverId) => void (await db.run('DELETE FROM vote WHERE server = ?', serverId)),
    countIn: async (serverId) => (await db.all<{ n: number }>(countIn, serverId))[0].n,
    members: {
      of: async (member) =>
        (await db.all<{ server: string; channel: string; paper: string; at: number }>(of, member)).map(
          (stored) => ({ kind: 'vote', serverId: stored.server, at: stored.at, stored }),
        ),
      ids: async () =>
        new Set((await db.all<{ id: string }>('SELECT DISTINCT member AS id FROM vote')).map(({ id }) => id)),
      forget: async (member) => void (await db.run('DELETE FROM vote WHERE member = ?', member)),
    },
    ahead: (now) => instantsAhead(db, INSTANTS, now),
    putRight: (now, right) => putColumnsRight(db, INSTANTS, now, right),
  };
}
