import { categoryNames, fitsCategory, fitsOneCategory } from '../language/categories.ts';
import {
  type Comparison,
  type Filter,
  type MatchDocument,
  NOTHING_KNOWN,
  type TermMatch,
  type TextField,
  type TextLeaf,
  type Verdict,
} from '../language/filter.ts';
import { printFilter } from '../language/print-filter.ts';
import { analyse, analyseName, type Token } from '../text/analyse.ts';
import { findTerm } from './find-term.ts';
import { readTerm, type Term } from './term.ts';
import { fitsVenue, readAskedVenue, type Venue, venuesOf } from './venue.ts';

/**
 * What a filter matches: the plain evaluation, which the index must equal.
 *
 * A text is a row of tokens (analyse.ts). Each title, abstract, keyword, author's name and organisation is a text of its
 * own, and a term never reaches from one into the next. Without a field a term looks into title, abstract and keywords.
 *
 * A word with umlauts has two spellings, with its accents dropped and with all its umlauts spelled out (umlauts.ts). What
 * is said below of folds and stems holds for each spelling of either side: Müller meets Muller and Mueller, which do not
 * meet each other.
 *
 * Two neighbours, of a text or a term, are read as one word by keys (compounds.ts): theirs is the fold of the first and the
 * stem of the second, in a row; a word's are its stem, and the keys of any two words that its letters can be cut into.
 *
 * - A WORD (one part) matches a token whose stem equals the part's stem; if the part is an acronym, the token must be
 *   one too. It also matches two neighbouring tokens whose key is one of the part's; if the part is an acronym, the two
 *   together must count as one (`joinedAcronym`).
 * - A PREFIX matches a token whose fold begins with one of its spellings, and two neighbours p, p+1 when
 *   fold(p) + fold(p+1) begins with one of them, p being no function word (`mayBeginJoined`). Capitals do not matter
 *   under a prefix.
 * - A SEQUENCE (a phrase, a hyphenated or CJK word) is laid along consecutive tokens, part by part: a part takes one
 *   token or two neighbours, as above; or two neighbouring parts a, b take one token that has a key of
 *   theirs, and must be an acronym when `joinsAsAcronym(a, b)`; with a prefix as b, the token's fold begins
 *   with fold(a) + prefix. A glued part (a CJK character inside a word) needs a glued token.
 * - NEAR (`"..."~n`): the sequence itself within n, or each unit somewhere, in any order, such that the last token of all
 *   minus the first of all is at most n. A unit is a word, or a hyphenated word as a sequence; a unit asked for twice
 *   needs two places.
 * - A PERSON'S NAME (`author:`) is read by `analyseName`: no plurals, no acronyms, given names first, however the paper
 *   and the filter order them ("LeCun, Yann"). The parts of a sequence stand in their order, but other names may stand
 *   between them; all of them have to be there.
 * - A single letter in `author:` is an INITIAL. It takes the same initial, or, when a name comes after it in the filter,
 *   any name that begins with it; when there are only initials, any name but the last. Initials at one end of the filter's
 *   name may as well stand at the other ("LeCun Y." = "Y. LeCun"). A given name never takes an initial, and an initial is
 *   never read together with its neighbour ("A. Li" is not Ali).
 * - A GROUP in `author:` (kind `person`) holds within one person, its NOT too: `author:(LeCun -Yann)` is a LeCun who is no
 *   Yann. Conditions side by side, `author:Yann author:LeCun`, may hold of two.
 * - Venues: see venue.ts.
 */

/** A paper with its texts analysed: make it once, try many filters on it. */
export type ReadDocument = {
  document: MatchDocument;
  texts: Readonly<Record<TextField, readonly (readonly Token[])[]>>;
  /** Lower-case category names, aliases included. */
  categories: ReadonlySet<string>;
  venues: readonly Venue[];
};

/** A filter with its terms analysed: make it once, try it on many papers. */
export type Condition =
  | { kind: 'all' | 'any'; parts: readonly Condition[]; filter: Filter }
  | { kind: 'none' | 'person'; part: Condition; filter: Filter }
  | { kind: 'term'; term: Term; filter: TextLeaf }
  | { kind: 'fact'; holds: (read: ReadDocument, now: number) => boolean; filter: Filter };

