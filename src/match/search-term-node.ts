import { AnyOf, type DocumentSet, TermDocuments } from './document-sets.ts';
import { findTerm } from './find-term.ts';
import type { SearchNode } from './search-nodes.ts';
import type { SearchTerms } from './search-terms.ts';
import { SequenceCheck } from './sequence-check.ts';
import { mayBeginJoined, type Part, type Term } from './term.ts';

/** The texts of a document, by number, that a field means. */
export type TextRange = { first: number; last: number };

/** What a match in a form that no single list knows (`data set` for dataset) counts. */
const JOINED_WEIGHT = 0.4;

/**
 * A word, prefix or phrase as search tries it: lists of documents narrow it down, and where they cannot tell (order,
 * nearness, joined forms, fields) the document's own words do.
 */
export function termNode(terms: SearchTerms, term: Term, range: TextRange, isWhole: boolean): SearchNode {
  const { parts, near, field } = term;
  const check =
    near === null && (field !== 'author' || parts.length === 1) ? new SequenceCheck(terms, parts) : null;
  const verify = onceADocument((document) => {
    if (check !== null) return check.holds(document, range.first, range.last);
    return terms
      .tokens(document)
      .some(
        (tokens, text) => text >= range.first && text <= range.last && findTerm(term, tokens, 1).length > 0,
      );
  });
  if (parts.length === 1) return wordNode(terms, parts[0], range, isWhole, verify);
  return phraseNode(terms, parts, verify);
}

function wordNode(
  terms: SearchTerms,
  part: Part,
  range: TextRange,
  isWhole: boolean,
  verify: (document: number) => boolean,
): SearchNode {
  const itself = new TermDocuments(terms.postings, termsOf(terms, part));
  const joined = new TermDocuments(terms.postings, joinedTermsOf(terms, part));
  const idf = idfOf(itself.cost, terms.documents);
  let work = 0;

  const isInRange = (document: number): boolean => {
    if (isWhole) return true;
    if (range.first === 0 && range.last === 0) {
      const answer = terms.isInFirstText(document, itself.place(document));
      if (answer !== null) return answer;
    }
    work += VERIFY_WORK;
    return verify(document);
  };

  const isJoined = (document: number): boolean => {
    if (!joined.has(document)) return false;
    work += VERIFY_WORK;
    return verify(document);
  };

  return {
    cost: itself.cost + joined.cost,
    candidates: () => new AnyOf([itself.again(), joined.again()]),
    *prepare(documents) {
      yield* itself.prepare(documents);
      yield* joined.prepare(documents);
    },
    has: (document) => (itself.has(document) && isInRange(document)) || isJoined(document),
    score: (document) => idf * (itself.has(document) ? itself.weight(document) : JOINED_WEIGHT),
    takeWork: () => {
      const done = work;
      work = 0;
      return done;
    },
  };
}

function phraseNode(
  terms: SearchTerms,
  parts: readonly Part[],
  verify: (document: number) => boolean,
): SearchNode {
  const sets = parts.map((_, at) => new TermDocuments(terms.postings, formsOf(terms, parts, at)));
  const rarest = sets.reduce((best, set) => (set.cost < best.cost ? set : best), sets[0] ?? NOTHING(terms));
  const others = sets.filter((set) => set !== rarest).sort((a, b) => a.cost - b.cost);
  let work = 0;
  return {
    cost: rarest.cost,
    candidates: (): DocumentSet => rarest.again(),
    *prepare(documents) {
      for (const set of sets) yield* set.prepare(documents);
    },
    has: (document) => {
      if (!rarest.has(document) || !others.every((set) => set.has(document))) return false;
      work += VERIFY_WORK;
      return verify(document);
    },
    score: (document) =>
      sets.reduce(
        (sum, set) => sum + (set.has(document) ? idfOf(set.cost, terms.documents) * set.weight(document) : 0),
        0,
      ),
    takeWork: () => {
      const done = work;
      work = 0;
      return done;
    },
  };
}

/** Looking at a document's words costs about as much as so many steps along a list. */
const VERIFY_WORK = 50;

function NOTHING(terms: SearchTerms): TermDocuments {
  return new TermDocuments(terms.postings, []);
}

/** BM25's weight of a rare word; never below 0. */
function idfOf(count: number, documents: number): number {
  const holding = Math.min(count, documents);
  return Math.log(1 + (documents - holding + 0.5) / (holding + 0.5));
}

/** The last answer, kept: a document is asked about for the match and for its score. */
function onceADocument(answer: (document: number) => boolean): (document: number) => boolean {
  let last = -1;
  let lastAnswer = false;
  return (document) => {
    if (document !== last) {
      lastAnswer = answer(document);
      last = document;
    }
    return lastAnswer;
  };
}

/** The terms that are the part by themselves. */
function termsOf(terms: SearchTerms, part: Part): number[] {
  if (part.prefixes === null) return terms.termsOfStem(part.stem, part.acronym);
  return distinct(part.prefixes.flatMap((prefix) => terms.termsOfPrefix(prefix)));
}

/** Terms of which one occurs wherever the text writes the part as two words. */
function joinedTermsOf(terms: SearchTerms, part: Part): number[] {
  if (part.prefixes === null) return splitTermsOf(terms, part.stem);
  return distinct(
    part.prefixes.flatMap((prefix) =>
      cutsOf(prefix).flatMap(([beginning]) =>
        mayBeginJoined(beginning) ? terms.termsOfFold(beginning) : [],
      ),
    ),
  );
}

function splitTermsOf(terms: SearchTerms, word: string): number[] {
  return distinct(
    cutsOf(word).flatMap(([fold, stem]) => {
      const first = terms.termsOfFold(fold);
      const second = terms.termsOfStem(stem, false);
      if (first.length === 0 || second.length === 0) return [];
      return countOf(terms, first) < countOf(terms, second) ? first : second;
    }),
  );
}

function countOf(terms: SearchTerms, list: readonly number[]): number {
  return list.reduce((sum, term) => sum + terms.postings.count(term), 0);
}

function cutsOf(word: string): [first: string, second: string][] {
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, at) => [
    word.slice(0, at + 1),
    word.slice(at + 1),
  ]);
}

/** Terms of which one occurs wherever the part does, whatever form the text gives it (the rules of explain.ts). */
function formsOf(terms: SearchTerms, parts: readonly Part[], at: number): number[] {
  const { [at - 1]: before, [at]: part, [at + 1]: after } = parts;
  const forms = [...termsOf(terms, part), ...joinedTermsOf(terms, part)];
  if (before !== undefined) forms.push(...togetherOf(terms, before, part));
  if (after !== undefined) forms.push(...togetherOf(terms, part, after));
  return distinct(forms);
}

function togetherOf(terms: SearchTerms, first: Part, second: Part): number[] {
  if (second.prefixes === null) return terms.termsOfStem(first.fold + second.stem, false);
  return second.prefixes.flatMap((prefix) => terms.termsOfPrefix(first.fold + prefix));
}

function distinct(list: readonly number[]): number[] {
  return [...new Set(list)];
}
