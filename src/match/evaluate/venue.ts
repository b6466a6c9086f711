import type { MatchDocument, VenueLeaf } from '../language/filter.ts';
import { clausesOf, type VenueClause } from './venue-clauses.ts';
import {
  isSmall,
  isUnmistakable,
  isWeak,
  isWorkshopByName,
  venueNamed,
  wordsOfVenue,
} from './venue-names.ts';
import {
  isNameFirst,
  isRemark,
  isRemarkWord,
  isTitled,
  isTrack,
  type VenuePart,
  venuePartsOf,
} from './venue-parts.ts';
import { alikeOf } from './venue-short-words.ts';
import { isShortYear, isYear, stemOf, type VenueToken, venueTokens, yearsOf } from './venue-words.ts';

/**
 * Where a paper was accepted or published, read from what its authors wrote to arXiv.
 *
 * - A venue of the list (venue-list.ts) is known by any of its names. Asked for by one of them it is found as that venue
 *   alone: `Nature` is not Nature Communications.
 * - Any other words find every venue that has them all among its own words or its names: `robotics`, `Physical Review`.
 *   `J. Math. Phys.` is Journal of Mathematical Physics (venue-short-words.ts).
 * - A workshop (a tutorial, challenge, companion) at a conference is not the conference, but is found by its words:
 *   `workshop`, `NeurIPS workshop`. A track of the conference itself (Findings, demos, datasets) is the conference.
 * - A year is not part of a name: asked for with a name, both must be the venue's; alone, it is any venue of that year.
 * - What was submitted, is under review, in preparation or was rejected is no venue. A longer version of what a venue
 *   accepted counts as accepted there.
 */
export type Venue = {
  /** As the list calls it; null: not in the list. */
  name: string | null;
  /** It is not the venue of that name, but a part of it or beside it with a name of its own. */
  isWorkshop: boolean;
  /** Its own words, as words are compared; those of the list not counted. */
  words: readonly string[];
  years: readonly number[];
};

/** What a filter asks of a venue. */
export type AskedVenue = {
  name: string | null;
  /** A beginning of a word of it. */
  prefix: { begins: string; stem: string } | null;
  words: readonly string[];
  years: readonly number[];
};

/** Longer ones are no comments. */
const LONGEST = 1000;

/** The venues of a paper; none when nothing is known. Pure; time is linear in the length of the texts. */
export function venuesOf({ comment, journalRef }: Pick<MatchDocument, 'comment' | 'journalRef'>): Venue[] {
  const venues = journalRef === null ? [] : ofJournalReference(plain(journalRef));
  return comment === null ? venues : venues.concat(ofComment(plain(comment)));
}

/** Reads what stands after `venue:`. */
export function readAskedVenue({ form, text }: VenueLeaf): AskedVenue {
  const tokens = venueTokens(text);
  const years = yearsOf(tokens);
  const last = tokens.at(-1);
  if (form === 'prefix' && last !== undefined) {
    const prefix = { begins: last.word, stem: stemOf(last) };
    return { name: null, prefix, words: tokens.slice(0, -1).map(stemOf), years: [] };
  }
  const named = tokens.filter((token, at) => !isYear(token) && !isShortYear(token, tokens[at - 1]));
  const words = named.some((token) => !isSmall(token)) ? named.filter((token) => !isSmall(token)) : named;
  return { name: venueNamed(named), prefix: null, words: words.map(stemOf), years };
}

/** Whether the venue is what is asked for. */
export function fitsVenue(asked: AskedVenue, venue: Venue): boolean {
  if (!asked.years.every((year) => venue.years.includes(year))) return false;
  if (asked.name !== null) return asked.name === venue.name && !venue.isWorkshop;
  return (
    asked.words.every((word) => hasWord(venue, word)) &&
    (asked.prefix === null || hasBeginning(venue, asked.prefix))
  );
}

