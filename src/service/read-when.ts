import { typedText } from '#src/foundation/typed-text.ts';
import { nearestOf } from '#src/match/text/near-spelling.ts';
import { code, quoted, yesNo } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { notSaved } from './not-saved.ts';
import { hourAndZone, type ReadHour, zoneBehind } from './read-hours.ts';

/** How often papers come; `weekday`: 1 = Monday. */
export type Frequency = { kind: 'now' } | { kind: 'daily' } | { kind: 'weekly'; weekday: number };

/** What `when` says: how often, where it says so, and the hour and zone that were written with it. */
type WantedWhen = { frequency: Frequency | null; at: string | null; zone: string | null };

const NOW = [
  ...[
    'as it happens',
    'as they happen',
    'as they come',
    'now',
    'asap',
    'instant',
    'instantly',
    'immediately',
  ],
  ...['at once', 'right away', 'live', 'always'],
];
const DAILY = ['daily', 'every day', 'each day', 'once a day', 'a day', 'daily digest', 'digest'];
const WEEKLY = ['weekly digest', 'weekly', 'every week', 'each week', 'once a week'];
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const KNOWN = [...NOW, ...DAILY, ...WEEKLY, ...WEEKDAYS, ...WEEKDAYS.map((day) => `weekly ${day}`)];

const NOT_OFFERED =
  /\b(?:hour(?:s|ly)?|minutes?|month(?:s|ly)?|yearly|quarterly|fortnight(?:ly)?|bi-?weekly|twice|weekdays?|workdays?|working days|business days|weekends?|every (?:other|second|third|few|\d+))\b/;

/** `daily`, `every day at 9`, `fridays 18:00 Berlin`, `instantly`. Throws UserError, with what to write. */
export function readWhen(text: string): WantedWhen {
  const words = text.replace('@', ' at ').split(/\s+/);
  const wanted = typedText(text);
  if (wanted === '') return { frequency: null, at: null, zone: null };
  if (NOT_OFFERED.test(wanted)) throw notOffered(text);
  for (let length = words.length; length > 0; length--) {
    const frequency = frequencyOf(words.slice(0, length).join(' '));
    if (!frequency) continue;
    const rest = words.slice(length).join(' ');
    if (rest === '') return { frequency, at: null, zone: null };
    const isHour = words[length - 1].toLowerCase() === 'at' || /^(?:at )?\d/i.test(rest);
    const hour = hourAndZone(rest) ?? (isHour ? null : zoneAlone(rest));
    if (hour) return { frequency, ...hour };
    if (isHour) throw notSaved('time.notOne', { text: quoted(rest, 60) });
    break;
  }
  return readHourFirst(words) ?? refuse(text);
}

function zoneAlone(text: string): { at: null; zone: string } | null {
  // The second of two days is no city, and `weekly Fr` not France.
  const isDay =
    frequencyOf(text.replace(/^(?:and|to) /, '')) !== null ||
    /^(?:mo|tu|we|th|fr|sa|su|di|mi|do|so)$/i.test(text);
  const zone = isDay ? null : zoneBehind(text);
  return zone === null ? null : { at: null, zone };
}

/** `9am`, `9am daily`. */
function readHourFirst(words: readonly string[]): WantedWhen | null {
  for (let length = words.length; length > 0; length--) {
    const hour = hourAndZoneOf(words.slice(0, length).join(' '));
    const rest = words.slice(length).join(' ');
    const frequency = frequencyOf(rest);
    if (hour && (rest === '' || frequency)) return { frequency: frequency ?? { kind: 'daily' }, ...hour };
  }
  return null;
}

function hourAndZoneOf(text: string): ReadHour | null {
  try {
    return hourAndZone(text);
  } catch (error) {
    // `9am dayly` is no hour with a city.
    if (error instanceof UserError) return null;
    throw error;
  }
}

function frequencyOf(text: string): Frequency | null {
  const wanted = typedText(typedText(text).replace(/[_,;()-]/g, ' ')).replace(/ at$/, '');
  if (NOW.includes(wanted)) return { kind: 'now' };
  if (DAILY.includes(wanted)) return { kind: 'daily' };
  const weekly = WEEKLY.find((name) => wanted === name || wanted.startsWith(`${name} `));
  if (weekly === wanted) return { kind: 'weekly', weekday: 1 };
  const day = wanted
    .slice(weekly?.length ?? 0)
    .trim()
    .replace(/^(?:on |every |each )+/, '');
  const weekday = weekdayOf(day);
  return weekday === null ? null : { kind: 'weekly', weekday };
}

function weekdayOf(name: string): number | null {
  const short = name.replace(/s$/, '');
  const index = short.length < 3 ? -1 : WEEKDAYS.findIndex((day) => day.startsWith(short));
  return index < 0 ? null : index + 1;
}

function refuse(text: string): never {
  const words = typedText(text).split(/[ ,/-]/);
  const isSeveralDays = words.filter((word) => weekdayOf(word) !== null).length > 1;
  if (isSeveralDays) throw notOffered(text);
  const begun = WEEKDAYS.find((day) => words.some((word) => word.length === 2 && day.startsWith(word)));
  const meant = begun ? `weekly ${begun}` : nearestOf(typedText(text), KNOWN);
  const nearest = meant ?? nearestOf(words[0], KNOWN);
  throw notSaved('when.notOne', {
    ...{ text: quoted(text, 60), isNear: yesNo(nearest !== null), nearest: code(nearest ?? '') },
  });
}

const notOffered = (text: string): UserError => notSaved('when.notOffered', { text: quoted(text, 60) });
