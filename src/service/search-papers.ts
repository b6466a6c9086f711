import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import { own } from '#src/foundation/own.ts';
import { type Condition, explain, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import { snippetOf } from '#src/match/evaluate/snippet.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { SearchResult } from '#src/match/search/search-held.ts';
import { dayIn } from '#src/render/days.ts';
import { type ListItem, PAGE_SIZE, pageWithin } from '#src/render/paper-list.ts';
import { passage } from '#src/render/passage.ts';
import { say } from '#src/render/say.ts';
import type { Offer, SearchView, SourcesAsked, UnreadView } from '#src/render/search-page.ts';
import { phrase, quoted } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import type { Asked, AskSources } from './ask-sources.ts';
import type { CategoriesRead } from './category-advice.ts';
import { keepFound } from './find-paper.ts';
import type { HeavyWork } from './heavy-work.ts';
import type { PageAsked } from './page-asked.ts';
import { itemOf } from './paper-view.ts';
import type { QuestionStore } from './question-store.ts';
import {
  type Advice,
  adviceOn,
  type ReadFilter,
  readFilter,
  readKeptFilter,
  unreadableFilter,
} from './read-filter.ts';
import { readSince } from './read-since.ts';
import type { SearchQuestion } from './search-offers.ts';
import { createOffers, type OffersFor } from './search-offers.ts';
import { tellAsked } from './tell-asked.ts';

type Deps = {
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

/** A question in the filter language, read. */
type Search = { read: ReadFilter; question: SearchQuestion; since: number | null; asked: PageAsked };

/** With fewer hits the sources are asked as well. */
const ENOUGH = 3;
const SORTS = { relevance: 'relevance', newest: 'newest', votes: 'votes' } as const;
const sortOf = (question: SearchQuestion) => own(SORTS, question.sort) ?? 'relevance';

export type SearchPapers = {
  /** Ranked full text in the filter language; below 3 hits the sources are asked too. */
  searchPapers(question: SearchQuestion & PageAsked): Promise<SearchView | UnreadView>;
  turnSearchPage(key: string, asked: PageAsked): Promise<SearchView>;
};

/** Ranked full text in the filter language. */
export function createSearchPapers(deps: Deps): SearchPapers {
  const { topics, questions } = deps;
  const offersFor = createOffers(deps);
  const answer = (read: ReadFilter, question: SearchQuestion, asked: PageAsked) =>
    answerTo(deps, offersFor, { read, question, asked, since: readSince(question.since, asked.now) });

  return {
    async searchPapers({ query, since, sort, ...asked }) {
      const question = { query, since, sort };
      const parsed = parseFilter(query, { topics });
      if (parsed.ok) return answer(readFilter(query, topics), question, asked);
      const corrected = parsed.error.proposal;
      return unread(deps, offersFor, {
        question,
        corrected,
        asked,
        sentence: say('filter.unreadable', unreadableFilter(parsed.error, query)),
      });
    },
    async turnSearchPage(key, asked) {
      const question = await questions.recall<SearchQuestion>(key);
      return answer(readKeptFilter(question.query, topics), question, asked);
    },
  };
}

/** A filter that cannot be read is told why; where the proposal finds something, a press searches for it. */
async function unread(
  { topics, heavy }: Deps,
  offersFor: OffersFor,
  {
    question,
    corrected,
    asked,
    sentence,
  }: { question: SearchQuestion; corrected: string | null; asked: PageAsked; sentence: Value },
): Promise<UnreadView> {
  if (corrected === null) return { kind: 'unread', sentence, offers: [] };
  const read = readFilter(corrected, topics);
  const poor = { question, read, corrected, total: 1, now: asked.now };
  return { kind: 'unread', sentence, offers: await heavy.run(asked.userId, () => offersFor(poor)) };
}

async function answerTo(deps: Deps, offersFor: OffersFor, search: Search): Promise<SearchView> {
  const { heavy, questions } = deps;
  const { read, question, since, asked } = search;
  const { userId, now } = asked;
  // How many there are is known once the search has run: right after a start the index is still being read.
  const here = await lookUp(deps, search, pageWithin(asked.page, Number.MAX_SAFE_INTEGER, PAGE_SIZE));
  const brought = here.result.total < ENOUGH ? await askSources(deps, search) : null;
  const { result, page } = brought === null ? here : await lookUp(deps, search, 0);
  const advice = await heavy.run(userId, () => adviceOn(deps, read));
  const { total } = result;
  const poor = { question, read, corrected: advice.corrected, total, now };
  const isGood = total > 0 && advice.corrected === null;
  const offers = isGood ? [] : await heavy.run(userId, () => offersFor(poor));
  return {
    kind: 'list',
    ...{ query: question.query, since, sort: sortOf(question), now },
    words: wordsOnly(read.filter),
    items: await heavy.run(userId, () => itemsOf(deps, result, read.filter, now)),
    ...{ total, page },
    key: await questions.keep(question),
    hints: [...hintsOf(advice, offers), ...(await notes(deps, search, result))],
    sources: brought && sourcesAsked(brought),
    offers,
  };
}

/** A correction that a button has needs no words. */
function hintsOf({ hints, unknown, others, corrected }: Advice, offers: readonly Offer[]): readonly Value[] {
  const isOffered = offers.some(({ query }) => query !== null && query === corrected);
  return isOffered && unknown.length > 0 ? [noneHasAny(unknown), ...others] : hints;
}

const noneHasAny = (unknown: readonly string[]): Phrase =>
  phrase('search.noPaperHasAny', { words: { or: unknown.map((word) => quoted(word, 60)) } });

/** The page that was asked for, or the last one where the list has grown shorter. */
async function lookUp(
  { heavy, search }: Deps,
  { read, question, since, asked }: Search,
  wanted: number,
): Promise<{ result: SearchResult; page: number }> {
  const readPage = (page: number) =>
    heavy.run(asked.userId, () =>
      search.search(read.filter, {
        ...{ limit: PAGE_SIZE, offset: page * PAGE_SIZE, sort: sortOf(question), since, now: asked.now },
      }),
    );
  const result = await readPage(wanted);
  if (result.hits.length > 0 || wanted === 0) return { result, page: wanted };
  const last = pageWithin(wanted, result.total, PAGE_SIZE);
  return { result: await readPage(last), page: last };
}

/** Null where the filter has no words to ask with. */
async function askSources(deps: Deps, { read, asked }: Search): Promise<Asked | null> {
  const words = plainWords(read.filter);
  if (words === '') return null;
  const brought = await deps.ask.papers(words, PAGE_SIZE, asked.userId, { again: asked.again === true });
  await keepFound(deps, brought);
  return brought;
}

function sourcesAsked(brought: Asked): SourcesAsked | null {
  const said = tellAsked(brought);
  if (said.length === 0) return null;
  const isSilent = brought.answers.some(({ said: { kind } }) => kind !== 'found' && kind !== 'none');
  return {
    said,
    found: brought.answers.some(({ said: { kind } }) => kind === 'found'),
    canAskAgain:
      isSilent || brought.refusal !== null || brought.answers.some(({ earlier }) => earlier !== null),
  };
}

/** What else the asker should know of the answer. */
async function notes(
  { archive, search }: Deps,
  { since, asked }: Search,
  { complete }: SearchResult,
): Promise<Phrase[]> {
  const began = await archive.beganAt(asked.now);
  return [
    ...(complete ? [] : [phrase('search.cut')]),
    ...(search.size === 0 ? [phrase('search.nothingKnown')] : []),
    ...(search.size > 0 && since !== null && since < began
      ? [phrase('search.knownSince', { day: dayIn(began, asked.now) })]
      : []),
  ];
}

/** The words of a filter that is nothing but a word or a phrase; null for any other. */
function wordsOnly(filter: Filter): string | null {
  const isWords = (filter.kind === 'word' || filter.kind === 'phrase') && filter.field === null;
  return isWords ? filter.text : null;
}

async function itemsOf(
  { archive, clock }: Deps,
  { hits }: SearchResult,
  filter: Filter,
  now: number,
): Promise<ListItem[]> {
  const breathe = takeBreaths(clock);
  const condition = prepareFilter(filter);
  const items: ListItem[] = [];
  for (const stored of await archive.papers(hits.map(({ paper }) => paper))) {
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
function plainWords(filter: Filter): string {
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
