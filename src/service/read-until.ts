import { isDay } from '#src/archive/storable.ts';
import { typedText } from '#src/foundation/typed-text.ts';
import { nextDigestAt } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { code, quoted } from '#src/wording/phrase.ts';
import { notSaved } from './not-saved.ts';

/** A last day as it was written: a day, or so many days or months from today on. */
export type WantedEnd = { text: string } & (
  | { kind: 'day'; day: string }
  | { kind: 'days' | 'months'; n: number }
);

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
/** With points the day comes first wherever people write so; with strokes nobody can say. */
const DAY_FIRST = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/;
const SPAN = /^(?:for |in )?(\d{1,3}|an?|one) ?(d|days?|w|weeks?|months?|years?)$/;
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

/** `2026-12-31`, `31.12.2026`, `tomorrow`, `8 weeks`, `in 3 months`; null for nothing. Throws UserError, with what to write. */
export function readUntil(text: string): WantedEnd | null {
  const typed = typedText(text).replace(/^until(?: ?: ?| )/, '');
  if (typed === '') return null;
  const day = dayIn(typed);
  if (day !== null && !isDay(day)) throw notSaved('until.noSuchDay', { text: quoted(text, 60) });
  if (day !== null) return { text, kind: 'day', day };
  const ahead = WORDS.get(typed);
  if (ahead !== undefined) return { text, kind: 'days', n: ahead };
  const [, count = '', unit = ''] = SPAN.exec(typed) ?? [];
  const found = [...UNITS].find(([letter]) => unit.startsWith(letter))?.[1];
  if (!found) throw notSaved('until.notOne', { text: quoted(text, 60) });
  // `a week`, `one week`.
  const n = /\d/.test(count) ? Number(count) : 1;
  if (n === 0) throw notSaved('until.notOne', { text: quoted(text, 60) });
  return { text, kind: found.kind, n: n * found.each };
}

/** As it is stored, whether or not there is such a day. */
function dayIn(typed: string): string | null {
  const [, year, , month, date] = YEAR_FIRST.exec(typed) ?? [];
  if (year !== undefined) return [year, month.padStart(2, '0'), date.padStart(2, '0')].join('-');
  const [, first, second, last] = DAY_FIRST.exec(typed) ?? [];
  return first === undefined ? null : [last, second.padStart(2, '0'), first.padStart(2, '0')].join('-');
}

/** The day there, and when it is over (UTC ms). Throws UserError where it is over already. */
export function endOf(
  wanted: WantedEnd,
  { now, zone, zones }: { now: number; zone: string; zones: Zones },
): NonNullable<Subscription['until']> {
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
function later(today: number, { kind, n }: Extract<WantedEnd, { n: number }>): number {
  if (kind === 'days') return today + n * DAY;
  const date = new Date(today);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + n];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last));
}

const dayOf = (shown: number): string => new Date(shown).toISOString().slice(0, 10);
