import type { Archive } from '#src/archive/archive.ts';
import { lastSuccessOf } from '#src/archive/source-health.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { holds, prepareDocument, prepareFilter } from '#src/match/explain.ts';
import type { TopicCatalogue } from '#src/match/topic-catalogue.ts';
import { PAGE_SIZE } from '#src/render/paper-list.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { trendingItem } from './paper-view.ts';
import type { QuestionStore } from './question-store.ts';
import { readFilter } from './read-filter.ts';
import type { Services, TrendingQuestion } from './services.ts';

type Rooms = { archive: Archive; trend: TrendRule; topics: TopicCatalogue; questions: QuestionStore };

const DAY = 86_400_000;
const DAYS: Record<string, number> = { today: 1, '3 days': 3, week: 7, month: 30 };

/** The hottest papers of the last days, each with why. */
export function createListTrending(rooms: Rooms): Pick<Services, 'listTrending' | 'turnTrendingPage'> {
  const { archive, trend, topics, questions } = rooms;

  const listTrending: Services['listTrending'] = async ({ page, now, ...question }) => {
    const days = DAYS[question.period] ?? 1;
    const hottest = trend.peaks(startOfDay(now) - (days - 1) * DAY);
    const stored = archive.papers(hottest.map(({ paper }) => paper));
    const chosen = question.topic === '' ? stored : stored.filter(matcherFor(question.topic, topics, now));
    return {
      ...question,
      period: DAYS[question.period] ? question.period : 'today',
      items: chosen.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE).map((one) => trendingItem(one, trend)),
      total: chosen.length,
      page,
      key: await questions.keep(question),
      readAt: lastSuccessOf(archive.health()),
    };
  };

  return {
    listTrending,
    async turnTrendingPage(key, page, now) {
      return listTrending({ ...(await questions.recall<TrendingQuestion>(key)), page, now });
    },
  };
}

/** A topic's name, or any filter. */
function matcherFor(topic: string, topics: TopicCatalogue, now: number) {
  const known = topics.find(topic);
  const condition = prepareFilter(known ? known.filter : readFilter(topic, topics).filter);
  return (stored: Parameters<typeof documentOf>[0]) =>
    holds(condition, prepareDocument(documentOf(stored)), now);
}

const startOfDay = (now: number) => Math.floor(now / DAY) * DAY;
