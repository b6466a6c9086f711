import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import type { Story } from '#src/decision/news.ts';
import { UNSENT_KEPT } from '#src/outbox/prune-ledger.ts';

/** What is known of a paper at `now` (UTC ms), as far as it says whose news it is. */
export async function storyOf(
  archive: Pick<Archive, 'trendEvents'>,
  stored: StoredPaper,
  now: number,
): Promise<Story> {
  // The outbox forgets after a time what it refused: news from before then must not come back.
  const forgotten = now - UNSENT_KEPT;
  return {
    paper: stored.paper.id,
    firstSeenAt: stored.firstSeenAt,
    newsAt: stored.newsAt !== null && stored.newsAt > forgotten ? stored.newsAt : null,
    risesSince: Math.max(stored.risesSince ?? forgotten, forgotten),
    trendEvents: await archive.trendEvents(stored.paper.id),
  };
}
