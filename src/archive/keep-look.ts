import type { Database } from '#src/foundation/database/database.ts';
import { isolate } from '#src/foundation/isolate.ts';
import { sentenceOf } from '#src/foundation/reduced.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Look, Sighting, SourceName } from '#src/paper/sighting.ts';
import type { ListBook } from './list-book.ts';
import type { LookBook } from './look-book.ts';
import { isReadToItsEnd, newsAtOf, showsOldVotes } from './news-rule.ts';
import type { PaperShelf } from './paper-shelf.ts';
import { storableLook, storablePaper } from './storable.ts';

export type Kept = {
  /** Not known before. */
  fresh: string[];
  /** Their facts or newest figures changed, or a list showed them for the first time. */
  changed: string[];
  /** What was kept of it: what could not be is counted among its malformed. */
  look: Look;
  /** Why items were left out, in words. */
  refused: string[];
};

/** Ids whose facts changed, and why others could not be kept. */
export type Described = { changed: string[]; refused: string[] };

type Rooms = { db: Database; shelf: PaperShelf; book: LookBook; lists: ListBook };

/** So many papers are written within some ten milliseconds. */
const SLICE = 250;

/**
 * Archive.keep, in steps that are each to stand in a transaction: what the table refuses of one item is undone to its
 * savepoint. Between them papers of the look are known and the look is not: kept again, it changes them no more.
 */
export function* keepLook(rooms: Rooms, shown: Look): Generator<void, Kept, void> {
  const { look, refused } = yield* storableLook(shown);
  return yield* look.list === 'lookup' ? keepLookUp(rooms, look, refused) : keepList(rooms, look, refused);
}

function* keepLookUp({ db, shelf }: Rooms, look: Look, refused: string[]): Generator<void, Kept, void> {
  const { refs, ...kept } = yield* keepPapers({ db, shelf }, look, refused, () => null);
  for (const id of refs.keys()) shelf.noteLookedUp(id, look.seenAt);
  return kept;
}

function* keepList(
  { db, shelf, book, lists }: Rooms,
  shown: Look,
  refused: string[],
): Generator<void, Kept, void> {
  const { series, history } = lists.asked(shown, shown.seenAt);
  const newsAt = (sighting: Sighting) => newsAtOf(shown, sighting, history);
  const { refs, look, fresh, changed } = yield* keepPapers({ db, shelf }, shown, refused, newsAt);
  const fallen = look.list === 'trending' ? shelf.dropRanks(look) : [];
  const newcomers = book.keep(look, series, refs);
  if (showsOldVotes(look, history)) {
    const old = history.firstDay === null ? refs.values() : newcomers;
    for (const ref of old) shelf.noteOldRises(ref, look.seenAt);
  }
  if (isReadToItsEnd(look)) lists.noteRead(series, look.seenAt);
  const replaced = shelf.noteReplaced(look.replaced ?? [], look);
  return { fresh, changed: [...new Set([...changed, ...fallen, ...replaced])], look, refused };
}

type KeptPapers = Kept & { refs: ReadonlyMap<string, number> };

function* keepPapers(
  { db, shelf }: Pick<Rooms, 'db' | 'shelf'>,
  look: Look,
  refused: string[],
  newsAt: (sighting: Sighting) => number | null,
): Generator<void, KeptPapers, void> {
  const fresh: string[] = [];
  const changed: string[] = [];
  const refs = new Map<string, number>();
  const keep = (sighting: Sighting): void => {
    const { id } = sighting.paper;
    const kept = isolate(
      () => db.transaction(() => shelf.keep(sighting, look, newsAt(sighting))),
      (error) => refused.push(`${id}: ${sentenceOf(error)}`),
    );
    if (!kept) return;
    refs.set(id, kept.ref);
    if (kept.effect === 'fresh') fresh.push(id);
    if (kept.effect === 'changed') changed.push(id);
  };
  for (const [index, sighting] of look.sightings.entries()) {
    if (index > 0 && index % SLICE === 0) yield;
    keep(sighting);
  }
  if (look.sightings.length > SLICE) {
    yield;
    // Until the look stands, a paper past its life may be removed.
    for (const sighting of look.sightings) {
      const ref = refs.get(sighting.paper.id);
      if (ref !== undefined && !shelf.holds(ref, sighting.paper.id)) keep(sighting);
    }
  }
  return { fresh, changed, look: withoutLost(look, refs), refused, refs };
}

/** What the table refused after all is malformed as well. */
function withoutLost(look: Look, kept: ReadonlyMap<string, number>): Look {
  if (kept.size === look.sightings.length) return look;
  const sightings = look.sightings.filter(({ paper }) => kept.has(paper.id));
  return { ...look, sightings, malformed: look.malformed + look.sightings.length - sightings.length };
}

/** Archive.describe, inside a transaction. */
export function describePapers(
  { db, shelf }: Pick<Rooms, 'db' | 'shelf'>,
  papers: readonly Paper[],
  source: SourceName,
  now: number,
): Described {
  const changed: string[] = [];
  const refused: string[] = [];
  for (const says of papers) {
    const paper = storablePaper(says, now);
    if (typeof paper === 'string') {
      refused.push(paper);
      continue;
    }
    const effect = isolate(
      () => db.transaction(() => shelf.describe(paper, source)),
      (error) => refused.push(`${paper.id}: ${sentenceOf(error)}`),
    );
    if (effect === 'changed') changed.push(paper.id);
  }
  return { changed, refused };
}
