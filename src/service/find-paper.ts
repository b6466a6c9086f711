import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { type Clock, within } from '#src/foundation/clock.ts';
import { OutsideError, UserError } from '#src/foundation/failure.ts';
import { isolate } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { parsePaperId } from '#src/paper/paper-id.ts';
import type { Look } from '#src/paper/sighting.ts';
import { wording } from '#src/render/wording.ts';
import type { Source } from '#src/source/source.ts';
import { cardOf, itemOf } from './paper-view.ts';
import type { FoundPaper, Services } from './services.ts';

type Rooms = {
  archive: Archive;
  search: PaperSearch;
  sources: readonly Source[];
  clock: Clock;
  log: Log;
};

/** People wait: a source that does not answer by then is passed over. */
const PATIENCE_MS = 4_000;

const NEAREST = 5;

/** Looks single papers up: in the archive first, then at the sources, which the archive then knows too. */
export function createFindPaper(rooms: Rooms): Pick<Services, 'findPaper' | 'showPaper' | 'proposeTitles'> {
  const { archive, search } = rooms;
  return {
    async findPaper(query) {
      const id = parsePaperId(query);
      return id ? findById(rooms, id) : findByWords(rooms, query);
    },
    async showPaper(id) {
      const found = await findById(rooms, id);
      if (found.kind === 'paper') return found.view;
      throw new UserError(wording.noSuchPaper(id));
    },
    async proposeTitles(words) {
      const known = archive.papers(await search.titles(words, 25));
      return known.map(({ paper }) => ({ name: paper.title.slice(0, 100) || paper.id, value: paper.id }));
    },
  };
}

async function findById(rooms: Rooms, id: string): Promise<FoundPaper> {
  const known = rooms.archive.paper(id);
  if (known) return shown(rooms, known);
  const failures: OutsideError[] = [];
  for (const source of rooms.sources) {
    const look = await soon(rooms, source, source.find?.(id)).catch((error: unknown) =>
      noted(rooms.log, error, failures),
    );
    if (!look) continue;
    keepFound(rooms, look);
    const found = rooms.archive.paper(id);
    if (found) return { kind: 'paper', view: cardOf(found) };
  }
  // Nobody knows it only if everybody could be asked.
  if (failures.length > 0) throw failures[0];
  return { kind: 'none', nearest: [] };
}

async function findByWords(rooms: Rooms, words: string): Promise<FoundPaper> {
  const here = await exactOrNearest(rooms, words);
  if (here.kind === 'paper' || here.nearest.length >= NEAREST) return here;
  await askSources(rooms, words, NEAREST);
  return exactOrNearest(rooms, words);
}

/** A known paper; that it was asked for is noted. */
function shown({ archive, clock }: Rooms, stored: StoredPaper): FoundPaper {
  archive.noteLookedUp(stored.paper.id, clock.now());
  return { kind: 'paper', view: cardOf(stored) };
}

/** Keeps what a source answered; what no row can hold is logged and left out. Returns the ids that are known now. */
function keepFound({ archive, log }: Rooms, look: Look): string[] {
  const { source } = look;
  const onTrouble = (error: unknown) => log.warn({ source, err: error }, 'an answer could not be kept');
  const kept = isolate(() => archive.keep(look), onTrouble);
  if (kept && kept.refused.length > 0)
    log.warn({ source, refused: kept.refused }, 'papers of an answer could not be kept');
  return kept?.look.sightings.map(({ paper }) => paper.id) ?? [];
}

/** The one paper with that title, or those whose titles come near. */
async function exactOrNearest(rooms: Rooms, words: string): Promise<FoundPaper> {
  const { archive, search } = rooms;
  const near = archive.papers(await search.titles(words, NEAREST));
  const wanted = bare(words);
  const exact = near.find(({ paper }) => bare(paper.title) === wanted);
  if (exact) return shown(rooms, exact);
  if (near.length === 1) return shown(rooms, near[0]);
  return { kind: 'none', nearest: near.map((stored) => itemOf(stored)) };
}

const bare = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Asks all sources at once for papers with these words and keeps what they show. Who does not answer soon is logged. */
export async function askSources(rooms: Rooms, words: string, limit: number): Promise<string[]> {
  const looks = await Promise.all(
    rooms.sources.map((source) =>
      soon(rooms, source, source.search?.(words, limit)).catch((error: unknown) =>
        noted(rooms.log, error, []),
      ),
    ),
  );
  return looks.flatMap((look) => (look ? keepFound(rooms, look) : []));
}

async function soon<T>({ clock }: Rooms, { name }: Source, asked: Promise<T> | undefined): Promise<T | null> {
  if (!asked) return null;
  const late = () => new OutsideError(name, 'does not answer in time', { retryable: true });
  return within(clock, PATIENCE_MS, asked, late);
}

function noted(log: Log, error: unknown, failures: OutsideError[]): null {
  if (!(error instanceof OutsideError)) throw error;
  log.warn({ err: error }, 'a source could not be asked');
  failures.push(error);
  return null;
}
