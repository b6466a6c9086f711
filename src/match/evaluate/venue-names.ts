import { VENUES } from './venue-list.ts';
import { isShortYear, isYear, standsFor, stemOf, type VenueToken, venueTokens } from './venue-words.ts';

/** A name of a venue in the list. */
type Name = {
  /** What the venue is called by. */
  venue: string;
  words: readonly string[];
  kind: 'acronym' | 'title' | 'plain';
};

/** Where a name stands among tokens. */
export type FoundName = {
  venue: string;
  kind: Name['kind'];
  first: number;
  last: number;
  isWorkshop: boolean;
};

const SMALL = new Set(['of', 'the', 'on', 'for', 'and', 'in', 'a', 'an']);

/** What stands in front of names and inside them, and tells none from the other. */
const WEAK = new Set([
  ...SMALL,
  ...'proceedings proc inproceedings annual international intl int ieee acm cvf rsj edition joint'.split(' '),
  ...'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth'.split(
    ' ',
  ),
  ...'fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth'.split(' '),
  ...'twenty thirty forty fifty'.split(' '),
]);

/** Whether an acronym by itself is a venue and nothing else: long enough, and no word. */
export const isUnmistakable = ({ isCapital, word }: VenueToken): boolean =>
  isCapital && word.length >= 4 && !EVERYDAY.has(word);

/** Acronyms that are words of every day in lower case. */
const EVERYDAY = new Set([
  'fast',
  'date',
  'micro',
  'pets',
  'assets',
  'clear',
  'media',
  'crypto',
  'humanoids',
]);

export const isSmall = ({ word }: VenueToken): boolean => SMALL.has(word);

/** Whether the token says nothing about which venue it is. */
export const isWeak = ({ word, kind }: VenueToken): boolean => kind !== 'word' || WEAK.has(word);

/** Read when it is first asked for: most starts never need it. */
let list: ReturnType<typeof readList> | null = null;

function venueList() {
  list ??= readList();
  return list;
}

/** All words of all names of a venue in the list, as words are compared. */
export function wordsOfVenue(venue: string): ReadonlySet<string> {
  const { namesOf, wordsOf } = venueList();
  const known = wordsOf.get(venue);
  if (known !== undefined) return known;
  const words = new Set((namesOf.get(venue) ?? []).flatMap((name) => venueTokens(name).map(stemOf)));
  wordsOf.set(venue, words);
  return words;
}

/** Whether the venue is a workshop by name, as some that are as large as conferences are. */
export const isWorkshopByName = (venue: string): boolean => wordsOfVenue(venue).has('workshop');

/** The venue that these tokens name and nothing else; null: it is not in the list. Years do not matter. */
export function venueNamed(tokens: readonly VenueToken[]): string | null {
  for (let first = 0; first < tokens.length; first++) {
    const names = namesAt(tokens, first).filter(({ last }) => tokens.slice(last + 1).every(isNoName));
    if (names.length > 0) return names[0].venue;
    if (!isWeak(tokens[first])) return null;
  }
  return null;
}

const isNoName = (token: VenueToken): boolean =>
  isYear(token) || isShortYear(token, undefined) || token.kind !== 'word';

/** The names that begin at a token, the longest first. */
export function namesAt(tokens: readonly VenueToken[], first: number): FoundName[] {
  const found: FoundName[] = [];
  for (const { venue, kind, words } of venueList().byBeginning.get(tokens[first].word.slice(0, 2)) ?? []) {
    const last = endOf(words, tokens, first);
    if (last >= 0) found.push({ venue, kind, first, last, isWorkshop: false });
  }
  return found.length < 2 ? found : found.sort((a, b) => b.last - a.last);
}

/** The token that the name ends with when it begins at `first`, or -1. */
function endOf(words: readonly string[], tokens: readonly VenueToken[], first: number): number {
  // One shortened word alone could be anything.
  if (words.length === 1) return tokens[first].word === words[0] ? first : -1;
  if (!standsFor(tokens[first], words[0])) return -1;
  let at = first;
  for (let word = 1; word < words.length; word++) {
    const end = Math.min(tokens.length, at + 1 + MOST_BETWEEN);
    at++;
    while (at < end && !standsFor(tokens[at], words[word]) && isBetween(tokens[at])) at++;
    if (at >= end || !standsFor(tokens[at], words[word])) return -1;
  }
  return at;
}

/** Words between two words of a name: `of the`, `on`, `& 2024 IEEE`. */
const MOST_BETWEEN = 4;

const isBetween = (token: VenueToken): boolean => isWeak(token) && (token.kind !== 'number' || isYear(token));

/** Whether an acronym is written as one, so that it is no word: in capitals, or with a year. */
export function isWrittenAsName(tokens: readonly VenueToken[], { kind, first, last }: FoundName): boolean {
  if (kind !== 'acronym' || last > first || tokens[first].isCapital) return true;
  const { word } = tokens[first];
  const next = tokens[first + 1];
  if (next === undefined || word.length < 4 || EVERYDAY.has(word)) return false;
  return isYear(next) || isShortYear(next, tokens[first]);
}

function readList() {
  const byBeginning = new Map<string, Name[]>();
  const namesOf = new Map<string, readonly string[]>();
  for (const line of VENUES) {
    const written = line.split('; ');
    const venue = written[0].replace('=', '');
    namesOf.set(venue, written);
    for (const name of written) addName(byBeginning, venue, name);
  }
  return { byBeginning, namesOf, wordsOf: new Map<string, ReadonlySet<string>>() };
}

function addName(byBeginning: Map<string, Name[]>, venue: string, written: string): void {
  const tokens = venueTokens(written);
  const words = tokens.filter((token) => !isSmall(token) || token.text === 'A').map(({ word }) => word);
  const isAcronym = tokens.some(({ isCapital }) => isCapital) && tokens.length <= 2;
  const kind = written.startsWith('=') ? 'plain' : isAcronym ? 'acronym' : 'title';
  // A text may have no more of the first word than its first letter.
  for (const beginning of [words[0].slice(0, 1), words[0].slice(0, 2)]) {
    const names = byBeginning.get(beginning) ?? [];
    names.push({ venue, words, kind });
    byBeginning.set(beginning, names);
  }
}
