import { checksumOf, SnapshotReader, SnapshotWriter } from '../arrays/snapshot.ts';
import type { Filter, MatchDocument } from '../language/filter.ts';
import { HeldPapers } from './held-papers.ts';
import type { HeldFigures } from './search-figures.ts';
import {
  findsHeld,
  type MatchingPapers,
  matchHeld,
  type SearchOptions,
  type SearchResult,
  searchHeld,
} from './search-held.ts';
import { FINGERPRINT } from './search-version.ts';
import { atOnce, inSlices } from './search-work.ts';
import type { TopicSpotter } from './topic-spotter.ts';

/**
 * Full text search in the filter language over all papers in memory. It finds a paper if and only if the filter matches
 * it (`matchFilter`, explain.ts). SQLite stays the store of record; this can be made from it again at any time.
 */
export type SearchIndex = {
  /** Papers held. */
  readonly size: number;
  /** Places taken: also by papers that were removed or replaced, which cost as much as those held. */
  readonly places: number;
  /** False once restored from a snapshot of another catalogue: a topic's own filter is tried then, with the same answer. */
  readonly knowsTopics: boolean;
  /** Takes a paper in; an earlier one of the same id is replaced. Searchable at once. */
  add(document: MatchDocument): void;
  /** False when there is no such paper. */
  remove(id: string): boolean;
  /** New figures of a paper whose words have not changed; false when there is no such paper. */
  updateFigures(id: string, figures: HeldFigures): boolean;
  has(id: string): boolean;
  /** Searches in slices: other work gets its turn at least every few milliseconds. */
  search(filter: Filter, options: SearchOptions): Promise<SearchResult>;
  /**
   * Which of these papers match: what `search` would find among them, without ranking the rest. In slices. An unknown
   * paper matches nothing.
   */
  matching(filter: Filter, papers: Iterable<string>, now: number): Promise<MatchingPapers>;
  /** Whether any paper matches; also true when that would take too long to tell. In slices. */
  finds(filter: Filter, now: number): Promise<boolean>;
  /** The same as `search` at once; for tools and tests. */
  searchNow(filter: Filter, options: SearchOptions): SearchResult;
  /**
   * Everything it holds, for `restoreSearchIndex`, to be written one after the other. These are views of what is alive:
   * from the call until they are written nothing may change the index. `note` comes back with it (how far it has read,
   * say). In slices, like a search.
   */
  snapshot(note: string): Promise<Uint8Array[]>;
  /** Bytes held. */
  memory(): number;
};

/** `topics`: those that each paper is asked for once, when it is taken in; others are tried whenever a filter has them. */
export function createSearchIndex(topics?: TopicSpotter): SearchIndex {
  return indexOf(new HeldPapers(topics));
}

/**
 * The index of a snapshot and its note; null when the snapshot is damaged or was written by another version of the index or
 * of the text analysis: then it is to be made anew. In slices.
 */
export async function restoreSearchIndex(
  bytes: Uint8Array,
  topics?: TopicSpotter,
): Promise<{ index: SearchIndex; note: string } | null> {
  if (bytes.length < 16 || bytes.length % 8 !== 0) return null;
  const checksum = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true);
  const body = bytes.subarray(8);
  if (checksum !== (await inSlices(checksumOf([body])))) return null;
  const reader = new SnapshotReader(body);
  if (reader.text() !== FINGERPRINT) return null;
  const note = reader.text();
  const held = new HeldPapers(topics);
  await inSlices(held.exchange(reader));
  return { index: indexOf(held), note };
}

function indexOf(held: HeldPapers): SearchIndex {
  return {
    get size() {
      return held.size;
    },
    get places() {
      return held.ids.length;
    },
    get knowsTopics() {
      return held.topics.isKnown;
    },
    add: (document) => held.add(document),
    remove: (id) => held.remove(id),
    updateFigures: (id, figures) => held.updateFigures(id, figures),
    has: (id) => held.has(id),
    search: (filter, options) => inSlices(searchHeld(held, filter, options)),
    matching: (filter, papers, now) => inSlices(matchHeld(held, filter, papers, now)),
    finds: (filter, now) => inSlices(findsHeld(held, filter, now)),
    searchNow: (filter, options) => atOnce(searchHeld(held, filter, options)),
    snapshot: (note) => snapshotOf(held, note),
    memory: () => held.memory(),
  };
}

async function snapshotOf(held: HeldPapers, note: string): Promise<Uint8Array[]> {
  const writer = new SnapshotWriter();
  writer.text(FINGERPRINT);
  writer.text(note);
  await inSlices(held.exchange(writer));
  const checksum = await inSlices(checksumOf(writer.chunks));
  return [new Uint8Array(Float64Array.of(checksum).buffer), ...writer.chunks];
}
