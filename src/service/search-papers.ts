import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import { own } from '#src/foundation/own.ts';
import { type Condition, explain, prepareDocument, prepareFilter } from '#src/match/explain.ts';
import type { Filter } from '#src/match/filter.ts';
import { snippetOf } from '#src/match/snippet.ts';
import type { TopicCatalogue } from '#src/match/topic-catalogue.ts';
import { type ListItem, PAGE_SIZE, pageWithin } from '#src/render/paper-list.ts';
import { passage } from '#src/render/passage.ts';
import type { SearchView } from '#src/render/search-page.ts';
import { wording } from '#src/render/wording.ts';
import type { AskSources } from './ask-sources.ts';
import type { CategoriesRead } from './category-advice.ts';
import { keepFound, notesOn } from './find-paper.ts';
import type { HeavyWork } from './heavy-work.ts';
import { itemOf } from './paper-view.ts';
import type { QuestionStore } from './question-store.ts';
import { adviceOn, type ReadFilter, readFilter, readKeptFilter } from './read-filter.ts';
import { readSince } from './read-order.ts';
import type { SearchQuestion, Services } from './services.ts';

type Rooms = {
  archive: Archive;
  search: PaperSearch;
  ask: AskSources;
  topics: TopicCatalogue;
  categories?: CategoriesRead;
  questions: QuestionStore;
  heavy: HeavyWork;
  clock: Clock;
  log: Log;
};

type Asked = Parameters<Services['searchPapers']>[0];

/** With fewer hits the sources are asked as well. */
const ENOUGH = 3;
const SORTS = { relevance: 'relevance', newest: 'newest', votes: 'votes' } as const;

/** Ranked full text in the filter language. */
export function createSearchPapers(rooms: Rooms): Pick<Services, 'searchPapers' | 'turnSearchPage'> {
  const answer = async (read: ReadFilter, { page: asked, userId, now, ...question }: Asked) => {
    const { filter } = read;
    const since = readSince(question.since, now);
    const sort = own(SORTS, question.sort) ?? 'relevance';
    let page = pageWithin(asked, Number.POSITIVE_INFINITY, PAGE_SIZE);
    const look = () => {
      const options = { limit: PAGE_SIZE, offset: page * PAGE_SIZE, sort, since, now };
      return rooms.heavy.run(userId, () => rooms.search.search(filter, options));
    };
    let result = await look();
    if (result.hits.length === 0 && page > 0) {
      page = pageWithin(page, result.total, PAGE_SIZE);
      result = await look();
    }
    const told: string[] = [];
    const words = plainWords(filter);
    if (result.total < ENOUGH && page === 0 && words !== '') {
      const brought = await rooms.ask.papers(words, PAGE_SIZE, userId);
      keepFound(rooms, brought);
      const count = brought.looks.reduce((sum, { sightings }) => sum + sightings.length, 0);
      if (count > 0) told.push(wording.askedToo(brought.answered, count));
      told.push(...notesOn(brought));
      result = await look();
    }
    if (!result.complete) told.push(wording.searchCut);
    const { hints } = await rooms.heavy.run(userId, () => adviceOn(rooms, read));
    const papers = result.hits.map(({ paper }) => paper);
    return {
      query: question.query,
      items: await rooms.heavy.run(userId, () => itemsOf(rooms, papers, filter, now)),
      total: result.total,
      page,
      key: await rooms.questions.keep(question),
      hints: [...hints, ...told],
    } satisfies SearchView;
  };

  return {
    searchPapers: async (asked) => answer(readFilter(asked.query, rooms.topics), asked),
    async turnSearchPage(key, asked) {
      const question = await rooms.questions.recall<SearchQuestion>(key);
      return answer(readKeptFilter(question.query, rooms.topics), { ...question, ...asked });
    },
  };
}

async function itemsOf(
  { archive, clock }: Rooms,
  papers: readonly string[],
  filter: Filter,
  now: number,
): Promise<ListItem[]> {
  const breathe = takeBreaths(clock);
  const condition = prepareFilter(filter);
  const items: ListItem[] = [];
  for (const stored of archive.papers(papers)) {
    items.push(found(stored, condition, now));
    await breathe();
  }
  return items;
}

function found(stored: StoredPaper, condition: Condition, now: number): ListItem {
  const document = documentOf(stored);
  // That the category fits shows nothing of the paper.
  const places = explain(condition, prepareDocument(document), now).found.filter(
    ({ field }) => field !== 'category',
  );
  const snippet = snippetOf(document, places);
  return itemOf(stored, snippet ? passage(snippet) : undefined);
}

/** A filter's positive words as the sources' own search boxes take them. */
export function plainWords(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      return filter.parts.map(plainWords).filter(Boolean).join(' ');
    case 'or':
      return plainWords(filter.parts[0]);
    case 'person':
      return plainWords(filter.filter);
    case 'word':
    case 'phrase':
    case 'prefix':
      return filter.text;
    default:
      return '';
  }
}
