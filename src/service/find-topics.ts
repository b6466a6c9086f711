import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Filter } from '#src/match/language/filter.ts';
import type { Topic, TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { analyse } from '#src/match/text/analyse.ts';
import { nearestOf } from '#src/match/text/near-spelling.ts';

/**
 * Topics for some words, the likeliest first; for no words all of them, in the catalogue's order. `as written`: those alone
 * whose name or term it is, or begins with it.
 */
export type FindTopics = (text: string, spelling?: 'as written') => Promise<Topic[]>;

type Deps = { topics: TopicCatalogue; clock: Pick<Clock, 'elapsed'> };

/** A topic by all that it is called: its name and title, what its filter looks for (in its order), its line. */
type Called = { topic: Topic; names: readonly string[]; terms: readonly string[]; line: string };

/**
 * By name, by title, by what a topic's filter looks for, by its line; where nothing fits, by the nearest spelling. The catalogue
 * is read for this when it is asked first, and others have their turn meanwhile.
 */
export function createFindTopics({ topics: { topics }, clock }: Deps): FindTopics {
  let reading: Promise<readonly Called[]> | null = null;
  return async (text, spelling) => {
    const wanted = wordsOf(text);
    if (wanted === '') return text.trim() === '' ? [...topics] : [];
    reading ??= allCalled(topics, takeBreaths(clock));
    const called = await reading;
    if (spelling === 'as written') return fittingOf(called, wanted, AS_WRITTEN);
    const fitting = fittingOf(called, wanted);
    if (fitting.length > 0) return fitting;
    return fittingOf(called, respelt(called, wanted));
  };
}

async function allCalled(topics: readonly Topic[], breathe: () => Promise<void>): Promise<readonly Called[]> {
  const called: Called[] = [];
  for (const topic of topics) {
    called.push(calledOf(topic));
    await breathe();
  }
  return called;
}

function calledOf(topic: Topic): Called {
  const terms = new Set(textsOf(topic.filter).map(wordsOf));
  return {
    topic,
    names: [topic.name, topic.title].map(wordsOf),
    terms: [...terms],
    line: wordsOf(topic.line),
  };
}

/** In lower case, with a blank between them, signs and plural endings apart. */
function wordsOf(text: string): string {
  return analyse(text)
    .map(({ fold, stem }) => (fold.startsWith(stem) ? stem : fold))
    .join(' ');
}

/** What it looks for in texts, in its order; not what it excludes. */
function textsOf(filter: Filter): string[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.flatMap(textsOf);
  if (filter.kind === 'topic') return textsOf(filter.filter);
  return filter.kind === 'word' || filter.kind === 'phrase' || filter.kind === 'prefix' ? [filter.text] : [];
}

const EQUAL = 0;
const BEGINS = 1;
const INSIDE = 2;
const A_TERM = 10;
/** The first terms of a filter are what people call it. */
const AS_WRITTEN = A_TERM + 3;
const BEGINS_TERM = 1000;
const IN_LINE = 2000;

function fittingOf(called: readonly Called[], wanted: string, most = Number.POSITIVE_INFINITY): Topic[] {
  const ranked = called.flatMap((one) => {
    const rank = rankOf(one, wanted);
    return rank === null || rank > most ? [] : [{ topic: one.topic, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ topic }) => topic);
}

/** The lower the likelier; null where it does not fit at all. */
function rankOf({ names, terms, line }: Called, wanted: string): number | null {
  if (names.includes(wanted)) return EQUAL;
  if (names.some((name) => name.startsWith(wanted))) return BEGINS;
  if (names.some((name) => hasWords(name, wanted))) return INSIDE;
  // What a filter looks for first it is about most.
  const equal = terms.indexOf(wanted);
  if (equal >= 0) return A_TERM + equal;
  const begun = wanted.length < 3 ? -1 : terms.findIndex((term) => term.startsWith(wanted));
  if (begun >= 0) return BEGINS_TERM + begun;
  return wanted.length >= 4 && hasWords(line, wanted) ? IN_LINE : null;
}

/** Whether each word begins one of the text's. */
function hasWords(text: string, wanted: string): boolean {
  const words = text.split(' ');
  return wanted.split(' ').every((one) => words.some((word) => word.startsWith(one)));
}

/** Each word that begins no word of a name as the nearest one that does. */
function respelt(called: readonly Called[], wanted: string): string {
  const known = new Set(called.flatMap(({ names }) => names.flatMap((name) => name.split(' '))));
  const isKnown = (word: string) => [...known].some((name) => name.startsWith(word));
  return wanted
    .split(' ')
    .map((word) => (word.length < SHORTEST_SLIP || isKnown(word) ? word : (nearestOf(word, known) ?? word)))
    .join(' ');
}

/** A shorter word is one slip away from many. */
const SHORTEST_SLIP = 3;
