import { type FigureField, type FigureFields, figureFields, NO_FIGURES } from '#src/paper/figures.ts';
import type { Phrase } from '#src/wording/values.ts';

/**
 * The filter language's tree, and what a filter is tried on. Grammar: docs/filters.md; reading: parse-filter.ts.
 */
export type Filter =
  | { kind: 'and' | 'or'; parts: readonly Filter[] }
  | { kind: 'not'; part: Filter }
  | TextLeaf
  | { kind: 'category'; pattern: string }
  /** One of the authors fits the filter, an AND or a NOT of names (person.ts). */
  | { kind: 'person'; filter: Filter }
  | VenueLeaf
  | { kind: 'topic'; name: string; filter: Filter }
  | { kind: 'number'; figure: FigureField; is: Comparison; value: number }
  | { kind: 'date'; side: 'after' | 'before'; day: string }
  | { kind: 'age'; is: '<' | '<=' | '>' | '>='; hours: number };

/** Words; `field` null = title, abstract and keywords. `text` is as it was written, without quotes, star or `~n`. */
export type TextLeaf =
  | { kind: 'word'; text: string; field: TextField | null }
  | { kind: 'prefix'; text: string; field: TextField | null }
  | { kind: 'phrase'; text: string; field: TextField | null; within: number | null };

/** A venue's name or words, with a year or without; `form` and `text` as in a TextLeaf. */
export type VenueLeaf = { kind: 'venue'; form: 'word' | 'prefix' | 'phrase'; text: string };

export type TextField = 'title' | 'abstract' | 'author' | 'org' | 'keyword';
export type Comparison = '>' | '>=' | '<' | '<=' | '=';

/** What a filter is tried on: a paper's words and its newest figures. Plain data; `null` = unknown. */
export type MatchDocument = FigureFields & {
  id: string;
  title: string;
  abstract: string;
  authors: readonly string[];
  categories: readonly string[];
  keywords: readonly string[];
  organization: string | null;
  /** Where it was accepted or published, in the words of arXiv: venue.ts reads them. */
  comment: string | null;
  journalRef: string | null;
  publishedAt: number | null;
};

/** A paper without a word, of which nothing is known. */
export const NOTHING_KNOWN: MatchDocument = {
  id: '',
  title: '',
  abstract: '',
  authors: [],
  categories: [],
  keywords: [],
  organization: null,
  comment: null,
  journalRef: null,
  ...figureFields(NO_FIGURES),
  publishedAt: null,
};

/** What is wrong with a filter, or (as a hint) what its writer may not have meant. */
export type FilterError = {
  /** 0-based UTF-16 index of the offending token. */
  position: number;
  /** A whole sentence without the position. */
  message: Phrase;
  /** A corrected filter or the next step, when one is known. */
  proposal: string | null;
};

export type Parsed =
  /** `hints`: the filter is good, but can match nothing, or nearly everything, or reads like a slip. */
  { ok: true; filter: Filter; hints: readonly FilterError[] } | { ok: false; error: FilterError };

/** Where one term of the filter stands in the paper; offsets are UTF-16 into that field's original text. */
export type TermMatch = {
  term: string;
  field: TextField | 'category';
  item: number;
  start: number;
  end: number;
};

export type Verdict =
  | { matches: true; found: readonly TermMatch[] }
  /** `missing`: the clauses that failed, printed; one entry = a near miss by that single clause. */
  | { matches: false; found: readonly TermMatch[]; missing: readonly string[] };
