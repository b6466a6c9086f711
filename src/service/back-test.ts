import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { type Condition, holds, prepareDocument, prepareFilter } from '#src/match/explain.ts';
import type { Filter } from '#src/match/filter.ts';
import { paperPage } from '#src/render/paper-links.ts';
import type { BackTestView } from '#src/render/subscription-page.ts';
import type { Dial, Scope } from '#src/subscription/subscription.ts';
import type { Rising } from '#src/trend/rising.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';

type Rooms = { archive: Archive; trend: TrendRule; search: PaperSearch };

/** What a filter would have posted: the newest first. */
export type History = { days: number; posts: readonly { stored: StoredPaper; at: number }[] };

const DAY = 86_400_000;
const DAYS = 30;
const MOST = 5000;
const DIALS = ['sure', 'balanced', 'early', 'wide'] as const;

/** The last 30 days, or as many as the archive has, as this filter and scope would have had them. */
export async function historyOf(rooms: Rooms, filter: Filter, scope: Scope, now: number): Promise<History> {
  const since = now - DAYS * DAY;
  const days = Math.max(1, Math.min(DAYS, Math.ceil((now - rooms.archive.beganAt(now)) / DAY)));
  const posts =
    scope.kind === 'trending'
      ? risen(rooms, prepareFilter(filter), rooms.trend.thetaFor(scope.dial), since, now)
      : await arrived(rooms, filter, since, now);
  const best = scope.kind === 'top' ? bestOfEachDay(rooms, posts, scope.n) : posts;
  return { days, posts: [...best].sort((a, b) => b.at - a.at) };
}

/** The same for people, with what each dial would have meant. */
export async function backTest(
  rooms: Rooms,
  filter: Filter,
  scope: Scope,
  hints: readonly string[],
  now: number,
): Promise<BackTestView> {
  const { days, posts } = await historyOf(rooms, filter, scope, now);
  return {
    days,
    posts: posts.length,
    examples: posts.slice(0, 5).map(({ stored, at }) => ({
      title: stored.paper.title,
      url: paperPage(stored.paper, stored.sources.includes('hugging-face')),
      at,
    })),
    dials: scope.kind === 'trending' ? dialCounts(rooms, prepareFilter(filter), now) : [],
    hints: days < DAYS ? [...hints, `Paperboy has read papers for ${days} of the last ${DAYS} days.`] : hints,
  };
}

function dialCounts(rooms: Rooms, condition: Condition, now: number): { name: string; posts: number }[] {
  const since = now - DAYS * DAY;
  const count = (dial: Dial) => risen(rooms, condition, rooms.trend.thetaFor(dial), since, now).length;
  return DIALS.map((name) => ({ name, posts: count(name) }));
}

/** Papers whose heat crossed theta since then. */
function risen({ archive }: Rooms, condition: Condition, theta: number, since: number, now: number) {
  const crossed = new Map<string, Rising>();
  for (const rising of archive.risingsSince(since)) {
    if (rising.from < theta && theta <= rising.heat) crossed.set(rising.paper, rising);
  }
  return archive
    .papers([...crossed.keys()])
    .filter((stored) => holds(condition, prepareDocument(documentOf(stored)), now))
    .map((stored) => ({ stored, at: crossed.get(stored.paper.id)?.at ?? stored.firstSeenAt }));
}

async function arrived({ archive, search }: Rooms, filter: Filter, since: number, now: number) {
  const { hits } = await search.search(filter, { limit: MOST, offset: 0, sort: 'newest', since: null, now });
  return archive
    .papers(hits.map(({ paper }) => paper))
    .filter(({ listedBy }) => listedBy !== null)
    .map((stored) => ({ stored, at: arrivedAt(stored) }))
    .filter(({ at }) => at >= since);
}

/** The day it was featured where that is known: a fresh archive has seen everything today. */
function arrivedAt({ batchDay, firstSeenAt }: StoredPaper): number {
  return batchDay === null ? firstSeenAt : Math.min(firstSeenAt, Date.parse(`${batchDay}T12:00:00Z`));
}

function bestOfEachDay({ trend }: Rooms, posts: readonly { stored: StoredPaper; at: number }[], n: number) {
  const days = Map.groupBy(posts, ({ at }) => Math.floor(at / DAY));
  const heat = ({ stored }: { stored: StoredPaper }) =>
    trend.heat(stored.paper.id)?.peak ?? Number.NEGATIVE_INFINITY;
  return [...days.values()].flatMap((day) => day.sort((a, b) => heat(b) - heat(a)).slice(0, n));
}
