import type { What } from '#src/decision/terms.ts';
import { typedText } from '#src/foundation/typed-text.ts';
import { nearestOf } from '#src/match/text/near-spelling.ts';
import type { Sensitivity } from '#src/trend/sensitivity.ts';
import { code, quoted, yesNo } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { notSaved } from './not-saved.ts';
import { isSensitivity, readAbout, readPreset, sensitivityNames, withDigits } from './read-sensitivity.ts';

/** What is wanted; for `best N` of what, and a sensitivity that was written there, where they were said. */
export type WantedWhat = { what: What; per: 'day' | 'week' | null; inWhat: Sensitivity | null };

const ALL = [
  ...['all', 'all new', 'all papers', 'all new papers', 'everything', 'everything new'],
  ...['every paper', 'every new paper', 'new papers'],
];
const KNOWN = [
  'trending',
  'newly trending',
  ...sensitivityNames(),
  ...ALL,
  'best 5',
  'top 5',
  'about 3 a day',
];
const MOST = 99;

/**
 * `what` as people write it, in today's words and in those of before, when it held the sensitivity too. Throws UserError,
 * with what to write.
 */
export function readWhat(text: string): WantedWhat {
  const words = withDigits(typedText(typedText(text).replace(/[(),:"]/g, ' ')).replace(/ ?\/ ?/g, '/'));
  const wanted = words
    .replace(/^the /, '')
    .replace(/^(?:newly )?trending(?: papers?)?(?: |$)/, '')
    .replace(/ (?:newly )?trending(?: papers?)?$/, '');
  if (wanted === '') return trending(null);
  const preset = readPreset(wanted.replace(/ papers?$/, ''));
  if (preset) return trending(preset);
  if (ALL.includes(words)) return { what: { kind: 'all' }, per: null, inWhat: null };
  const best = readBest(words.replace(/^the /, ''), text);
  if (best) return best;
  const about = readAbout(wanted, text);
  if (about) return trending(about);
  if (/^\d+$/.test(wanted)) throw notSaved('what.bareCount', { text: quoted(wanted, 60), number: wanted });
  refuseMixed(words);
  const nearest = nearestOf(words, KNOWN);
  throw notSaved('what.notOne', {
    ...{ text: quoted(text, 60), isNear: yesNo(nearest !== null), nearest: code(asOption(nearest ?? '')) },
  });
}

function trending(inWhat: Sensitivity | null): WantedWhat {
  return { what: { kind: 'trending', sensitivity: inWhat ?? 'balanced' }, per: null, inWhat };
}

const PER = '(?: (?:of )?(?:a|the|per|each|every) |/| )(day|week|daily|weekly)';
const BEST = new RegExp(`^(?:(?:top|best)[ -]?(\\d+)|(\\d+) best|best(?= paper))(?: papers?)?(?:${PER})?$`);

/** `best 5`, `top5`, `5 best a week`; as it is shown: `the best 5 of a day`. */
function readBest(words: string, text: string): WantedWhat | null {
  const found = BEST.exec(words);
  if (!found) return null;
  const n = Number(found[1] ?? found[2] ?? 1);
  if (n < 1 || n > MOST) throw notSaved('what.badCount', { text: quoted(text, 60) });
  const per = found[3] === undefined ? null : found[3].startsWith('d') ? 'day' : 'week';
  return { what: { kind: 'top', n }, per, inWhat: null };
}

/** `all early`, `top 5 strict`, `strict early`: each word is good, and they have no meaning together. */
function refuseMixed(words: string): void {
  for (const name of sensitivityNames()) {
    if (!` ${words} `.includes(` ${name} `)) continue;
    const other = typedText(` ${words} `.replace(` ${name} `, ' ').replace(/[,+&/]/g, ' '));
    if (isWhat(other)) throw mixed(name, other);
  }
}

function mixed(one: string, other: string): UserError {
  return notSaved('what.mixed', {
    ...{ one: code(one), other: code(other, 60) },
    ...{ first: code(`sensitivity:${one}`), second: code(asOption(other)) },
  });
}

const asOption = (words: string): string => (isSensitivity(words) ? `sensitivity:${words}` : `what:${words}`);

function isWhat(words: string): boolean {
  if (words === '') return false;
  try {
    readWhat(words);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
