import { setImmediate as othersTurn } from 'node:timers/promises';
import { isolate } from '#src/foundation/isolate.ts';
import { type Log, silentLog } from '#src/foundation/log.ts';
import { analyse } from '#src/match/analyse.ts';
import type { Filter } from '#src/match/filter.ts';
import {
  createSearchIndex,
  restoreSearchIndex,
  type SearchOptions,
  type SearchResult,
} from '#src/match/search-index.ts';
import { createSpeller } from '#src/match/speller.ts';
import type { Archive } from './archive.ts';
import { noSearchSnapshot, type SearchSnapshot } from './search-snapshot.ts';
import { type Change, documentOf } from './stored-paper.ts';
import { titleFilter } from './title-filter.ts';

/** Search over the archive's papers, in memory. It keeps up by the change journal. */
export type PaperSearch = {
  /** Papers that can be found so far. */
  readonly size: number;
  /**
   * Takes up the index that was saved, then reads the archive from there on, in slices of some milliseconds; until it
   * is done, what was read can be found.
   */
  load(): Promise<void>;
  /** Writes the index to disk for the next start. */
  save(): void;
  /** In the filter language; knows every paper that the archive kept before the call. */
  search(filter: Filter, options: SearchOptions): Promise<SearchResult>;
  /** Ids of papers whose titles have these words, the last of them perhaps still being typed; the best first. */
  titles(words: string, limit: number): Promise<string[]>;
  /** Words of titles that begin so, the commonest first. */
  completions(start: string, limit: number): string[];
  /** The word of titles that was probably meant; null when the word is known, or nothing is near. */
  correction(word: string): string | null;
};

/** About 5 ms of work. */
const SLICE = 25;

export function openPaperSearch(
  archive: Archive,
  disk: SearchSnapshot = noSearchSnapshot,
  log: Log = silentLog,
): PaperSearch {
  const speller = createSpeller();
  let index = createSearchIndex();
  let readTo = 0;
  let isOpened = false;
  /** How far titles were read by the index that was saved: its spellings are to be learnt again. */
  let unlearnt = 0;

  /** A snapshot that has read further than the archive reaches belongs to another database. */
  const takeUp = (): void => {
    isOpened = true;
    const bytes = disk.read();
    const saved = bytes && restoreSearchIndex(bytes);
    if (!saved || Number(saved.note) > archive.lastSeq()) return;
    index = saved.index;
    readTo = Number(saved.note);
    unlearnt = readTo;
  };

  const learnUpTo = async (end: number): Promise<void> => {
    for (let seq = 0; seq < end; ) {
      const changes = archive.changesAfter(seq, SLICE);
      for (const { paper } of changes) learn(paper.paper.title);
      seq = changes.at(-1)?.seq ?? end;
      await othersTurn();
    }
  };

  const learn = (title: string): void => {
    for (const { fold } of analyse(title)) if (fold.length > 2) speller.learn(fold);
  };

  const take = ({ factsSeq, paper }: Change): void => {
    const document = documentOf(paper);
    // Where only figures changed since the paper was taken in, its words stay.
    if (factsSeq <= readTo && index.updateFigures(document.id, document)) return;
    index.add(document);
    learn(document.title);
  };

  /** Takes in one slice of the journal; false at its end. */
  const readOn = (): boolean => {
    const changes = archive.changesAfter(readTo, SLICE);
    for (const change of changes) {
      // One paper that the index cannot take must not stand before all later ones.
      isolate(
        () => take(change),
        (error) => log.error({ paper: change.paper.paper.id, err: error }, 'a paper cannot be searched'),
      );
    }
    readTo = changes.at(-1)?.seq ?? readTo;
    return changes.length === SLICE;
  };

  const catchUp = async (): Promise<void> => {
    if (!isOpened) takeUp();
    while (readOn()) await othersTurn();
  };

  const load = async (): Promise<void> => {
    await catchUp();
    const end = unlearnt;
    unlearnt = 0;
    await learnUpTo(end);
  };

  return {
    get size() {
      return index.size;
    },
    load,
    save: () => disk.write(index.snapshot(String(readTo))),
    async search(filter, options) {
      await catchUp();
      return index.search(filter, options);
    },
    async titles(words, limit) {
      if (!isOpened) takeUp();
      readOn();
      const all = titleFilter(words, 'all');
      const any = titleFilter(words, 'any');
      if (!all || !any) return [];
      const options = { limit, now: 0 };
      const found = await index.search(all, options);
      const { hits } = found.total > 0 ? found : await index.search(any, options);
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
