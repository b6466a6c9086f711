import type { Database } from '#src/foundation/database/database.ts';
import { type KeptPhrase, readKept } from '#src/wording/kept-phrase.ts';
import type { Destination } from './destination.ts';
import { type EntryRow, type OutboxEntry, readEntry } from './entry.ts';

/** The life of one entry, from decision to message. Instants are UTC milliseconds. */
export type LedgerEntry = OutboxEntry & {
  post: {
    kind: string;
    state: string;
    attempts: number;
    firstAttemptAt: number | null;
    lastAttemptAt: number | null;
    /** Where the message is; a forum post's own id; for a thread its parent. */
    channelId: string | null;
    messageId: string | null;
    deletedAt: number | null;
    reason: KeptPhrase | null;
  } | null;
};

export type LedgerQuery = { destination?: Destination; paper?: string; serverId?: string; limit: number };

type Row = EntryRow & {
  post_kind: string | null;
  post_state: string;
  attempts: number;
  first_attempt_at: number | null;
  last_attempt_at: number | null;
  message_channel: string | null;
  message: string | null;
  deleted_at: number | null;
  post_reason: string | null;
};

/** Entries that fit all that is asked, the newest first. */
export async function readLedger(
  db: Database,
  { destination, paper, serverId, limit }: LedgerQuery,
): Promise<LedgerEntry[]> {
  const wanted = Object.entries({ destination, paper, server: serverId }).filter(
    ([, value]) => value !== undefined,
  );
  const where = wanted.map(([column]) => `p.${column} = ?`).join(' AND ') || 'true';
  const sql = `SELECT p.*, post.kind AS post_kind, post.state AS post_state, attempts, first_attempt_at, last_attempt_at,
      message_channel, message, deleted_at, post.reason AS post_reason
    FROM entry AS p LEFT JOIN post ON post.id = p.post WHERE ${where} ORDER BY p.id DESC LIMIT ?`;
  const values = wanted.map(([, value]) => value as string);
  return (await db.all<Row>(sql, ...values, limit)).map(entryOf);
}

function entryOf(row: Row): LedgerEntry {
  if (row.post_kind === null) return { ...readEntry(row), post: null };
  return {
    ...readEntry(row),
    post: {
      kind: row.post_kind,
      state: row.post_state,
      attempts: row.attempts,
      firstAttemptAt: row.first_attempt_at,
      lastAttemptAt: row.last_attempt_at,
      channelId: row.message_channel,
      messageId: row.message,
      deletedAt: row.deleted_at,
      reason: row.post_reason && readKept(row.post_reason),
    },
  };
}
