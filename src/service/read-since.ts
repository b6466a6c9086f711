import { own } from '#src/foundation/own.ts';
import { typedText } from '#src/foundation/typed-text.ts';
import { code, quoted } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * How far back somebody asks, as an instant, UTC ms; null for always. Spans count from `now`, days begin at midnight UTC.
 * Throws a UserError for what is still to come, may mean two days, or says no day at all.
 */
export function readSince(text: string, now: number): number | null {
  const words = spaced(text)
    .replace(/^(?:since|from|after|in|for)\b ?|^>=? ?/, '')
    .replace(/^the (?=last|past|previous|day|\d)/, '')
    .replace(/ (?:ago|until now|till now|to now)$/, '');
  if (words === '' || ALWAYS.has(words)) return null;
  const from = namedDay(words, now) ?? spanBack(words, now) ?? writtenDay(words, text, now);
  if (from === null || from < EARLIEST) throw new UserError('since.unreadable', { text: quoted(text, 30) });
  if (from > now) throw new UserError('since.toCome', { text: quoted(text, 30) });
  return from;
}

/**
 * One day of which somebody asks, as an instant within it. Clock and days are UTC's: where another zone is meant `now` is what
 * its clock shows, and so is what is returned. Null for what says no day, or more than one, such as a month. Throws a UserError
 * for what may mean two days.
 */
export function readOneDay(text: string, now: number): number | null {
  const words = spaced(text)
    .replace(/^(?:on|at|of|this)\b ?/, '')
    .replace(/^the (?=day|\d)/, '')
    // The hour does not matter.
    .replace(/(?: at)? \d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?$/, '');
  if (words === 'tomorrow') return midnight(now) + DAY;
  if (/^<t:|^\d{4}(?:[-/.]\d{1,2})?$/.test(words) || isMonth(words)) return null;
  const [, span] = /^(.+) ago$/.exec(words) ?? [];
  const day =
    span === undefined ? (namedDay(words, now) ?? writtenDay(words, text, now)) : spanBack(span, now);
  return day === null || day < EARLIEST ? null : day;
}

/** `march`, `march of 2026`: with no figure that could be a day. */
function isMonth(words: string): boolean {
  const parts = words.split(/[^a-z\d]+/);
  return parts.some((part) => monthOf(part) !== null) && !parts.some((part) => /^\d{1,2}\D*$/.test(part));
}

const spaced = (text: string): string =>
  typedText(text)
    .replace(/[\s,]+/g, ' ')
    .trim();

/** No day before is ever meant. */
const EARLIEST = Date.UTC(1900, 0);
const ALWAYS = new Set([
  'always',
  'ever',
  'all',
  'all time',
  'any time',
  'anytime',
  'the beginning',
  'forever',
]);
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const midnight = (now: number): number => Math.floor(now / DAY) * DAY;

function namedDay(words: string, now: number): number | null {
  const today = midnight(now);
  if (words === 'now' || words === 'today' || words === 'midnight') return today;
  if (words === 'yesterday') return today - DAY;
  if (words === 'day before yesterday') return today - 2 * DAY;
  const date = new Date(today);
  if (words === 'this week') return today - ((date.getUTCDay() + 6) % 7) * DAY;
  if (words === 'this month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  if (words === 'this year') return Date.UTC(date.getUTCFullYear(), 0);
  return weekdayBefore(words, today);
}

/** "monday" is today on a Monday, "last monday" a week before. */
function weekdayBefore(words: string, today: number): number | null {
  const found = /^(last |past |previous )?([a-z]{3,9})$/.exec(words);
  if (found === null) return null;
  const [, last, name] = found;
  const weekday = weekdayIn(name);
  if (weekday === null) return null;
  const back = (new Date(today).getUTCDay() - weekday + 7) % 7;
  return today - (back === 0 && last !== undefined ? 7 : back) * DAY;
}

/** From 0, which is Sunday; null where it names none. "sun" and "mon" are days; "mar" is a month, and no weekday begins so. */
export function weekdayIn(name: string): number | null {
  const weekday = name.length < 3 ? -1 : WEEKDAYS.findIndex((day) => day.startsWith(name));
  return weekday < 0 ? null : weekday;
}

const COUNTS: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, last: 1, past: 1, previous: 1, two: 2, couple: 2, three: 3, four: 4, five: 5 },
  ...{ six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12 },
};

const HOURS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      [1 / 60, 'min mins minute minutes'],
      [1, 'h hr hrs hour hours'],
      [24, 'd day days'],
      [24 * 7, 'w wk wks week weeks'],
      [24 * 14, 'fortnight fortnights'],
      [24 * 30, 'm mo mos month months'],
      [24 * 91, 'quarter quarters'],
      [24 * 365, 'y yr yrs year years'],
    ] as const
  ).flatMap(([hours, names]) => names.split(' ').map((name) => [name, hours])),
);

