import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { own } from '#src/foundation/own.ts';
import { FIELD_NAMES, fieldCalled } from '#src/match/language/filter-fields.ts';
import { withWord, writtenUnits } from '#src/match/language/filter-words.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { FIGURES } from '#src/paper/figures.ts';
import { sayValuePlain } from '#src/render/say.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import type { Proposals } from './choices.ts';
import { proposals } from './choices.ts';
import { categoriesBegun, createFieldValues } from './field-values.ts';
import type { FindTopics } from './find-topics.ts';
import { closing, lastWords, readFieldValue, readTyped, type TypedSoFar } from './typed-filter.ts';

type Deps = {
  archive: Archive;
  search: PaperSearch;
  topics: TopicCatalogue;
  findTopics: FindTopics;
  clock: Pick<Clock, 'elapsed'>;
};

/** A filter as it would stand, and what it is called in the list where that says more. */
type Completion = { text: string; told?: Value };

const MOST = 24;
const MOST_TOPICS = 3;
/** Fewer letters begin too many. */
const SHORTEST_TOPIC = 3;
/** Of a field that is begun; a filter may end with these, for one types on. */
const MEANS: Readonly<Record<string, Phrase>> = {
  title: phrase('field.title'),
  abstract: phrase('field.abstract'),
  author: phrase('field.author'),
  org: phrase('field.org'),
  keyword: phrase('field.keyword'),
  cat: phrase('field.category'),
  topic: phrase('field.topic'),
  venue: phrase('field.venue'),
  ...Object.fromEntries(
    FIGURES.map(({ field, example }) => [field, phrase('field.number', { example: `>=${example}` })]),
  ),
  after: phrase('field.day'),
  before: phrase('field.day'),
  age: phrase('field.span'),
};

const EXAMPLES: readonly Completion[] = [
  { text: 'topic:llm', told: phrase('example.topic') },
  { text: 'diffusion OR "score matching" -survey', told: phrase('example.either') },
  { text: 'title:agents upvotes:>=20', told: phrase('example.titleAndUpvotes') },
  { text: 'cat:cs.CV age:<7d', told: phrase('example.categoryAndAge') },
  { text: 'author:"Yann LeCun"', told: phrase('example.author') },
  { text: 'venue:NeurIPS RAG', told: phrase('example.venueAndAcronym') },
];

/**
 * What was typed of a filter, closed where it is open, and the same with its end completed: fields, their values, topics,
 * words and acronyms of titles, slips corrected. Everything is a filter that can be read, but for a field or operator that
 * waits for more. Asks no source.
 */
