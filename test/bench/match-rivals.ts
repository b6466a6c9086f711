/**
 * How others match papers with filters, for the benchmark: each is built from the same parsed filters and tells how many
 * match a paper. They know less of the language (no plurals, no accents, no joined forms; fields other than the title
 * mean the whole text), so their counts differ a little; the work is what is compared.
 */
import { createRequire } from 'node:module';
import ModernAhoCorasick from 'modern-ahocorasick';
import { Lexicon } from '#src/match/arrays/lexicon.ts';
import type { Filter, MatchDocument } from '#src/match/language/filter.ts';
import { analyseWord } from '#src/match/text/analyse.ts';
import { TextReader } from '#src/match/text/text-reader.ts';

export type Rival = (document: MatchDocument) => number;
type Term = Extract<Filter, { kind: 'word' | 'prefix' | 'phrase' }>;
type Test = (paper: Paper) => boolean;
type Paper = {
  document: MatchDocument;
  text: string;
  words: ReadonlySet<string>;
  found: ReadonlySet<string>;
};

/** A regular expression per term, compiled once: a typical alert bot. */
export function regexes(filters: readonly Filter[]): Rival {
  return tryAll(filters, (term) => {
    const word = term.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\W+');
    const pattern = new RegExp(`\\b${word}${term.kind === 'prefix' ? '' : '\\b'}`, 'i');
    return ({ document }) => pattern.test(textFor(term, document));
  });
}

/** Today's feed bots: the tree is walked for every filter, every term lowers the case of the field again and looks for a substring. */
export function feedBots(filters: readonly Filter[]): Rival {
  return tryAll(filters, (term) => {
    return ({ document }) => textFor(term, document).toLowerCase().includes(term.text.toLowerCase());
  });
}

/** The words of the paper as a set, every filter tried on it. */
export function tokenSets(filters: readonly Filter[]): Rival {
  return tryAll(filters, onWords);
}

/** One automaton over all terms; then the filters in which a term was found. */
export function ahoCorasick(filters: readonly Filter[]): Rival {
  const AhoCorasick: new (words: string[]) => { search(text: string): [number, string[]][] } = createRequire(
    import.meta.url,
  )('ahocorasick');
  const automaton = new AhoCorasick(termsOf(filters));
  return byFoundTerm(filters, (text) => automaton.search(text).flatMap(([, words]) => words));
}

export function modernAhoCorasick(filters: readonly Filter[]): Rival {
  const automaton = new ModernAhoCorasick(termsOf(filters));
  return byFoundTerm(filters, (text) => automaton.search(text).map(({ pattern }) => pattern));
}

