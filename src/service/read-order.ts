import { UserError } from '#src/foundation/failure.ts';
import { wording } from '#src/render/wording.ts';
import type { Quiet, Scope, When } from '#src/subscription/subscription.ts';
import { readZone } from '#src/subscription/zone.ts';

/** What moderators type for `scope`, `when`, `at`, `zone`, `quiet`, as values. Each throws a UserError that shows what to write. */
export function readScope(text: string): Scope {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (words === '' || words === 'trending' || words === 'balanced')
    return { kind: 'trending', dial: 'balanced' };
  if (words === 'sure' || words === 'early' || words === 'wide') return { kind: 'trending', dial: words };
  if (words === 'all') return { kind: 'all' };
  const top = /^top[ -]?(\d{1,2})( a day)?$/.exec(words);
  if (top && Number(top[1]) > 0) return { kind: 'top', n: Number(top[1]) };
  const about = /^(?:about )?(\d{1,2})(?: a day| per day|\/day)$/.exec(words);
  if (about && Number(about[1]) > 0) return { kind: 'trending', dial: { perDay: Number(about[1]) } };
  throw new UserError(wording.badScope(text));
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const DEFAULT_HOUR = '09:00';

/** `when` with the hour and the zone it needs; an hour alone means daily. */
export function readWhen(when: string, at: string, zone: string): When {
  const words = when
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
  const hour = readHour(at === '' ? DEFAULT_HOUR : at);
  const place = readZone(zone === '' ? 'UTC' : zone);
  if (!place.ok) throw new UserError(wording.badZone(zone, place.nearest));
  if (words === '' && at !== '') return { kind: 'daily', at: hour, zone: place.zone };
  if (['', 'now', 'as it happens', 'asap', 'instant'].includes(words)) return { kind: 'now' };
  if (words === 'daily' || words === 'every day') return { kind: 'daily', at: hour, zone: place.zone };
  const weekday = /^weekly(?: on)?(?: ([a-z]+?)s?)?$/.exec(words);
  if (weekday) return { kind: 'weekly', weekday: readWeekday(weekday[1], when), at: hour, zone: place.zone };
  throw new UserError(wording.badWhen(when));
}

function readWeekday(name: string | undefined, when: string): number {
  if (name === undefined) return 1;
  const index = WEEKDAYS.findIndex((day) => name.length >= 3 && day.startsWith(name));
  if (index < 0) throw new UserError(wording.badWhen(when));
  return index + 1;
}

/** `9:00`, `09:00`, `9`, `17.30` as `HH:MM`. */
export function readHour(text: string): string {
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[:.h](\d{2}))?$/.exec(text.trim()) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59)
    throw new UserError(wording.badTime(text));
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** `22:00-07:00` in the subscription's zone; '' for none. */
export function readQuiet(text: string, zone: string): Quiet | null {
  if (text.trim() === '') return null;
  const [from, to, ...rest] = text.split(/[-–—]/);
  if (to === undefined || rest.length > 0) throw new UserError(wording.badTime(text));
  const place = readZone(zone === '' ? 'UTC' : zone);
  if (!place.ok) throw new UserError(wording.badZone(zone, place.nearest));
  return { from: readHour(from), to: readHour(to), zone: place.zone };
}
