import type { PastPost } from '#src/decision/past.ts';
import { type PastChannel, placesOfPast } from '#src/decision/past-places.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { AlsoView } from '#src/render/preview-page.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import {
  channelsInOrder,
  inListOrder,
  type SubscriptionStore,
} from '#src/subscription/subscription-store.ts';
import { type BackTestDeps, type Past, pastOf, postsIn } from './back-test.ts';
import type { Moderator } from './moderate.ts';

export type ElsewhereDeps = BackTestDeps & {
  topics: TopicCatalogue;
  subscriptionStore: Pick<SubscriptionStore, 'inServer' | 'settings'>;
  /** Whoever reads in the one channel sees the other too. */
  isSeenFrom(there: string, here: string): boolean;
};

/** So many subscriptions of a server are gone through; and of those that choose the best, which are told by all of their papers. */
const MOST = 300;
const MOST_OF_BEST = 5;

/** Which of these posts other channels of the server would have got too; null: none, and every channel was compared. */
export async function alsoElsewhere(
  deps: ElsewhereDeps,
  past: Past,
  posts: readonly PastPost[],
  { moderator, channelId }: { moderator: Moderator; channelId: string },
): Promise<AlsoView | null> {
  const { serverId } = moderator;
  if (posts.length === 0) return null;
  const running = deps.subscriptionStore
    .inServer(serverId)
    .filter((one) => one.paused === null && one.channelId !== channelId);
  const { others, left } = await othersOf(deps, past, posts, inListOrder(running));
  const { samePaper } = deps.subscriptionStore.settings(serverId);
  const channels = [...Map.groupBy(others, (other) => other.channelId)].map(
    ([there, those]): PastChannel => ({
      channelId: there,
      isBefore: channelsInOrder(there, channelId) < 0,
      isSeen: deps.isSeenFrom(there, channelId),
      posts: those.flatMap((other) => other.posts),
    }),
  );
  const { shared, perChannel, notInFull } = placesOfPast(samePaper, posts, channels);
  if (shared === 0 && left === 0) return null;
  const most = [...perChannel]
    .toSorted(([one, a], [two, b]) => b - a || channelsInOrder(one, two))
    .map(([there]) => there);
  const seen: string[] = [];
  for (const there of most) if ((await moderator.lacks(there)) !== 'viewChannel') seen.push(there);
  return { papers: shared, channels: seen, hidden: most.length - seen.length, samePaper, notInFull, left };
}

type Other = { channelId: string; posts: readonly PastPost[] };

/** `left`: so many were not compared. */
async function othersOf(
  deps: ElsewhereDeps,
  past: Past,
  posts: readonly PastPost[],
  subscriptions: readonly Subscription[],
): Promise<{ others: Other[]; left: number }> {
  const papers = new Set(posts.map(({ paper }) => paper));
  const stories = past.stories.filter(({ paper }) => papers.has(paper));
  const breathe = takeBreaths(deps.clock);
  const others: Other[] = [];
  let left = Math.max(0, subscriptions.length - MOST);
  let ofBest = 0;
  for (const { filter, channelId, serverId, ...terms } of subscriptions.slice(0, MOST)) {
    await breathe();
    const parsed = parseSavedFilter(filter, deps);
    const isBest = terms.what.kind === 'top';
    if (!parsed.ok) continue;
    if (isBest && ++ofBest > MOST_OF_BEST) {
      left++;
      continue;
    }
    const theirs = isBest
      ? await pastOf(deps, serverId, parsed.filter, past.until)
      : { ...past, stories: stories.filter(await takenBy(deps, parsed.filter, papers, past.until)) };
    others.push({ channelId, posts: postsIn(deps, theirs, terms) });
  }
  return { others, left };
}

async function takenBy(
  { search }: ElsewhereDeps,
  filter: Past['filter'],
  papers: ReadonlySet<string>,
  now: number,
): Promise<(story: { paper: string }) => boolean> {
  const found = await search.matching(filter, papers, now);
  return ({ paper }) => found.papers.has(paper);
}
