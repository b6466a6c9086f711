import { type Clock, systemClock } from '#src/foundation/clock.ts';
import { type Log, silentLog } from '#src/foundation/log.ts';
import type { Filter } from '#src/match/language/filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { MatchingPapers, SearchOptions, SearchResult } from '#src/match/search/search-held.ts';
import type { SearchIndex } from '#src/match/search/search-index.ts';
import { analyse } from '#src/match/text/analyse.ts';
import type { Archive } from './archive.ts';
import { SearchReader } from './search-reader.ts';
import { noSearchSnapshot, type SearchSnapshot } from './search-snapshot.ts';
import { titleFilter } from './title-filter.ts';

/** Search over the archive's papers, in memory. It keeps up by the change journal. */
export type PaperSearch = {
  /** Papers that can be found so far. */
  readonly size: number;
  /** Places that the index has taken for them; see search-index.ts. */
  readonly places: number;
  /**
   * Takes up the index that was saved, then reads the archive from there on, in slices of some milliseconds; until it
   * is done, what was read can be found. Aborted by `leaving`, it ends with the slice in hand.
   */
  load(leaving?: AbortSignal): Promise<void>;
  /** Papers that the archive has removed are found no longer. */
  forget(papers: readonly string[]): void;
  /** Writes the index to disk for the next start. Searches wait meanwhile for what is new. */
  save(): Promise<void>;
  /** In the filter language; knows every paper that the archive kept before the call. */
  search(filter: Filter, options: SearchOptions): Promise<SearchResult>;
  /** Which of these papers match, by the same index: no text is read again. */
  matching(filter: Filter, papers: Iterable<string>, now: number): Promise<MatchingPapers>;
  /** How many papers each filter finds, none of which counts from now (`age:`); it stops counting when they are `enough`. */
  counts(asked: readonly { filter: Filter; enough: number }[]): Promise<number[]>;
  /** Ids of papers whose titles have these words, the last of them perhaps still being typed; the best first. */
  titles(words: string, limit: number): Promise<string[]>;
  /** Reads on for a while: for who types, and does not wait for a long journal to be read to its end. */
  readOn(): Promise<void>;
  /** In the filter language; knows what `readOn` has read. */
  glance(filter: Filter, options: SearchOptions): Promise<SearchResult>;
  /** Words of titles that begin so, the commonest first. */
  completions(start: string, limit: number): string[];
  /** Acronyms of titles that begin so, as they are written there, the commonest first; see acronym-store.ts. */
  acronyms(start: string, limit: number): string[];
  /** Whether any paper matches; one that counts from now (`age:`) is not for here. */
  finds(filter: Filter): Promise<boolean>;
  /** Words of titles that the word may be a slip of, as they are kept: in lower case. The likeliest first. */
  near(word: string): string[];
};

/** A shorter word is one slip away from many. */
const LEAST_SPELLED = 4;
const NEAREST = 3;
/** Only counted: none is ranked. */
const COUNTED: SearchOptions = { limit: 0, sort: 'newest', now: 0 };

/** `topics`: the catalogue of the filters that will be asked. Without it they are answered all the same, but later. */
export function openPaperSearch(
  archive: Archive,
  disk: SearchSnapshot = noSearchSnapshot,
  log: Log = silentLog,
  clock: Pick<Clock, 'elapsed'> = systemClock,
  topics: TopicCatalogue | null = null,
): PaperSearch {
  const reader = new SearchReader({ archive, disk, log, clock, topics });

  return {
    get size() {
      return reader.reading.index.size;
    },
    get places() {
      return reader.reading.index.places;
    },
    load: (leaving) => reader.load(leaving),
    forget: (papers) => reader.forget(papers),
    save: () => reader.save(),
    async search(filter, options) {
      await reader.catchUp();
      return reader.reading.index.search(filter, options);
    },
    async matching(filter, papers, now) {
      await reader.catchUp();
      return reader.reading.index.matching(filter, papers, now);
    },
    async counts(asked) {
      await reader.catchUp();
      const totals: number[] = [];
      for (const { filter, enough } of asked)
        totals.push((await reader.reading.index.search(filter, { ...COUNTED, enough })).total);
      return totals;
    },
    async finds(filter) {
      await reader.catchUp();
      return reader.reading.index.finds(filter, 0);
    },
    readOn: () => reader.readOn(),
    async glance(filter, options) {
      await reader.readOn();
      return reader.reading.index.search(filter, options);
    },
    async titles(words, limit) {
      await reader.readOn();
      return titlesWith(words, reader.reading.index, limit);
    },
    acronyms: (start, limit) => reader.reading.acronyms.complete(start, limit),
    completions: (start, limit) => reader.reading.speller.complete(foldOf(start), limit),
    near(word) {
      const fold = foldOf(word);
      return fold.length < LEAST_SPELLED ? [] : reader.reading.speller.suggest(fold, NEAREST);
    },
  };
}

/** With all of the words; where there is none, with any of them. */
async function titlesWith(words: string, index: SearchIndex, limit: number): Promise<string[]> {
  const all = titleFilter(words, 'all');
  const any = titleFilter(words, 'any');
  if (!all || !any) return [];
  const options = { limit, now: 0 };
  const found = await index.search(all, options);
  const { hits } = found.total > 0 ? found : await index.search(any, options);
  return hits.map(({ paper }) => paper);
}

/** A single word as titles' words are kept. */
function foldOf(word: string): string {
  return analyse(word)[0]?.fold ?? '';
}
