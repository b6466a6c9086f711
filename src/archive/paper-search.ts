import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Filter } from '#src/match/filter.ts';
import { createSearchIndex, type SearchOptions, type SearchResult } from '#src/match/search-index.ts';
import type { Archive } from './archive.ts';
import { type Change, documentOf } from './stored-paper.ts';
import { titleFilter } from './title-filter.ts';

/** Search over the archive's papers, in memory. It keeps up by the change journal. */
export type PaperSearch = {
  /** Papers that can be found so far. */
  readonly size: number;
  /** Reads the archive in slices of some milliseconds; until it is done, what was read can be found. */
  load(): Promise<void>;
  /** In the filter language; knows every paper that the archive kept before the call. */
  search(filter: Filter, options: SearchOptions): Promise<SearchResult>;
  /** Ids of papers whose titles have these words, the last of them perhaps still being typed; the best first. */
  titles(words: string, limit: number): string[];
};

/** About 5 ms of work. */
const SLICE = 25;

export function openPaperSearch(archive: Archive): PaperSearch {
  const index = createSearchIndex();
  let readTo = 0;

  const take = ({ factsSeq, paper }: Change): void => {
    const document = documentOf(paper);
    // Where only figures changed since the paper was taken in, its words stay.
    if (factsSeq <= readTo && index.updateFigures(document.id, document)) return;
    index.add(document);
  };

  /** Takes in one slice of the journal; false at its end. */
  const readOn = (): boolean => {
    const changes = archive.changesAfter(readTo, SLICE);
    for (const change of changes) take(change);
    readTo = changes.at(-1)?.seq ?? readTo;
    return changes.length === SLICE;
  };

  const load = async (): Promise<void> => {
    while (readOn()) await othersTurn();
  };

  return {
    get size() {
      return index.size;
    },
    load,
    async search(filter, options) {
      await load();
      return index.search(filter, options);
    },
    titles(words, limit) {
      readOn();
      const all = titleFilter(words, 'all');
      const any = titleFilter(words, 'any');
      if (!all || !any) return [];
      const options = { limit, now: 0 };
      const found = index.searchNow(all, options);
      const hits = found.total > 0 ? found.hits : index.searchNow(any, options).hits;
      return hits.map(({ paper }) => paper);
    },
  };
}
