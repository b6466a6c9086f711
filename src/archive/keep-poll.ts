import type { Database } from '#src/foundation/database/database.ts';
import { isolateAsync } from '#src/foundation/isolate.ts';
import { sentenceOf } from '#src/foundation/reduced.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll, Sighting, SourceName } from '#src/paper/sighting.ts';
import type { ListStore } from './list-store.ts';
import { isReadToItsEnd, newsAtOf, showsOldVotes } from './news-rule.ts';
import type { PaperStore } from './paper-store.ts';
import type { PollStore } from './poll-store.ts';
import type { Slicing } from './slicing.ts';
import { storablePaper, storablePoll } from './storable.ts';

export type Kept = {
  /** Not known before. */
  fresh: string[];
  /** Their facts or newest figures changed, or a list showed them for the first time. */
  changed: string[];
  /** What was kept of it: what could not be is counted among its malformed. */
  poll: Poll;
  /** Why items were left out, in words. */
  refused: string[];
};

/** Ids whose facts changed, and why others could not be kept. */
export type Described = { changed: string[]; refused: string[] };

type Asked = Awaited<ReturnType<ListStore['asked']>>;
type Deps = { db: Database; paperStore: PaperStore; pollStore: PollStore; lists: ListStore };

/** So many papers are written within some ten milliseconds. */
const SLICE = 250;

/**
 * Archive.keep, in steps that each stand in a transaction: what the table refuses of one item is undone to its
 * savepoint. Between them papers of the poll are known and the poll is not: kept again, it changes them no more.
 */
export async function keepPoll(deps: Deps, shown: Poll, pace: Slicing): Promise<Kept> {
  const { poll, refused } = await storablePoll(shown, pace.pause);
  return poll.list === 'lookup' ? keepLookUp(deps, poll, refused, pace) : keepList(deps, poll, refused, pace);
}

async function keepLookUp(deps: Deps, poll: Poll, refused: string[], pace: Slicing): Promise<Kept> {
  const keeping = keepPapers(deps, poll, refused, async () => null);
  return inSteps(pace, keeping, poll, async () => {
    const { refs, ...kept } = keeping.kept();
    for (const id of refs.keys()) await deps.paperStore.noteLookedUp(id, poll.seenAt);
    return kept;
  });
}

async function keepList(deps: Deps, shown: Poll, refused: string[], pace: Slicing): Promise<Kept> {
  const { paperStore, pollStore, lists } = deps;
  let known: Asked | null = null;
  // Noted with the first of its papers.
  const asked = async (): Promise<Asked> => {
    known ??= await lists.asked(shown, shown.seenAt);
    return known;
  };
  const newsAt = async (sighting: Sighting) => newsAtOf(shown, sighting, (await asked()).history);
  const keeping = keepPapers(deps, shown, refused, newsAt);
  return inSteps(pace, keeping, shown, async () => {
    const { series, history } = await asked();
    const { refs, poll, fresh, changed } = keeping.kept();
    const fallen = poll.list === 'trending' ? await paperStore.dropRanks(poll) : [];
    const newcomers = await pollStore.keep(poll, series, refs);
    if (showsOldVotes(poll, history)) {
      const old = history.firstDay === null ? refs.values() : newcomers;
      for (const ref of old) await paperStore.noteOldRises(ref, poll.seenAt);
    }
    if (isReadToItsEnd(poll)) await lists.noteRead(series, poll.seenAt);
    const replaced = await paperStore.noteReplaced(poll.replaced ?? [], poll);
    return { fresh, changed: [...new Set([...changed, ...fallen, ...replaced])], poll, refused };
  });
}

type KeptPapers = Kept & { refs: ReadonlyMap<string, number> };

type Keeping = {
  keep(sightings: readonly Sighting[]): Promise<void>;
  /** Keeps those anew that went meanwhile. */
  keepLost(): Promise<void>;
  kept(): KeptPapers;
};

/** The papers in slices, then what `finish` does of the poll as a whole, in the last step. */
async function inSteps<T>(
  { step }: Slicing,
  { keep, keepLost }: Keeping,
  { sightings }: Poll,
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
    // Until the poll stands, a paper past its life may be removed.
    await keepLost();
    return finish();
  });
}

function keepPapers(
  { db, paperStore }: Pick<Deps, 'db' | 'paperStore'>,
  poll: Poll,
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
        return db.transaction(async () => paperStore.keep(sighting, poll, at));
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
      for (const sighting of poll.sightings) {
        const ref = refs.get(sighting.paper.id);
        if (ref !== undefined && !(await paperStore.holds(ref, sighting.paper.id))) await keepOne(sighting);
      }
    },
    kept: () => ({ fresh, changed, poll: withoutLost(poll, refs), refused, refs }),
  };
}

/** What the table refused after all is malformed as well. */
function withoutLost(poll: Poll, kept: ReadonlyMap<string, number>): Poll {
  if (kept.size === poll.sightings.length) return poll;
  const sightings = poll.sightings.filter(({ paper }) => kept.has(paper.id));
  return { ...poll, sightings, malformed: poll.malformed + poll.sightings.length - sightings.length };
}

/** Archive.describe, inside a transaction. */
export async function describePapers(
  { db, paperStore }: Pick<Deps, 'db' | 'paperStore'>,
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
      () => db.transaction(async () => paperStore.describe(paper, source)),
      (error) => refused.push(`${paper.id}: ${sentenceOf(error)}`),
    );
    if (effect === 'changed') changed.push(paper.id);
  }
  return { changed, refused };
}
