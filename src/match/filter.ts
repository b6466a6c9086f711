/**
 * The filter language's tree, and what a filter is tried on. Grammar: docs/filters.md; reading: parse-filter.ts.
 */
export type Filter =
  | { kind: 'and' | 'or'; parts: readonly Filter[] }
  | { kind: 'not'; part: Filter }
  | { kind: 'word'; text: string; field: TextField | null }
  | { kind: 'prefix'; text: string; field: TextField | null }
  | { kind: 'phrase'; text: string; field: TextField | null; within: number | null }
  | { kind: 'category'; pattern: string }
  | { kind: 'topic'; name: string; filter: Filter }
  | { kind: 'number'; figure: 'upvotes' | 'comments' | 'stars'; is: Comparison; value: number }
  | { kind: 'date'; side: 'after' | 'before'; day: string }
  | { kind: 'age'; is: '<' | '<=' | '>' | '>='; hours: number };

export type TextField = 'title' | 'abstract' | 'author' | 'org' | 'keyword';
export type Comparison = '>' | '>=' | '<' | '<=' | '=';

/** What a filter is tried on: a paper's words and its newest figures. Plain data; `null` = unknown. */
export type MatchDocument = {
  id: string;
  title: string;
  abstract: string;
  authors: readonly string[];
  categories: readonly string[];
  keywords: readonly string[];
  organization: string | null;
  upvotes: number | null;
  comments: number | null;
  stars: number | null;
  publishedAt: number | null;
};

export type FilterError = {
  /** 0-based UTF-16 index of the offending token. */
  position: number;
  /** A sentence without the position. */
  message: string;
  /** A corrected filter or the next step, when one is known. */
  proposal: string | null;
};

export type Parsed = { ok: true; filter: Filter } | { ok: false; error: FilterError };

/** Where one term of the filter stands in the paper; offsets are UTF-16 into that field's original text. */
export type TermMatch = { term: string; field: TextField | 'category'; item: number; start: number; end: number };

export type Verdict =
  | { matches: true; found: readonly TermMatch[] }
  /** `missing`: the clauses that failed, printed; one entry = a near miss by that single clause. */
  | { matches: false; found: readonly TermMatch[]; missing: readonly string[] };
