import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { UserError } from '#src/foundation/failure.ts';
import { explainMatch } from '#src/match/explain.ts';
import { onlyExcludes } from '#src/match/filter-hints.ts';
import { snippetsOf } from '#src/match/snippet.ts';
import type { TopicCatalogue } from '#src/match/topic-catalogue.ts';
import type { FilterTestView } from '#src/render/filter-page.ts';
import { passage } from '#src/render/passage.ts';
import { wording } from '#src/render/wording.ts';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { backTest, historyOf } from './back-test.ts';
import { moderatedServer, ownSubscription } from './moderate.ts';
import { type ReadFilter, readFilter } from './read-filter.ts';
import type { Services } from './services.ts';

type Rooms = {
  archive: Archive;
  search: PaperSearch;
  trend: TrendRule;
  book: SubscriptionBook;
  topics: TopicCatalogue;
  findPaper: Services['findPaper'];
};

/** Trying a filter on history or on one paper, and changing one. */
export function createWorkOnFilters(
  rooms: Rooms,
): Pick<Services, 'testFilter' | 'openFilter' | 'editFilter'> {
  const { book, topics } = rooms;
  return {
    async testFilter({ filter, paper, ...asker }) {
      moderatedServer(asker);
      const read = readFilter(filter, topics);
      if (paper !== '') return testOnPaper(rooms, read, paper, asker);
      // Every match counts here: what of it trends is the dial's matter, shown beside.
      const view = await backTest(rooms, read.filter, { kind: 'all' }, read.hints, asker.now);
      const { dials } = await backTest(rooms, read.filter, DEFAULTS.scope, [], asker.now);
      return { kind: 'history', filter, backTest: { ...view, dials } };
    },

    async openFilter({ id, ...asker }) {
      const { filter, channelId } = ownSubscription(book, moderatedServer(asker), id);
      return { id, filter, channelName: channelId };
    },

    async editFilter({ id, filter, ...asker }) {
      const before = ownSubscription(book, moderatedServer(asker), id);
      const read = readFilter(filter, topics);
      if (onlyExcludes(read.filter)) throw new UserError(wording.onlyNegative);
      const was = await historyOf(rooms, readFilter(before.filter, topics).filter, before.scope, asker.now);
      const is = await historyOf(rooms, read.filter, before.scope, asker.now);
      await book.change(id, { filter, topic: null, since: asker.now }, asker.userId);
      return {
        before: before.filter,
        after: filter,
        channelId: before.channelId,
        backTest: await backTest(rooms, read.filter, before.scope, read.hints, asker.now),
        gained: titlesNotIn(is.posts, was.posts),
        lost: titlesNotIn(was.posts, is.posts),
      };
    },
  };
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
    hints: read.hints,
  };
}

type Posts = Awaited<ReturnType<typeof historyOf>>['posts'];

function titlesNotIn(posts: Posts, others: Posts): string[] {
  const known = new Set(others.map(({ stored }) => stored.paper.id));
  return posts.filter(({ stored }) => !known.has(stored.paper.id)).map(({ stored }) => stored.paper.title);
}
