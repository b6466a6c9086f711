import type { Database } from '#src/foundation/database/database.ts';
import type { ListKind, Poll, SourceName } from '#src/paper/sighting.ts';

/** How one list of one source fares, for /status. Instants are UTC milliseconds. */
export type ListHealth = {
  source: SourceName;
  list: ListKind;
  succeededAt: number | null;
  failedAt: number | null;
  /** Why the last failure happened, system first. */
  reason: string | null;
  /** In the last poll that succeeded. */
  items: number;
  malformed: number;
  complete: boolean;
};

/** A list that could not be looked at: source/source.ts hands these out among the polls. */
export type FailedPoll = {
  failed: true;
  source: SourceName;
  list: ListKind;
  key: string;
  at: number;
  reason: string;
};

type Row = {
  source: SourceName;
  list: ListKind;
  succeeded_at: number | null;
  failed_at: number | null;
  reason: string | null;
  items: number;
  malformed: number;
  complete: number;
};

/** When any of these lists was last read, UTC ms; null before the first time. A member's look-up reads none. */
export function lastSuccessOf(lists: readonly ListHealth[]): number | null {
  const successes = lists.flatMap(({ list, succeededAt }) => (list === 'lookup' ? [] : (succeededAt ?? [])));
  return successes.length > 0 ? Math.max(...successes) : null;
}

export function openSourceHealth(db: Database) {
  const failed = `INSERT INTO health
    (source, list, failed_at, reason, items, malformed, malformed_ever, complete) VALUES (?, ?, ?, ?, 0, 0, 0, 0)
    ON CONFLICT DO UPDATE SET failed_at = excluded.failed_at, reason = excluded.reason`;
  const succeeded = `INSERT INTO health
    (source, list, succeeded_at, items, malformed, malformed_ever, complete) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)
    ON CONFLICT DO UPDATE SET succeeded_at = excluded.succeeded_at, items = excluded.items, complete = excluded.complete,
      malformed = excluded.malformed`;

  return {
    async note(poll: Poll | FailedPoll): Promise<void> {
      if ('failed' in poll) await db.run(failed, poll.source, poll.list, poll.at, poll.reason);
      else await db.run(succeeded, ...successOf(poll));
    },

    async all(): Promise<ListHealth[]> {
      const rows = await db.all<Row>('SELECT * FROM health ORDER BY source, list');
      return rows.map((row) => ({
        source: row.source,
        list: row.list,
        succeededAt: row.succeeded_at,
        failedAt: row.failed_at,
        reason: row.reason,
        items: row.items,
        malformed: row.malformed,
        complete: row.complete === 1,
      }));
    },
  };
}

function successOf(poll: Poll): (string | number)[] {
  return [poll.source, poll.list, poll.seenAt, poll.sightings.length, poll.malformed, Number(poll.complete)];
}
