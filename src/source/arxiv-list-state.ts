import type { Feed } from './arxiv-rss-feed.ts';
import { newYorkDay, weekdaysBefore } from './batch-day.ts';
import { shareKnown } from './list-sample.ts';

// The feed is rebuilt about midnight Eastern; a build a little early still belongs to the day that then begins.
export const REBUILD_TAKES = 3600_000 / 2;

/**
 * What a feed that answered well has to say:
 * - `list`: the announcements of `day`. It may be an earlier day than today's: a feed rebuilt today that still dates its
 *   items so, or one that was not rebuilt.
 * - `mixed`: papers of the list before beside others. Announcements share no papers, so this one is not finished.
 * - `old`: the list before once more, under whatever date. `empty`: nothing at all.
 */
export type ListState = { kind: 'list'; day: string } | { kind: 'mixed' | 'old' | 'empty' };

/** `newest`: the newest day that was read, '' where none was; `shown`: a sample of its papers. */
type Before = { newest: string; shown: readonly number[] };

/** A paper that arXiv announces twice is rare: a list with fewer of the last one's is a new one. */
const HARDLY_ANY = 0.1;

export function stateOf(feed: Feed, today: string, { newest, shown }: Before): ListState {
  const ids = feed.items.flatMap((item) => (item.ok ? item.sighting.paper.id : []));
  const built = feed.builtAt === null ? today : newYorkDay(feed.builtAt + REBUILD_TAKES);
  if (newest !== '' && built < today && built <= newest) return { kind: 'old' };
  // Of a list that has replacements alone there is a date, and nothing to read.
  if (feed.items.length === 0 && feed.datedAt === null) return { kind: 'empty' };
  const known = shareKnown(ids, shown);
  if (known === 1) return { kind: 'old' };
  if (known > HARDLY_ANY) return { kind: 'mixed' };
  const day = dayOf(feed, built, newest);
  // Papers that no list had before are news whatever their dates; without any, an old date is all there is to go by.
  if (day > newest) return { kind: 'list', day };
  return ids.length > 0 ? { kind: 'list', day: built } : { kind: 'old' };
}

/** An earlier one than it was built on, where its items say so. */
function dayOf(feed: Feed, built: string, newest: string): string {
  const dated = feed.datedAt === null ? built : newYorkDay(feed.datedAt);
  if (dated >= built) return built;
  const [before] = weekdaysBefore(built, 1);
  // The first list owes nothing, so its day is not further back than need be.
  return newest === '' || dated > before ? before : dated;
}
