import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { loosened } from '#src/match/language/loosen-filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { printFilter } from '#src/match/language/print-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { Offer } from '#src/render/search-page.ts';
import { createFindTopics, type FindTopics } from './find-topics.ts';
import type { QuestionStore } from './question-store.ts';
import type { ReadFilter } from './read-filter.ts';
import { readSince } from './read-since.ts';

type Deps = {
  search: PaperSearch;
  topics: TopicCatalogue;
  questions: QuestionStore;
  clock: Pick<Clock, 'elapsed'>;
};

/** `since`: '' for always. `sort`: '' for best match. */
export type SearchQuestion = { query: string; since: string; sort: string };

/** A search that brought little: as it was asked, and what its filter probably was to be (null: as it is). */
type Poor = {
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
/** The first `most` of them that find something are offered. */
type Way = { candidates: readonly Candidate[]; most: number };

export function createOffers(deps: Deps): OffersFor {
  const findTopics = createFindTopics(deps);
  return async (poor) => {
    const { question, now } = poor;
    const tried = new Set([keyOf(question)]);
    const offers: Offer[] = [];
    for (const { candidates, most } of await waysOn(poor, findTopics)) {
      let found = 0;
      for (const candidate of candidates) {
        if (found === most || offers.length === MOST_OFFERS || tried.size > MOST_TRIED) break;
        if (tried.has(keyOf(candidate))) continue;
        tried.add(keyOf(candidate));
        if (!(await finds(deps, candidate, now))) continue;
        found++;
        const { query, since } = candidate;
        const key = await deps.questions.keep({ ...question, query, since });
        offers.push({
          query: query === question.query ? null : query,
          allDays: since !== question.since,
          key,
        });
      }
    }
    return offers;
  };
}

const keyOf = ({ query, since }: Candidate): string => `${since} ${query}`;

/** The likeliest first. Where papers were found, what was mistyped alone is mended. */
async function waysOn({ question, read, corrected, total }: Poor, findTopics: FindTopics): Promise<Way[]> {
  const { query, since } = question;
  const correction = corrected === null ? [] : [{ query: corrected, since }];
  if (total > 0) return [{ candidates: correction, most: 1 }];
  const asAsked = printFilter(read.filter);
  const looser = loosened(read.filter).map(({ filters, most }) => ({
    candidates: filters
      .map(printFilter)
      .filter((text) => text !== asAsked)
      .map((text) => ({ query: text, since })),
    most,
  }));
  const called = await topicsOf(read.filter, findTopics);
  return [
    { candidates: correction, most: 1 },
    { candidates: [{ query, since: '' }], most: 1 },
    ...looser,
    { candidates: called.map((text) => ({ query: text, since })), most: 1 },
    { candidates: namesOf(read.filter).map((text) => ({ query: text, since })), most: 1 },
    { candidates: correction.map((candidate) => ({ ...candidate, since: '' })), most: 1 },
  ];
}

/** Words without a sign may be a topic's. */
async function topicsOf(filter: Filter, findTopics: FindTopics): Promise<string[]> {
  const words = bareWords(filter);
  const topics = words === null ? [] : await findTopics(words);
  return topics.slice(0, 2).map(({ name }) => `topic:${name}`);
}

/** They may also be who wrote it, or where. */
function namesOf(filter: Filter): string[] {
  const text = bareWords(filter);
  const fields = ['author', 'org'] as const;
  return text === null
    ? []
    : fields.map((field) =>
        printFilter({ kind: text.includes(' ') ? 'phrase' : 'word', text, field, within: null }),
      );
}

/** Null where it is more than words. */
function bareWords(filter: Filter): string | null {
  const leaves = filter.kind === 'and' ? filter.parts : [filter];
  const words = leaves.map((leaf) =>
    (leaf.kind === 'word' || leaf.kind === 'phrase') && leaf.field === null ? leaf.text : null,
  );
  return words.includes(null) ? null : words.join(' ');
}

async function finds({ search, topics }: Deps, { query, since }: Candidate, now: number): Promise<boolean> {
  const parsed = parseFilter(query, { topics });
  if (!parsed.ok) return false;
  const { total } = await search.search(parsed.filter, { limit: 1, since: readSince(since, now), now });
  return total > 0;
}
