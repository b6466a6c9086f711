import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { holds, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';

/** Which papers (arXiv ids) a reader of each topic wants, among all that were labelled. */
export type Labels = {
  papers: readonly string[];
  topics: Readonly<Record<string, { wanted: readonly string[] }>>;
};

/** How one way of choosing papers did on one topic. Precision and recall: 0 to 1, NaN when undefined. */
export type Score = {
  topic: string;
  wanted: number;
  found: number;
  right: number;
  precision: number;
  recall: number;
};

export type Scores = { topics: readonly Score[]; micro: Figures; macro: Figures };
export type Figures = { precision: number; recall: number };

/** A way of choosing: whether the topic's readers get this paper. */
export type Choose = (topic: string, paper: MatchDocument) => boolean;

/** Micro: every pair of topic and paper counts the same. Macro: every topic counts the same, undefined ones left out. */
export function score(labels: Labels, papers: readonly MatchDocument[], choose: Choose): Scores {
  const topics = Object.entries(labels.topics).map(([topic, { wanted }]) => {
    const found = papers.filter((paper) => choose(topic, paper)).map(({ id }) => id);
    const right = found.filter((id) => wanted.includes(id)).length;
    return scoreOf(topic, wanted.length, found.length, right);
  });
  const sum = (figure: 'wanted' | 'found' | 'right') => topics.reduce((total, one) => total + one[figure], 0);
  const { precision, recall } = scoreOf('all', sum('wanted'), sum('found'), sum('right'));
  const mean = (figure: 'precision' | 'recall') => {
    const defined = topics.map((one) => one[figure]).filter((value) => !Number.isNaN(value));
    return defined.reduce((total, value) => total + value, 0) / defined.length;
  };
  return {
    topics,
    micro: { precision, recall },
    macro: { precision: mean('precision'), recall: mean('recall') },
  };
}

const scoreOf = (topic: string, wanted: number, found: number, right: number): Score => ({
  topic,
  wanted,
  found,
  right,
  precision: right / found,
  recall: right / wanted,
});

/** Chooses by filters in Paperboy's language. Throws when one cannot be read. */
export function byFilters(filters: Readonly<Record<string, string>>): Choose {
  const conditions = new Map(Object.entries(filters).map(([topic, text]) => [topic, conditionOf(text)]));
  const documents = new WeakMap<MatchDocument, ReturnType<typeof prepareDocument>>();
  return (topic, paper) => {
    const condition = conditions.get(topic);
    const document = documents.get(paper) ?? prepareDocument(paper);
    documents.set(paper, document);
    return condition !== undefined && holds(condition, document, 0);
  };
}

function conditionOf(text: string): ReturnType<typeof prepareFilter> {
  const parsed = parseFilter(text, { topics: null });
  if (!parsed.ok) throw new Error(`${inEnglish(parsed.error.message)} In: ${text}`);
  return prepareFilter(parsed.filter);
}

type Words = Readonly<Record<string, readonly string[]>>;

/** Today's feed bots: a word counts wherever its letters stand, inside other words too. */
export const bySubstring =
  (words: Words): Choose =>
  (topic, paper) => {
    const text = plainText(paper);
    return words[topic].some((word) => text.includes(word));
  };

/** The next better: a word counts between word boundaries, spelled exactly so. */
export function byWholeWord(words: Words): Choose {
  const patterns = new Map(
    Object.entries(words).map(([topic, list]) => [topic, new RegExp(`\\b(?:${list.join('|')})\\b`)]),
  );
  return (topic, paper) => patterns.get(topic)?.test(plainText(paper)) ?? false;
}

/** The same plain words, read by Paperboy's language: plurals, hyphens, spellings, acronyms. */
export const byPlainFilter = (words: Words): Choose =>
  byFilters(
    Object.fromEntries(
      Object.entries(words).map(([topic, list]) => [topic, list.map((word) => `"${word}"`).join(' OR ')]),
    ),
  );

const plainText = ({ title, abstract, keywords }: MatchDocument): string =>
  [title, abstract, ...keywords].join('\n').toLowerCase();

/** The catalogue's filters by topic. */
export const catalogueFilters = (): Record<string, string> =>
  Object.fromEntries(readTopics().map(({ name, filter }) => [name, filter]));

export const readTopics = (): readonly { name: string; filter: string }[] =>
  readJson('../../config/topics.json');

/** The labels that measure: never looked at while filters were tuned. */
export const readLabels = (): Labels => readJson('labels.json');
/** The labels that filters are tuned on. */
export const readTuningLabels = (): Labels => readJson('tuning-labels.json');
export const readPlainWords = (): Words => readJson('plain-words.json');

/** The project's own files: their shape is what this folder wrote. */
const readJson = <T>(file: string): T => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
