import { setImmediate as othersTurn } from 'node:timers/promises';
import { type Clock, systemClock } from '#src/foundation/clock.ts';
import { isolate } from '#src/foundation/isolate.ts';
import { type Log, silentLog } from '#src/foundation/log.ts';
import { createTurns } from '#src/foundation/turns.ts';
import type { Filter } from '#src/match/language/filter.ts';
import type { MatchingPapers, SearchOptions, SearchResult } from '#src/match/search/search-held.ts';
import { createSearchIndex, restoreSearchIndex, type SearchIndex } from '#src/match/search/search-index.ts';
import { createSpeller, type Speller } from '#src/match/search/speller.ts';
import { type AcronymBook, createAcronymBook } from '#src/match/text/acronym-book.ts';
import { analyse } from '#src/match/text/analyse.ts';
import type { Archive } from './archive.ts';
import { noSearchSnapshot, type SearchSnapshot } from './search-snapshot.ts';
import { type Change, documentOf } from './stored-paper.ts';
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
  /** Ids of papers whose titles have these words, the last of them perhaps still being typed; the best first. */
  titles(words: string, limit: number): Promise<string[]>;
  /** Reads on for a while: for who types, and does not wait for a long journal to be read to its end. */
  readOn(): Promise<void>;
  /** In the filter language; knows what `readOn` has read. */
  glance(filter: Filter, options: SearchOptions): Promise<SearchResult>;
  /** Words of titles that begin so, the commonest first. */
  completions(start: string, limit: number): string[];
  /** Acronyms of titles that begin so, as they are written there, the commonest first; see acronym-book.ts. */
  acronyms(start: string, limit: number): string[];
  /** Whether any paper matches; one that counts from now (`age:`) is not for here. */
  finds(filter: Filter): Promise<boolean>;
  /** Words of titles that the word may be a slip of, as they are kept: in lower case. The likeliest first. */
  near(word: string): string[];
};

/** About 5 ms of work, once the code is compiled. */
const SLICE = 25;
const MOST_MS = 8;
const SLICES_A_KEY = 25;
/** A shorter word is one slip away from many. */
const LEAST_SPELLED = 4;
const NEAREST = 3;
/** With more places taken for each paper that is held, the index is made anew. */
const WORN = 1.5;
/** A smaller one is not worth it. */
const LEAST_WORN = 1000;

/**
 * What was read of the archive, up to which number of its journal. `wholeTo`: where the journal ended when all of it was
 * read: no paper's facts up to there are unknown here.
 */
type Reading = {
  index: SearchIndex;
  speller: Speller;
  acronyms: AcronymBook;
  readTo: number;
  wholeTo: number;
};

