import { asBeginning, initialOf } from '../evaluate/find-name.ts';
import { findTerm } from '../evaluate/find-term.ts';
import { mayBeginJoined, type Term, type TermPart } from '../evaluate/term.ts';
import { keysOf, keysOfPair, splitsOf } from '../text/compounds.ts';
import { spellingsOf } from '../text/spelling.ts';
import {
  AllDocuments,
  AnyOf,
  BothOf,
  type DocumentSet,
  FormDocuments,
  TermDocuments,
  UpTo,
} from './document-sets.ts';
import { type NearCheck, nearCheck } from './near-check.ts';
import type { SearchNode } from './search-nodes.ts';
import { END } from './search-postings.ts';
import type { SearchTerms } from './search-terms.ts';
import type { Work } from './search-work.ts';
import { SequenceCheck } from './sequence-check.ts';

/** The texts of a document, by number, that a field means. */
export type TextRange = { first: number; last: number };

/**
 * A word, prefix or phrase as search tries it: lists of documents narrow it down, and where they cannot tell (order,
 * nearness, joined forms, fields) the document's own words do.
 */
export function termNode(terms: SearchTerms, term: Term, range: TextRange, work: Work): SearchNode {
  const { parts, near, field } = term;
  const isName = field === 'author' && (parts.length > 1 || parts.some((part) => initialOf(part) !== null));
  const sequence = near === null && !isName ? new SequenceCheck(terms, parts) : null;
  const check = sequence ?? nearCheck(terms, term);
  const isWhole = range.first === 0 && range.last === END;
  const verify = onceADocument((document) => {
    work.steps += workOf(check, sequence);
    if (check !== null) return check.holds(document, range.first, range.last);
    return terms.texts
      .tokens(document)
      .some(
        (tokens, text) => text >= range.first && text <= range.last && findTerm(term, tokens, 1).length > 0,
      );
  });
  // A prefix may be that of thousands of words.
  work.steps += parts.some((part) => part.prefixes !== null) ? 5000 : 100;
  if (parts.length === 1 && !isName) {
    const verifyInTwo = onceADocument((document) => {
      work.steps += VERIFY_WORK / 5;
      return sequence?.holdsInTwo(document) === true;
    });
    return wordNode(terms, parts[0], range, verify, isWhole && sequence !== null ? verifyInTwo : verify);
  }
  return phraseNode(terms, isName ? tellingParts(parts) : parts, verify);
}

/** Initials are those of thousands of names, and tell little if there is anything else. */
function tellingParts(parts: readonly TermPart[]): TermPart[] {
  const words = parts.filter((part) => initialOf(part) === null);
  return words.length > 0 ? words : parts.map(asBeginning);
}

function wordNode(
  terms: SearchTerms,
  part: TermPart,
  range: TextRange,
  verify: (document: number) => boolean,
  verifyInTwo: (document: number) => boolean,
): SearchNode {
  const documents = formsOf(terms, [part], 0);
  const idf = idfOf(documents.cost, terms.texts.documents);

  const isInRange = (document: number): boolean => {
    if (range.first === 0 && range.last === END) return true;
    const isTitle = range.first === 0 && range.last === 0;
    const answer = isTitle ? documents.isInFirstText(document) : null;
    return answer ?? verify(document);
  };

  return {
    cost: documents.cost,
    leaves: 1,
    candidates: () => documents,
    prepare: (count) => documents.prepare(count),
    has: (document) =>
      (documents.isSure(document) && isInRange(document)) ||
      (documents.isUnsure(document) && verifyInTwo(document)),
    score: (document) => idf * documents.weight(document),
  };
}

function phraseNode(
  terms: SearchTerms,
  parts: readonly TermPart[],
  verify: (document: number) => boolean,
): SearchNode {
  const sets = parts.map((_, at) => formsOf(terms, parts, at)).sort((a, b) => a.cost - b.cost);
  return {
    cost: sets.length === 0 ? 0 : sets[0].cost,
    leaves: parts.length,
    candidates: () => (sets.length === 0 ? new AllDocuments(0) : sets[0]),
    *prepare(documents) {
      for (const set of sets) yield* set.prepare(documents);
    },
    has: (document) => {
      for (const set of sets) if (!set.has(document)) return false;
      return verify(document);
    },
    score: (document) =>
      sets.reduce((sum, set) => sum + idfOf(set.cost, terms.texts.documents) * set.weight(document), 0),
  };
}

