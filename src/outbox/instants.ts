import type { Database } from '#src/foundation/database/database.ts';
import {
  type InstantColumn,
  instantsAhead,
  type PutRight,
  putColumnsRight,
} from '#src/foundation/instants.ts';

import { LONGEST_FIRST_PAUSE } from './post-states.ts';
import { LONGEST_STEP_PAUSE } from './second-steps.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The longest that a post waits to be tried again. */
const LONGEST_RETRY = HOUR;
/** The longest that an entry waits for its digest: a week, and a day for zones and clocks that are put forward. */
const LONGEST_WAIT = 8 * DAY;

// Cards that were sent count towards their day's cap and are kept up to date for some hours.
const COLUMNS: readonly InstantColumn[] = [
  { table: 'post', column: 'settled_at', where: "state = 'sent' AND kind = 'card'" },
  { table: 'hold', column: 'since' },
  { table: 'episode', column: 'since' },
  { table: 'episode', column: 'ended_at' },
];

/** The different instants of what happened ahead of `now`. */
export const outboxAhead = (db: Database, now: number): Promise<number[]> => instantsAhead(db, COLUMNS, now);

/** Returns how many rows lay ahead of `now`. */
export const putOutboxRight = (db: Database, now: number, right: PutRight): Promise<number> =>
  putColumnsRight(db, COLUMNS, now, right);

/** Plans by a clock that ran ahead: what waits for an hour that cannot have been meant may go now. Returns how many. */
export async function planAnew(db: Database, now: number): Promise<number> {
  const plans = [
    WAITING,
    PACKED,
    doubted('post_unsettled', 'unknown'),
    doubted('post_under_way', 'attempted'),
    PUT_OFF,
    STEPS,
  ];
  return db.transaction(async () => {
    let rows = 0;
    for (const sql of plans) rows += (await db.run(sql, now)).changes;
    return rows;
  });
}

const WAITING = `UPDATE entry SET due_at = ?1 WHERE state = 'waiting' AND due_at > ?1 + ${LONGEST_WAIT}`;

const PACKED = `UPDATE post SET next_at = ?1, packed_at = min(packed_at, ?1), queued_at = min(queued_at, ?1),
    last_attempt_at = min(last_attempt_at, ?1)
  WHERE state = 'packed' AND next_at > ?1 AND (packed_at > ?1 OR last_attempt_at > ?1 OR next_at > ?1 + ${LONGEST_RETRY})`;

// When it was attempted our clock can tell no more, but that it was before now; Discord's, by which it is made sure of, was
// noted with the attempt. Where it was not, its place is read back for two days.
const doubted = (
  index: string,
  state: string,
) => `UPDATE post SET next_at = min(next_at, ?1), last_attempt_at = ?1,
    first_attempt_at = min(first_attempt_at, ?1 - ${DAY}), doubt_since = min(doubt_since, ?1)
  WHERE id IN (SELECT id FROM post INDEXED BY ${index} WHERE state = '${state}') AND last_attempt_at > ?1`;

// Attempted before the clock ran ahead, and put off by it. Nothing tells that from a pause that grew: to ask once too often
// does no harm.
const STEPS = `UPDATE post SET step_at = ?1 WHERE step_at > ?1 + ${LONGEST_STEP_PAUSE}`;

const PUT_OFF = `UPDATE post SET next_at = ?1 WHERE state = 'unknown' AND next_at > ?1 + ${LONGEST_FIRST_PAUSE}`;
