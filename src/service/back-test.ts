import type { Archive, Arrival } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { Dial, Scope, When } from '#src/decision/terms.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { asksAge } from '#src/match/language/filter-hints.ts';
import { count } from '#src/render/count.ts';
import type { BackTestView } from '#src/render/subscription-page.ts';
import { wording } from '#src/render/wording.ts';
import { pageOf } from '#src/source/sources.ts';
import type { Rise } from '#src/trend/rising.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';

type Rooms = { archive: Archive; trend: TrendRule; search: PaperSearch; clock: Clock };

/** A paper that a filter would have posted, and when (UTC ms). */
export type PastPost = { paper: string; at: number };

/** What of the last days a filter matches: every scope and sensitivity is read from it. */
export type Past = {
  days: number;
  /** When it was asked, UTC ms. */
  until: number;
  /** Rises of heat, oldest first. */
  rises: readonly Rise[];
  /** The newest first. */
  arrivals: readonly PastPost[];
  /** False when the filter asked for more work than one may. */
  complete: boolean;
};

const DAY = 86_400_000;
const DAYS = 30;
const EXAMPLES = 5;
const DIALS = ['sure', 'balanced', 'early', 'wide'] as const;

/** The last 30 days, or as many as the archive has, as this filter would have seen them. One question of the index. */
export async function pastOf({ archive, search, clock }: Rooms, filter: Filter, now: number): Promise<Past> {
  const breathe = takeBreaths(clock);
  const since = now - DAYS * DAY;
  const rises = archive.risesSince(since);
  const arrivals: PastPost[] = [];
  for (const arrival of archive.arrivals(since)) {
    const at = arrivedAt(arrival);
    if (at >= since) arrivals.push({ paper: arrival.paper, at });
    await breathe();
  }
  const { isMatch, complete } = await matchesOf(search, filter, [...rises, ...arrivals], now);
  return {
    until: now,
    days: Math.max(1, Math.min(DAYS, Math.ceil((now - archive.beganAt(now)) / DAY))),
    rises: rises.filter(isMatch),
    arrivals: arrivals.filter(isMatch),
    complete,
  };
}

type Matches = { isMatch(post: PastPost): boolean; complete: boolean };

/** Which of them the filter takes: one question of the index; where it asks for an age, one for each day, as of its end. */
async function matchesOf(
  search: PaperSearch,
  filter: Filter,
  posts: readonly PastPost[],
  now: number,
): Promise<Matches> {
  const span = asksAge(filter) ? DAY : Number.POSITIVE_INFINITY;
  const daysAgo = ({ at }: PastPost) => Math.floor((now - at) / span);
  const found = new Map<number, ReadonlySet<string>>();
  let isComplete = true;
  for (const [ago, those] of Map.groupBy(posts, daysAgo)) {
    const named = new Set(those.map(({ paper }) => paper));
    const { papers, complete } = await search.matching(filter, named, now - ago * DAY);
    found.set(ago, papers);
    isComplete &&= complete;
  }
  return { isMatch: (post) => found.get(daysAgo(post))?.has(post.paper) ?? false, complete: isComplete };
}

/** Of how long a time the best are the best: a weekly digest has those of its week. */
export const spanOf = (when: When): number => (when.kind === 'weekly' ? 7 * DAY : DAY);

/** What a scope would have posted of it: the newest first. `span`: of the best, ms. */
export function postsIn({ trend }: Pick<Rooms, 'trend'>, past: Past, scope: Scope, span = DAY): PastPost[] {
  if (scope.kind === 'trending') return crossing(past.rises, trend.thetaFor(scope.dial)).sort(newestFirst);
  const posts = scope.kind === 'top' ? bestOfEach(span, trend, past, scope.n) : [...past.arrivals];
  return posts.sort(newestFirst);
}

/** The same for people, with what each dial would have meant. */
export function backTest(
  rooms: Rooms,
  past: Past,
  scope: Scope,
  hints: readonly string[],
  span = DAY,
): BackTestView {
  const posts = postsIn(rooms, past, scope, span);
  return {
    days: past.days,
    posts: posts.length,
    examples: posts.slice(0, EXAMPLES).flatMap((post) => exampleOf(rooms, post)),
    dials: scope.kind === 'trending' ? dialCounts(rooms, past) : [],
    hints: [
      ...hints,
      ...(past.complete ? [] : [wording.searchCut]),
      ...(past.days < DAYS
        ? [`Paperboy has read papers for ${past.days} of the last ${count(DAYS, 'day')}.`]
        : []),
    ],
  };
}

/** How many posts each sensitivity would have made. */
export function dialCounts({ trend }: Pick<Rooms, 'trend'>, { rises }: Past): BackTestView['dials'] {
  const posts = (dial: Dial) => crossing(rises, trend.thetaFor(dial)).length;
  return DIALS.map((name) => ({ name, posts: posts(name) }));
}

function exampleOf({ archive }: Rooms, { paper, at }: PastPost): BackTestView['examples'] {
  const stored = archive.paper(paper);
  if (!stored) return [];
  return [{ title: stored.paper.title, url: pageOf(paper, stored.sources), at }];
}

/** Papers whose heat crossed theta, each once, when it did so last. */
function crossing(rises: readonly Rise[], theta: number): PastPost[] {
  const crossed = new Map<string, number>();
  for (const { paper, at, from, heat } of rises) if (from < theta && theta <= heat) crossed.set(paper, at);
  return [...crossed].map(([paper, at]) => ({ paper, at }));
}

/** The day it was featured where that is known: a fresh archive has seen everything today. */
function arrivedAt({ batchDay, at }: Arrival): number {
  return batchDay === null ? at : Math.min(at, Date.parse(`${batchDay}T12:00:00Z`));
}

/** Of the newest spans, as many as were whole: five a week are never more than five a week. */
function bestOfEach(span: number, trend: TrendRule, { arrivals, days, until }: Past, n: number): PastPost[] {
  const whole = Math.max(1, Math.floor((days * DAY) / span));
  const spans = Map.groupBy(arrivals, ({ at }) => Math.floor((until - at) / span));
  const heat = ({ paper }: PastPost) => trend.heat(paper)?.peak ?? Number.NEGATIVE_INFINITY;
  const newest = [...spans].sort(([one], [other]) => one - other).slice(0, whole);
  return newest.flatMap(([, those]) => those.sort((a, b) => heat(b) - heat(a)).slice(0, n));
}

const newestFirst = (a: PastPost, b: PastPost) => b.at - a.at;
