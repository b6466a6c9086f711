import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import { isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { type PaperQuery, readPaperQuery } from '#src/paper/paper-query.ts';
import { type FoundView, notFound } from '#src/render/find-page.ts';
import type { CardView } from '#src/render/paper-card.ts';
import { code } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asked, AskOptions, AskSources } from './ask-sources.ts';
import { findByWords, saysEnough } from './find-by-words.ts';
import { cardOf } from './paper-view.ts';
import { nobodyHas, tellAsked, tellRefusal } from './tell-asked.ts';

type Deps = {
  archive: Archive;
  search: PaperSearch;
  ask: AskSources;
  clock: Clock;
  log: Log;
  closing?: AbortSignal;
};

const FROM_SOURCES = 5;

export type FindPaper = {
  /**
   * What a person's text asks for: an id in any text, a link, words of a title, a name. Asks the sources for that member
   * when the archive does not know it.
   */
  findPaper(query: string, userId: string): Promise<FoundView>;
  /** Asks the sources for that id, though they said a moment ago that they have none. */
  askAgain(id: string, userId: string): Promise<FoundView>;
  /** A known paper by id, as a card. */
  showPaper(id: string, userId: string): Promise<CardView>;
};

/** Looks single papers up: in the archive first, then at the sources, which the archive then knows too. */
export function createFindPaper(deps: Deps): FindPaper {
  return {
    findPaper: (text, userId) => answer(deps, readPaperQuery(text, deps.clock.now()), userId),
    askAgain: (id, userId) => findById(deps, id, userId, { again: true }),
    async showPaper(id, userId) {
      return certainPaper(await findById(deps, id, userId));
    },
  };
}

/** For what can do with one paper only: it, or a UserError that says why there is none and which ones are near. */
export function certainPaper(found: FoundView): CardView {
  if (found.kind === 'paper') return found.view;
  throw new UserError('paper.notCertain', { why: notFound(found) });
}

async function answer(deps: Deps, query: PaperQuery, userId: string): Promise<FoundView> {
  if (query.kind === 'paper') return findById(deps, query.id, userId);
  if (query.kind === 'words') return findByTheirWords(deps, query.words, userId);
  if (query.kind !== 'several') return query;
  const titleOf = async (id: string) => (await deps.archive.paper(id))?.paper.title ?? null;
  const papers = await Promise.all(query.ids.map(async (id) => ({ id, title: await titleOf(id) })));
  return { kind: 'several', papers };
}

async function findById(
  deps: Deps,
  id: string,
  userId: string,
  options: AskOptions = {},
): Promise<FoundView> {
  const known = await deps.archive.paper(id);
  if (known) return shown(deps, known);
  const asked = await deps.ask.paper(id, userId, options);
  await keepFound(deps, asked);
  const found = await deps.archive.paper(id);
  if (found) return shown(deps, found);
  if (asked.refusal)
    throw new UserError('sources.unknownAndNotAsked', { id: code(id), ...tellRefusal(asked.refusal) });
  const { answers } = asked;
  const silent = answers.find(({ said }) => said.kind !== 'found' && said.kind !== 'none');
  // Whoever asks while we stop is told that, not what the sources could not say any more.
  if (deps.closing?.aborted && silent)
    throw new OutsideError(silent.source, 'given up, because Paperboy is closing', { retryable: true });
  const earlier = answers.flatMap((one) => one.earlier ?? []);
  return {
    ...{ kind: 'unknown', id, told: tellAsked(asked) },
    nobodyHas: nobodyHas(asked) ? answers.map(({ source }) => source) : [],
    earlier: earlier.length > 0 ? Math.min(...earlier) : null,
  };
}

/** Where the archive has neither a title nor a name that may be meant, the sources are asked; the same rule holds then. */
async function findByTheirWords(deps: Deps, words: string, userId: string): Promise<FoundView> {
  const here = await findByWords(deps, words);
  if (here.kind === 'certain') return shown(deps, here.paper);
  if (here.isAnyMeant || !saysEnough(words)) return { ...here.near, told: [] };
  const asked = await deps.ask.papers(words, FROM_SOURCES, userId);
  await keepFound(deps, asked);
  const found = await findByWords(deps, words);
  if (found.kind === 'certain') return shown(deps, found.paper);
  return { ...found.near, told: tellAsked(asked) };
}

/** A known paper; that it was asked for is noted. */
async function shown({ archive, clock }: Deps, stored: StoredPaper): Promise<FoundView> {
  await archive.noteLookedUp(stored.paper.id, clock.now());
  return { kind: 'paper', view: cardOf(stored) };
}

/** Keeps what sources answered; what no row can hold is logged and left out. */
export async function keepFound(
  { archive, log }: Pick<Deps, 'archive' | 'log'>,
  { polls }: Asked,
): Promise<void> {
  for (const poll of polls) {
    const { source } = poll;
    const onTrouble = (error: unknown) => log.warn({ source, err: error }, 'an answer could not be kept');
    const kept = await isolateAsync(() => archive.keep(poll), onTrouble);
    if (kept && kept.refused.length > 0)
      log.warn({ source, refused: kept.refused }, 'papers of an answer could not be kept');
  }
}
