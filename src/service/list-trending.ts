import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { lastSuccessOf } from '#src/archive/source-health.ts';
import { UserError } from '#src/foundation/failure.ts';
import { own } from '#src/foundation/own.ts';
import type { Filter } from '#src/match/filter.ts';
import type { TopicCatalogue } from '#src/match/topic-catalogue.ts';
import { PAGE_SIZE, pageWithin } from '#src/render/paper-list.ts';
import { wording } from '#src/render/wording.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import type { HeavyWork } from './heavy-work.ts';
import { trendingItem } from './paper-view.ts';
import type { QuestionStore } from './question-store.ts';
import { type ReadFilter, readFilter, readKeptFilter } from './read-filter.ts';
import type { Services, TrendingQuestion } from './services.ts';

type Rooms = {
  archive: Archive;
  search: PaperSearch;
  trend: TrendRule;
  topics: TopicCatalogue;
  questions: QuestionStore;
  heavy: HeavyWork;
};

type Asked = Parameters<Services['listTrending']>[0];
type Reader = (text: string, topics: TopicCatalogue) => ReadFilter;

const DAY = 86_400_000;
const DAYS: Record<string, number> = { today: 1, '3 days': 3, week: 7, month: 30 };

/** The hottest papers of the last days, each with why. */
export function createListTrending(rooms: Rooms): Pick<Services, 'listTrending' | 'turnTrendingPage'> {
  const { archive, trend, topics, questions, heavy } = rooms;

  const answer = async (read: Reader, { page, userId, now, ...question }: Asked) => {
    const days = own(DAYS, question.period) ?? 1;
    const hottest = trend.peaks(startOfDay(now) - (days - 1) * DAY).map(({ paper }) => paper);
    const chosen =
      question.topic === ''
        ? hottest
        : await heavy.run(userId, () => among(rooms, hottest, filterFor(question.topic, topics, read), now));
    const turned = pageWithin(page, chosen.length, PAGE_SIZE);
    const shown = archive.papers(chosen.slice(turned * PAGE_SIZE, (turned + 1) * PAGE_SIZE));
    return {
      ...question,
      period: own(DAYS, question.period) ? question.period : 'today',
      items: shown.map((one) => trendingItem(one, trend)),
      total: chosen.length,
      page: turned,
      key: await questions.keep(question),
      readAt: lastSuccessOf(archive.health().filter(({ list }) => list !== 'lookup')),
    };
  };

  return {
    listTrending: (asked) => answer(readFilter, asked),
    async turnTrendingPage(key, asked) {
      return answer(readKeptFilter, { ...(await questions.recall<TrendingQuestion>(key)), ...asked });
    },
  };
}

/** A topic's name, or any filter. */
function filterFor(topic: string, topics: TopicCatalogue, read: Reader): Filter {
  return topics.find(topic)?.filter ?? read(topic, topics).filter;
}

async function among(
  { search }: Rooms,
  papers: readonly string[],
  filter: Filter,
  now: number,
): Promise<string[]> {
  const matching = await search.matching(filter, papers, now);
  if (!matching.complete) throw new UserError(wording.searchCut);
  return papers.filter((paper) => matching.papers.has(paper));
}

const startOfDay = (now: number) => Math.floor(now / DAY) * DAY;
