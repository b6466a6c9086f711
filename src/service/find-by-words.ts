import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { titleFilter, wholeTitleFilter } from '#src/archive/title-filter.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { analyse } from '#src/match/text/analyse.ts';
import { isFunctionWord } from '#src/match/text/function-words.ts';
import type { UncertainView } from '#src/render/find-page.ts';
import { correctedTitle } from './corrected-title.ts';
import { authorsNamed, authorsNear, organizationsNamed } from './namesakes.ts';
import { itemOf } from './paper-view.ts';

type Deps = { archive: Archive; search: PaperSearch; clock: Clock };

/** What the archive knows of papers with these words. */
type ByWords =
  | { kind: 'certain'; paper: StoredPaper }
  | { kind: 'uncertain'; near: Omit<UncertainView, 'told'>; isAnyMeant: boolean };

const NEAREST = 5;
const CHOICES = 25;
/** Of more titles that contain a whole title, the shortest stand first. */
const LOOKED_THROUGH = 500;
const SLICE = 50;

/**
 * A paper is certain when its title is just these words, or when it is the only one whose title has them all.
 * `isAnyMeant`: titles or names were found that may be meant, so that no source need be asked.
 */
export async function findByWords(deps: Deps, words: string): Promise<ByWords> {
  const called = await papersCalled(deps, words);
  if (called.length === 1) return { kind: 'certain', paper: called[0] };
  if (called.length > 1) return choice(words, 'called', { papers: called, total: called.length });
  if (!saysEnough(words)) return nearest(deps, words);
  const having = await papersHaving(deps, words);
  if (having.total === 0) return nearest(deps, words);
  if (having.total === 1) return { kind: 'certain', paper: having.papers[0] };
  return choice(words, 'having', having);
}

/** Fewer letters, figures alone, or what every text has, stand in a title by chance. */
export function saysEnough(words: string): boolean {
  return telling(words).some((word) => /\p{L}{3}|\p{Lo}{2}|\p{L}-?\d|\d\p{L}/u.test(word));
}

const telling = (words: string): string[] =>
  words.split(/\s+/).filter((word) => !isFunctionWord(word.toLowerCase()));

function choice(words: string, titlesAre: 'called' | 'having', { papers, total }: Found): ByWords {
  const titles = papers.slice(0, CHOICES).map((paper) => itemOf(paper));
  const near = { words, titlesAre, titles, total, meant: null, authors: null, organizations: null };
  return { kind: 'uncertain', near: { kind: 'uncertain', ...near }, isAnyMeant: true };
}

/** Papers whose title is these words, letter by letter where there are such, else apart from plurals and spelling. */
async function papersCalled({ archive, search, clock }: Deps, words: string): Promise<StoredPaper[]> {
  const breathe = takeBreaths(clock);
  const wanted = readTitle(words);
  if (wanted.stems === '') return [];
  const { hits } = await search.search(wholeTitleFilter(words), { limit: LOOKED_THROUGH, now: 0 });
  const called: { stored: StoredPaper; isSame: boolean }[] = [];
  for (let from = 0; from < hits.length; from += SLICE) {
    for (const stored of await archive.papers(hits.slice(from, from + SLICE).map(({ paper }) => paper))) {
      const { folds, stems } = readTitle(stored.paper.title);
      if (stems === wanted.stems) called.push({ stored, isSame: folds === wanted.folds });
    }
    await breathe();
  }
  const same = called.filter(({ isSame }) => isSame);
  return (same.length > 0 ? same : called).map(({ stored }) => stored);
}

type Found = { papers: readonly StoredPaper[]; total: number };

async function papersHaving({ archive, search }: Deps, words: string): Promise<Found> {
  const filter = titleFilter(words, 'whole');
  if (filter === null) return { papers: [], total: 0 };
  const { hits, total } = await search.search(filter, { limit: CHOICES, now: 0 });
  const papers = await archive.papers(hits.map(({ paper }) => paper));
  return { papers, total: papers.length < CHOICES ? papers.length : total };
}

async function nearest(deps: Deps, words: string): Promise<ByWords> {
  const { archive, search } = deps;
  const authors = await authorsNamed(deps, words);
  const organizations = saysEnough(words) ? await organizationsNamed(deps, words) : null;
  const isName = authors !== null || organizations !== null;
  const meant = isName ? null : await correctedTitle(search, words);
  const meantName = isName || meant !== null ? null : await authorsNear(deps, words);
  const near = await search.titles(telling(meant ?? words).join(' '), NEAREST);
  const titles = (await archive.papers(near)).map((paper) => itemOf(paper));
  const view = {
    words,
    titlesAre: 'near' as const,
    titles,
    total: titles.length,
    meant,
    authors: authors ?? meantName,
    organizations,
  };
  return { kind: 'uncertain', near: { kind: 'uncertain', ...view }, isAnyMeant: isName };
}

/** A title's words without case, accents and punctuation. */
function readTitle(title: string): { folds: string; stems: string } {
  const words = analyse(title);
  return {
    folds: words.map(({ fold }) => fold).join(' '),
    stems: words.map(({ stem }) => stem).join(' '),
  };
}
