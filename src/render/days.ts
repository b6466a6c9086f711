const DAY = 86_400_000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

// A wall is what a zone's clock shows, as if it were UTC (ms). In texts that are read on another day, a day has its date.

/** "10 March". */
export function dateOf(wall: number): string {
  const date = new Date(wall);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** "Tuesday". */
export function weekdayOf(wall: number): string {
  return WEEKDAYS[new Date(wall).getUTCDay()];
}

/** The same with its year where it is another than `now` has. */
export function dayIn(instant: number, now: number): string {
  const year = new Date(instant).getUTCFullYear();
  return year === new Date(now).getUTCFullYear() ? dateOf(instant) : `${dateOf(instant)} ${year}`;
}

/** "Tuesday 10 March". */
export function dayOf(wall: number): string {
  return `${weekdayOf(wall)} ${dateOf(wall)}`;
}

/** "14:00". */
export function hourIn(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}

/** "10 March, 14:00 to 20:00", "10 March, 14:00, to 11 March, 08:00". */
export function spanOf(from: number, until: number): string {
  const start = `${dateOf(from)}, ${hourIn(from)}`;
  if (Math.floor(from / DAY) === Math.floor(until / DAY)) return `${start} to ${hourIn(until)}`;
  return `${start}, to ${dateOf(until)}, ${hourIn(until)}`;
}
