import { AllDocuments, AnyOf, type DocumentSet } from './document-sets.ts';

/**
 * A filter, or a part of one, as search tries it on the documents in rising order: first `prepare`, then for each of the
 * `candidates` `has`, then for a match `score`.
 */
export type SearchNode = {
  /** How many candidates there are at most. */
  readonly cost: number;
  /** How many terms and facts may have to be asked for one document. */
  readonly leaves: number;
  /** Every document that matches, and maybe others. Where it stands is where `has` stands: both only move on. */
  candidates(): DocumentSet;
  /** Work in slices that has to be done first; yields after each. */
  prepare(documents: number): Generator<void>;
  /** Whether the document matches, exactly. */
  has(document: number): boolean;
  /** BM25; 0 for what is no word. */
  score(document: number): number;
};

export function allOf(parts: readonly SearchNode[]): SearchNode {
  const byCost = parts.toSorted((a, b) => a.cost - b.cost);
  return {
    ...ofParts(parts),
    cost: byCost[0].cost,
    candidates: () => byCost[0].candidates(),
    has: (document) => {
      for (const part of byCost) if (!part.has(document)) return false;
      return true;
    },
    score: (document) => {
      let score = 0;
      for (const part of parts) score += part.score(document);
      return score;
    },
  };
}

export function anyOf(parts: readonly SearchNode[]): SearchNode {
  return {
    ...ofParts(parts),
    cost: parts.reduce((sum, part) => sum + part.cost, 0),
    candidates: () => new AnyOf(parts.map((part) => part.candidates())),
    has: (document) => {
      for (const part of parts) if (part.has(document)) return true;
      return false;
    },
    score: (document) => {
      let score = 0;
      for (const part of parts) if (part.has(document)) score += part.score(document);
      return score;
    },
  };
}

export function noneOf(part: SearchNode, documents: number): SearchNode {
  return {
    ...ofParts([part]),
    cost: documents,
    candidates: () => new AllDocuments(documents),
    has: (document) => !part.has(document),
    score: () => 0,
  };
}

/** A fact about a document that no list knows. */
export function factNode(holds: (document: number) => boolean, documents: number): SearchNode {
  return {
    cost: documents,
    leaves: 1,
    candidates: () => new AllDocuments(documents),
    *prepare() {},
    has: holds,
    score: () => 0,
  };
}

function ofParts(parts: readonly SearchNode[]): Pick<SearchNode, 'leaves' | 'prepare'> {
  return {
    leaves: parts.reduce((sum, part) => sum + part.leaves, 0),
    *prepare(documents) {
      for (const part of parts) yield* part.prepare(documents);
    },
  };
}