function hasWord({ words, name }: Venue, asked: string): boolean {
  const known = name === null ? null : wordsOfVenue(name);
  return alikeOf(asked).some((word) => words.includes(word) || known?.has(word) === true);
}

// Words are kept without their plural s, which a beginning may still have.
function hasBeginning(
  { words, name }: Venue,
  { begins: beginning, stem }: { begins: string; stem: string },
): boolean {
  const begins = (word: string) => word === stem || word.startsWith(beginning);
  return words.some(begins) || (name !== null && [...wordsOfVenue(name)].some(begins));
}

const STYLE_FILE = /\.(?:cls|sty|bst)\b/i;

/** Without what only looks like words: addresses, other papers' ids, files of a journal's style. */
function plain(written: string): string {
  return written
    .slice(0, LONGEST)
    .replaceAll('&amp;', '&')
    .replace(/\S+/g, (piece) => (STYLE_FILE.test(piece) ? ', https, ' : piece))
    .replace(/\b(?:https?:\/|www\.|github\.|arxiv:)[^\s,;]*/gi, ', https, ')
    .replace(
      /(findings of )(?:the )?(?:association for computational linguistics|acl)\s?[:,(]\s?(?=[A-Z]*[A-Z]CL|EMNLP)/gi,
      '$1',
    );
}

function ofComment(comment: string): Venue[] {
  return clausesOf(venueTokens(comment)).flatMap((sentence) => sentence.flatMap(ofClause));
}

function ofClause({ said, tokens, isOpen, isMeant }: VenueClause): Venue[] {
  if (said === 'refused' || tokens.length === 0) return [];
  if (said === 'nothing') return ofUnsaid(venuePartsOf(tokens), isMeant);
  const from = isOpen ? ownNameFrom(tokens) : Number.POSITIVE_INFINITY;
  return runsOf(
    venuePartsOf(tokens),
    (part, at) => part.name !== null || at + part.tokens.length > from,
    from,
  );
}

function ofUnsaid(parts: readonly VenuePart[], isMeant: boolean): Venue[] {
  const isWorkshopAt = parts.some(saysWorkshop) && parts.some(({ name }) => name !== null);
  return runsOf(
    parts,
    (part, _, next) => isWorkshopAt || isTitled(part) || isNamedAlone(part, next, isMeant),
    0,
  );
}

/** The place of a name that is not in the list: the first capital after `at`, `in`, `by`, `to`, `@` or a colon. */
function ownNameFrom(tokens: readonly VenueToken[]): number {
  if (tokens[0].gap.includes('@')) return 0;
  const lead = tokens.findIndex(({ word }, at) => LEADS.has(word) || /:\s*$/.test(tokens[at + 1]?.gap ?? ''));
  const from = tokens.findIndex(
    ({ text, kind }, at) => at > lead && kind !== 'number' && /^[\p{Lu}\d]/u.test(text),
  );
  return lead < 0 || from < 0 || isRemarkWord(tokens[from]) ? Number.POSITIVE_INFINITY : from;
}

const LEADS = new Set(['at', 'in', 'by', 'to', 'into', 'for', 'on']);

/** Nobody said that it was accepted, but it stands there as a venue does: `12 pages, ICML 2026`. */
function isNamedAlone(part: VenuePart, next: VenuePart | undefined, isMeant: boolean): boolean {
  const { tokens, name } = part;
  if (name === null || name.kind === 'plain' || !isNameFirst(part)) return false;
  if (isMeant || name.last > name.first + 1 || isUnmistakable(tokens[name.first])) return true;
  const isYearAt = (token: VenueToken, at: number) => isYear(token) || isShortYear(token, tokens[at - 1]);
  return tokens.some(isYearAt) || tokens.some(isTrack) || (next !== undefined && isYear(next.tokens[0]));
}

type Starts = (part: VenuePart, at: number, next: VenuePart | undefined) => boolean;

/** One venue for each name of the list with the parts behind it, or one for all parts when there is none. */
function runsOf(parts: readonly VenuePart[], starts: Starts, from: number): Venue[] {
  const runs: { parts: VenuePart[]; words: VenueToken[] }[] = [];
  let at = 0;
  let isRunning = false;
  for (const [number, part] of parts.entries()) {
    const current = runs.at(-1);
    if (isRemark(part) && part.name === null) isRunning = false;
    else if (isRunning && current !== undefined && !beginsAnother(current.parts, part))
      add(current, part, at, from);
    else if (starts(part, at, parts[number + 1]) || isRunning) {
      runs.push(add({ parts: [], words: [] }, part, at, from));
      isRunning = true;
    }
    at += part.tokens.length;
  }
  const beside = parts.filter((part) => part.isWorkshop && part.name === null);
  return runs.flatMap((run) => toVenue(run.parts, run.words, beside));
}

function add(run: { parts: VenuePart[]; words: VenueToken[] }, part: VenuePart, at: number, from: number) {
  run.parts.push(part);
  run.words.push(...part.tokens.slice(Math.max(0, from - at)));
  return run;
}

function beginsAnother(parts: readonly VenuePart[], { name }: VenuePart): boolean {
  const known = parts.find((part) => part.name !== null)?.name ?? null;
  return known !== null && name !== null && known.venue !== name.venue;
}

function toVenue(
  parts: readonly VenuePart[],
  words: readonly VenueToken[],
  beside: readonly VenuePart[],
): Venue[] {
  const name = parts.find((part) => part.name !== null)?.name?.venue ?? null;
  const workshops = [...beside, ...parts.filter((part) => part.isWorkshop)];
  const isWorkshop = workshops.length > 0 && (name === null || !isWorkshopByName(name));
  const isNamed = words.some((token) => !isWeak(token) && /^[\p{Lu}\d]/u.test(token.text));
  const own = words.filter(({ kind }) => kind === 'word').map(stemOf);
  if (isWorkshop && workshops.some(saysWorkshop)) own.push('workshop');
  if (name === null && !isNamed) return [];
  const years = yearsOf(parts.flatMap(({ tokens }) => tokens));
  return [{ name, isWorkshop, words: [...new Set(own)].sort(), years: years.sort() }];
}

/** Also when it says so in one word: CVPRW, SRW (a student research workshop). */
const saysWorkshop = ({ tokens, name }: VenuePart): boolean =>
  name?.isWorkshop === true || tokens.some(({ word }) => /^(?:workshops?|srw)$/.test(word));

/** The name stands before the volume; a venue of the list may stand anywhere. */
function ofJournalReference(reference: string): Venue[] {
  return reference.split(';').flatMap((one) => {
    const tokens = venueTokens(one);
    if (
      tokens.length === 0 ||
      clausesOf(tokens).some((sentence) => sentence.some(({ said }) => said === 'refused'))
    )
      return [];
    const cut = tokens.findIndex(endsTitle);
    const named = runsOf(venuePartsOf(tokens), ({ name }, at) => name !== null || at === 0, 0);
    return named.map((venue) => ofReference(venue, cut < 0 ? tokens : tokens.slice(0, cut), tokens));
  });
}

function ofReference(venue: Venue, title: readonly VenueToken[], tokens: readonly VenueToken[]): Venue {
  const words = title.filter(({ kind }) => kind === 'word').map(stemOf);
  return { ...venue, words: [...new Set(words)].sort(), years: publishedIn(tokens) };
}

const endsTitle = (token: VenueToken): boolean =>
  (token.kind === 'number' && !isYear(token) && !token.text.startsWith("'")) ||
  /^(?:vol|volume|no|pp|pages?|issue|doi|isbn)$/.test(token.word);

/** The year in brackets, or the last one: pages and volumes look like years, too. */
function publishedIn(tokens: readonly VenueToken[]): number[] {
  const years = tokens.filter(isYear);
  const year = years.findLast(({ gap }) => gap.includes('(')) ?? years.at(-1);
  return year === undefined ? yearsOf(tokens) : [Number(year.word)];
}
