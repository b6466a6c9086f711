import { createHash } from 'node:crypto';
import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { UserError } from '#src/foundation/failure.ts';
import { explainMatch } from '#src/match/explain.ts';
import { onlyExcludes } from '#src/match/filter-hints.ts';
import { parseSavedFilter } from '#src/match/parse-filter.ts';
import { snippetsOf } from '#src/match/snippet.ts';
import type { TopicCatalogue } from '#src/match/topic-catalogue.ts';
import { type Difference, type FilterTestView, TITLES_SHOWN } from '#src/render/filter-page.ts';
import { passage } from '#src/render/passage.ts';
import { wording } from '#src/render/wording.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { backTest, dialCounts, type PastPost, pastOf, postsIn } from './back-test.ts';
import type { CategoriesRead } from './category-advice.ts';
import type { HeavyWork } from './heavy-work.ts';
import { moderatorFor, ownSubscription, stillThere } from './moderate.ts';
import { adviceOn, type ReadFilter, readFilter } from './read-filter.ts';
import { alreadyThere, withFilter } from './same-filter.ts';
import type { Services } from './services.ts';

type Rooms = {
  archive: Archive;
  search: PaperSearch;
  trend: TrendRule;
  book: SubscriptionBook;
  topics: TopicCatalogue;
  categories?: CategoriesRead;
  clock: Clock;
  heavy: HeavyWork;
  findPaper: Services['findPaper'];
};

/** Trying a filter on history or on one paper, and changing one. */
export function createWorkOnFilters(
  rooms: Rooms,
): Pick<Services, 'testFilter' | 'openFilter' | 'editFilter'> {
  const { book, topics, heavy } = rooms;
  return {
    async testFilter({ filter, paper, ...asker }) {
      await moderatorFor(asker, 'filter');
      const read = readFilter(filter, topics);
      if (paper !== '') return testOnPaper(rooms, read, paper, asker);
      const [past, { hints }] = await heavy.run(asker.userId, async () => [
        await pastOf(rooms, read.filter, asker.now),
        await adviceOn(rooms, read),
      ]);
      // Every match counts here: what of it trends is the dial's matter, shown beside.
      const view = backTest(rooms, past, { kind: 'all' }, hints);
      return { kind: 'history', filter, backTest: { ...view, dials: dialCounts(rooms, past) } };
    },

    async openFilter({ id, ...asker }) {
      const { filter } = ownSubscription(book, await moderatorFor(asker, 'filter'), id);
      return { id, filter, mark: markOf(filter) };
    },

    async editFilter({ id, filter, shown, ...asker }) {
      const before = ownSubscription(book, await moderatorFor(asker, 'filter'), id);
      refuseOther(before, [filter, shown]);
      const read = readFilter(filter, topics);
      if (onlyExcludes(read.filter)) throw new UserError(wording.onlyNegative);
      // One that can no longer be read matched nothing: it is to be mended here.
      const old = parseSavedFilter(before.filter, { topics });
      const [was, is, { hints }] = await heavy.run(asker.userId, async () => [
        old.ok ? await pastOf(rooms, old.filter, asker.now) : null,
        await pastOf(rooms, read.filter, asker.now),
        await adviceOn(rooms, read),
      ]);
      const postsBefore = was ? postsIn(rooms, was, before.scope) : [];
      const postsAfter = postsIn(rooms, is, before.scope);
      stillThere(
        await book.change(id, { filter }, asker.userId, (present) => {
          refuseOther(present, [filter, markOf(before.filter)]);
          const others = book.inChannel(present.channelId).filter((one) => one.id !== id);
          const twin = withFilter(others, filter, topics);
          if (twin) throw alreadyThere(twin);
        }),
      );
      return {
        before: before.filter,
        after: filter,
        channelId: before.channelId,
        backTest: backTest(rooms, is, before.scope, hints),
        gained: notIn(rooms, postsAfter, postsBefore),
        lost: notIn(rooms, postsBefore, postsAfter),
      };
    },
  };
}

/** Another filter than the one wanted already, or the one that was shown (its mark; null: unknown). */
function refuseOther({ filter }: Subscription, [wanted, shown]: [string, string | null]): void {
  if (filter === wanted || shown === null || markOf(filter) === shown) return;
  throw new UserError(wording.changedMeanwhile(filter));
}

/** Short enough for a custom id. */
function markOf(filter: string): string {
  return createHash('sha256').update(filter).digest('base64url').slice(0, 12);
}

async function testOnPaper(
  rooms: Rooms,
  read: ReadFilter,
  paper: string,
  { userId, now }: { userId: string; now: number },
): Promise<FilterTestView> {
  const found = await rooms.findPaper(paper, userId);
  const stored = found.kind === 'paper' ? rooms.archive.paper(found.view.paper.id) : null;
  if (!stored) throw new UserError(wording.noSuchPaper(paper));
  const document = documentOf(stored);
  const verdict = explainMatch(read.filter, document, now);
  return {
    kind: 'paper',
    filter: read.text,
    title: stored.paper.title,
    matches: verdict.matches,
    passages: snippetsOf(document, verdict.found, 6).map(passage),
    missing: verdict.matches ? [] : verdict.missing,
    hints: (await rooms.heavy.run(userId, () => adviceOn(rooms, read))).hints,
  };
}

function notIn({ archive }: Rooms, posts: readonly PastPost[], others: readonly PastPost[]): Difference {
  const known = new Set(others.map(({ paper }) => paper));
  const only = posts.filter(({ paper }) => !known.has(paper)).map(({ paper }) => paper);
  const titles = archive.papers(only.slice(0, TITLES_SHOWN)).map(({ paper }) => paper.title);
  return { total: only.length, titles };
}
