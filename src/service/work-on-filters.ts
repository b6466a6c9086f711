import { createHash } from 'node:crypto';
import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { explainMatch } from '#src/match/evaluate/explain.ts';
import { snippetsOf } from '#src/match/evaluate/snippet.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { EditedView, FilterTestView } from '#src/render/filter-page.ts';
import { passage } from '#src/render/passage.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { code } from '#src/wording/phrase.ts';
import { ChangedError } from '#src/wording/user-error.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { Asker } from './asker.ts';
import { AS_FOUND, backTest, pastOf, postsIn, sensitivityCounts } from './back-test.ts';
import type { CategoriesRead } from './category-advice.ts';
import { offerCorrection, recallCorrection } from './correction.ts';
import { notAmong } from './difference.ts';
import { certainPaper, type FindPaper } from './find-paper.ts';
import type { HeavyWork } from './heavy-work.ts';
import { type Moderator, moderatorFor, ownSubscription, stillThere } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';
import { adviceOn, type ReadFilter, readFilter, refuseNegative } from './read-filter.ts';
import { alreadyThere, withFilter } from './same-filter.ts';
import { keepChange } from './undo-change.ts';

type Deps = {
  archive: Archive;
  search: PaperSearch;
  mutes: Pick<Mutes, 'unmuted'>;
  trend: TrendRule;
  subscriptionStore: SubscriptionStore;
  topics: TopicCatalogue;
  categories?: CategoriesRead;
  clock: Clock;
  heavy: HeavyWork;
  zones: Zones;
  questions: QuestionStore;
  findPaper: FindPaper['findPaper'];
};

export type WorkOnFilters = {
  testFilter(asker: Asker & { filter: string; paper: string }): Promise<FilterTestView>;
  /** The same for a filter that is only tried. */
  testCorrected(asker: Asker & { key: string }): Promise<FilterTestView>;
  /** `mark` stands for the filter in a custom id. */
  openFilter(asker: Asker & { id: string }): Promise<{ id: string; filter: string; mark: string }>;
  /**
   * The old filter stays when the new one is bad, and when it is another by now than the one that was `shown` (its mark;
   * null: unknown). The same change once more changes nothing.
   */
  editFilter(asker: Asker & { id: string; filter: string; shown: string | null }): Promise<EditedView>;
  /** The filter of a subscription as it was probably meant, in its place; by the key of the offer. */
  correctFilter(asker: Asker & { key: string }): Promise<EditedView>;
};

/** Trying a filter on history or on one paper, and changing one. */
export function createWorkOnFilters(deps: Deps): WorkOnFilters {
  const { subscriptionStore, topics, questions } = deps;

  const test = async ({ filter, paper }: { filter: string; paper: string }, asker: Asker) => {
    const { serverId } = await moderatorFor(asker, 'filter');
    const read = readFilter(filter, topics);
    const advice = await deps.heavy.run(asker.userId, () => adviceOn(deps, read, 'subscription'));
    const { hints, corrected } = advice;
    const about = { serverId, id: '', through: 'filter', paper, from: filter, to: corrected } as const;
    const view =
      paper === ''
        ? await testOnHistory(deps, read, hints, { ...asker, serverId })
        : await testOnPaper(deps, read, { paper, hints }, asker);
    return { ...view, isAmber: hints.length > 0, correction: await offerCorrection(questions, about) };
  };

  return {
    testFilter: ({ filter, paper, ...asker }) => test({ filter, paper }, asker),

    async testCorrected({ key, ...asker }) {
      await moderatorFor(asker, 'filter');
      const { to, paper } = await recallCorrection(questions, key);
      return test({ filter: to, paper }, asker);
    },

    async openFilter({ id, ...asker }) {
      const moderator = await moderatorFor(asker, 'filter');
      const { filter } = await ownSubscription(subscriptionStore, moderator, id);
      return { id, filter, mark: markOf(filter) };
    },

    async editFilter({ id, filter, shown, ...asker }) {
      const moderator = await moderatorFor(asker, 'filter');
      const wanted = { id, filter, shown, through: 'filter', from: null } as const;
      return changeFilter(deps, wanted, moderator, asker);
    },

    async correctFilter({ key, ...asker }) {
      const { id, from, to, through } = await recallCorrection(questions, key);
      const moderator = await moderatorFor(asker, through);
      const wanted = { id, filter: to, shown: markOf(from), through, from };
      return changeFilter(deps, wanted, moderator, asker);
    },
  };
}

