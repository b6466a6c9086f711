import { newsFor } from '#src/decision/news.ts';
import { explain, holds, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import type { Filter, MatchDocument } from '#src/match/language/filter.ts';
import { parseFilter, parseSavedFilter } from '#src/match/language/parse-filter.ts';
import { printFilter } from '#src/match/language/print-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { TryView, WhyView } from '#src/render/why-view.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { nextSensitivity, type Sensitivity } from '#src/trend/sensitivity.ts';
import { type BackTestDeps, pastOf, postsIn } from './back-test.ts';
import type { Judged } from './judge-then.ts';
import type { PaperPast } from './paper-past.ts';
import type { QuestionStore } from './question-store.ts';
import { withFilter } from './same-filter.ts';
import { tellSensitivity } from './tell-terms.ts';
import { keepWider } from './wrong-alert.ts';

export type TryDeps = BackTestDeps & {
  subscriptionStore: SubscriptionStore;
  topics: TopicCatalogue;
  questions: QuestionStore;
};

type Asked = { view: WhyView; judged: readonly Judged[]; past: PaperPast; now: number };
type Wider = { change: Pick<Subscription, 'filter'> | Pick<Subscription, 'what'>; what: TryView['what'] };

/** What of the nearest subscription, as it is now, could be changed so that such a paper comes, with what that would have brought. */
export async function triesFor(deps: TryDeps, { view, judged, past, now }: Asked): Promise<TryView[]> {
  if (view.outcome.kind !== 'obstacle') return [];
  const subscription = deps.subscriptionStore.byId(judged[0]?.subscription.id ?? '');
  if (!subscription) return [];
  const wider = widerFor(deps, subscription, past, now);
  if (!wider) return [];
  const wanted = { ...subscription, ...wider.change };
  const before = await postsOf(deps, subscription, now);
  const after = await postsOf(deps, wanted, now);
  const more = after.posts - before.posts;
  // Something else keeps such papers out too: a mute, or how little they stand out.
  if (more <= 0) return [];
  const key = await keepWider(deps, subscription, wider.change);
  return [{ key, days: after.days, more, what: wider.what }];
}

async function postsOf(
  deps: TryDeps,
  subscription: Subscription,
  now: number,
): Promise<{ days: number; posts: number }> {
  const parsed = parseSavedFilter(subscription.filter, deps);
  if (!parsed.ok) return { days: 0, posts: 0 };
  const past = await pastOf(deps, subscription.serverId, parsed.filter, now);
  return { days: past.days, posts: postsIn(deps, past, subscription).length };
}

function widerFor(deps: TryDeps, subscription: Subscription, past: PaperPast, now: number): Wider | null {
  const parsed = parseSavedFilter(subscription.filter, deps);
  if (!parsed.ok) return null;
  const document = past.documentAt(now);
  if (!holds(prepareFilter(parsed.filter), prepareDocument(document), now))
    return withoutClauses(deps, subscription, parsed.filter, document, now);
  return widerSensitivity(deps, subscription, past);
}

/** The filter without the clauses that keep the paper out; null where nothing of it would be left, or it stands there already. */
function withoutClauses(
  deps: TryDeps,
  { id, channelId }: Subscription,
  filter: Filter,
  document: MatchDocument,
  now: number,
): Wider | null {
  if (filter.kind !== 'and') return null;
  const read = prepareDocument(document);
  const [rest, gone] = parted(filter.parts, (part) => holds(prepareFilter(part), read, now));
  if (rest.every(({ kind }) => kind === 'not')) return null;
  const text = printFilter(rest.length === 1 ? rest[0] : { kind: 'and', parts: rest });
  const looser = parseFilter(text, deps);
  if (!looser.ok || !explain(prepareFilter(looser.filter), read, now).matches) return null;
  const others = deps.subscriptionStore.inChannel(channelId).filter((one) => one.id !== id);
  if (withFilter(others, text, deps.topics)) return null;
  const clauses = gone.map((part) => printFilter(part.kind === 'not' ? part.part : part));
  return { change: { filter: text }, what: { kind: 'without', clauses } };
}

/** The next sensitivity that hears of the paper; null where none does, or the present one would. */
function widerSensitivity({ trend }: TryDeps, { what }: Subscription, { story }: PaperPast): Wider | null {
  if (what.kind !== 'trending') return null;
  const hears = (sensitivity: Sensitivity): boolean =>
    newsFor(
      { what: { kind: 'trending', sensitivity }, since: Number.NEGATIVE_INFINITY, paused: null },
      story,
      trend.thresholdFor,
    ) !== null;
  if (hears(what.sensitivity)) return null;
  for (let next = nextSensitivity(what.sensitivity, 'wider'); next; next = nextSensitivity(next, 'wider'))
    if (hears(next))
      return {
        change: { what: { kind: 'trending', sensitivity: next } },
        what: { kind: 'wider', sensitivity: tellSensitivity(next) },
      };
  return null;
}

function parted<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