/** A paper of whose texts nothing is read: for its facts alone, and for what reads texts by itself. */
export const unreadDocument = (document: MatchDocument): ReadDocument => ({
  document,
  texts: NO_TEXTS,
  categories: NO_CATEGORIES,
  venues: [],
});

export function prepareDocument(document: MatchDocument): ReadDocument {
  const { title, abstract, authors, organization, keywords } = document;
  return {
    document,
    texts: {
      title: [analyse(title)],
      abstract: [analyse(abstract)],
      author: authors.map((name) => analyseName(name)),
      org: organization === null ? [] : [analyse(organization)],
      keyword: keywords.map((keyword) => analyse(keyword)),
    },
    categories: categoryNames(document.categories),
    venues: venuesOf(document),
  };
}

export function prepareFilter(filter: Filter): Condition {
  switch (filter.kind) {
    case 'and':
      return { kind: 'all', parts: filter.parts.map(prepareFilter), filter };
    case 'or':
      return { kind: 'any', parts: filter.parts.map(prepareFilter), filter };
    case 'not':
      return { kind: 'none', part: prepareFilter(filter.part), filter };
    case 'person':
      return { kind: 'person', part: prepareFilter(filter.filter), filter };
    case 'topic':
      return { kind: 'all', parts: [prepareFilter(filter.filter)], filter };
    case 'word':
    case 'prefix':
    case 'phrase':
      return { kind: 'term', term: readTerm(filter), filter };
    default:
      return { kind: 'fact', holds: factOf(filter), filter };
  }
}

/** Whether the filter matches the paper at `now` (UTC ms). The plain way, one filter at a time. */
export function matchFilter(filter: Filter, document: MatchDocument, now: number): boolean {
  return holds(prepareFilter(filter), prepareDocument(document), now);
}

/** The same for what was prepared before. */
export function holds(condition: Condition, read: ReadDocument, now: number): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.parts.every((part) => holds(part, read, now));
    case 'any':
      return condition.parts.some((part) => holds(part, read, now));
    case 'none':
      return !holds(condition.part, read, now);
    case 'person':
      return read.texts.author.some((name) => holdsOfPerson(condition.part, name));
    case 'term':
      return textsOf(condition.term.field, read).some(
        ({ tokens }) => findTerm(condition.term, tokens, 1).length > 0,
      );
    case 'fact':
      return condition.holds(read, now);
  }
}

/** Whether a condition on names holds of the one person with that name. */
export function holdsOfPerson(condition: Condition, name: readonly Token[]): boolean {
  return holds(condition, readPerson(name), 0);
}

/** The verdict with its reasons: where each term stands, and for a no the clauses that failed. */
export function explainMatch(filter: Filter, document: MatchDocument, now: number): Verdict {
  return explain(prepareFilter(filter), prepareDocument(document), now);
}

/** The same for what was prepared before. */
export function explain(condition: Condition, read: ReadDocument, now: number): Verdict {
  const found = placesOf(condition, read);
  if (holds(condition, read, now)) return { matches: true, found };
  return { matches: false, found, missing: missingOf(condition, read, now) };
}

// A text so long that more places would help nobody.
const MOST_PLACES = 100;

function placesOf(condition: Condition, read: ReadDocument): TermMatch[] {
  if (condition.kind === 'none') return placesOf(condition.part, read);
  if (condition.kind === 'person') return placesOfPerson(condition.part, read);
  if (condition.kind === 'all' || condition.kind === 'any')
    return condition.parts.flatMap((part) => placesOf(part, read));
  if (condition.kind === 'term') return placesOfTerm(condition.term, condition.filter, read);
  return condition.filter.kind === 'category' ? placesOfCategory(condition.filter, read) : [];
}

/** In the names of those who fit; of a near miss wherever a part fits. */
function placesOfPerson(condition: Condition, read: ReadDocument): TermMatch[] {
  const { author } = read.texts;
  const fits = author.map((name) => holdsOfPerson(condition, name));
  return author.flatMap((name, item) =>
    fits[item] || !fits.includes(true)
      ? placesOf(condition, readPerson(name)).map((place) => ({ ...place, item }))
      : [],
  );
}

