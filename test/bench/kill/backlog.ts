import { DatabaseSync } from 'node:sqlite';
import type { Town } from './town.ts';

/** Long ago, whatever the bot's clock says. */
const HOUR_COMES = `UPDATE entry SET due_at = 0 WHERE state = 'waiting';
  UPDATE post SET step_at = 0 WHERE step_at > 0`;

/** The hour of every waiting digest is now. Only while the bot is down. */
export function hourComes(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(HOUR_COMES);
  db.close();
}

/** Digests of papers that were queued for another hour while the bot ran on. */
export function bringHour(file: string): void {
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec(HOUR_COMES);
  db.close();
}

export function unfinished(file: string, town: Town): number {
  return backlog(file, town).reduce((sum, { n }) => sum + n, 0);
}

export function describeBacklog(file: string, town: Town): string {
  return backlog(file, town)
    .map(({ state, n }) => `${n} ${state}`)
    .join(', ');
}

/** What is left to do in the channels that are left. */
function backlog(file: string, town: Town): { state: string; n: number }[] {
  const gone = JSON.stringify(
    town.homes.filter(({ isGone }) => isGone).map(({ channel }) => `channel:${channel}`),
  );
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  const rows = db
    .prepare(
      `WITH gone AS (SELECT value FROM json_each(?))
       SELECT state || ' in ' || destination AS state, count(*) AS n FROM entry
         WHERE state NOT IN ('sent', 'refused', 'elsewhere') AND destination NOT IN gone GROUP BY 1
       UNION ALL SELECT 'post ' || state || ' in ' || destination, count(*) FROM post
         WHERE state IN ('packed', 'attempted', 'unknown') AND destination NOT IN gone GROUP BY 1
       UNION ALL SELECT 'thread to open in ' || destination, count(*) FROM post
         WHERE step_at IS NOT NULL AND steps LIKE '%thread%' AND destination NOT IN gone GROUP BY 1`,
    )
    .all(gone) as { state: string; n: number }[];
  db.close();
  return rows;
}