/** `24h`, `3 days`, `last week`, `the last two months`, `1.5 years`. */
function spanBack(words: string, now: number): number | null {
  const said = words
    .replace(/^(?:last|past|previous) (?=\d|a |[a-z]+ [a-z])/, '')
    .replace(/^a couple(?: of)?\b/, 'couple');
  const found = /^(?:(\d{1,4}(?:\.\d)?)|([a-z]+)(?= )|(?=[a-z]{4,9}$)) ?([a-z]{1,10})$/.exec(said);
  if (found === null) return null;
  const [, figures, word = 'one', unit] = found;
  const hours = own(HOURS, unit);
  const times = figures === undefined ? own(COUNTS, word) : Number(figures);
  return hours === undefined || !times ? null : now - times * hours * HOUR;
}

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september'],
  ...['october', 'november', 'december'],
];

/** A day, month or year as it is written in figures or with the month's name; null where it is none. */
function writtenDay(words: string, text: string, now: number): number | null {
  const stamp = /^<t:(\d{9,11})(?::[a-z])?>$/.exec(words);
  if (stamp) return Number(stamp[1]) * 1000;
  const [day, hour = 0] = withoutHour(words);
  const [weekday, written] = withoutWeekday(day);
  const start = inFigures(written, text, now) ?? inWords(written, now);
  if (start === null || (weekday !== null && new Date(start).getUTCDay() !== weekday)) return null;
  return start + hour;
}

/** `tuesday 10 march`, as Discord and the headings of digests write a day: the weekday (0 for Sunday), and the rest. */
function withoutWeekday(words: string): [weekday: number | null, rest: string] {
  const [, name, rest] = /^([a-z]{3,9})\.? (\d.*|[a-z]+\.? \d.*)$/.exec(words) ?? [];
  const weekday = name === undefined ? null : weekdayIn(name);
  return weekday === null ? [null, words] : [weekday, rest];
}

/** `2026-01-31t14:00z` as its day and the hour in ms. */
function withoutHour(words: string): [day: string, hour?: number] {
  const found = /^(.*\d)[t ](\d\d):(\d\d)(?::\d\d)?(?: ?z| ?utc)?$/.exec(words);
  if (found === null) return [words];
  const [, day, hour, minute] = found;
  return Number(hour) > 23 || Number(minute) > 59
    ? [words]
    : [day, Number(hour) * HOUR + Number(minute) * 60_000];
}

function inFigures(words: string, text: string, now: number): number | null {
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(words);
  const yearFirst = compact ?? /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(words);
  if (yearFirst) return dayOf(yearFirst[1], yearFirst[2], yearFirst[3]);
  // Where points stand between them the day comes first.
  const pointed = /^(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}))?$/.exec(words);
  if (pointed)
    return pointed[3] ? dayOf(pointed[3], pointed[2], pointed[1]) : newestDay(pointed[2], pointed[1], now);
  const dayOrMonthFirst = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(words);
  if (dayOrMonthFirst === null) return null;
  const [, one, other, year] = dayOrMonthFirst;
  const readings = new Set(
    [dayOf(year, other, one), dayOf(year, one, other)].filter((read) => read !== null),
  );
  if (readings.size > 1)
    throw new UserError('since.twoDays', {
      ...{ text: quoted(text, 30), days: { or: [...readings].map((day) => code(isoDay(day))) } },
    });
  return [...readings][0] ?? null;
}

const isoDay = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** `jan 31`, `31st of january 2026`, `january`, `jan 2026`; without a year the newest that has begun. */
function inWords(words: string, now: number): number | null {
  const written = dayInWords(words);
  if (!written) return null;
  const { year, month, day = '1' } = written;
  return year === undefined ? newestDay(month, day, now) : dayOf(year, month, day);
}

/** What of a day is written with its month's name, in figures, whether or not there is such a day. */
export function dayInWords(words: string): { year?: string; month: string; day?: string } | null {
  const parts = words
    .replace(/(\d)(?:st|nd|rd|th)\b/, '$1')
    .split(/ of |[ ./-]/)
    .filter((part) => part !== '');
  const months = parts.map(monthOf);
  const month = months.find((one) => one !== null);
  if (!month) return null;
  const figures = parts.filter((_, at) => at !== months.indexOf(month));
  const years = figures.filter((part) => /^\d{4}$/.test(part));
  const days = figures.filter((part) => /^\d{1,2}$/.test(part));
  if (years.length > 1 || days.length > 1 || years.length + days.length !== figures.length) return null;
  const [[year], [day]] = [years, days];
  return { year, month, day };
}

function monthOf(word: string): string | null {
  const index = word.length < 3 ? -1 : MONTHS.findIndex((month) => month.startsWith(word));
  return index < 0 ? null : String(index + 1);
}

/** The newest such day that is not still to come. */
function newestDay(month: string, day: string, now: number): number | null {
  const year = new Date(now).getUTCFullYear();
  // The 29th of February comes every fourth year.
  for (let back = 0; back < 5; back++) {
    const read = dayOf(String(year - back), month, day);
    if (read !== null && read <= now) return read;
  }
  return null;
}

/** Null where there is no such day. */
function dayOf(year: string, month = '1', day = '1'): number | null {
  if (Number(year) < 1900 || Number(year) > 2999) return null;
  const instant = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(instant).getUTCMonth() === Number(month) - 1 ? instant : null;
}
