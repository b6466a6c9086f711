/*
 * Times as Discord writes them, in hours up to 24. An undefined zone is that of the machine.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOST_INSTANT = 8.64e15;

/** By the letters of Discord's time marks. */
const MARKS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { hour: '2-digit', minute: '2-digit' },
  T: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  d: { day: '2-digit', month: '2-digit', year: 'numeric' },
  D: { day: 'numeric', month: 'long', year: 'numeric' },
  f: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  F: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  s: { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  S: {
    ...{ day: '2-digit', month: '2-digit', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  },
};

type Times = {
  /** How a time mark `<t:…:STYLE>` reads. */
  mark(at: number, style: string, now: number): string;
  /** "Today at 12:30", beside the author of a message. */
  written(at: number, now: number): string;
  /** "12:30" */
  clock(at: number): string;
  /** "10 March 2026" */
  day(at: number): string;
};

/** Times in that zone. */
export function timesIn(zone: string | undefined): Times {
  // To make a format takes far longer than to use it.
  const formats = new Map(
    Object.entries(MARKS).map(([style, parts]) => [
      style,
      new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: zone }),
    ]),
  );
  const format = (style: string, at: number): string =>
    Math.abs(at) <= MOST_INSTANT ? (formats.get(style)?.format(at) ?? format('f', at)) : 'Invalid date';
  return {
    mark: (at, style, now) =>
      style === 'R' && Math.abs(at) <= MOST_INSTANT ? agoWords(at, now) : format(style, at),
    written(at, now) {
      const day = format('d', at);
      if (day === format('d', now)) return `Today at ${format('t', at)}`;
      if (day === format('d', now - DAY)) return `Yesterday at ${format('t', at)}`;
      return `${day} ${format('t', at)}`;
    },
    clock: (at) => format('t', at),
    day: (at) => format('D', at),
  };
}

/** Times as they are where the page is looked at. */
export const ownTimes = timesIn(undefined);

/** How long something still runs: "3 h left". */
export function leftWords(endsAt: number, now: number): string {
  const left = Math.max(0, endsAt - now);
  if (left >= DAY) return `${Math.floor(left / DAY)} d left`;
  if (left >= HOUR) return `${Math.floor(left / HOUR)} h left`;
  return `${Math.ceil(left / MINUTE)} min left`;
}

/** "2 hours ago", "in a day". Within the minute that `now` begins, nobody can say which. */
function agoWords(at: number, now: number): string {
  if (at >= now && at < now + MINUTE) return 'this minute';
  const words = lengthWords(Math.abs(at - now));
  return at > now ? `in ${words}` : `${words} ago`;
}

/** Discord's steps: up to where each unit is told, and how many milliseconds it has. */
const STEPS = [
  { below: 45 * MINUTE, unit: 'minute', one: 'a minute', ms: MINUTE },
  { below: 22 * HOUR, unit: 'hour', one: 'an hour', ms: HOUR },
  { below: 26 * DAY, unit: 'day', one: 'a day', ms: DAY },
  { below: 320 * DAY, unit: 'month', one: 'a month', ms: 30.44 * DAY },
  { below: Number.POSITIVE_INFINITY, unit: 'year', one: 'a year', ms: 365.25 * DAY },
] as const;

function lengthWords(ms: number): string {
  if (ms < 45_000) return 'a few seconds';
  const step = STEPS.find(({ below }) => ms < below) ?? STEPS[STEPS.length - 1];
  const count = Math.max(1, Math.round(ms / step.ms));
  return count === 1 ? step.one : `${count} ${step.unit}s`;
}
