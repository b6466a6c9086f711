import type { Scope } from '#src/decision/terms.ts';
import { typedText } from '#src/foundation/typed-text.ts';
import { nearestOf } from '#src/match/text/near-spelling.ts';
import { code, quoted, yesNo } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { notSaved } from './not-saved.ts';

/** What is wanted, and for `best N` of what, where that was said. */
export type WantedScope = { scope: Scope; per: 'day' | 'week' | null };

const SENSITIVITIES: ReadonlyMap<string, 'sure' | 'balanced' | 'early' | 'wide'> = new Map([
  ...['strict', 'sure'].map((name) => [name, 'sure'] as const),
  ['balanced', 'balanced'] as const,
  ['early', 'early'] as const,
  ...['everything rising', 'all rising', 'rising', 'wide'].map((name) => [name, 'wide'] as const),
]);
const ALL = [
  ...['all', 'all new', 'all papers', 'all new papers', 'everything', 'everything new'],
  ...['every paper', 'every new paper', 'new papers'],
];
const KNOWN = [
  'trending',
  'newly trending',
  ...SENSITIVITIES.keys(),
  ...ALL,
  'best 5',
  'top 5',
  'about 3 a day',
];
const MOST = 99;

/** `scope` as people write it, in today's words and in those of before. Throws UserError, with what to write. */
export function readScope(text: string): WantedScope {
  const words = withDigits(typedText(typedText(text).replace(/[(),:"]/g, ' ')).replace(/ ?\/ ?/g, '/'));
  const wanted = words
    .replace(/^the /, '')
    .replace(/^(?:newly )?trending(?: papers?)?(?: |$)/, '')
    .replace(/ (?:newly )?trending(?: papers?)?$/, '');
  if (wanted === '') return trending('balanced');
  const sensitivity = SENSITIVITIES.get(wanted.replace(/ papers?$/, ''));
  if (sensitivity) return trending(sensitivity);
  if (ALL.includes(words)) return { scope: { kind: 'all' }, per: null };
  const scope = readBest(words.replace(/^the /, ''), text) ?? readAbout(wanted, text);
  if (scope) return scope;
  if (/^\d+$/.test(wanted)) throw notSaved('scope.bareCount', { text: quoted(wanted, 60), number: wanted });
  refuseMixed(words);
  const nearest = nearestOf(words, KNOWN);
  throw notSaved('scope.notOne', {
    ...{ text: quoted(text, 60), isNear: yesNo(nearest !== null), nearest: code(nearest ?? '') },
  });
}

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function withDigits(words: string): string {
  const digit = (word: string) => (NUMBERS.includes(word) ? String(NUMBERS.indexOf(word) + 1) : word);
  return words.split(' ').map(digit).join(' ');
}

function trending(sensitivity: 'sure' | 'balanced' | 'early' | 'wide'): WantedScope {
  return { scope: { kind: 'trending', sensitivity }, per: null };
}

const PER = '(?: (?:of )?(?:a|the|per|each|every) |/| )(day|week|daily|weekly)';
const BEST = new RegExp(`^(?:(?:top|best)[ -]?(\\d+)|(\\d+) best|best(?= paper))(?: papers?)?(?:${PER})?$`);

/** `best 5`, `top5`, `5 best a week`; as it is shown: `the best 5 of a day`. */
function readBest(words: string, text: string): WantedScope | null {
  const found = BEST.exec(words);
  if (!found) return null;
  const n = Number(found[1] ?? found[2] ?? 1);
  if (n < 1 || n > MOST) throw badCount(text, 'best');
  return {
    scope: { kind: 'top', n },
    per: found[3] === undefined ? null : found[3].startsWith('d') ? 'day' : 'week',
  };
}

const badCount = (text: string, of: 'best' | 'about'): UserError =>
  notSaved('scope.badCount', { text: quoted(text, 60), of });

const ABOUT = new RegExp(`^(?:about |around |~ ?)?(\\d+)(?: papers?)?${PER}(?: over all topics)?$`);

function readAbout(words: string, text: string): WantedScope | null {
  const found = ABOUT.exec(words);
  if (!found) return null;
  const [, number, per] = found;
  if (per.startsWith('w')) throw notSaved('scope.aboutAWeek', { text: quoted(text, 60) });
  if (Number(number) < 1 || Number(number) > MOST) throw badCount(text, 'about');
  return { scope: { kind: 'trending', sensitivity: { perDay: Number(number) } }, per: null };
}

/** `all early`, `top 5 strict`, `strict early`: each word is good, and they have no meaning together. */
function refuseMixed(words: string): void {
  for (const name of SENSITIVITIES.keys()) {
    if (!` ${words} `.includes(` ${name} `)) continue;
    const other = typedText(` ${words} `.replace(` ${name} `, ' ').replace(/[,+&/]/g, ' '));
    if (isScope(other)) throw scopesMixed(name, other);
  }
}

function scopesMixed(one: string, other: string): UserError {
  return notSaved('scope.mixed', {
    ...{ one: code(one), other: code(other, 60) },
    ...{ first: code(`scope:${one}`), second: code(`scope:${other}`) },
  });
}

function isScope(words: string): boolean {
  if (words === '') return false;
  try {
    readScope(words);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
