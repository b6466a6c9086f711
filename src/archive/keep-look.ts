import type { Database } from '#src/foundation/database/database.ts';
import { isolateAsync } from '#src/foundation/isolate.ts';
import { sentenceOf } from '#src/foundation/reduced.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Look, Sighting, SourceName } from '#src/paper/sighting.ts';
import type { Pace } from './in-turns.ts';
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

type Asked = Awaited<ReturnType<ListBook['asked']>>;
type Rooms = { db: Database; shelf: PaperShelf; book: LookBook; lists: ListBook };

/** So many papers are written within some ten milliseconds. */
const SLICE = 250;

/**
 * Archive.keep, in steps that each stand in a transaction: what the table refuses of one item is undone to its
 * savepoint. Between them papers of the look are known and the look is not: kept again, it changes them no more.
 */
export async function keepLook(rooms: Rooms, shown: Look, pace: Pace): Promise<Kept> {
  const { look, refused } = await storableLook(shown, pace.pause);
  return look.list === 'lookup'
    ? keepLookUp(rooms, look, refused, pace)
    : keepList(rooms, look, refused, pace);
}

async function keepLookUp(rooms: Rooms, look: Look, refused: string[], pace: Pace): Promise<Kept> {
  const keeping = keepPapers(rooms, look, refused, async () => null);
  return inSteps(pace, keeping, look, async () => {
    const { refs, ...kept } = keeping.kept();
    for (const id of refs.keys()) await rooms.shelf.noteLookedUp(id, look.seenAt);
    return kept;
  });
}

async function keepList(rooms: Rooms, shown: Look, refused: string[], pace: Pace): Promise<Kept> {
  const { shelf, book, lists } = rooms;
  let known: Asked | null = null;
  // Noted with the first of its papers.
  const asked = async (): Promise<Asked> => {
    known ??= await lists.asked(shown, shown.seenAt);
    return known;
  };
  const newsAt = async (sighting: Sighting) => newsAtOf(shown, sighting, (await asked()).history);
  const keeping = keepPapers(rooms, shown, refused, newsAt);
  return inSteps(pace, keeping, shown, async () => {
    const { series, history } = await asked();
    const { refs, look, fresh, changed } = keeping.kept();
    const fallen = look.list === 'trending' ? await shelf.dropRanks(look) : [];
    const newcomers = await book.keep(look, series, refs);
    if (showsOldVotes(look, history)) {
      const old = history.firstDay === null ? refs.values() : newcomers;
      for (const ref of old) await shelf.noteOldRises(ref, look.seenAt);
    }
    if (isReadToItsEnd(look)) await lists.noteRead(series, look.seenAt);
    const replaced = await shelf.noteReplaced(look.replaced ?? [], look);
    return { fresh, changed: [...new Set([...changed, ...fallen, ...replaced])], look, refused };
  });
}

type KeptPapers = Kept & { refs: ReadonlyMap<string, number> };

type Keeping = {
  keep(sightings: readonly Sighting[]): Promise<void>;
  /** Keeps those anew that went meanwhile. */
  keepLost(): Promise<void>;
  kept(): KeptPapers;
};

/** The papers in slices, then what `finish` does of the look as a whole, in the last step. */
async function inSteps<T>(
  { step }: Pace,
  { keep, keepLost }: Keeping,
  { sightings }: Look,
  finish: () => Promise<T>,
): Promise<T> {
  if (sightings.length <= SLICE)
    return step(async () => {
      await keep(sightings);
      return finish();
    });
  for (let start = 0; start < sightings.length; start += SLICE)
    await step(() => keep(sightings.slice(start, start + SLICE)));
  return step(async () => {
    // Until the look stands, a paper past its life may be removed.
    await keepLost();
    return finish();
  });
}

function keepPapers(
  { db, shelf }: Pick<Rooms, 'db' | 'shelf'>,
  look: Look,
  refused: string[],
  newsAt: (sighting: Sighting) => Promise<number | null>,
): Keeping {
  const fresh: string[] = [];
  const changed: string[] = [];
  const refs = new Map<string, number>();
  const keepOne = async (sighting: Sighting): Promise<void> => {
    const { id } = sighting.paper;
    const kept = await isolateAsync(
      async () => {
        const at = await newsAt(sighting);
        return db.transaction(async () => shelf.keep(sighting, look, at));
      },
      (error) => refused.push(`${id}: ${sentenceOf(error)}`),
    );
    if (!kept) return;
    refs.set(id, kept.ref);
    if (kept.effect === 'fresh') fresh.push(id);
    if (kept.effect === 'changed') changed.push(id);
  };
  return {
    async keep(sightings) {
      for (const sighting of sightings) await keepOne(sighting);
    },
    async keepLost() {
      for (const sighting of look.sightings) {
        const ref = refs.get(sighting.paper.id);
        if (ref !== undefined && !(await shelf.holds(ref, sighting.paper.id))) await keepOne(sighting);
      }
    },
    kept: () => ({ fresh, changed, look: withoutLost(look, refs), refused, refs }),
  };
}

/** What the table refused after all is malformed as well. */
function withoutLost(look: Look, kept: ReadonlyMap<string, number>): Look {
  if (kept.size === look.sightings.length) return look;
  const sightings = look.sightings.filter(({ paper }) => kept.has(paper.id));
  return { ...look, sightings, malformed: look.malformed + look.sightings.length - sightings.length };
}

/** Archive.describe, inside a transaction. */
export async function describePapers(
  { db, shelf }: Pick<Rooms, 'db' | 'shelf'>,
  papers: readonly Paper[],
  source: SourceName,
  now: number,
): Promise<Described> {
  const changed: string[] = [];
  const refused: string[] = [];
  for (const says of papers) {
    const paper = storablePaper(says, now);
    if (typeof paper === 'string') {
      refused.push(paper);
      continue;
    }
    const effect = await isolateAsync(
      () => db.transaction(async () => shelf.describe(paper, source)),
      (error) => refused.push(`${paper.id}: ${sentenceOf(error)}`),
    );
    if (effect === 'changed') changed.push(paper.id);
  }
  return { changed, refused };
}
