import { setImmediate as othersTurn } from 'node:timers/promises';
import { analyse } from '#src/match/analyse.ts';
import type { Filter } from '#src/match/filter.ts';
import { createSearchIndex, type SearchOptions, type SearchResult } from '#src/match/search-index.ts';
import { createSpeller } from '#src/match/speller.ts';
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
  /** Words of titles that begin so, the commonest first. */
  completions(start: string, limit: number): string[];
  /** The word of titles that was probably meant; null when the word is known, or nothing is near. */
  correction(word: string): string | null;
};

/** About 5 ms of work. */
const SLICE = 25;

export function openPaperSearch(archive: Archive): PaperSearch {
  const index = createSearchIndex();
  const speller = createSpeller();
  let readTo = 0;

  const take = ({ factsSeq, paper }: Change): void => {
    const document = documentOf(paper);
    // Where only figures changed since the paper was taken in, its words stay.
    if (factsSeq <= readTo && index.updateFigures(document.id, document)) return;
    index.add(document);
    for (const { fold } of analyse(document.title)) if (fold.length > 2) speller.learn(fold);
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
    completions: (start, limit) => speller.complete(foldOf(start), limit),
    correction(word) {
      const fold = foldOf(word);
      return fold.length < 4 || speller.knows(fold) ? null : (speller.suggest(fold, 1)[0] ?? null);
    },
  };
}

/** A single word as titles' words are kept. */
function foldOf(word: string): string {
  return analyse(word)[0]?.fold ?? '';
}
