import { atomEntry, atomFeed, rssFeed, rssItem } from '#test/source/bodies.ts';

/** A paper as arXiv has it: when it was submitted, and in which day's feed it stands. */
export type Announced = { id: string; submittedAt: number; feedDay: string };

const HOUR = 3600_000;
const DAY = 24 * HOUR;

/**
 * arXiv's papers of March 2026 in one category, and what its feed and its API say of them at an instant. Four papers a
 * day: half before 14:00 Eastern, half after. The days until `summer` (8 March) are five hours behind UTC, then four.
 */
export function announcingArxiv(hold: (id: string) => number = () => 0) {
  const papers: Announced[] = [];
  for (let day = Date.parse('2026-02-16T00:00:00Z'); day < Date.parse('2026-04-10T00:00:00Z'); day += DAY) {
    for (const hour of [9, 13, 15, 22]) {
      const id = `2603.${String(papers.length + 1).padStart(5, '0')}`;
      papers.push({
        id,
        submittedAt: day + hour * HOUR + eastern(day),
        feedDay: feedDay(day, hour, hold(id)),
      });
    }
  }

  /** The feed as it was built at midnight Eastern. */
  const feed = (now: number): string => {
    const day = dayOf(now - eastern(now));
    const dated = new Date(Date.parse(`${day}T00:00:00Z`) + eastern(now)).toUTCString();
    const items = papers.filter((paper) => paper.feedDay === day).map(({ id }) => rssItem({ id, dated }));
    return rssFeed(items, dated);
  };

  const query = (url: URL, now: number): string => {
    const range = /submittedDate:\[(\d{12}) TO (\d{12})\]/.exec(url.searchParams.get('search_query') ?? '');
    const [from, to] = [instant(range?.[1]), instant(range?.[2])];
    const start = Number(url.searchParams.get('start'));
    const wanted = papers.filter(({ submittedAt, feedDay }) => {
      const isPublic = Date.parse(`${feedDay}T00:00:00Z`) - 4 * HOUR + eastern(now) <= now;
      return isPublic && submittedAt >= from && submittedAt <= to;
    });
    const page = wanted.slice(start, start + Number(url.searchParams.get('max_results')));
    return atomFeed(page.map(entryOf)).replace(/(<opensearch:totalResults>)\d+/, `$1${wanted.length}`);
  };

  return {
    papers,
    /** Those of a day's feed. */
    of: (...days: string[]) => papers.filter(({ feedDay }) => days.includes(feedDay)).map(({ id }) => id),
    answer: (url: URL, now: number): string => (url.pathname.includes('/rss/') ? feed(now) : query(url, now)),
  };
}

const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
const eastern = (at: number): number => (at < Date.parse('2026-03-08T07:00:00Z') ? 5 : 4) * HOUR;

/** The table of info.arxiv.org/help/availability, row by row; `held`: working days more. */
function feedDay(day: number, hour: number, held: number): string {
  const weekday = new Date(day).getUTCDay();
  const isLate = hour >= 14;
  const days = {
    0: 2,
    1: isLate ? 2 : 1,
    2: isLate ? 2 : 1,
    3: isLate ? 2 : 1,
    4: isLate ? 4 : 1,
    5: isLate ? 4 : 3,
  };
  const after = days[weekday as 0 | 1 | 2 | 3 | 4 | 5] ?? 3;
  return dayOf(day + (after + held) * DAY);
}

const instant = (stamp = ''): number =>
  Date.parse(stamp.replace(/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:00Z'));

const entryOf = ({ id, submittedAt }: Announced): string =>
  atomEntry({ id: `${id}v1`, published: new Date(submittedAt).toISOString() });
