import { newYorkAfternoon, weekdaysBefore } from './batch-day.ts';

/**
 * The instants (UTC ms) between which papers were submitted that arXiv announced in the feed of `day`, a weekday.
 *
 * What arrives until 14:00 Eastern of a working day is announced at 20:00, on Fridays at 20:00 of Sunday, and stands in
 * the feed of the next working day (info.arxiv.org/help/availability): Tuesday's feed has Friday 14:00 to Monday 14:00,
 * Monday's has Thursday 14:00 to Friday 14:00. Papers that moderators held, or a holiday deferred, come a day later:
 * `withHeld` begins with what was submitted for the feed before.
 */
export function submittedFor(day: string, withHeld: boolean): { from: number; to: number } {
  const [closing, opening, earlier] = weekdaysBefore(day, 3);
  return { from: newYorkAfternoon(withHeld ? earlier : opening), to: newYorkAfternoon(closing) };
}
