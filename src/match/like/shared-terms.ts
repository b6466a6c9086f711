import { holds, prepareFilter, type ReadDocument } from '../evaluate/explain.ts';
import type { TextLeaf } from '../language/filter.ts';
import type { Token } from '../text/analyse.ts';
import { isFunctionWord } from '../text/function-words.ts';

/** A word or phrase of several papers. `examples`: which of them have it, by their places. */
type SharedTerm = { filter: TextLeaf; examples: ReadonlySet<number> };

const LONGEST_PHRASE = 3;
const SHORTEST_WORD = 3;

/**
 * What at least two of the papers share: words, and phrases of two and three words, each as the filter language
 * finds it (null where that is in one alone): one after the other, for whoever gives way in between.
 */
export function* sharedTerms(papers: readonly ReadDocument[]): Generator<SharedTerm | null> {
  for (const leaf of sharedLeaves(papers)) {
    const condition = prepareFilter(leaf);
    const having = papers.flatMap((paper, at) => (holds(condition, paper, 0) ? [at] : []));
    yield having.length > 1 ? { filter: leaf, examples: new Set(having) } : null;
  }
}

/** Words of a text that say something, as a filter spells them, with where they stand in it; each once. */
export function tellingWords(
  text: string,
  tokens: readonly Token[],
): { word: string; start: number; end: number }[] {
  const told = new Map<string, { word: string; start: number; end: number }>();
  for (const token of tokens) {
    const word = saysSomething([token]) ? spellingOf(text, [token]) : null;
    if (word !== null && !told.has(token.stem))
      told.set(token.stem, { word, start: token.start, end: token.end });
  }
  return [...told.values()];
}

/** A run of words, by their stems: how often it is spelled how, and which papers have it. */
type Run = { words: number; spellings: Map<string, number>; papers: Set<number> };

function sharedLeaves(papers: readonly ReadDocument[]): TextLeaf[] {
  const runs = new Map<string, Run>();
  for (const [paper, read] of papers.entries()) for (const text of textsOf(read)) noteRuns(runs, text, paper);
  return [...runs.values()].filter((run) => run.papers.size > 1).map(leafOf);
}

type Text = { text: string; tokens: readonly Token[] };

function textsOf({ document, texts }: ReadDocument): Text[] {
  const written = [document.title, document.abstract, ...document.keywords];
  const tokens = [...texts.title, ...texts.abstract, ...texts.keyword];
  return written.map((text, at) => ({ text, tokens: tokens[at] }));
}

function noteRuns(runs: Map<string, Run>, { text, tokens }: Text, paper: number): void {
  for (const first of tokens.keys())
    for (let words = 1; words <= LONGEST_PHRASE && first + words <= tokens.length; words++) {
      const run = tokens.slice(first, first + words);
      const spelling = saysSomething(run) ? spellingOf(text, run) : null;
      if (spelling !== null) noteRun(runs, run, { spelling, paper });
    }
}

function noteRun(
  runs: Map<string, Run>,
  tokens: readonly Token[],
  { spelling, paper }: { spelling: string; paper: number },
): void {
  const key = tokens.map(({ stem }) => stem).join(' ');
  const run = runs.get(key) ?? { words: tokens.length, spellings: new Map(), papers: new Set() };
  run.spellings.set(spelling, (run.spellings.get(spelling) ?? 0) + 1);
  run.papers.add(paper);
  runs.set(key, run);
}

/** A run that begins or ends with "of" is a piece of another. */
function saysSomething(run: readonly Token[]): boolean {
  if (isFiller(run[0]) || isFiller(run[run.length - 1])) return false;
  return run.some(({ fold }) => fold.length >= SHORTEST_WORD && /\p{L}/u.test(fold));
}

const FILLERS = new Set(
  (
    'about across after all any based been before between both but during each even existing how however if into more ' +
    'most no nor only other over so such than their them then there these they those through thus under using via ' +
    'well what when where which while who with within without yet'
  ).split(' '),
);

const isFiller = ({ fold }: Token): boolean => isFunctionWord(fold) || FILLERS.has(fold);

/** As it stands there, small but for acronyms; null where more than a blank or a hyphen is between its words. */
function spellingOf(text: string, run: readonly Token[]): string | null {
  const stretch = text.slice(run[0].start, run[run.length - 1].end);
  if (!/^[\p{L}\p{N}]+(?:[ -][\p{L}\p{N}]+)*$/u.test(stretch)) return null;
  const words = run.map(({ start, end, acronym }) => {
    const word = text.slice(start, end);
    return acronym ? word : word.toLowerCase();
  });
  return words.join(' ');
}

function leafOf({ words, spellings }: Run): TextLeaf {
  const [text] = [...spellings].reduce((best, one) => (one[1] > best[1] ? one : best));
  return words === 1
    ? { kind: 'word', text, field: null }
    : { kind: 'phrase', text, field: null, within: null };
}
