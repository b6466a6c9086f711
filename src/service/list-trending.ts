import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { lastSuccessOf } from '#src/archive/source-health.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { PAGE_SIZE, pageWithin } from '#src/render/paper-list.ts';
import { sayPhrase } from '#src/render/say.ts';
import { type Instead, PERIODS, type Period, type TrendingView } from '#src/render/trending-page.ts';
import type { Peak } from '#src/trend/peak-store.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Value } from '#src/wording/values.ts';
import type { HeavyWork } from './heavy-work.ts';
import type { PageAsked } from './page-asked.ts';
import { trendingItem } from './paper-view.ts';
import type { QuestionStore } from './question-store.ts';
import { adviceOn, type ReadFilter, readFilter, readKeptFilter } from './read-filter.ts';

type Deps = {
  archive: Archive;
  search: PaperSearch;
  trend: TrendRule;
  topics: TopicCatalogue;
  questions: QuestionStore;
  heavy: HeavyWork;
  clock: Pick<Clock, 'now'>;
};

type Asked = TrendingQuestion & PageAsked;
type Reader = (text: string, topics: TopicCatalogue) => ReadFilter;

const DAY = 86_400_000;

/** `topic`: '' for everything, a topic's name, or a filter. `others`: those that do not stand out; left out: those that do. */
type TrendingQuestion = { period: string; topic: string; others?: boolean };

export type ListTrending = {
  listTrending(question: TrendingQuestion & PageAsked): Promise<TrendingView>;
  turnTrendingPage(key: string, asked: PageAsked): Promise<TrendingView>;
  /** The same list over another period. */
  trendingSince(key: string, asked: Omit<PageAsked, 'page'> & { period: string }): Promise<TrendingView>;
};

/** What stands out among the papers of the last days, each with why; the others are a list of their own. */
export function createListTrending(deps: Deps): ListTrending {
  const { archive, trend, questions } = deps;

  const answer = async (read: Reader, { page, userId, now, ...asked }: Asked): Promise<TrendingView> => {
    const question = { topic: asked.topic, period: periodOf(asked.period), others: asked.others ?? false };
    const { peaks, hints, instead, isLonger } = await about(deps, read, question, { userId, now });
    const least = trend.thresholdFor('balanced');
    const outstanding = peaks.filter(({ score }) => score >= least);
    // Where nothing stands out there is something to read all the same.
    const others = question.others || outstanding.length === 0;
    const listed = others ? peaks.filter(({ score }) => score < least) : outstanding;
    const turned = pageWithin(page, listed.length, PAGE_SIZE);
    const ids = listed.slice(turned * PAGE_SIZE, (turned + 1) * PAGE_SIZE).map(({ paper }) => paper);
    return {
      ...question,
      others,
      items: (await archive.papers(ids)).map((one) => trendingItem(one, trend)),
      outstanding: outstanding.length,
      total: peaks.length,
      page: turned,
      key: await questions.keep(question),
      otherKey: await questions.keep({ ...question, others: !question.others }),
      hints,
      isLonger,
      instead: instead === null ? null : { ...instead, key: await questions.keep(instead.question) },
      knownSince: await archive.beganAt(now),
      readAt: lastSuccessOf(await archive.health()),
      now,
    };
  };
  const recall = (key: string) => questions.recall<TrendingQuestion>(key);

  return {
    listTrending: (asked) => answer(readFilter, asked),
    async turnTrendingPage(key, asked) {
      return answer(readKeptFilter, { ...(await recall(key)), ...asked });
    },
    async trendingSince(key, { period, ...asked }) {
      return answer(readKeptFilter, { ...(await recall(key)), ...asked, period, page: 0 });
    },
  };
}

const isPeriod = (text: string): text is Period => Object.hasOwn(PERIODS, text);
const periodOf = (text: string): Period => (isPeriod(text) ? text : 'today');

type Chosen = {
  peaks: readonly Peak[];
  hints: readonly Value[];
  instead: (Omit<Instead, 'key'> & { question: TrendingQuestion }) | null;
  isLonger: boolean;
};

/** The papers of the period that the topic takes, the strongest first, and what its writer should know of the topic. */
async function about(
  deps: Deps,
  read: Reader,
  question: TrendingQuestion & { period: Period },
  { userId, now }: { userId: string; now: number },
): Promise<Chosen> {
  const { search, trend, topics, heavy } = deps;
  const since = startOfDay(now) - (PERIODS[question.period] - 1) * DAY;
  const peaks = trend.peaks(since);
  const longest = trend.peaks(startOfDay(now) - (PERIODS.month - 1) * DAY);
  const all = { peaks, hints: [], instead: null, isLonger: longest.length > 0 };
  if (question.topic === '') return all;
  const known = topics.find(question.topic);
  const wanted = known ? null : read(question.topic, topics);
  const filter = known?.filter ?? wanted?.filter;
  if (filter === undefined) return all;
  return heavy.run(userId, async () => {
    const matching = await search.matching(
      filter,
      longest.map(({ paper }) => paper),
      now,
    );
    if (!matching.complete) throw new UserError('search.cut');
    const { hints, corrected } = wanted ? await adviceOn(deps, wanted) : { hints: [], corrected: null };
    const taken = peaks.filter(({ paper }) => matching.papers.has(paper));
    const slip = taken.length === 0 && !known ? topicMeant(question.topic, topics) : null;
    const topic = slip ?? corrected;
    const instead = topic === null ? null : { label: topic, question: { ...question, topic } };
    return { peaks: taken, hints: hints.map(sayPhrase), instead, isLonger: matching.papers.size > 0 };
  });
}

/** A single word that is no topic, but nearly one. */
function topicMeant(text: string, topics: TopicCatalogue): string | null {
  return /^\s*\S+\s*$/.test(text) ? topics.nearest(text.trim()) : null;
}

const startOfDay = (now: number) => Math.floor(now / DAY) * DAY;
