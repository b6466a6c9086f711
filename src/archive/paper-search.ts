import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database.ts';
import type { Log } from '#src/foundation/log.ts';
import { holds, prepareDocument, prepareFilter } from '#src/match/explain.ts';
import type { Filter } from '#src/match/filter.ts';
import type { Archive } from './archive.ts';
import { documentOf } from './stored-paper.ts';

export type PaperSearch = {
  search(
    filter: Filter,
    options: {
      limit: number;
      offset: number;
      sort: 'relevance' | 'newest' | 'votes';
      since: number | null;
      now: number;
    },
  ): Promise<{ total: number; hits: { paper: string; score: number }[] }>;
  titles(words: string, limit: number): string[];
  words(prefix: string, limit: number): string[];
};

export function openPaperSearch(
  _db: Database,
  archive: Archive,
  _outside: { clock: Clock; log: Log },
): PaperSearch {
  return {
    async search(filter, { limit, offset, now }) {
      const condition = prepareFilter(filter);
      const hits = archive
        .arrivedSince(0, 100000)
        .filter((one) => holds(condition, prepareDocument(documentOf(one)), now));
      return {
        total: hits.length,
        hits: hits.slice(offset, offset + limit).map((one) => ({ paper: one.paper.id, score: 0 })),
      };
    },
    titles: (words, limit) =>
      archive
        .arrivedSince(0, 100000)
        .filter(({ paper }) => paper.title.toLowerCase().includes(words.toLowerCase()))
        .slice(0, limit)
        .map(({ paper }) => paper.id),
    words: () => [],
  };
}
