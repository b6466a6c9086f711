import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { Filter } from '#src/match/filter.ts';
import { loosened } from '#src/match/loosen-filter.ts';
import { parseFilter } from '#src/match/parse-filter.ts';
import { printFilter } from '#src/match/print-filter.ts';
import type { TopicCatalogue } from '#src/match/topic-catalogue.ts';
import type { Offer } from '#src/render/search-page.ts';
import { createFindTopics, type FindTopics } from './find-topics.ts';
import type { QuestionStore } from './question-store.ts';
import type { ReadFilter } from './read-filter.ts';
import { readSince } from './read-since.ts';
import type { SearchQuestion } from './services.ts';

type Rooms = { search: PaperSearch; topics: TopicCatalogue; questions: QuestionStore };

/** A search that brought little: as it was asked, and what its filter probably was to be (null: as it is). */
export type Poor = {
  question: SearchQuestion;
  read: ReadFilter;
  corrected: string | null;
  total: number;
  now: number;
};

/** Offers to search for something near, each of which finds something; a press shows it in place of the answer. */
export type OffersFor = (poor: Poor) => Promise<Offer[]>;

/** A row holds five buttons, and one of them asks again. */
const MOST_OFFERS = 4;
/** So many are tried at most: each is a search. */
const MOST_TRIED = 16;

type Candidate = Pick<SearchQuestion, 'query' | 'since'>;

export function createOffers(rooms: Rooms): OffersFor {
  const findTopics = createFindTopics(rooms.topics);
  return async (poor) => {
    const offers: Offer[] = [];
    for (const candidate of candidates(poor, findTopics)) {
      if (offers.length === MOST_OFFERS) break;
      if (!(await finds(rooms, candidate, poor.now))) continue;
      const question = { ...poor.question, ...candidate };
      const isSame = question.query === poor.question.query;
      offers.push({ query: isSame ? null : question.query, key: await rooms.questions.keep(question) });
    }
    return offers;
  };
}

/** The likeliest first, each once. Where papers were found, what was mistyped alone is offered. */
function candidates({ question, read, corrected, total }: Poor, findTopics: FindTopics): Candidate[] {
  const { query, since } = question;
  const correction = corrected === null ? [] : [{ query: corrected, since }];
  if (total > 0) return correction;
  const asAsked = printFilter(read.filter);
  const looser = loosened(read.filter).map(printFilter);
  const topics = plainTopics(read.filter, findTopics);
  const others = [...new Set([...looser, ...topics])].filter((text) => text !== asAsked);
  return [
    ...correction,
    ...(since === '' ? [] : [{ query, since: '' }]),
    ...others.map((text) => ({ query: text, since })),
    ...(since === '' || corrected === null ? [] : [{ query: corrected, since: '' }]),
  ].slice(0, MOST_TRIED);
}

/** Words without a sign may be a topic's. */
function plainTopics(filter: Filter, findTopics: FindTopics): string[] {
  const leaves = filter.kind === 'and' ? filter.parts : [filter];
  const words = leaves.map((leaf) =>
    (leaf.kind === 'word' || leaf.kind === 'phrase') && leaf.field === null ? leaf.text : null,
  );
  if (words.includes(null)) return [];
  return findTopics(words.join(' '))
    .slice(0, 1)
    .map(({ name }) => `topic:${name}`);
}

async function finds({ search, topics }: Rooms, { query, since }: Candidate, now: number): Promise<boolean> {
  const parsed = parseFilter(query, { topics });
  if (!parsed.ok) return false;
  const { total } = await search.search(parsed.filter, { limit: 1, since: readSince(since, now), now });
  return total > 0;
}
