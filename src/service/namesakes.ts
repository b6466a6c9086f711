import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { holdsOfPerson, prepareFilter } from '#src/match/evaluate/explain.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { analyseName } from '#src/match/text/analyse.ts';
import type { Namesakes } from '#src/render/find-page.ts';
import { itemOf } from './paper-view.ts';
import { namesNear } from './unread-names.ts';

type Deps = { archive: Archive; search: PaperSearch; clock: Clock };

const CHOICES = 25;
const LOOKED_THROUGH = 500;
/** Longer ones are titles. */
const MOST_WORDS = 6;
/** "papers by Yann LeCun", "author: LeCun"; "LeCun et al., 2015". */
const CALLED_AUTHOR = /^(?:papers?\s+)?(?:by|from|author)\b\s*:?\s*/i;
const AND_OTHERS = /\bet al\b.{0,20}$/i;
/** "Zhao, 2026", "Zhao (2026a)". */
const YEAR = /[([]?\b(?:19|20)\d\d[a-z]?[)\]]?$/i;

/** Authors with that name, in whatever order, with initials or accents or without. */
export async function authorsNamed(deps: Deps, words: string): Promise<Namesakes | null> {
  const name = words
    .replace(CALLED_AUTHOR, '')
    .replace(AND_OTHERS, '')
    .replace(YEAR, '')
    .replace(/["“”„«»]/g, '')
    .trim();
  const filter = nameFilter(name);
  if (filter === null) return null;
  const condition = prepareFilter(filter);
  const isCalledSo = (author: string) => holdsOfPerson(condition, analyseName(author));
  return namesakes(deps, filter, ({ paper }) => paper.authors, isCalledSo);
}

/** Authors whose name is hardly different from what was written. */
export async function authorsNear(deps: Deps, words: string): Promise<Namesakes | null> {
  if (nameFilter(words) === null) return null;
  const [nearest] = await namesNear(words, deps);
  const found = nearest === undefined ? null : await authorsNamed(deps, nearest);
  return found && { ...found, isNear: true };
}

export async function organizationsNamed(deps: Deps, words: string): Promise<Namesakes | null> {
  const parts = wordsOf(words).map(
    (text): Filter => ({ kind: 'word', text: text.toLowerCase(), field: 'org' }),
  );
  if (parts.length === 0 || parts.length > MOST_WORDS) return null;
  return namesakes(deps, { kind: 'and', parts }, ({ paper }) => [paper.organization ?? '']);
}

/** The name as it stands, or its words in another order within one person's name. */
function nameFilter(name: string): Filter | null {
  const words = wordsOf(name);
  if (words.length > MOST_WORDS || /\d/.test(name) || !/\p{L}{2}/u.test(name)) return null;
  const asWritten: Filter = { kind: 'phrase', text: name, field: 'author', within: null };
  const parts = words.map((text): Filter => ({ kind: 'word', text, field: 'author' }));
  const anyOrder: Filter = { kind: 'person', filter: { kind: 'and', parts } };
  return parts.length === 1 ? asWritten : { kind: 'or', parts: [asWritten, anyOrder] };
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.'’-]*/gu) ?? [];

/**
 * Who of the people behind these papers is called so: in the newest 500 of them. A paper may have thousands of authors:
 * others have their turn.
 */
async function namesakes(
  { archive, search, clock }: Deps,
  filter: Filter,
  namesOf: (stored: StoredPaper) => readonly string[],
  isCalledSo = (_: string): boolean => true,
): Promise<Namesakes | null> {
  const breathe = takeBreaths(clock);
  const { hits, total } = await search.search(filter, { limit: LOOKED_THROUGH, now: 0, sort: 'newest' });
  const newest: StoredPaper[] = [];
  const names = new Map<string, string>();
  for (let from = 0; from < hits.length; from += CHOICES) {
    const papers = await archive.papers(hits.slice(from, from + CHOICES).map(({ paper }) => paper));
    if (from === 0) newest.push(...papers);
    for (const name of papers.flatMap(namesOf)) {
      await breathe();
      if (!names.has(name.toLowerCase()) && isCalledSo(name)) names.set(name.toLowerCase(), name);
    }
  }
  if (newest.length === 0) return null;
  const papers = newest.map((paper) => itemOf(paper));
  return { names: [...names.values()], papers, total, isAll: total <= LOOKED_THROUGH, isNear: false };
}
