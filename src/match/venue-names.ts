import { analyseWord } from './analyse.ts';
import { VENUES } from './venue-list.ts';
import { isShortYear, isYear, standsFor, type VenueToken, venueTokens } from './venue-words.ts';

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

const NO_WORDS: ReadonlySet<string> = new Set();

/** All words of all names of a venue in the list, as words are compared. */
export function wordsOfVenue(venue: string): ReadonlySet<string> {
  return venueList().wordsOf.get(venue) ?? NO_WORDS;
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
  const names = venueList().byLetter.get(tokens[first].word[0]) ?? [];
  return names
    .flatMap((name) => {
      const last = endOf(name.words, tokens, first);
      return last < 0 ? [] : [{ venue: name.venue, kind: name.kind, first, last, isWorkshop: false }];
    })
    .sort((a, b) => b.last - a.last);
}

/** The token that the name ends with when it begins at `first`, or -1. */
function endOf(words: readonly string[], tokens: readonly VenueToken[], first: number): number {
  // One shortened word alone could be anything.
  if (words.length === 1) return tokens[first].word === words[0] ? first : -1;
  if (!standsFor(tokens[first], words[0])) return -1;
  let at = first;
  for (const word of words.slice(1)) {
    at++;
    while (at < tokens.length && !standsFor(tokens[at], word) && isBetween(tokens[at])) at++;
    if (at >= tokens.length || !standsFor(tokens[at], word)) return -1;
  }
  return at;
}

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
  const byLetter = new Map<string, Name[]>();
  const wordsOf = new Map<string, Set<string>>();
  for (const line of VENUES) {
    const written = line.split('; ');
    const venue = written[0].replace('=', '');
    wordsOf.set(venue, new Set(written.flatMap(wordsIn)));
    for (const name of written) addName(byLetter, venue, name);
  }
  return { byLetter, wordsOf };
}

function wordsIn(name: string): string[] {
  return venueTokens(name).map(({ text }) => analyseWord(text).stem);
}

function addName(byLetter: Map<string, Name[]>, venue: string, written: string): void {
  const tokens = venueTokens(written);
  const words = tokens.filter((token) => !isSmall(token)).map(({ word }) => word);
  const isAcronym = tokens.some(({ isCapital }) => isCapital) && tokens.length <= 2;
  const kind = written.startsWith('=') ? 'plain' : isAcronym ? 'acronym' : 'title';
  const names = byLetter.get(words[0][0]);
  if (names === undefined) byLetter.set(words[0][0], [{ venue, words, kind }]);
  else names.push({ venue, words, kind });
}
