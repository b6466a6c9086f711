import { readRange, readSign, type Sign } from './comparison-words.ts';
import type { Side } from './date-slips.ts';

// What the units are called, and their hours.
const UNITS: readonly (readonly [hours: number, short: 'h' | 'd' | 'w' | null, names: string])[] = [
  [1 / 60, null, 'min|mins|minute|minutes|minuten|minuto|minutos|minuti|minuut|sec|secs|second|seconds|s'],
  [1, 'h', 'h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|hora|horas|ora|ore|uur|uren'],
  [24, 'd', 'd|day|days|tag|tage|tagen|t|j|jour|jours|dia|dias|día|días|giorno|giorni|dag|dagen'],
  [
    168,
    'w',
    'w|wk|wks|week|weeks|woche|wochen|sem|semaine|semaines|semana|semanas|settimana|settimane|weken',
  ],
  [336, null, 'fortnight|fortnights'],
  [
    720,
    null,
    'm|mo|mos|mon|mth|mths|month|months|monat|monate|monaten|mois|mes|meses|mese|mesi|maand|maanden',
  ],
  [2160, null, 'q|quarter|quarters|quartal|quartale|trimestre|trimestres'],
  [8760, null, 'y|yr|yrs|year|years|jahr|jahre|jahren|an|ans|année|années|año|años|anno|anni|jaar|a'],
];

const COUNTS: readonly (readonly [RegExp, number])[] = [
  [/^half an? /, 0.5],
  [/^(?:an?|one|ein|eine|einen|einem|einer|un|une|una|uno|een) /, 1],
  [/^a couple(?: of)? /, 2],
  [/^(?:a few|several) /, 3],
  ...'two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [new RegExp(`^${word} `), index + 2] as const),
];

const NAMED_DAYS: readonly (readonly [RegExp, number])[] = [
  [/^(?:today|now|heute|aujourd'?hui|hoy|oggi)$/, 1],
  [/^(?:yesterday|gestern|hier|ayer|ieri)$/, 2],
  [/^(?:new|recent|(?:this|last|past|previous|current|the) (?:7 days|week))$/, 7],
  [/^(?:this|last|past|previous|current|the) month$/, 30],
  [/^(?:this|last|past|previous|current|the) quarter$/, 90],
  [/^(?:this|last|past|previous|current|the) year$/, 365],
];

/** `age:` terms for a span of time as people write it, `<1 year`, `30min`, `3d..7d`, `last week`; null for none. */
export function mendAge(text: string, asked: Side | 'age'): readonly string[] | null {
  const usual = asked === 'before' ? '>' : '<';
  const named = NAMED_DAYS.find(([pattern]) => pattern.test(text));
  if (named !== undefined) return [`age:${usual}${named[1]}d`];
  if (asked === 'age') {
    const range = readRange(text);
    const between = range === null ? null : ageRange(range);
    if (between !== null) return between;
  }
  const { sign, rest } = readSign(asked === 'age' ? text : text.replace(/^-/, ''));
  const span = readSpan(rest, asked === 'age');
  if (span === null) return null;
  return [`age:${asked === 'age' ? comparison(sign, usual) : usual}${span}`];
}

function comparison(sign: Sign, usual: string): string {
  return sign === 'none' || sign === '=' || sign === '!=' ? usual : sign;
}

function ageRange([low, high]: readonly [string, string]): readonly string[] | null {
  const from = readSign(low);
  const to = readSign(high);
  const until = readSpan(to.rest, true);
  // In 3-7d the unit counts for both.
  const unit = /(?<![^\d.,])[^\d.,]+$/.exec(to.rest)?.[0] ?? '';
  const since = readSpan(/\d$/.test(from.rest) ? from.rest + unit : from.rest, true);
  if (since === null || until === null) return null;
  return [`age:${comparison(from.sign, '>=')}${since}`, `age:${comparison(to.sign, '<=')}${until}`];
}

/** `1.5 days` as `36h`; without a unit only where `bare` numbers are days. Null for none. */
function readSpan(text: string, bare: boolean): string | null {
  const said = text.replace(/^-/, '').replace(/ (?:ago|old|or less|or newer)$/, '');
  const word = COUNTS.find(([pattern]) => pattern.test(said));
  const read = /^(\d{1,6}(?:[.,]\d{1,3})?)? ?(\p{L}*)\.?$/u.exec(
    word === undefined ? said : said.replace(word[0], ''),
  );
  if (read === null || (read[1] === undefined) === (word === undefined)) return null;
  if (read[2] === '' && !bare) return null;
  const unit = UNITS.find(([, , names]) => names.split('|').includes(read[2] === '' ? 'd' : read[2]));
  return unit === undefined ? null : spanOf(word?.[1] ?? Number(read[1].replace(',', '.')), unit);
}

function spanOf(count: number, [hours, short]: (typeof UNITS)[number]): string {
  if (short !== null && Number.isInteger(count)) return `${count}${short}`;
  // Months and years are only about so long.
  const exact = hours >= 720 ? Math.round((count * hours) / 24) * 24 : Math.ceil(count * hours);
  const whole = Math.min(Math.max(exact, 1), 999_999);
  return whole % 24 === 0 && (whole > 24 || hours >= 24) ? `${whole / 24}d` : `${whole}h`;
}