export function openPaperSearch(
  archive: Archive,
  disk: SearchSnapshot = noSearchSnapshot,
  log: Log = silentLog,
  clock: Pick<Clock, 'elapsed'> = systemClock,
): PaperSearch {
  let reading = nothingRead();
  /** The one that is being made anew. */
  let coming: Reading | null = null;
  let opening: Promise<void> | null = null;
  let saving: Promise<void> | null = null;
  /** Papers that go once nothing is being written. */
  const removed: string[] = [];
  /** How often papers were removed: what was read before then may hold one of them. */
  let removals = 0;
  const inTurn = createTurns();
  /** How far titles were read by the index that was saved: its spellings are to be learnt again. */
  let unlearnt = 0;

  /** A snapshot that has read further than the archive reaches belongs to another database. */
  const takeUp = async (): Promise<void> => {
    const bytes = await disk.read();
    const saved = bytes && (await restoreSearchIndex(bytes));
    if (!saved) return;
    const [readTo = 0, wholeTo = 0] = saved.note.split(' ').map(Number);
    if (readTo > (await archive.lastSeq())) return;
    reading = { ...reading, index: saved.index, readTo, wholeTo };
    unlearnt = readTo;
  };

  const learnUpTo = async (end: number, leaving?: AbortSignal): Promise<void> => {
    for (let seq = 0; seq < end && !leaving?.aborted; ) {
      const changes = await archive.changesAfter(seq, SLICE);
      for (const { paper } of changes) learn(reading, paper.paper.title);
      seq = changes.at(-1)?.seq ?? end;
      await othersTurn();
    }
  };

  /**
   * Takes in one slice of the journal; false at its end. One slice at a time: nothing is taken twice, nor what was removed,
   * nor anything by an index that is being written, or that is not the one that answers any more, while the slice was read.
   */
  const readOn = (into: Reading): Promise<boolean> =>
    inTurn('', async () => {
      const wasRemoved = removals;
      const changes = await archive.changesAfter(into.readTo, SLICE);
      if (removals !== wasRemoved || (into === reading && saving !== null)) return true;
      return takeSlice(into, changes);
    });

  const takeSlice = (into: Reading, changes: readonly Change[]): boolean => {
    const began = clock.elapsed();
    for (const change of changes) {
      // One paper that the index cannot take must not stand before all later ones.
      isolate(
        () => take(into, change),
        (error) => log.error({ paper: change.paper.paper.id, err: error }, 'a paper cannot be searched'),
      );
      into.readTo = change.seq;
      if (clock.elapsed() - began >= MOST_MS) return true;
    }
    if (changes.length === SLICE) return true;
    into.wholeTo = into.readTo;
    return false;
  };

  const opened = (): Promise<void> => {
    opening ??= takeUp();
    return opening;
  };

  const catchUp = async (leaving?: AbortSignal): Promise<void> => {
    await opened();
    while (!leaving?.aborted) {
      // What is being written must not change.
      while (saving !== null) await saving;
      const into = reading;
      if (!(await readOn(into)) && into === reading) return;
      await othersTurn();
    }
  };

  const readALittle = async (): Promise<void> => {
    await opened();
    for (let slice = 0; slice < SLICES_A_KEY && saving === null && (await readOn(reading)); slice++)
      await othersTurn();
  };

  const removeGone = (): void => {
    for (const id of removed.splice(0)) {
      reading.index.remove(id);
      coming?.index.remove(id);
    }
  };

  const write = async (): Promise<void> => {
    await opened();
    const { index, readTo, wholeTo } = reading;
    await disk.write(await index.snapshot(`${readTo} ${wholeTo}`));
  };

  /** The old index answers until the new one has read everything. */
  const beginAnew = async (leaving?: AbortSignal): Promise<void> => {
    const fresh = nothingRead();
    coming = fresh;
    while (!leaving?.aborted && (await readOn(fresh))) await othersTurn();
    coming = null;
    if (leaving?.aborted) return;
    reading = fresh;
    unlearnt = 0;
  };

  /** Also when it holds more than the archive: a paper was removed after the index was saved, nobody knows which. */
  const isOutworn = async ({ index }: Reading): Promise<boolean> =>
    index.size > (await archive.size()) || (index.places > LEAST_WORN && index.places > index.size * WORN);

  const load = async (leaving?: AbortSignal): Promise<void> => {
    await catchUp(leaving);
    if (!leaving?.aborted && (await isOutworn(reading))) await beginAnew(leaving);
    const end = unlearnt;
    unlearnt = 0;
    await learnUpTo(end, leaving);
  };

  return {
    get size() {
      return reading.index.size;
    },
    get places() {
      return reading.index.places;
    },
    load,
    forget(papers) {
      removed.push(...papers);
      removals++;
      if (saving === null) removeGone();
    },
    save() {
      saving ??= write().finally(() => {
        saving = null;
        removeGone();
      });
      return saving;
    },
    async search(filter, options) {
      await catchUp();
      return reading.index.search(filter, options);
    },
    async matching(filter, papers, now) {
      await catchUp();
      return reading.index.matching(filter, papers, now);
    },
    async titles(words, limit) {
      await readALittle();
      const all = titleFilter(words, 'all');
      const any = titleFilter(words, 'any');
      if (!all || !any) return [];
      const options = { limit, now: 0 };
      const { index } = reading;
      const found = await index.search(all, options);
      const { hits } = found.total > 0 ? found : await index.search(any, options);
      return hits.map(({ paper }) => paper);
    },
    readOn: readALittle,
    async glance(filter, options) {
      await readALittle();
      return reading.index.search(filter, options);
    },
    acronyms: (start, limit) => reading.acronyms.complete(start, limit),
    completions: (start, limit) => reading.speller.complete(foldOf(start), limit),
    async finds(filter) {
      await catchUp();
      return reading.index.finds(filter, 0);
    },
    near(word) {
      const fold = foldOf(word);
      return fold.length < LEAST_SPELLED ? [] : reading.speller.suggest(fold, NEAREST);
    },
  };
}

const nothingRead = (): Reading => ({
  index: createSearchIndex(),
  speller: createSpeller(),
  acronyms: createAcronymBook(),
  readTo: 0,
  wholeTo: 0,
});

function take(reading: Reading, { factsSeq, paper }: Change): void {
  const { index, wholeTo } = reading;
  const document = documentOf(paper);
  // Where only figures changed since the paper was taken in, its words stay.
  if (factsSeq <= wholeTo && index.updateFigures(document.id, document)) return;
  index.add(document);
  learn(reading, document.title);
}

function learn({ speller, acronyms }: Pick<Reading, 'speller' | 'acronyms'>, title: string): void {
  for (const { fold, acronym, start, end } of analyse(title)) {
    if (fold.length > 2) speller.learn(fold);
    if (acronym) acronyms.learn(title.slice(start, end));
  }
}

/** A single word as titles' words are kept. */
function foldOf(word: string): string {
  return analyse(word)[0]?.fold ?? '';
}