export function createCompleteFilter(deps: Deps): (text: string, now: number) => Promise<Proposals> {
  const { topics, search, findTopics, clock } = deps;
  const valuesOf = createFieldValues(deps);
  const isRead = (text: string) => parseFilter(text, { topics }).ok;

  const bareWords = async (text: string, { head, word, isQuoted }: TypedSoFar): Promise<Completion[]> => {
    if (isQuoted || word.length < 2 || OPERATORS.includes(word)) return [];
    return [
      ...fieldsBegun(head, word),
      ...categoriesBegun(word).map(({ value, told }) => ({ text: `${head}cat:${value}`, told })),
      ...(await topicsCalled(text, head, word)),
    ];
  };

  /** By the words at the end, or by the last of them. */
  const topicsCalled = async (text: string, head: string, word: string): Promise<Completion[]> => {
    const words = lastWords(text);
    const [before, called] = words.includes(' ')
      ? [text.slice(0, text.length - words.length), words]
      : [head, word];
    if (word.length < SHORTEST_TOPIC) return [];
    const named = await findTopics(called, 'as written');
    return named.slice(0, MOST_TOPICS).map(({ name, label }) => ({
      text: `${before}topic:${name}`,
      told: sayValuePlain(label),
    }));
  };

  const waiting = ({ head, word, isQuoted, field }: TypedSoFar): Completion[] =>
    isQuoted || field !== null || !/[\p{L}\p{N}")*]$/u.test(head.trimEnd())
      ? []
      : OPERATORS.filter((one) => word !== '' && (one.startsWith(word) || one === word.toUpperCase())).map(
          (one) => ({ text: `${head}${one}`, told: phrase('completion.andMore') }),
        );

  return async (text, now) => {
    if (text.trim() === '') return offered(EXAMPLES.filter((one) => isRead(one.text)));
    const breathe = takeBreaths(clock);
    await search.readOn();
    await breathe();
    const whole = readFieldValue(text);
    const values = whole === null ? [] : await valuesOf(whole, now);
    const typed = whole !== null && values.length > 0 ? whole : readTyped(text);
    const ofField = values.length > 0 ? values : await valuesOf(typed, now);
    const asTyped = { text: `${text}${closing(text)}` };
    await breathe();
    const corrected = correction(deps, asTyped.text);
    await breathe();
    const ofWords = typed.field === null ? await bareWords(text, typed) : [];
    await breathe();
    const completed = [
      ...corrected,
      ...ofField.map(({ value, told }) => ({ text: `${typed.head}${value}`, told })),
      ...ofWords,
      ...(isOfTexts(typed.field) ? wordsBegun(search, typed) : []),
    ];
    const complete: Completion[] = [];
    for (const one of completed) {
      await breathe();
      const closed = { ...one, text: `${one.text}${closing(one.text)}` };
      if (isRead(closed.text) || isFieldBegun(closed.text)) complete.push(closed);
    }
    await breathe();
    // A value of several words reads as something else until it is in quotes.
    const typedToo = complete.find((one) => one.text === asTyped.text && one.told !== undefined) ?? asTyped;
    const first = typed !== whole && isRead(asTyped.text) ? [typedToo] : [];
    const more = [...first, ...complete, ...waiting(typed)];
    return offered(more.length > 0 ? more : fieldBegunBy(text));
  };
}

const OPERATORS = ['OR', 'AND', 'NOT'];

const isOfTexts = (field: string | null): boolean =>
  field === null || ['title', 'abstract', 'keyword'].includes(field);

const isFieldBegun = (text: string): boolean => FIELD_NAMES.some((name) => text.endsWith(`${name}:`));

/** A field of which nothing is known to propose, with what it takes. */
function fieldBegunBy(text: string): Completion[] {
  const told = own(MEANS, /(?:^|[\s(-])([a-z]+):$/.exec(text)?.[1] ?? '');
  return told === undefined ? [] : [{ text, told }];
}

const offered = (completions: readonly Completion[]): Proposals =>
  proposals(completions.map(({ text, told }) => ({ name: text, told, value: text })));

function fieldsBegun(head: string, word: string): Completion[] {
  const lower = word.toLowerCase();
  const begun = FIELD_NAMES.filter((name) => name.startsWith(lower));
  const called = fieldCalled(lower);
  const names = new Set(called === null ? begun : [...begun, called]);
  return [...names].map((name) => ({ text: `${head}${name}:`, told: own(MEANS, name) }));
}

/** Words of titles that the last one begins; in capitals it begins an acronym, and nothing else. */
function wordsBegun(search: PaperSearch, { head, word }: TypedSoFar): Completion[] {
  const last = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+$/u.exec(word)?.[0] ?? '';
  if (last.length < 2) return [];
  const before = `${head}${word.slice(0, word.length - last.length)}`;
  const isAcronym = last === last.toUpperCase() && /\p{Lu}{2}/u.test(last);
  const acronyms = /\p{Lu}/u.test(last) ? search.acronyms(last, MOST) : [];
  const known = new Set(acronyms.map((one) => one.toLowerCase()));
  const words = isAcronym ? [] : search.completions(last, MOST).filter((one) => !known.has(one));
  return [...acronyms, ...words.map((one) => inCaseOf(last, one))].map((full) => ({
    text: `${before}${full}`,
  }));
}

const inCaseOf = (typed: string, word: string): string =>
  /^\p{Lu}/u.test(typed) ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word;

/** The filter with every word that begins no word of a title as the nearest one that titles have. */
function correction({ search, topics }: Deps, text: string): Completion[] {
  const parsed = parseFilter(text, { topics });
  if (!parsed.ok) return [];
  let corrected = { text, filter: parsed.filter };
  for (const word of new Set(writtenUnits(parsed.filter).flatMap(({ words }) => words))) {
    const [near] = search.completions(word, 1).length > 0 ? [] : search.near(word);
    if (near === undefined) continue;
    const mended = withWord(corrected, [word, inCaseOf(word, near)], topics);
    const read = mended === null ? null : parseFilter(mended, { topics });
    if (mended !== null && read?.ok) corrected = { text: mended, filter: read.filter };
  }
  return corrected.text === text ? [] : [{ text: corrected.text, told: phrase('completion.corrected') }];
}
