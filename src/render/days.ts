import { phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { sayPhrase } from './say.ts';

const DAY = 86_400_000;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const MONTHS = [
  ...(['january', 'february', 'march', 'april', 'may', 'june'] as const),
  ...(['july', 'august', 'september', 'october', 'november', 'december'] as const),
];

// A wall is what a zone's clock shows, as if it were UTC (ms). In texts that are read on another day, a day has its date.

/** "10 March". */
export const datePhrase = (wall: number): Phrase => phrase('day.date', partsOf(wall));

/** "10 March 2026". */
export const dateOfYear = (wall: number): Phrase =>
  phrase('day.dateOfYear', { ...partsOf(wall), year: new Date(wall).getUTCFullYear() });

const weekdayPhrase = (wall: number): Phrase => phrase(`weekday.${WEEKDAYS[new Date(wall).getUTCDay()]}`);

/** "Tuesday 10 March". */
export const dayPhrase = (wall: number): Phrase =>
  phrase('day.weekday', { weekday: weekdayPhrase(wall), date: datePhrase(wall) });

/** "Tuesday 10 March 2026". */
export const dayOfYear = (wall: number): Phrase =>
  phrase('day.weekday', { weekday: weekdayPhrase(wall), date: dateOfYear(wall) });

export const dateOf = (wall: number): string => sayPhrase(datePhrase(wall));

/** "Tuesday". */
export const weekdayOf = (wall: number): string => sayPhrase(weekdayPhrase(wall));

/** "10 March", with its year where it is another than `now` has. */
export function dayIn(instant: number, now: number): string {
  const isThisYear = new Date(instant).getUTCFullYear() === new Date(now).getUTCFullYear();
  return sayPhrase(isThisYear ? datePhrase(instant) : dateOfYear(instant));
}

/** "14:00". */
export function hourIn(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}

/** "10 March, 14:00 to 20:00", "10 March, 14:00, to 11 March, 08:00". */
export function spanPhrase(from: number, until: number): Phrase {
  const hours = { date: datePhrase(from), from: hourIn(from), to: hourIn(until) };
  if (Math.floor(from / DAY) === Math.floor(until / DAY)) return phrase('day.hours', hours);
  return phrase('day.hoursOver', { ...hours, last: datePhrase(until) });
}

function partsOf(wall: number): { day: number; month: Phrase } {
  const date = new Date(wall);
  return { day: date.getUTCDate(), month: phrase(`month.${MONTHS[date.getUTCMonth()]}`) };
}
