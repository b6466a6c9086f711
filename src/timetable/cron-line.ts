import { createTask, parse } from 'node-cron';
import { type Clock, lagOf } from '#src/foundation/clock.ts';

/** A cron line, read by node-cron; its times are worked out from any instant, not from the machine's clock alone. */
type CronLine = {
  /** The first instant after that one, UTC ms, in the machine's time zone; Infinity where none comes. */
  next(after: number): number;
};

/**
 * How far apart the next two runs of a line are, in ms by the wall clock: how long a gap is normal. Infinity where none comes.
 * A scene that hurries has runs left out, which fall into others.
 */
export function intervalOf(line: string, clock: Pick<Clock, 'now' | 'elapsed' | 'expected'>): () => number {
  const { next } = readCronLine(line);
  return () => {
    const first = next(clock.now());
    return Number.isFinite(first) ? Math.max(next(first) - first, lagOf(clock)) : first;
  };
}

/** Four years to the next 29 February, eight about 2100. */
const DAYS_AHEAD = 8 * 366;

/** Throws where node-cron does not understand the line. */
export function readCronLine(line: string): CronLine {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = parse(line);
  // Only node-cron knows what `L`, `15W` and `5#2` mean.
  const days = createTask(`* * * ${dayOfMonth} ${month} ${dayOfWeek}`, () => {});
  const times = { hours: inOrder(hour), minutes: inOrder(minute), seconds: inOrder(second) };
  return {
    next(after) {
      const from = new Date(after);
      for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
        const noon = new Date(from.getFullYear(), from.getMonth(), from.getDate() + ahead, 12);
        const found = days.match(noon) ? firstOn(noon, times, after) : null;
        if (found !== null) return found;
      }
      return Number.POSITIVE_INFINITY;
    },
  };
}

const inOrder = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

type Times = { hours: readonly number[]; minutes: readonly number[]; seconds: readonly number[] };

/**
 * The first of a day's times after that instant. Times that the day skips, as its clocks are put forward, are left out; those
 * that it has twice, as they are set back, come twice.
 */
function firstOn(day: Date, times: Times, after: number): number | null {
  const again = setBackOn(day);
  const found = [firstBy(day, times, after, 0), again > 0 ? firstBy(day, times, after, again) : null];
  return found.reduce((first, one) => (first === null || (one !== null && one < first) ? one : first));
}

/** By how much (ms) the clocks are set back on a day. */
function setBackOn(day: Date): number {
  const [from, to] = [0, 1].map(
    (ahead) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + ahead),
  );
  return (to.getTimezoneOffset() - from.getTimezoneOffset()) * 60_000;
}

/** `later`: so long after the times as a clock that is never set would tell them. */
function firstBy(day: Date, { hours, minutes, seconds }: Times, after: number, later: number): number | null {
  const instant = (hour: number, minute = 0, second = 0): Date =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour, minute, second);
  for (const hour of hours) {
    if (instant(hour + 1).getTime() + later <= after) continue;
    for (const minute of minutes)
      for (const second of seconds) {
        const found = new Date(instant(hour, minute, second).getTime() + later);
        if (found.getTime() > after && found.getHours() === hour && found.getMinutes() === minute)
          return found.getTime();
      }
  }
  return null;
}
