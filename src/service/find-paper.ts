import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { UserError } from '#src/foundation/failure.ts';
import { isolate } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { type PaperQuery, readPaperQuery } from '#src/paper/paper-query.ts';
import { notFoundWords } from '#src/render/find-page.ts';
import type { CardView } from '#src/render/paper-card.ts';
import { wording } from '#src/render/wording.ts';
import type { Asked, AskOptions, AskSources } from './ask-sources.ts';
import { findByWords, saysEnough } from './find-by-words.ts';
import { cardOf } from './paper-view.ts';
import type { FoundPaper, Services } from './services.ts';
import { nobodyHas, tellAsked } from './tell-asked.ts';

type Rooms = {
  archive: Archive;
  search: PaperSearch;
  ask: AskSources;
  clock: Clock;
  log: Log;
  closing?: AbortSignal;
};

const FROM_SOURCES = 5;

/** Looks single papers up: in the archive first, then at the sources, which the archive then knows too. */
export function createFindPaper(rooms: Rooms): Pick<Services, 'findPaper' | 'askAgain' | 'showPaper'> {
  return {
    findPaper: (text, userId) => answer(rooms, readPaperQuery(text, rooms.clock.now()), userId),
    askAgain: (id, userId) => findById(rooms, id, userId, { again: true }),
    async showPaper(id, userId) {
      return certainPaper(await findById(rooms, id, userId));
    },
  };
}

/** For what can do with one paper only: it, or a UserError that says why there is none and which ones are near. */
export function certainPaper(found: FoundPaper): CardView {
  if (found.kind === 'paper') return found.view;
  throw new UserError(notFoundWords(found));
}

async function answer(rooms: Rooms, query: PaperQuery, userId: string): Promise<FoundPaper> {
  if (query.kind === 'paper') return findById(rooms, query.id, userId);
  if (query.kind === 'words') return findByTheirWords(rooms, query.words, userId);
  if (query.kind !== 'several') return query;
  const titleOf = (id: string) => rooms.archive.paper(id)?.paper.title ?? null;
  return { kind: 'several', papers: query.ids.map((id) => ({ id, title: titleOf(id) })) };
}

async function findById(
  rooms: Rooms,
  id: string,
  userId: string,
  options: AskOptions = {},
): Promise<FoundPaper> {
  const known = rooms.archive.paper(id);
  if (known) return shown(rooms, known);
  const asked = await rooms.ask.paper(id, userId, options);
  keepFound(rooms, asked);
  const found = rooms.archive.paper(id);
  if (found) return shown(rooms, found);
  if (asked.refusal) throw new UserError(wording.unknownAndNotAsked(id, asked.refusal));
  const { answers, failures } = asked;
  // Whoever asks while we stop is told that, not what the sources could not say any more.
  if (rooms.closing?.aborted && failures.length > 0) throw failures[0];
  const earlier = answers.flatMap((one) => one.earlier ?? []);
  return {
    ...{ kind: 'unknown', id, told: tellAsked(asked).join(' ') },
    nobodyHas: nobodyHas(asked) ? answers.map(({ source }) => source) : [],
    earlier: earlier.length > 0 ? Math.min(...earlier) : null,
  };
}

/** Where the archive has neither a title nor a name that may be meant, the sources are asked; the same rule holds then. */
async function findByTheirWords(rooms: Rooms, words: string, userId: string): Promise<FoundPaper> {
  const here = await findByWords(rooms, words);
  if (here.kind === 'certain') return shown(rooms, here.paper);
  if (here.isAnyMeant || !saysEnough(words)) return { ...here.near, told: '' };
  const asked = await rooms.ask.papers(words, FROM_SOURCES, userId);
  keepFound(rooms, asked);
  const found = await findByWords(rooms, words);
  if (found.kind === 'certain') return shown(rooms, found.paper);
  return { ...found.near, told: tellAsked(asked).join(' ') };
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