/** Looking at a document's words costs about as much as so many steps along a list. */
const VERIFY_WORK = 50;

/** Nearness looks at each word for each unit; what numbers cannot tell is read as text again. */
function workOf(check: NearCheck | null, sequence: SequenceCheck | null): number {
  if (sequence !== null) return VERIFY_WORK;
  return check === null ? VERIFY_WORK * 10 : VERIFY_WORK * 2;
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

/** The terms that are the part by themselves: words and, as far as lists know them, two words joined. */
function termsOf(terms: SearchTerms, part: TermPart): number[] {
  if (part.prefixes === null)
    return distinct([
      ...spellingsOf(part).flatMap(({ stem }) => terms.table.ofStem(stem, part.acronym)),
      ...part.joins.flatMap((key) => terms.table.joinedOf(key, part.acronym)),
    ]);
  return distinct(part.prefixes.flatMap((prefix) => terms.table.ofPrefix(prefix)));
}

/** Documents that may write the part as two words, and others: those that no list knows. */
function splitDocumentsOf(terms: SearchTerms, part: TermPart): DocumentSet {
  if (part.prefixes !== null)
    return waysOf(
      terms,
      part,
      part.prefixes.flatMap(splitsOf).filter(({ fold }) => mayBeginJoined(fold)),
    );
  const early = keysOf(part).map(
    (key) => new UpTo(waysOf(terms, part, splitsOf(key)), terms.table.joinedUnknownUntil(key)),
  );
  return new AnyOf(early.filter(({ cost }) => cost > 0));
}

function waysOf(terms: SearchTerms, part: TermPart, pairs: ReturnType<typeof splitsOf>): AnyOf {
  const ways = pairs.flatMap(({ fold, stem }): DocumentSet[] => {
    const firstTerms = terms.table.ofFold(fold);
    if (firstTerms.length === 0) return [];
    const secondTerms = secondTermsOf(terms, part, stem);
    if (secondTerms?.length === 0) return [];
    const documents = new TermDocuments(terms.postings, firstTerms);
    return secondTerms === null
      ? [documents]
      : [new BothOf(documents, new TermDocuments(terms.postings, secondTerms))];
  });
  return new AnyOf(ways);
}

/** Words that may be the second piece; null = too many to name, for short beginnings are those of thousands of words. */
function secondTermsOf(terms: SearchTerms, part: TermPart, piece: string): number[] | null {
  if (part.prefixes === null) return terms.table.ofStem(piece, false);
  return piece.length < 3 ? null : terms.table.ofPrefix(piece);
}

/** Documents in which the part occurs, whatever form the text gives it (the rules of explain.ts), and maybe others. */
function formsOf(terms: SearchTerms, parts: readonly TermPart[], at: number): FormDocuments {
  const { [at - 1]: before, [at]: part, [at + 1]: after } = parts;
  const forms = termsOf(terms, part);
  if (before !== undefined) forms.push(...togetherOf(terms, before, part));
  if (after !== undefined) forms.push(...togetherOf(terms, part, after));
  return new FormDocuments(new TermDocuments(terms.postings, distinct(forms)), splitDocumentsOf(terms, part));
}

function togetherOf(terms: SearchTerms, first: TermPart, second: TermPart): number[] {
  const { prefixes } = second;
  if (prefixes !== null)
    return spellingsOf(first).flatMap(({ fold }) =>
      prefixes.flatMap((prefix) => terms.table.ofPrefix(fold + prefix)),
    );
  const keys = keysOfPair(first, second);
  return [
    ...keys.flatMap((key) => terms.table.ofStem(key, false)),
    ...terms.surfaces.termsOf(terms.surfaces.ofKeys(keys)),
  ];
}

function distinct(list: readonly number[]): number[] {
  return [...new Set(list)];
}
