import { readRange, readSign, type Sign } from './comparison-words.ts';

/** Which side of its day a date field means; `until` includes it, `open` (date:, year:) leaves it to the comparison. */
export type Side = 'after' | 'before' | 'until' | 'open';

/** A day, month or year: its first day, and the day after its last. */
type Period = { first: string; next: string; isDay: boolean };

/** Terms with after: and before: for a date or two as people write them; null for none. */
export function mendDate(side: Side, text: string): readonly string[] | null {
  const years =
    /^(\d{4}) ?- ?(\d{4})$/.exec(text) ?? /^(\d{4}-\d\d-\d\d) ?[-/,] ?(\d{4}-\d\d-\d\d)$/.exec(text);
  const range = years === null ? readRange(text) : ([years[1], years[2]] as const);
  const between = range === null ? null : dateRange(range);
  if (between !== null) return between;
  const { sign, rest } = readSign(text);
  const period = readPeriod(rest);
  if (period === null || sign === '!=') return null;
  return [...terms(side, sign, period)];
}

function dateRange([low, high]: readonly [string, string]): readonly string[] | null {
  const from = readPeriod(readSign(low).rest);
  const to = readPeriod(readSign(high).rest);
  if (from === null || to === null) return null;
  const [first, last] = from.first <= to.first ? [from, to] : [to, from];
  return [`after:${first.first}`, `before:${endOf(last)}`];
}

function terms(side: Side, sign: Sign, period: Period): readonly string[] {
  const after = `after:${period.first}`;
  const before = `before:${period.first}`;
  switch (sign) {
    case '<':
      return [before];
    case '<=':
      return [`before:${endOf(period)}`];
    case '>':
      return [side === 'open' && !period.isDay ? `after:${period.next}` : after];
    case '>=':
      return [after];
    default:
      if (side === 'after') return [after];
      if (side === 'before') return [before];
      return side === 'until' ? [`before:${endOf(period)}`] : [after, `before:${period.next}`];
  }
}

/** A day as an end stays the day that was written; a month or year is taken whole. */
function endOf({ first, next, isDay }: Period): string {
  return isDay ? first : next;
}

const MONTHS: readonly RegExp[] = [
  /^jan|^ene|^gen/,
  /^feb|^fév|^fev/,
  /^mar|^mär|^mrz|^maa/,
  /^apr|^avr|^abr/,
  /^may|^mai|^mag|^mei/,
  /^jun|^juin|^giu/,
  /^jul|^juil|^lug/,
  /^aug|^aou|^aoû|^ago/,
  /^sep|^set/,
  /^oct|^okt|^ott|^out/,
  /^nov/,
  /^dec|^dez|^déc|^dic/,
];

function readPeriod(written: string): Period | null {
  const text = written.replace(
    /(?<=\d)[t, ]+\d{1,2}(?::\d\d){1,2}[.\d]{0,7} ?(?:z|utc|gmt|[+-]\d\d:?\d\d)?$/,
    '',
  );
  return inFigures(text) ?? inWords(text);
}

function inFigures(text: string): Period | null {
  const compact = /^(\d{4})(\d\d)(\d\d)?$/.exec(text);
  const read = compact ?? /^(\d{4})(?:[-/.年 ](\d{1,2})(?:[-/.月 ](\d{1,2}))?)?[年月日]?$/.exec(text);
  if (read !== null) return periodOf(read[1], read[2], read[3]);
  const daysFirst = /^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})$/.exec(text);
  if (daysFirst !== null) {
    const [, one, sign, other, year] = daysFirst;
    // Only America writes the month first, and only with slashes.
    const monthFirst = Number(other) > 12 || (sign === '/' && Number(one) <= 12);
    return monthFirst ? periodOf(year, one, other) : periodOf(year, other, one);
  }
  const monthAndYear = /^(\d{1,2})[-/.](\d{4})$/.exec(text);
  if (monthAndYear !== null) return periodOf(monthAndYear[2], monthAndYear[1], undefined);
  return null;
}

function inWords(text: string): Period | null {
  const words = text
    .split(/[\s,./-]+|(?<=\d)(?:st|nd|rd|th)\b|\bof\b|\bde\b/)
    .filter((word) => word !== '' && word !== undefined);
  const month = words.findIndex((word) => /^\p{L}{3,10}$/u.test(word) && monthOf(word) > 0);
  const figures = words.filter((_, at) => at !== month);
  const year = figures.find((word) => /^\d{4}$/.test(word));
  const day = figures.find((word) => /^\d{1,2}$/.test(word));
  if (month < 0 || year === undefined || figures.length !== (day === undefined ? 1 : 2)) return null;
  return periodOf(year, String(monthOf(words[month])), day);
}

function monthOf(word: string): number {
  return MONTHS.findIndex((pattern) => pattern.test(word)) + 1;
}

/** The nearest period that there is: `2026-02-30` is the 28th. Null for a year that is none. */
function periodOf(year: string, month: string | undefined, day: string | undefined): Period | null {
  const years = Number(year);
  if (years < 1900 || years > 2999) return null;
  if (month === undefined) return { first: `${year}-01-01`, next: `${years + 1}-01-01`, isDay: false };
  const months = Math.min(Math.max(Number(month), 1), 12);
  const days = new Date(Date.UTC(years, months, 0)).getUTCDate();
  if (day === undefined) return period(Date.UTC(years, months - 1, 1), days);
  return period(Date.UTC(years, months - 1, Math.min(Math.max(Number(day), 1), days)), 1);
}

function period(first: number, days: number): Period {
  return { first: dayOf(first), next: dayOf(first + days * 86_400_000), isDay: days === 1 };
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
