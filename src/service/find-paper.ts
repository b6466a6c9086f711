import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { type OutsideError, UserError } from '#src/foundation/failure.ts';
import { isolate } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { parsePaperId } from '#src/paper/paper-id.ts';
import { wording } from '#src/render/wording.ts';
import type { Asked, AskSources } from './ask-sources.ts';
import { cardOf, itemOf } from './paper-view.ts';
import type { FoundPaper, Services } from './services.ts';
import { tellAsked } from './tell-asked.ts';

type Rooms = {
  archive: Archive;
  search: PaperSearch;
  ask: AskSources;
  clock: Clock;
  log: Log;
};

const NEAREST = 5;

/** Looks single papers up: in the archive first, then at the sources, which the archive then knows too. */
export function createFindPaper(rooms: Rooms): Pick<Services, 'findPaper' | 'showPaper'> {
  return {
    async findPaper(query, userId) {
      const id = parsePaperId(query);
      return id ? findById(rooms, id, userId) : findByWords(rooms, query, userId);
    },
    async showPaper(id, userId) {
      const found = await findById(rooms, id, userId);
      if (found.kind === 'paper') return found.view;
      throw new UserError(wording.noSuchPaper(id));
    },
  };
}

async function findById(rooms: Rooms, id: string, userId: string): Promise<FoundPaper> {
  const known = rooms.archive.paper(id);
  if (known) return shown(rooms, known);
  const asked = await rooms.ask.paper(id, userId);
  keepFound(rooms, asked);
  const found = rooms.archive.paper(id);
  if (found) return { kind: 'paper', view: cardOf(found) };
  if (asked.refusal) throw new UserError(wording.unknownAndNotAsked(id, asked.refusal));
  // Nobody knows it only if everybody could be asked.
  if (asked.failures.length > 0) throw whyUnknown(asked.failures);
  return { kind: 'none', nearest: [], notes: [] };
}

/** A source that failed, before one that we had no turn at: our own waiting is nobody's fault. */
function whyUnknown(failures: readonly OutsideError[]): Error {
  const failed = failures.find(({ hold }) => hold === null);
  if (failed) return failed;
  const [{ system, hold, message }] = failures;
  return new UserError(hold ? wording.notAskedYet(system, hold) : message);
}

async function findByWords(rooms: Rooms, words: string, userId: string): Promise<FoundPaper> {
  const here = await exactOrNearest(rooms, words);
  if (here.kind === 'paper' || here.nearest.length >= NEAREST) return here;
  const asked = await rooms.ask.papers(words, NEAREST, userId);
  keepFound(rooms, asked);
  const found = await exactOrNearest(rooms, words);
  return found.kind === 'paper' ? found : { ...found, notes: notesOn(asked) };
}

/** What the asker should know of sources that were not asked, or did not answer; a line. */
export function notesOn({ answers, refusal }: Asked): string[] {
  const silent = answers.filter(({ said }) => said.kind !== 'found' && said.kind !== 'none');
  const line = tellAsked({ answers: silent, refusal }).join(' ');
  return line === '' ? [] : [line];
}

/** A known paper; that it was asked for is noted. */
function shown({ archive, clock }: Rooms, stored: StoredPaper): FoundPaper {
  archive.noteLookedUp(stored.paper.id, clock.now());
  return { kind: 'paper', view: cardOf(stored) };
}

/** Keeps what sources answered; what no row can hold is logged and left out. */
export function keepFound({ archive, log }: Pick<Rooms, 'archive' | 'log'>, { looks }: Asked): void {
  for (const look of looks) {
    const { source } = look;
    const onTrouble = (error: unknown) => log.warn({ source, err: error }, 'an answer could not be kept');
    const kept = isolate(() => archive.keep(look), onTrouble);
    if (kept && kept.refused.length > 0)
      log.warn({ source, refused: kept.refused }, 'papers of an answer could not be kept');
  }
}

/** The one paper with that title, or those whose titles come near. */
async function exactOrNearest(rooms: Rooms, words: string): Promise<FoundPaper> {
  const { archive, search } = rooms;
  const near = archive.papers(await search.titles(words, NEAREST));
  const wanted = bare(words);
  const exact = near.find(({ paper }) => bare(paper.title) === wanted);
  if (exact) return shown(rooms, exact);
  if (near.length === 1) return shown(rooms, near[0]);
  return { kind: 'none', nearest: near.map((stored) => itemOf(stored)), notes: [] };
}

const bare = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
