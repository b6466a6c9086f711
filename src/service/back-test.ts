import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { RecentDays } from '#src/archive/recent-days.ts';
import { type PastPost, type PastStory, pastPosts } from '#src/decision/past.ts';
import type { Terms, When } from '#src/decision/terms.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { explainMatch } from '#src/match/evaluate/explain.ts';
import { titlePieces } from '#src/match/evaluate/snippet.ts';
import { type Filter, NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { asksAge } from '#src/match/language/filter-hints.ts';
import type { BackTestView } from '#src/render/subscription-page.ts';
import { pageOf } from '#src/source/sources.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRise } from '#src/trend/trend-event.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';

export type BackTestDeps = {
  archive: Archive;
  trend: TrendRule;
  search: PaperSearch;
  mutes: Pick<Mutes, 'unmuted'>;
  zones: Zones;
  clock: Clock;
};
type Deciding = Pick<BackTestDeps, 'trend' | 'zones'>;

/** What of the last days a filter matches: what any terms would have posted of it is read from it. */
export type Past = {
  filter: Filter;
  /** Every rise of those days, whatever matches. */
  rises: readonly TrendRise[];
  days: number;
  /** When it was asked, UTC ms. */
  until: number;
  /** The newest first. */
  stories: readonly PastStory[];
  /** False when the filter asked for more work than one may. */
  complete: boolean;
};

const DAY = 86_400_000;
export const DAYS_BACK = 30;
const EXAMPLES = 5;
const DIALS = ['sure', 'balanced', 'early', 'wide'] as const;

/** Where papers are only counted: nothing makes one wait. */
export const AS_FOUND: Omit<Terms, 'what'> = {
  when: { kind: 'now' },
  cap: Number.POSITIVE_INFINITY,
  quiet: null,
};

/**
 * The last 30 days, or as many as the archive has, as this filter would have seen them in a server, without what that mutes. One
 * question of the index.
 */
export async function pastOf(
  { archive, search, mutes, clock }: BackTestDeps,
  serverId: string,
  filter: Filter,
  now: number,
): Promise<Past> {
  const breathe = takeBreaths(clock);
  const since = now - DAYS_BACK * DAY;
  const days = await archive.recent(since);
  await breathe();
  const { isMatch, complete } = await matchesOf(search, mutes.unmuted(serverId, filter), days, now);
  await breathe();
  const arrivals = days.arrivals.filter((arrival) => arrival.at >= since && isMatch(arrival));
  await breathe();
  const rises = days.rises.filter(isMatch);
  await breathe();
  const stories = await storiesOf(arrivals, rises, asksAge(filter) ? days.rises : rises, breathe);
  await breathe();
  return {
    ...{ filter, rises: days.rises, until: now, stories, complete },
    days: Math.max(1, Math.min(DAYS_BACK, Math.ceil((now - (await archive.beganAt(now))) / DAY))),
  };
}

/** Looked at between two breaths: a fraction of a millisecond. */
const PIECE = 500;

/** `scores`: every rise of their papers, and maybe of others. */
async function storiesOf(
  arrivals: RecentDays['arrivals'],
  rises: readonly TrendRise[],
  scores: readonly TrendRise[],
  breathe: () => Promise<void>,
): Promise<PastStory[]> {
  const trendEventsOf = await byPaper(rises, breathe);
  const scoresOf = scores === rises ? trendEventsOf : await byPaper(scores, breathe);
  const stories: PastStory[] = [];
  const tell = (paper: string, at: number | null, votes: number | null) =>
    stories.push({
      paper,
      firstSeenAt: at ?? Number.NEGATIVE_INFINITY,
      newsAt: at,
      risesSince: null,
      votes,
      trendEvents: trendEventsOf.get(paper) ?? [],
      scores: scoresOf.get(paper) ?? [],
    });
  const arrived = new Set<string>();
  for (const { paper, at, votes } of arrivals) {
    arrived.add(paper);
    if (tell(paper, at, votes) % PIECE === 0) await breathe();
  }
  for (const paper of trendEventsOf.keys())
    if (!arrived.has(paper) && tell(paper, null, null) % PIECE === 0) await breathe();
  return stories;
}

async function byPaper(
  rises: readonly TrendRise[],
  breathe: () => Promise<void>,
): Promise<ReadonlyMap<string, TrendRise[]>> {
  const found = new Map<string, TrendRise[]>();
  for (const [index, rise] of rises.entries()) {
    const those = found.get(rise.paper);
    if (those) those.push(rise);
    else found.set(rise.paper, [rise]);
    if (index % PIECE === PIECE - 1) await breathe();
  }
  return found;
}

type Matches = { isMatch(post: PastPost): boolean; complete: boolean };

/** Which of them the filter takes: one question of the index; where it asks for an age, one for each day, as of its end. */
async function matchesOf(
  search: PaperSearch,
  filter: Filter,
  days: RecentDays,
  now: number,
): Promise<Matches> {
  if (!asksAge(filter)) {
    const { papers, complete } = await search.matching(filter, days.papers, now);
    return { isMatch: ({ paper }) => papers.has(paper), complete };
  }
  const daysAgo = ({ at }: PastPost) => Math.floor((now - at) / DAY);
  const named = Map.groupBy<number, PastPost>([...days.rises, ...days.arrivals], daysAgo);
  const found = new Map<number, ReadonlySet<string>>();
  let isComplete = true;
  for (const [ago, those] of named) {
    const { papers, complete } = await search.matching(
      filter,
      those.map(({ paper }) => paper),
      now - ago * DAY,
    );
    found.set(ago, papers);
    isComplete &&= complete;
  }
  return { isMatch: (post) => found.get(daysAgo(post))?.has(post.paper) ?? false, complete: isComplete };
}

/** What terms would have posted of it: the newest first. */
export function postsIn({ trend, zones }: Deciding, past: Past, terms: Terms): PastPost[] {
  const span = { from: past.until - DAYS_BACK * DAY, until: past.until };
  const rules = { thresholdFor: trend.thresholdFor, hours: localHours(zones) };
  const posts = pastPosts(terms, past.stories, span, rules).sort(newestFirst);
  return terms.what.kind === 'top' ? ofWholeSpans(posts, past.days, terms.when) : posts;
}

/** The same for people, with what each sensitivity would have meant. `posts`: what `postsIn` says of those terms. */
export async function backTest(
  deps: BackTestDeps,
  past: Past,
  terms: Terms,
  hints: readonly Phrase[],
  posts: readonly PastPost[] = postsIn(deps, past, terms),
): Promise<BackTestView> {
  const breathe = takeBreaths(deps.clock);
  const examples = await Promise.all(posts.slice(0, EXAMPLES).map((post) => exampleOf(deps, past, post)));
  await breathe();
  return {
    days: past.days,
    posts: posts.length,
    perDay: perDay(posts, past),
    examples: examples.flat(),
    sensitivities: terms.what.kind === 'trending' ? await sensitivityCounts(deps, past, terms) : [],
    hints: [
      ...hints,
      ...(past.complete ? [] : [phrase('search.cut')]),
      ...(past.days < DAYS_BACK
        ? [phrase('preview.archiveShort', { read: past.days, days: DAYS_BACK })]
        : []),
      ...(posts.length === 0 && isOfFirstWeek(past, terms) ? [phrase('preview.weekShort')] : []),
    ],
  };
}

/** The best of a week, before there was a whole one. */
const isOfFirstWeek = ({ days }: Past, { what, when }: Terms): boolean =>
  what.kind === 'top' && when.kind === 'weekly' && days < 7;

/** How many came on each of the days, the oldest first. */
function perDay(posts: readonly PastPost[], { days, until }: Past): number[] {
  const counts = Array.from({ length: days }, () => 0);
  for (const { at } of posts) {
    // What waits at the end comes later.
    const day = days - 1 - Math.max(0, Math.floor((until - at) / DAY));
    if (day >= 0) counts[day]++;
  }
  return counts;
}

/** How many papers each sensitivity would have posted. */
export async function sensitivityCounts(
  deps: Deciding & Pick<BackTestDeps, 'clock'>,
  past: Past,
  terms: Omit<Terms, 'what'>,
): Promise<BackTestView['sensitivities']> {
  const breathe = takeBreaths(deps.clock);
  const counts: { name: (typeof DIALS)[number]; posts: number }[] = [];
  for (const name of DIALS) {
    await breathe();
    const what = { kind: 'trending', sensitivity: name } as const;
    counts.push({ name, posts: postsIn(deps, past, { ...terms, what }).length });
  }
  return counts;
}

async function exampleOf(
  { archive }: BackTestDeps,
  { filter }: Past,
  { paper, at }: PastPost,
): Promise<BackTestView['examples']> {
  const stored = await archive.paper(paper);
  if (!stored) return [];
  // Of what else is known of it nothing stands in its title.
  const document = { ...NOTHING_KNOWN, title: stored.paper.title };
  const { found } = explainMatch(filter, document, at);
  return [{ title: titlePieces(document, found), url: pageOf(paper, stored.sources), at }];
}

/** Of the newest hours, as many as there were whole days or weeks: five a week are never more than five a week. */
function ofWholeSpans(posts: readonly PastPost[], days: number, when: When): PastPost[] {
  const whole = Math.max(1, Math.floor(days / (when.kind === 'weekly' ? 7 : 1)));
  return [...Map.groupBy(posts, ({ at }) => at).values()].slice(0, whole).flat();
}

const newestFirst = (a: PastPost, b: PastPost) => b.at - a.at;
