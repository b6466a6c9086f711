import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '#src/foundation/clock.ts';
import { isolate } from '#src/foundation/isolate.ts';
import { createKeyedQueue } from '#src/foundation/keyed-queue.ts';
import type { Log } from '#src/foundation/log.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { restoreSearchIndex } from '#src/match/search/search-index.ts';
import { createTopicSpotter, NO_TOPICS_SPOTTED } from '#src/match/search/topic-spotter.ts';
import type { Archive } from './archive.ts';
import { type IndexReading, learn, nothingRead, takeIn } from './search-reading.ts';
import type { SearchSnapshot } from './search-snapshot.ts';
import type { Change } from './stored-paper.ts';

type Deps = {
  archive: Archive;
  disk: SearchSnapshot;
  log: Log;
  clock: Pick<Clock, 'elapsed'>;
  topics: TopicCatalogue | null;
};

/** About 5 ms of work, once the code is compiled. */
const SLICE = 25;
const MOST_MS = 8;
const SLICES_A_KEY = 25;
/** With more places taken for each paper that is held, the index is made anew. */
const WORN = 1.5;
/** A smaller one is not worth it. */
const LEAST_WORN = 1000;

/** Reads the archive along its change journal, slice by slice, into an index that others ask meanwhile. */
export class SearchReader {
  readonly #deps: Deps;
  /** Read once it is needed: that takes longer than others may wait. */
  #topics = NO_TOPICS_SPOTTED;
  #reading = nothingRead();
  /** The one that is being made anew. */
  #coming: IndexReading | null = null;
  #opening: Promise<void> | null = null;
  #saving: Promise<void> | null = null;
  /** Papers that go once nothing is being written. */
  readonly #removed: string[] = [];
  /** How often papers were removed: what was read before then may hold one of them. */
  #removals = 0;
  readonly #inTurn = createKeyedQueue();
  /** How far titles were read by the index that was saved: its spellings are to be learnt again. */
  #unlearnt = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** What was read so far. Another one once it was made anew: not to be kept. */
  get reading(): IndexReading {
    return this.#reading;
  }

  /** As PaperSearch says. */
  async load(leaving?: AbortSignal): Promise<void> {
    await this.catchUp(leaving);
    if (!leaving?.aborted && (await this.#isOutworn())) await this.#beginAnew(leaving);
    const end = this.#unlearnt;
    this.#unlearnt = 0;
    await this.#learnUpTo(end, leaving);
  }

  /** Reads on to the end of the journal. */
  async catchUp(leaving?: AbortSignal): Promise<void> {
    await this.#opened();
    while (!leaving?.aborted) {
      // What is being written must not change.
      while (this.#saving !== null) await this.#saving;
      const into = this.#reading;
      if (!(await this.#readSlice(into)) && into === this.#reading) return;
      await othersTurn();
    }
  }

  /** Reads on for a while. */
  async readOn(): Promise<void> {
    await this.#opened();
    for (let slice = 0; slice < SLICES_A_KEY && this.#saving === null; slice++) {
      if (!(await this.#readSlice(this.#reading))) return;
      await othersTurn();
    }
  }

  forget(papers: readonly string[]): void {
    this.#removed.push(...papers);
    this.#removals++;
    if (this.#saving === null) this.#removeGone();
  }

  save(): Promise<void> {
    this.#saving ??= this.#write().finally(() => {
      this.#saving = null;
      this.#removeGone();
    });
    return this.#saving;
  }

  #opened(): Promise<void> {
    this.#opening ??= this.#takeUp();
    return this.#opening;
  }

  /** A snapshot that has read further than the archive reaches belongs to another database. */
  async #takeUp(): Promise<void> {
    const { archive, disk, topics } = this.#deps;
    if (topics !== null) this.#topics = await createTopicSpotter(topics);
    this.#reading = nothingRead(this.#topics);
    const bytes = await disk.read();
    const saved = bytes && (await restoreSearchIndex(bytes, this.#topics));
    if (!saved) return;
    const [readTo = 0, wholeTo = 0] = saved.note.split(' ').map(Number);
    if (readTo > (await archive.lastSeq())) return;
    this.#reading = { ...this.#reading, index: saved.index, readTo, wholeTo };
    this.#unlearnt = readTo;
  }

  /**
   * Also when its papers were asked for the topics of another catalogue, or when it holds more than the archive: a paper was
   * removed after the index was saved, nobody knows which.
   */
  async #isOutworn(): Promise<boolean> {
    const { index } = this.#reading;
    return (
      !index.knowsTopics ||
      index.size > (await this.#deps.archive.size()) ||
      (index.places > LEAST_WORN && index.places > index.size * WORN)
    );
  }

  /** The old index answers until the new one has read everything. */
  async #beginAnew(leaving?: AbortSignal): Promise<void> {
    const fresh = nothingRead(this.#topics);
    this.#coming = fresh;
    while (!leaving?.aborted && (await this.#readSlice(fresh))) await othersTurn();
    this.#coming = null;
    if (leaving?.aborted) return;
    this.#reading = fresh;
    this.#unlearnt = 0;
  }

  async #learnUpTo(end: number, leaving?: AbortSignal): Promise<void> {
    for (let seq = 0; seq < end && !leaving?.aborted; ) {
      const changes = await this.#deps.archive.changesAfter(seq, SLICE);
      for (const { paper } of changes) learn(this.#reading, paper.paper.title);
      seq = changes.at(-1)?.seq ?? end;
      await othersTurn();
    }
  }

  /**
   * Takes in one slice of the journal; false at its end. One slice at a time: nothing is taken twice, nor what was removed,
   * nor anything by an index that is being written, or that is not the one that answers any more, while the slice was read.
   */
  #readSlice(into: IndexReading): Promise<boolean> {
    return this.#inTurn('', async () => {
      const wasRemoved = this.#removals;
      const changes = await this.#deps.archive.changesAfter(into.readTo, SLICE);
      if (this.#removals !== wasRemoved || (into === this.#reading && this.#saving !== null)) return true;
      return this.#takeSlice(into, changes);
    });
  }

  #takeSlice(into: IndexReading, changes: readonly Change[]): boolean {
    const { clock, log } = this.#deps;
    const began = clock.elapsed();
    for (const change of changes) {
      // One paper that the index cannot take must not stand before all later ones.
      isolate(
        () => takeIn(into, change),
        (error) => log.error({ paper: change.paper.paper.id, err: error }, 'a paper cannot be searched'),
      );
      into.readTo = change.seq;
      if (clock.elapsed() - began >= MOST_MS) return true;
    }
    if (changes.length === SLICE) return true;
    into.wholeTo = into.readTo;
    return false;
  }

  #removeGone(): void {
    for (const id of this.#removed.splice(0)) {
      this.#reading.index.remove(id);
      this.#coming?.index.remove(id);
    }
  }

  async #write(): Promise<void> {
    await this.#opened();
    const { index, readTo, wholeTo } = this.#reading;
    await this.#deps.disk.write(await index.snapshot(`${readTo} ${wholeTo}`));
  }
}
