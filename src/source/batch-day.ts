/**
 * Hugging Face opens the next day's batch at 21:30 in New York (01:30 or 02:30 UTC); the batch is named by the date
 * that then begins there. Papers are submitted on weekdays only.
 */
const TURN_OVER_BEFORE_MIDNIGHT = 2.5 * 3600_000;

const newYork = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day (`YYYY-MM-DD`) in New York at `instant`. */
export const newYorkDay = (instant: number): string => newYork.format(instant);

const newYorkHour = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'America/New_York',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** 14:00 in New York on `day`, UTC ms. */
export function newYorkAfternoon(day: string): number {
  const inWinter = Date.parse(`${day}T14:00:00-05:00`);
  return inWinter - (Number(newYorkHour.format(inWinter)) - 14) * 3600_000;
}

/** The day of the batch that is open at `now`, weekends included. */
export const openBatchDay = (now: number): string => newYorkDay(now + TURN_OVER_BEFORE_MIDNIGHT);

/** The `count` weekdays before `day`, the newest first. */
export function weekdaysBefore(day: string, count: number): string[] {
  const days: string[] = [];
  for (let back = 1; days.length < count; back++) {
    const earlier = shiftDay(day, -back);
    if (!isWeekend(earlier)) days.push(earlier);
  }
  return days;
}

export function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** The day `by` days after `day`. */
export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 24 * 3600_000).toISOString().slice(0, 10);
}
