import { plainSigns, typedText } from '#src/foundation/typed-text.ts';
import { readZone } from '#src/subscription/read-zone.ts';
import { quoted } from '#src/wording/phrase.ts';
import { notSaved } from './not-saved.ts';
import { unreadZone } from './tell-zone.ts';

/** Hours as `HH:MM`, and the zone that was written behind them, by the name of today. */
export type ReadHour = { at: string; zone: string | null };
type Hours = { from: string; to: string; zone: string | null };

const NAMED: ReadonlyMap<string, string> = new Map([
  ...['noon', 'midday', '12 noon', '12noon'].map((name) => [name, '12:00'] as const),
  ...['midnight', '12 midnight', '12midnight'].map((name) => [name, '00:00'] as const),
]);

/** A time of day as people write it: `9am`, `0900`, `9h30`, `21:00 Uhr`, `noon`. Null for what is none. */
export function readTimeOfDay(text: string): string | null {
  const wanted = typedText(text)
    .replace(/^(?:at|um|@) /, '')
    .replace(/,$/, '')
    .replace(/ ?(?:uhr|o'?clock|hrs|hours)$/, '')
    .replace(/^(\d{1,2}) h(?: (\d{2}))?$/, '$1h$2');
  const named = NAMED.get(wanted);
  if (named) return named;
  const twelve = /^(\d{1,2})(?:[:.h ]?(\d{2}))? ?([ap])\.? ?(?:m\.?)?$/.exec(wanted);
  if (twelve) return ofTwelve(Number(twelve[1]), Number(twelve[2] ?? 0), twelve[3] === 'p');
  const found = /^(\d{1,2})[:.h]?(\d{2})?h?$/.exec(wanted);
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (hour === 24 && minute === 0) return '00:00';
  return hour > 23 || minute > 59 ? null : asText(hour, minute);
}

/** `09:00`, also with its zone: `9am Berlin`. Throws UserError for what is no hour. */
export function readHour(text: string): ReadHour {
  const read = hourAndZone(text);
  if (!read) throw notSaved('time.notOne', { text: quoted(text, 60) });
  return read;
}

/** An hour and, behind it, a zone; null where no hour begins the text or no zone ends it. Throws UserError for a zone that is not sure. */
export function hourAndZone(text: string): ReadHour | null {
  const words = text.split(/\s/);
  for (let length = words.length; length > 0; length--) {
    const at = readTimeOfDay(words.slice(0, length).join(' '));
    if (at === null) continue;
    const rest = words.slice(length).join(' ');
    if (rest === '') return { at, zone: null };
    const zone = zoneBehind(rest);
    return zone === null ? null : { at, zone };
  }
  return null;
}

/** From when to when: `22:00-07:00`, `10pm to 7am`, `22h–7h Berlin`; null for none. Throws UserError. */
export function readHours(text: string): Hours | null {
  const wanted = plainSigns(text).replace(/^(?:quiet )?(?:from |between )?/i, '');
  if (['', 'none', 'no', 'off', 'never'].includes(wanted.toLowerCase())) return null;
  const halves = /^([^-~→]*?) ?(?:-+>?|→|~| to | until | till | and ) ?(.*)/i.exec(wanted);
  if (!halves) throw notSaved('quiet.notOne', { text: quoted(text, 60) });
  const [, first, second] = halves;
  const [from, to] = [readTimeOfDay(first), hourAndZone(second)];
  if (from === null || !to) throw notSaved('quiet.notOne', { text: quoted(text, 60) });
  if (isHalfSaid(first, second)) throw notSaved('quiet.halfSaid', { text: quoted(text, 60) });
  if (from === to.at) throw notSaved('quiet.sameHour', { hour: from });
  if (isTooLong(first, second, hoursBetween(from, to.at)))
    throw notSaved('quiet.halfSaid', { text: quoted(text, 60) });
  return { from, to: to.at, zone: to.zone };
}

/** A zone as somebody wrote it. Throws UserError, with what may be meant. */
export function zoneOf(text: string): string {
  const read = readZone(text);
  if (!read.ok) throw unreadZone(text, read);
  return read.zone;
}

/** The zone behind an hour; null for words that are far from any. */
export function zoneBehind(text: string): string | null {
  const place = text
    .trim()
    .replace(/^(?:in )?\(?/i, '')
    .replace(/(?: time)?\)?$/i, '');
  const read = readZone(place);
  if (!read.ok && read.kind === 'unknown' && read.meant.length === 0) return null;
  if (read.ok && isWord(place)) return null;
  return zoneOf(place);
}

/** `my`, `no`, `pm`: behind an hour two letters are no country, unless in capitals. */
function isWord(place: string): boolean {
  return /^(?:am|pm)$/i.test(place) || (/^[A-Za-z][a-z]$/.test(place) && !/^(?:uk|nz)$/i.test(place));
}

/** `10-7am` leaves open which ten is meant; `noon-22` and `22-7am` do not. */
function isHalfSaid(first: string, second: string): boolean {
  return (saysHalf(first) && isBare(second)) || (isBare(first) && saysHalf(second));
}

/** `10-7`, `noon to 2`: longer than half a day only as long as nobody says which half. */
function isTooLong(first: string, second: string, hours: number): boolean {
  const isPlain = (hour: string) => isBare(hour) || /^(?:noon|midday|midnight)\b/i.test(hour);
  const both = [first, second];
  return hours > 12 && both.some(isBare) && both.every(isPlain);
}

const saysHalf = (hour: string): boolean => /^\d[\d:.h]* ?[ap]/i.test(hour);
const isBare = (hour: string): boolean => /^(?:[1-9]|1[0-2])(?: |$)/.test(hour) && !saysHalf(hour);

/** Whole ones: hours that are said so plainly have no minutes. */
function hoursBetween(from: string, to: string): number {
  const [began, ended] = [from, to].map((at) => Number(at.slice(0, 2)));
  return (ended - began + 24) % 24;
}

function ofTwelve(hour: number, minute: number, isAfternoon: boolean): string | null {
  if (hour < 1 || hour > 12 || minute > 59) return null;
  return asText((hour % 12) + (isAfternoon ? 12 : 0), minute);
}

function asText(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
