import {
  type News,
  type NoNews,
  newsEver,
  newsFor,
  type Story,
  type ThresholdFor,
  whyNoNews,
} from '#src/decision/news.ts';
import { isPaused } from '#src/decision/pause.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { createConditions } from '#src/match/evaluate/conditions.ts';
import { explain, prepareDocument } from '#src/match/evaluate/explain.ts';
import { snippetsOf } from '#src/match/evaluate/snippet.ts';
import type { MatchDocument, Parsed } from '#src/match/language/filter.ts';
import { passage } from '#src/render/passage.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { Standing } from '#src/subscription/standing-reader.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { oldestFirst } from '#src/subscription/subscription-store.ts';
import type { MuteThen } from '#src/subscription/then.ts';
import { foundWords } from './found-words.ts';
import type { PaperPast } from './paper-past.ts';

// What each subscription of a channel made of a paper: as it was at the instant at which the paper became news for what it asked
// for, with the filter, the mutes and the figures of then. The decisions are src/decision's.

/** `kind`: it takes it; clauses fail; it cannot be read any more. Passages are markdown. */
type FilterThen =
  | { kind: 'matches'; words: readonly string[] }
  | { kind: 'fails'; excluded: readonly string[]; lacking: readonly string[]; passage: string | null }
  | { kind: 'unreadable' };

/** What stood between a paper and a subscription; null: nothing. */
type Obstacle = 'filter' | 'mute' | 'paused' | 'later' | 'ended' | NoNews;

export type Judged = {
  /** As it was at `at` (UTC ms). */
  subscription: Subscription;
  at: number;
  filter: FilterThen;
  /** Why it was news for what it asks for, be it too early for it. */
  news: News | null;
  mute: MuteThen | null;
  obstacle: Obstacle | null;
};

export type JudgeDeps = {
  parse(filter: string): Parsed;
  mutes: Pick<Mutes, 'firstMet'>;
  trend: { thresholdFor: ThresholdFor };
  clock: Pick<Clock, 'elapsed'>;
};

/** What stood in the channel at each of the instants. */
export type StandingAt = (instant: number) => Standing;

/** Instants at which it may have been news (UTC ms), ascending; what was made by `until` is judged too. */
type Instants = { candidates: readonly number[]; until: number };

/** Those that stood there at one of the instants or were made by `until`, the nearest to the paper first. */
export async function judgeThen(
  deps: JudgeDeps,
  past: PaperPast,
  standingAt: StandingAt,
  { candidates, until }: Instants,
): Promise<Judged[]> {
  const breathe = takeBreaths(deps.clock);
  const momentAt = createMoments(deps, past, standingAt);
  const versions = candidates.map((instant) => ({ instant, all: standingAt(instant).subscriptions }));
  const made = standingAt(until).subscriptions;
  const ids = new Set([...versions.flatMap(({ all }) => all), ...made].map(({ id }) => id));
  const judged: Judged[] = [];
  for (const id of ids) {
    const own = versions.flatMap(({ instant, all }) => {
      const subscription = all.find((one) => one.id === id);
      return subscription ? [{ instant, subscription }] : [];
    });
    const heard = own.find(({ instant, subscription }) =>
      newsEver(subscription, momentAt(instant).story, deps.trend.thresholdFor),
    );
    const then = heard ?? own.at(-1);
    const later = then ? undefined : made.find((one) => one.id === id);
    if (then) judged.push(judge(deps, momentAt(then.instant), then.subscription));
    if (later) judged.push({ ...judge(deps, momentAt(until), later), obstacle: 'later' });
    await breathe();
  }
  return nearestFirst(judged);
}

/** What was known at an instant of a paper, and of what the server mutes. */
type Moment = { at: number; document: MatchDocument; story: Story; mute: MuteThen | null };

/** Each instant is worked out once, however many subscriptions are asked of it. */
function createMoments(
  { mutes }: JudgeDeps,
  past: PaperPast,
  standingAt: StandingAt,
): (at: number) => Moment {
  const known = new Map<number, Moment>();
  return (at) => {
    const kept = known.get(at);
    if (kept) return kept;
    const document = past.documentAt(at);
    const mute = mutes.firstMet(standingAt(at).mutes, document, at);
    const moment = { at, document, story: past.storyAt(at), mute };
    known.set(at, moment);
    return moment;
  };
}

function judge(
  { parse, trend: { thresholdFor } }: JudgeDeps,
  { at, document, story, mute }: Moment,
  subscription: Subscription,
): Judged {
  const filter = filterThen(parse, subscription.filter, document, at);
  const own = newsFor({ ...subscription, paused: null }, story, thresholdFor);
  const noNews = own ? null : whyNoNews(subscription, story, thresholdFor);
  const isOver = own === null && subscription.until !== undefined && subscription.until.at <= at;
  const obstacle = obstacleOf({ filter, noNews, mute, isOver, isPaused: isPaused(subscription.paused, at) });
  const news = own ?? (noNews === 'since' ? newsEver(subscription, story, thresholdFor) : null);
  return { subscription, at, filter, news, mute, obstacle };
}

/** The first that a paper would have to pass: what it says, how much it stands out, what is muted, whether anything goes. */
function obstacleOf(found: {
  filter: FilterThen;
  noNews: NoNews | null;
  mute: MuteThen | null;
  isOver: boolean;
  isPaused: boolean;
}): Obstacle | null {
  if (found.filter.kind !== 'matches') return 'filter';
  if (found.isOver) return 'ended';
  // The best are chosen of what nothing else keeps out.
  if (found.noNews && found.noNews !== 'best') return found.noNews;
  if (found.mute) return 'mute';
  return found.isPaused ? 'paused' : found.noNews;
}

function nearestFirst(judged: readonly Judged[]): Judged[] {
  const order = oldestFirst(judged.map(({ subscription }) => subscription)).map(({ id }) => id);
  return judged.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || order.indexOf(a.subscription.id) - order.indexOf(b.subscription.id),
  );
}

/** `null` first, `later` last. */
const NEAREST: readonly (Obstacle | null)[] = [
  ...([null, 'paused', 'mute', 'sensitivity', 'best', 'since', 'new'] as const),
  ...(['filter', 'ended', 'later'] as const),
];

/** Among filters that fail the one with the fewest clauses, and news before what is none. */
function rankOf({ obstacle, filter, news }: Judged): number {
  const failed = filter.kind === 'fails' ? filter.excluded.length + filter.lacking.length : 0;
  return NEAREST.indexOf(obstacle) * 1000 + (news ? 0 : 100) + Math.min(failed, 99);
}

/** What a filter says of a paper, with the figures of then. */
export function filterThen(
  parse: JudgeDeps['parse'],
  text: string,
  document: MatchDocument,
  at: number,
): FilterThen {
  const conditionOf = createConditions(parse);
  const read = prepareDocument(document);
  const condition = conditionOf(text);
  if (!condition) return { kind: 'unreadable' };
  const verdict = explain(condition, read, at);
  if (verdict.matches) return { kind: 'matches', words: foundWords(document, verdict.found) };
  const excluded = verdict.missing
    .filter((clause) => clause.startsWith('-'))
    .map((clause) => clause.slice(1));
  const found = excluded.flatMap((clause) => {
    const one = conditionOf(clause);
    return one ? explain(one, read, at).found : [];
  });
  const [shown] = snippetsOf(document, found, 1);
  return {
    kind: 'fails',
    excluded,
    lacking: verdict.missing.filter((clause) => !clause.startsWith('-')),
    passage: shown ? passage(shown) : null,
  };
}
