/** Before it there was no arXiv. */
const ARXIV_BEGAN = Date.UTC(1991, 7, 1);
/** Clocks differ, and midnights too. */
const AHEAD = 2 * 86_400_000;

/** Whether something can have been published at `instant` by `now`, both UTC ms. */
export const canBePast = (instant: number, now: number): boolean =>
  instant >= ARXIV_BEGAN && instant <= now + AHEAD;

/** `0001`, which Date.parse takes for 2001; no zone's `-0400`. */
const YEAR_OF_OLD = /(?<![\d+\-:.])0\d{3}(?![\d:])/;

/** `2026-03-10`, `10 Mar 2026`: of anything else Date.parse makes a day of 2001 perhaps. */
const DATE = /(?<![\d-])(?:\d{4}-\d\d-(\d\d)(?!\d)|(\d{1,2}) [A-Za-z]{3,9} \d{4}(?!\d))/;

/** Date.parse takes 30 February for 2 March. */
function namesDay(written: string): boolean {
  const found = DATE.exec(written);
  if (!found) return false;
  return new Date(`${found[0]} UTC`).getUTCDate() === Number(found[1] ?? found[2]);
}

/** An instant as a source writes it, UTC ms. Null for what is no date, before arXiv began, or ahead of `now`. */
export function readPast(written: string | null | undefined, now: number): number | null {
  const text = (written ?? '').trim();
  if (YEAR_OF_OLD.test(text) || !namesDay(text)) return null;
  const instant = Date.parse(text);
  return canBePast(instant, now) ? instant : null;
}

/** Months are counted from year 0. */
const monthAt = (instant: number): number => {
  const date = new Date(instant);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
};

/** The first instant of a month, UTC ms. */
export const startOf = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12);

/** The month in which arXiv gave out the id (`1905.01234`, `hep-th/9901001`); null for what is no such id. */
export function monthOf(id: string): number | null {
  const digits = /(?:^|\/)(\d\d)(0[1-9]|1[0-2])/.exec(id);
  if (!digits) return null;
  const [year, month] = [Number(digits[1]), Number(digits[2])];
  return 12 * (year < 91 ? 2000 + year : 1900 + year) + month - 1;
}

/**
 * Whether a paper was there long before `seenAt`, by its id alone: what a list of new papers shows of an earlier month than
 * the last one was only added to another category. False where the id does not tell.
 */
export function isOfEarlierMonths(id: string, seenAt: number): boolean {
  const month = monthOf(id);
  return month !== null && month < monthAt(seenAt) - 1;
}