function placesOfTerm(term: Term, leaf: TextLeaf, read: ReadDocument): TermMatch[] {
  const printed = printFilter(leaf);
  return textsOf(term.field, read).flatMap(({ field, item, tokens }) =>
    findTerm(term, tokens, MOST_PLACES).map(({ first, last }) => {
      return { term: printed, field, item, ...stretch(tokens, first, last) };
    }),
  );
}

/** From where to where these tokens stand; those of "LeCun, Yann" are not in the order of the text. */
function stretch(tokens: readonly Token[], first: number, last: number): { start: number; end: number } {
  const found = tokens.slice(first, last + 1);
  return {
    start: Math.min(...found.map(({ start }) => start)),
    end: Math.max(...found.map(({ end }) => end)),
  };
}

function placesOfCategory(filter: Filter & { kind: 'category' }, read: ReadDocument): TermMatch[] {
  const term = printFilter(filter);
  return read.document.categories.flatMap((category, item) =>
    fitsOneCategory(filter.pattern, category)
      ? [{ term, field: 'category' as const, item, start: 0, end: category.length }]
      : [],
  );
}

/** The failed clauses; of alternatives, those of the one that came nearest. */
function missingOf(condition: Condition, read: ReadDocument, now: number): string[] {
  if (condition.kind === 'all' && condition.filter.kind !== 'topic') {
    return condition.parts
      .filter((part) => !holds(part, read, now))
      .flatMap((part) => missingOf(part, read, now));
  }
  if (condition.kind === 'any') {
    const misses = condition.parts.map((part) => missingOf(part, read, now));
    return misses.reduce((nearest, miss) => (miss.length < nearest.length ? miss : nearest));
  }
  return [printFilter(condition.filter)];
}

/** One person, as if alone of a paper. */
function readPerson(name: readonly Token[]): ReadDocument {
  return { ...unreadDocument(NOTHING_KNOWN), texts: { ...NO_TEXTS, author: [name] } };
}

const NO_TEXTS: ReadDocument['texts'] = { title: [], abstract: [], author: [], org: [], keyword: [] };
const NO_CATEGORIES: ReadonlySet<string> = new Set();

type Text = { field: TextField; item: number; tokens: readonly Token[] };

const EVERYWHERE: readonly TextField[] = ['title', 'abstract', 'keyword'];

function textsOf(field: TextField | null, read: ReadDocument): Text[] {
  const fields = field === null ? EVERYWHERE : [field];
  return fields.flatMap((name) => read.texts[name].map((tokens, item) => ({ field: name, item, tokens })));
}

type Fact = Exclude<Filter, { kind: 'and' | 'or' | 'not' | 'person' | 'topic' } | TextLeaf>;

function factOf(fact: Fact): (read: ReadDocument, now: number) => boolean {
  switch (fact.kind) {
    case 'category':
      return (read) => fitsCategory(fact.pattern, read.categories);
    case 'venue': {
      const asked = readAskedVenue(fact);
      return (read) => read.venues.some((venue) => fitsVenue(asked, venue));
    }
    case 'number':
      return (read) => compares(read.document[fact.figure], fact.is, fact.value);
    case 'date':
      return (read) =>
        compares(read.document.publishedAt, fact.side === 'after' ? '>=' : '<', Date.parse(fact.day));
    case 'age':
      return (read, now) => compares(ageOf(read.document, now), fact.is, fact.hours * 3_600_000);
  }
}

function ageOf(document: MatchDocument, now: number): number | null {
  return document.publishedAt === null ? null : now - document.publishedAt;
}

/** A comparison with what is not known is false. */
export function compares(figure: number | null, is: Comparison, value: number): boolean {
  if (figure === null) return false;
  switch (is) {
    case '>':
      return figure > value;
    case '>=':
      return figure >= value;
    case '<':
      return figure < value;
    case '<=':
      return figure <= value;
    case '=':
      return figure === value;
  }
}