type Wanted = {
  id: string;
  filter: string;
  shown: string | null;
  through: 'subscribe' | 'filter';
  /** What a correction corrects: also where that was done already; null: no correction. */
  from: string | null;
};

async function changeFilter(
  deps: Deps,
  { id, filter, shown, through, from }: Wanted,
  moderator: Moderator,
  asker: Asker,
): Promise<EditedView> {
  const { subscriptionStore, topics, heavy, questions } = deps;
  const { serverId } = moderator;
  const before = await ownSubscription(subscriptionStore, moderator, id);
  refuseOther(before, [filter, shown]);
  const read = readFilter(filter, topics);
  refuseNegative(read.filter);
  const oldText = before.filter === filter ? (from ?? filter) : before.filter;
  // One that can no longer be read matched nothing: it is to be mended here.
  const old = parseSavedFilter(oldText, { topics });
  const [was, is, { hints, corrected }] = await heavy.run(asker.userId, async () => [
    old.ok ? await pastOf(deps, serverId, old.filter, asker.now) : null,
    await pastOf(deps, serverId, read.filter, asker.now),
    await adviceOn(deps, read, 'subscription'),
  ]);
  const postsBefore = was ? postsIn(deps, was, before) : [];
  const postsAfter = postsIn(deps, is, before);
  stillThere(
    await subscriptionStore.change(id, { filter }, asker.userId, (present) => {
      refuseOther(present, [filter, markOf(before.filter)]);
      const others = subscriptionStore.inChannel(present.channelId).filter((one) => one.id !== id);
      const twin = withFilter(others, filter, topics);
      if (twin) throw alreadyThere(twin);
    }),
  );
  return {
    before: oldText,
    after: filter,
    channelId: before.channelId,
    backTest: await backTest(deps, is, before, hints),
    gained: await notAmong(deps.archive, postsAfter, postsBefore),
    lost: await notAmong(deps.archive, postsBefore, postsAfter),
    isAmber: hints.length > 0,
    correction: await offerCorrection(questions, {
      ...{ serverId, id, through, paper: '', from: filter, to: corrected },
    }),
    undo: await keepChange(deps, serverId, { what: 'changed', ids: [id], through }),
  };
}

/** Another filter than the one wanted already, or the one that was shown (its mark; null: unknown). */
function refuseOther({ filter }: Subscription, [wanted, shown]: [string, string | null]): void {
  if (filter === wanted || shown === null || markOf(filter) === shown) return;
  throw new ChangedError(markOf(filter), 'filter.changedMeanwhile', { filter: code(filter, 300) });
}

/** Short enough for a custom id. */
function markOf(filter: string): string {
  return createHash('sha256').update(filter).digest('base64url').slice(0, 12);
}

async function testOnHistory(
  deps: Deps,
  { text, filter }: ReadFilter,
  hints: readonly Phrase[],
  { userId, serverId, now }: Asker & { serverId: string },
): Promise<FilterTestView> {
  const past = await deps.heavy.run(userId, () => pastOf(deps, serverId, filter, now));
  // Every match counts here: what of it trends is the sensitivity's matter, shown beside.
  const view = await backTest(deps, past, { ...AS_FOUND, what: { kind: 'all' } }, hints);
  return {
    kind: 'history',
    filter: text,
    backTest: { ...view, sensitivities: await sensitivityCounts(deps, past, AS_FOUND), countsAll: true },
  };
}

async function testOnPaper(
  deps: Deps,
  read: ReadFilter,
  { paper, hints }: { paper: string; hints: readonly Phrase[] },
  { userId, now }: Asker,
): Promise<FilterTestView> {
  const certain = certainPaper(await deps.findPaper(paper, userId));
  const [stored] = await deps.archive.papers([certain.paper.id]);
  const document = documentOf(stored);
  const verdict = explainMatch(read.filter, document, now);
  return {
    kind: 'paper',
    filter: read.text,
    title: stored.paper.title,
    matches: verdict.matches,
    passages: snippetsOf(document, verdict.found, 6).map(passage),
    missing: verdict.matches ? [] : verdict.missing,
    hints,
  };
}
