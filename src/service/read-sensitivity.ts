import { typedText } from '#src/foundation/typed-text.ts';
import { nearestOf } from '#src/match/text/near-spelling.ts';
import type { Preset, Sensitivity } from '#src/trend/sensitivity.ts';
import { code, quoted, yesNo } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { notSaved } from './not-saved.ts';

const PRESETS: ReadonlyMap<string, Preset> = new Map([
  ...['strict', 'sure'].map((name) => [name, 'sure'] as const),
  ['balanced', 'balanced'] as const,
  ['early', 'early'] as const,
  ...['everything rising', 'all rising', 'rising', 'wide'].map((name) => [name, 'wide'] as const),
]);
const OFFERED = ['strict', 'balanced', 'early', 'everything rising', 'about 3 a day'];
const MOST = 99;

/** `sensitivity` as people write it; null where it was not said. Throws UserError, with what to write. */
export function readSensitivity(text: string): Sensitivity | null {
  const words = withDigits(typedText(typedText(text).replace(/[(),:"]/g, ' ')).replace(/ ?\/ ?/g, '/'));
  if (words === '') return null;
  const known = readPreset(words) ?? readAbout(words, text);
  if (known) return known;
  if (/^\d+$/.test(words)) throw notSaved('sensitivity.bareCount', { text: quoted(text, 60), number: words });
  const nearest = nearestOf(words, OFFERED);
  throw notSaved('sensitivity.notOne', {
    ...{ text: quoted(text, 60), isNear: yesNo(nearest !== null), nearest: code(nearest ?? '') },
  });
}

export const readPreset = (words: string): Preset | null => PRESETS.get(words) ?? null;

/** In today's words and in those of before. */
export const sensitivityNames = (): readonly string[] => [...PRESETS.keys()];

const PER = '(?: (?:of )?(?:a|the|per|each|every) |/| )(day|week|daily|weekly)';
const ABOUT = new RegExp(`^(?:about |around |~ ?)?(\\d+)(?: papers?)?${PER}(?: over all topics)?$`);

/** `about 3 a day`; null for other words. Throws UserError for a count that cannot be had. */
export function readAbout(words: string, text: string): Sensitivity | null {
  const found = ABOUT.exec(words);
  if (!found) return null;
  const [, number, per] = found;
  if (per.startsWith('w')) throw notSaved('sensitivity.aboutAWeek', { text: quoted(text, 60) });
  if (Number(number) < 1 || Number(number) > MOST)
    throw notSaved('sensitivity.badCount', { text: quoted(text, 60) });
  return { perDay: Number(number) };
}

export function isSensitivity(words: string): boolean {
  try {
    return readSensitivity(words) !== null;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Small numbers that were written as words, as digits. */
export function withDigits(words: string): string {
  const digit = (word: string) => (NUMBERS.includes(word) ? String(NUMBERS.indexOf(word) + 1) : word);
  return words.split(' ').map(digit).join(' ');
}
