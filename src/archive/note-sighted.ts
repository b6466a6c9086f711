import type { Database } from '#src/foundation/database/database.ts';
import { FIGURE_NAMES, recordOf, sameFigures } from '#src/paper/figures.ts';
import type { Signals } from '#src/paper/paper.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';
import type { PaperRow } from './paper-row.ts';

/** One item of a poll. `newsAt`: of a list, whether it is news there. */
type Sighted = { sighting: Sighting; poll: Poll; newsAt: number | null };

/**
 * Notes what a sighting tells beside facts: figures, batch day, and of a list that it is listed. Whether anything of it
 * was new.
 */
export async function noteSighted(
  db: Database,
  row: PaperRow,
  { sighting, poll, newsAt }: Sighted,
): Promise<boolean> {
  const figuresChanged = await noteFigures(db, row, sighting, poll);
  const featured = await noteBatchDay(db, row, sighting.batchDay);
  const listed = poll.list !== 'lookup' && (await noteListed(db, row, poll, newsAt));
  return figuresChanged || featured || listed;
}

async function noteFigures(db: Database, row: PaperRow, sighting: Sighting, poll: Poll): Promise<boolean> {
  // A poll that arrives late must not put old figures over newer ones.
  if (poll.seenAt < row.figures_at) return false;
  const figures = newestFigures(row, sighting, poll);
  if (sameFigures(row, figures) && row.trending_rank === figures.trendingRank) return false;
  await db.run(
    `UPDATE paper SET ${FIGURE_NAMES.map((name) => `${name} = ?, `).join('')}trending_rank = ?, figures_at = ? WHERE ref = ?`,
    ...FIGURE_NAMES.map((name) => figures[name]),
    ...[figures.trendingRank, poll.seenAt, row.ref],
  );
  return true;
}

function newestFigures(row: PaperRow, sighting: Sighting, poll: Poll): Signals {
  return {
    ...recordOf(FIGURE_NAMES, (name) => sighting[name] ?? row[name]),
    trendingRank: poll.list === 'trending' ? sighting.place : row.trending_rank,
  };
}

async function noteBatchDay(db: Database, row: PaperRow, day: string | null): Promise<boolean> {
  const days: string[] = JSON.parse(row.batch_days);
  if (day === null || days.includes(day)) return false;
  const sorted = JSON.stringify([...days, day].sort());
  await db.run('UPDATE paper SET batch_days = ? WHERE ref = ?', sorted, row.ref);
  return true;
}

/** The first list that shows it, whether it is news, and that it is no mere look-up any more. */
async function noteListed(db: Database, row: PaperRow, poll: Poll, newsAt: number | null): Promise<boolean> {
  if (row.first_listed_at !== null) return false;
  await db.run(
    'UPDATE paper SET first_listed_at = ?, listed_by = ?, news_at = ?, looked_up_at = NULL WHERE ref = ?',
    poll.seenAt,
    poll.source,
    newsAt,
    row.ref,
  );
  return true;
}
