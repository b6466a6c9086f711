import { setImmediate as othersTurn } from 'node:timers/promises';
import { type Clock, systemClock } from '#src/foundation/clock.ts';
import { isolate } from '#src/foundation/isolate.ts';
import { type Log, silentLog } from '#src/foundation/log.ts';
import { analyse } from '#src/match/analyse.ts';
import type { Filter } from '#src/match/filter.ts';
import {
  createSearchIndex,
  type MatchingPapers,
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
  /** Writes the index to disk for the next start. Searches wait meanwhile for what is new. */
  save(): Promise<void>;
  /** In the filter language; knows every paper that the archive kept before the call. */
  search(filter: Filter, options: SearchOptions): Promise<SearchResult>;
  /** Which of these papers match, by the same index: no text is read again. */
  matching(filter: Filter, papers: Iterable<string>, now: number): Promise<MatchingPapers>;
  /** Ids of papers whose titles have these words, the last of them perhaps still being typed; the best first. */
  titles(words: string, limit: number): Promise<string[]>;
  /** Words of titles that begin so, the commonest first. */
  completions(start: string, limit: number): string[];
  /** The word of titles that was probably meant; null when the word is known, or nothing is near. */
  correction(word: string): string | null;
};

/** About 5 ms of work, once the code is compiled. */
const SLICE = 25;
const MOST_MS = 8;

export function openPaperSearch(
  archive: Archive,
  disk: SearchSnapshot = noSearchSnapshot,
  log: Log = silentLog,
  clock: Pick<Clock, 'elapsed'> = systemClock,
): PaperSearch {
  const speller = createSpeller();
  let index = createSearchIndex();
  let readTo = 0;
  /** Where the journal ended when all of it was read: no paper's facts up to there are unknown here. */
  let wholeTo = 0;
  let opening: Promise<void> | null = null;
  let saving: Promise<void> | null = null;
  /** How far titles were read by the index that was saved: its spellings are to be learnt again. */
  let unlearnt = 0;

  /** A snapshot that has read further than the archive reaches belongs to another database. */
  const takeUp = async (): Promise<void> => {
    const bytes = await disk.read();
    const saved = bytes && (await restoreSearchIndex(bytes));
    if (!saved) return;
    const [read = 0, whole = 0] = saved.note.split(' ').map(Number);
    if (read > archive.lastSeq()) return;
    index = saved.index;
    [readTo, wholeTo, unlearnt] = [read, whole, read];
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
    if (factsSeq <= wholeTo && index.updateFigures(document.id, document)) return;
    index.add(document);
    learn(document.title);
  };

  /** Takes in one slice of the journal; false at its end. */
  const readOn = (): boolean => {
    const began = clock.elapsed();
    const changes = archive.changesAfter(readTo, SLICE);
    for (const change of changes) {
      // One paper that the index cannot take must not stand before all later ones.
      isolate(
        () => take(change),
        (error) => log.error({ paper: change.paper.paper.id, err: error }, 'a paper cannot be searched'),
      );
      readTo = change.seq;
      if (clock.elapsed() - began >= MOST_MS) return true;
    }
    if (changes.length === SLICE) return true;
    wholeTo = readTo;
    return false;
  };

  const opened = (): Promise<void> => {
    opening ??= takeUp();
    return opening;
  };

  const catchUp = async (): Promise<void> => {
    await opened();
    for (;;) {
      // What is being written must not change.
      while (saving !== null) await saving;
      if (!readOn()) return;
      await othersTurn();
    }
  };

  const write = async (): Promise<void> => {
    await opened();
    await disk.write(await index.snapshot(`${readTo} ${wholeTo}`));
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
    save() {
      saving ??= write().finally(() => {
        saving = null;
      });
      return saving;
    },
    async search(filter, options) {
      await catchUp();
      return index.search(filter, options);
    },
    async matching(filter, papers, now) {
      await catchUp();
      return index.matching(filter, papers, now);
    },
    async titles(words, limit) {
      await opened();
      if (saving === null) readOn();
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
