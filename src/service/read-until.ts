import { isDay } from '#src/foundation/is-day.ts';
import { typedText } from '#src/foundation/typed-text.ts';
import { nextDigestAt } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { code, quoted } from '#src/wording/phrase.ts';
import { notSaved } from './not-saved.ts';
import { zoneBehind } from './read-hours.ts';
import { dayInWords, weekdayIn } from './read-since.ts';

/** A last day as it was written: a day, perhaps with its zone, or so many days or months from today on. */
export type WantedEnd = { text: string } & (
  | { kind: 'day'; day: string; zone?: string }
  | { kind: 'days' | 'months'; n: number }
  /** Of the week, from 0, which is Sunday; `isNext`: not today. */
  | { kind: 'weekday'; weekday: number; isNext: boolean }
  | { kind: 'yearly'; month: number; day: number }
);

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
/** With points the day comes first wherever people write so; with strokes nobody can say. */
const DAY_FIRST = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/;
const SPAN = /^(?:for |in )?(?:the )?(next(?: \d{1,3})?|\d{1,3}|an?|one) ?(d|days?|w|weeks?|months?|years?)$/;
const MINUTE = 60_000;
const DAY = 86_400_000;
const UNITS: ReadonlyMap<string, { kind: 'days' | 'months'; each: number }> = new Map([
  ['d', { kind: 'days', each: 1 }],
  ['w', { kind: 'days', each: 7 }],
  ['m', { kind: 'months', each: 1 }],
  ['y', { kind: 'months', each: 12 }],
]);

const WORDS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['tomorrow', 1],
]);

const withoutUntil = (text: string): string => typedText(text).replace(/^until(?: ?: ?| )/, '');

/** `2026-12-31`, `31.12.2026`, `2026-12-31 Berlin`, `tomorrow`, `8 weeks`, `in 3 months`; null for nothing. Throws UserError, with what to write. */
export function readUntil(text: string): WantedEnd | null {
  const typed = withoutUntil(text);
  if (typed === '') return null;
  const written = dayAndZone(text);
  if (written && !isDay(written.day)) throw notSaved('until.noSuchDay', { text: quoted(text, 60) });
  if (written) return { text, kind: 'day', ...written };
  const ahead = WORDS.get(typed);
  if (ahead !== undefined) return { text, kind: 'days', n: ahead };
  const [, count = '', unit = ''] = SPAN.exec(typed) ?? [];
  const found = [...UNITS].find(([letter]) => unit.startsWith(letter))?.[1];
  if (!found) return named(typed, text);
  // `a week`, `one week`, `next week`.
  const n = Number(/\d+/.exec(count)?.[0] ?? 1);
  if (n === 0) throw notSaved('until.notOne', { text: quoted(text, 60) });
  return { text, kind: found.kind, n: n * found.each };
}

/** `2026-12-31`, also with its zone: `2026-12-31 Berlin`; null for what is no day, or has something else behind it. */
function dayAndZone(text: string): { day: string; zone?: string } | null {
  const words = text.trim().split(/\s+/);
  for (let length = words.length; length > 0; length--) {
    const day = dayIn(withoutUntil(words.slice(0, length).join(' ')));
    if (day === null) continue;
    const rest = words.slice(length).join(' ');
    if (rest === '') return { day };
    const zone = zoneBehind(rest);
    return zone === null ? null : { day, zone };
  }
  return null;
}

/** `friday`, `next friday`, `31 December`, `Dec 31, 2026`. Throws UserError for what is none of these. */
function named(typed: string, text: string): WantedEnd {
  const [, isNext, name = ''] = /^(?:on |this |coming )?(next )?([a-z]+)$/.exec(typed) ?? [];
  const weekday = weekdayIn(name);
  if (weekday !== null) return { text, kind: 'weekday', weekday, isNext: isNext !== undefined };
  const { year, month, day } = dayInWords(typed.replaceAll(',', ' ')) ?? {};
  if (month === undefined || day === undefined) throw notSaved('until.notOne', { text: quoted(text, 60) });
  // A leap year where none is written: the 29th of February comes again.
  const date = [year ?? '2028', month.padStart(2, '0'), day.padStart(2, '0')].join('-');
  if (!isDay(date)) throw notSaved('until.noSuchDay', { text: quoted(text, 60) });
  return year === undefined
    ? { text, kind: 'yearly', month: Number(month), day: Number(day) }
    : { text, kind: 'day', day: date };
}

/** As it is stored, whether or not there is such a day. */
function dayIn(typed: string): string | null {
  const [, year, , month, date] = YEAR_FIRST.exec(typed) ?? [];
  if (year !== undefined) return [year, month.padStart(2, '0'), date.padStart(2, '0')].join('-');
  const [, first, second, last] = DAY_FIRST.exec(typed) ?? [];
  return first === undefined ? null : [last, second.padStart(2, '0'), first.padStart(2, '0')].join('-');
}

/** The zone that was written with it. */
export const zoneIn = (wanted: WantedEnd): string | null =>
  wanted.kind === 'day' ? (wanted.zone ?? null) : null;

/** The day there, and when it is over (UTC ms); `zone`: of a day that names none. Throws UserError where it is over already. */
export function endOf(
  wanted: WantedEnd,
  { now, zone: otherwise, zones }: { now: number; zone: string; zones: Zones },
): NonNullable<Subscription['until']> {
  const zone = zoneIn(wanted) ?? otherwise;
  const clock = zones(zone);
  const today = now + clock.offsetAt(now);
  const day = wanted.kind === 'day' ? wanted.day : dayOf(later(today, wanted));
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Some hours into that day, whatever its clock does at night.
  const within = midnight - clock.offsetAt(midnight) + 4 * 60 * MINUTE;
  const at = nextDigestAt({ kind: 'daily', at: '00:00', zone }, within, zones);
  if (at > now) return { day, zone, at };
  const example = dayOf(today + 56 * DAY);
  throw notSaved('until.past', {
    day: code(wanted.text, 60),
    today: dayOf(today),
    example: code(example),
  });
}

/** `today`: what the clock there shows, as if it were UTC. The last day of a month where it has no such day. */
function later(today: number, wanted: Exclude<WantedEnd, { kind: 'day' }>): number {
  if (wanted.kind === 'weekday') return nextWeekday(today, wanted);
  if (wanted.kind === 'yearly') return nextYearly(today, wanted);
  const { kind, n } = wanted;
  if (kind === 'days') return today + n * DAY;
  const date = new Date(today);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + n];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last));
}

function nextWeekday(today: number, { weekday, isNext }: Extract<WantedEnd, { kind: 'weekday' }>): number {
  const ahead = (weekday - new Date(today).getUTCDay() + 7) % 7;
  return today + (ahead === 0 && isNext ? 7 : ahead) * DAY;
}

/** Today is one too. */
function nextYearly(today: number, { month, day }: Extract<WantedEnd, { kind: 'yearly' }>): number {
  const begun = Date.parse(`${dayOf(today)}T00:00:00Z`);
  for (let year = new Date(today).getUTCFullYear(); ; year++) {
    const at = Date.UTC(year, month - 1, day);
    if (at >= begun && new Date(at).getUTCDate() === day) return at;
  }
}

const dayOf = (shown: number): string => new Date(shown).toISOString().slice(0, 10);
