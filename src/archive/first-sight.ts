import type { Database } from '#src/foundation/database/database.ts';
import type { ListKind, SourceName } from '#src/paper/sighting.ts';
import type { PollStore } from './poll-store.ts';

/** The oldest poll that is kept and showed the paper: when (UTC ms), at which place of how many papers. */
export type FirstSight = {
  at: number;
  source: SourceName;
  list: ListKind;
  key: string;
  place: number;
  papers: number;
};

type Row = Omit<FirstSight, 'papers'> & { poll: number; series: number };

const OLDEST = `SELECT poll.id AS poll, poll.series, poll.seen_at AS at, series.source, series.list, series.key, s.place
  FROM sighting AS s JOIN poll ON poll.id = s.poll JOIN series ON series.id = poll.series
  WHERE s.paper = (SELECT ref FROM paper WHERE id = ?) AND s.place IS NOT NULL ORDER BY poll.seen_at, poll.id LIMIT 1`;

/** Null where no list showed it, or no poll of then is kept any more. */
export async function readFirstSight(
  db: Database,
  pollStore: Pick<PollStore, 'standingAt'>,
  paper: string,
): Promise<FirstSight | null> {
  const row = await db.get<Row>(OLDEST, paper);
  if (!row) return null;
  const { poll, series, ...sight } = row;
  const { standing } = await pollStore.standingAt(series, poll);
  return { ...sight, papers: standing.size };
}
