/**
 * Plurals. Words come folded and in American spelling. Filter and text are read by the same function, so an odd result
 * is harmless unless two different words meet in it; some rules make use of that (`movie` and `movies` are both `movy`).
 */
import { irregularSingular, mayBeIrregular } from './irregular-plurals.ts';
import { isPluralInAe } from './plurals-in-ae.ts';
import { ofSes } from './plurals-in-ses.ts';
import { wordList } from './word-list.ts';
import { endsInSByNature, takesEs } from './words-in-s.ts';

// Two letters and a plural s, as people write these plurals in lower case. `gps`, `dns`, `ids` end in s by nature.
const OF_TWO_LETTERS = wordList('ads ops lms nns vms kgs pcs uis tvs djs');

/** The singular of a folded word; words that are no plural, or end in s by nature, come back as they are. */
export function singular(word: string): string {
  if (!/[a-z\d]s$/.test(word)) return withoutS(word);
  if (word.length <= 3) return OF_TWO_LETTERS.has(word) ? word.slice(0, -1) : word;
  if (endsInSByNature(word) || /^[\d.]+s$/.test(word)) return meetingForm(word);
  return irregular(word) ?? (word.endsWith('es') ? ofEs(word) : withoutS(word.slice(0, -1)));
}

// A singular in s is read like one in the text: `subpelves` meets `subpelvis`.
function irregular(word: string): string | null {
  const found = irregularSingular(word);
  return found?.endsWith('s') ? singular(found) : found;
}

/** Whether `singular` changes the word or what it ends in: false is certain. */
export function mayBePlural(word: string): boolean {
  return /(?:s|[ai]e|che|men|mata)$/.test(word) || mayBeIrregular(word);
}

// `bases` and `ellipses` are the plurals of two words each; both are to be found, so the two meet.
function meetingForm(word: string): string {
  const meets = word === 'ellipsis' || (word.endsWith('basis') && !/(ana|cata|kata|para)basis$/.test(word));
  return meets ? `${word.slice(0, -2)}e` : word;
}

function ofEs(word: string): string {
  const withoutLast = word.slice(0, -1);
  switch (word[word.length - 3]) {
    case 'i':
      return word.length === 4 ? withoutLast : `${word.slice(0, -3)}y`;
    case 'o':
      return word.length <= 5 ? withoutLast : word.slice(0, -2);
    case 's':
      // As its singular is read: `submarquises` meets `submarquis`.
      return takesEs(word.slice(0, -2)) ? singular(word.slice(0, -2)) : ofSes(word);
    case 'x':
      return word.slice(0, -2);
    case 'h':
      return /[cs]hes$/.test(word) ? word.slice(0, -2) : withoutLast;
    case 'z':
      return /[tz]zes$/.test(word) ? word.slice(0, -2) : withoutLast;
    default:
      return withoutS(withoutLast);
  }
}

// A word without plural s: what is a plural all the same, and what has to meet its own plural in -ies or -ches.
function withoutS(word: string): string {
  const found = irregular(word);
  if (found !== null || word.length < 4) return found ?? word;
  if (word.endsWith('e')) return ofE(word);
  if (word.endsWith('men')) return isManInMen(word) ? `${word.slice(0, -2)}an` : word;
  if (word.endsWith('mata') && word.length >= 6) return word.slice(0, -2);
  return word;
}

// Words that would meet another one: Mary, July, attach, touch ...
const KEPT_IN_E = wordList('marie rosemarie julie attache touche psyche blanche marche tache');

function ofE(word: string): string {
  if (KEPT_IN_E.has(word)) return word;
  if (word.endsWith('ie') && word.length >= 5) return `${word.slice(0, -2)}y`;
  if (word.endsWith('che')) return word.slice(0, -1);
  return word.endsWith('ae') && isPluralInAe(word) ? word.slice(0, -1) : word;
}

// `firemen`, but not `specimen`, `abdomen`, `acumen`, `stamen`.
const NO_MAN = wordList('bremen yemen semen hymen dolmen turkmen germen carmen tegmen culmen');

function isManInMen(word: string): boolean {
  return !/[aiou]men$/.test(word) && !NO_MAN.has(word);
}