/** Each filter under its rarest necessary term (document frequency), the candidates' trees evaluated: how Luwak does it. */
export function rarestTerm(filters: readonly Filter[], papers: readonly MatchDocument[]): Rival {
  const counts = new Map<string, number>();
  for (const document of papers)
    for (const word of wordsOf(document)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const cost = (words: readonly string[]) =>
    words.reduce((sum, word) => sum + (counts.get(word) ?? 0) + 0.1, 0);
  const always: Test[] = [];
  const byWord = new Map<string, Test[]>();
  for (const filter of filters) {
    const test = toTest(filter, onWords);
    const anchors = anchorsOf(filter, cost);
    for (const word of anchors ?? []) listIn(byWord, word).push(test);
    if (anchors === null) always.push(test);
  }
  return (document) => {
    const paper = toPaper(document);
    const matching = new Set<Test>();
    for (const test of always) if (test(paper)) matching.add(test);
    for (const word of paper.words) {
      for (const test of byWord.get(word) ?? []) if (!matching.has(test) && test(paper)) matching.add(test);
    }
    return matching.size;
  };
}

/** What nobody can do without: analysing the paper, and one look-up for each different word among all filters' words. */
export function floor(filters: readonly Filter[]): Rival {
  const stems = new Lexicon();
  for (const filter of filters) {
    for (const term of leavesOf(filter))
      for (const word of term.text.split(/\W+/)) stems.add(analyseWord(word).stem);
  }
  const reader = new TextReader(analyseWord, 1 << 16);
  let seenAt = new Int32Array(1 << 17);
  let papers = 0;
  return ({ title, abstract, keywords }) => {
    reader.begin();
    reader.read(title);
    reader.read(abstract);
    for (const keyword of keywords) reader.read(keyword);
    papers++;
    let known = 0;
    for (let at = 0; at < reader.count; at++) {
      const word = reader.words[at];
      if (word >= seenAt.length) seenAt = new Int32Array(seenAt.length * 2);
      if (seenAt[word] === papers) continue;
      seenAt[word] = papers;
      if (stems.findIn(reader.memo.spellings, reader.memo.stems[word]) >= 0) known++;
    }
    return known;
  };
}

function tryAll(filters: readonly Filter[], toTerm: (term: Term) => Test): Rival {
  const tests = filters.map((filter) => toTest(filter, toTerm));
  return (document) => {
    const paper = toPaper(document);
    let count = 0;
    for (const test of tests) if (test(paper)) count++;
    return count;
  };
}

function byFoundTerm(filters: readonly Filter[], search: (text: string) => string[]): Rival {
  const byTerm = new Map<string, Test[]>();
  const always: Test[] = [];
  for (const filter of filters) {
    const test = toTest(
      filter,
      (term) =>
        ({ found }) =>
          found.has(term.text.toLowerCase()),
    );
    const anchors = anchorsOf(filter, (words) => words.length, true);
    for (const term of anchors ?? []) listIn(byTerm, term).push(test);
    if (anchors === null) always.push(test);
  }
  return (document) => {
    const found = new Set(search(textOf(document).toLowerCase()));
    const paper = { document, text: '', words: found, found };
    const matching = new Set<Test>();
    for (const test of always) if (test(paper)) matching.add(test);
    for (const term of found) for (const test of byTerm.get(term) ?? []) if (test(paper)) matching.add(test);
    return matching.size;
  };
}

function toTest(filter: Filter, toTerm: (term: Term) => Test): Test {
  switch (filter.kind) {
    case 'and': {
      const parts = filter.parts.map((part) => toTest(part, toTerm));
      return (paper) => parts.every((part) => part(paper));
    }
    case 'or': {
      const parts = filter.parts.map((part) => toTest(part, toTerm));
      return (paper) => parts.some((part) => part(paper));
    }
    case 'not': {
      const part = toTest(filter.part, toTerm);
      return (paper) => !part(paper);
    }
    case 'topic':
      return toTest(filter.filter, toTerm);
    case 'number':
      return ({ document }) => (document.upvotes ?? 0) >= filter.value;
    case 'word':
    case 'prefix':
    case 'phrase':
      return toTerm(filter);
    default:
      return () => false;
  }
}

function onWords(term: Term): Test {
  const text = term.text.toLowerCase();
  const parts = text.split(/[^a-z0-9]+/).filter(Boolean);
  if (term.kind === 'prefix') {
    return ({ words }) => {
      for (const word of words) if (word.startsWith(text)) return true;
      return false;
    };
  }
  if (parts.length === 1) return ({ words }) => words.has(parts[0]);
  return (paper) => parts.every((part) => paper.words.has(part)) && paper.text.includes(parts.join(' '));
}

function toPaper(document: MatchDocument): Paper {
  const words =
    textOf(document)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return { document, text: words.join(' '), words: new Set(words), found: new Set() };
}

function wordsOf(document: MatchDocument): ReadonlySet<string> {
  return toPaper(document).words;
}

function textOf({ title, abstract, keywords, authors }: MatchDocument): string {
  return `${title}\n${abstract}\n${keywords.join('\n')}\n${authors.join('\n')}`;
}

function textFor(term: Term, document: MatchDocument): string {
  if (term.field === 'title') return document.title;
  return term.field === 'author' ? document.authors.join('\n') : `${document.title}\n${document.abstract}`;
}

/** Words (or whole terms) of which one must occur; null when none must. */
function anchorsOf(
  filter: Filter,
  cost: (words: readonly string[]) => number,
  whole = false,
): string[] | null {
  switch (filter.kind) {
    case 'word':
    case 'phrase': {
      if (whole) return [filter.text.toLowerCase()];
      const parts = filter.text
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .filter(Boolean);
      return parts.length === 0
        ? null
        : [parts.reduce((best, part) => (cost([part]) < cost([best]) ? part : best))];
    }
    case 'prefix':
      return whole ? [filter.text.toLowerCase()] : null;
    case 'and': {
      const choices = filter.parts
        .map((part) => anchorsOf(part, cost, whole))
        .filter((choice) => choice !== null);
      return choices.length === 0
        ? null
        : choices.reduce((best, each) => (cost(each) < cost(best) ? each : best));
    }
    case 'or': {
      const choices = filter.parts.map((part) => anchorsOf(part, cost, whole));
      return choices.includes(null) ? null : choices.flatMap((choice) => choice ?? []);
    }
    case 'topic':
      return anchorsOf(filter.filter, cost, whole);
    default:
      return null;
  }
}

function termsOf(filters: readonly Filter[]): string[] {
  const terms = filters.flatMap((filter) => leavesOf(filter).map(({ text }) => text.toLowerCase()));
  return [...new Set(terms)];
}

function leavesOf(filter: Filter): Term[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.flatMap(leavesOf);
  if (filter.kind === 'not') return leavesOf(filter.part);
  return filter.kind === 'word' || filter.kind === 'prefix' || filter.kind === 'phrase' ? [filter] : [];
}

function listIn<T>(lists: Map<string, T[]>, name: string): T[] {
  const known = lists.get(name);
  if (known) return known;
  const list: T[] = [];
  lists.set(name, list);
  return list;
}
