const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const shortDay = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });

/** `12:30`, in the viewer's own zone, as Discord shows times. */
export const hourWords = (at: number): string => hour.format(at);

/** `Tuesday 10 March` */
export const dayWords = (at: number): string => day.format(at).replace(',', '');

/** `12:30` on the day of `now`, `Wed 12:30` on another. */
export function whenWords(at: number, now: number): string {
  return dayWords(at) === dayWords(now) ? hourWords(at) : `${shortDay.format(at)} ${hourWords(at)}`;
}

/** Speeds that can be chosen, with what each means. */
export const SPEEDS: readonly { value: number; label: string; title: string }[] = [
  { value: 0, label: 'Pause', title: 'Time stands still. Commands still work.' },
  { value: 1, label: '1x', title: 'As fast as your own clock.' },
  { value: 60, label: '60x', title: 'A minute passes in a second.' },
  { value: 3600, label: '3600x', title: 'An hour passes in a second.' },
];

/** What that speed means. */
export function speedWords(speed: number): string {
  return SPEEDS.find(({ value }) => value === speed)?.title ?? `${speed} seconds pass in a second.`;
}
