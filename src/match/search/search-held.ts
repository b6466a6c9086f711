import type { Filter } from '../language/filter.ts';
import { filterNode } from './filter-node.ts';
import type { HeldPapers } from './held-papers.ts';
import type { SearchNode } from './search-nodes.ts';
import { SearchRanking, type SearchSort } from './search-ranking.ts';
import { isDueABreak, isTooMuch, takeBreath, type Work } from './search-work.ts';

// What is asked of the papers, in slices. Papers that are taken in meanwhile are not looked at.

export type SearchOptions = {
  limit: number;
  offset?: number;
  /** Default: relevance. See search-ranking.ts. */
  sort?: SearchSort;
  /** Only papers published at this instant (UTC ms) or later. */
  since?: number | null;
  /** UTC ms, for `age:`. */
  now: number;
  /** Once so many were found it stops looking. Default: never. */
  enough?: number;
};

export type SearchResult = {
  total: number;
  hits: { paper: string; score: number }[];
  /** False when the question asked for more work than one may: papers taken in late were not looked at. */
  complete: boolean;
};

/** `complete`: as in a SearchResult. */
export type MatchingPapers = { papers: ReadonlySet<string>; complete: boolean };

/** The best of the papers that match. */
export function* searchHeld(
  held: HeldPapers,
  filter: Filter,
  options: SearchOptions,
): Generator<void, SearchResult> {
  const { limit, offset = 0, sort = 'relevance', since = null, now, enough } = options;
  const { node, documents, work } = yield* asked(held, filter, now);
  const ranking = new SearchRanking(held.figures, held.ids, sort, limit + offset);
  const candidates = node.candidates();
  const { published } = held.figures;
  let total = 0;
  let document = candidates.seek(0);
  for (; document < documents && !isTooMuch(work); document = candidates.seek(document + 1)) {
    work.steps += node.leaves;
    if (isDueABreak(work)) yield* takeBreath(work);
    if (held.isGone(document) || (since !== null && !(published[document] >= since))) continue;
    if (!node.has(document)) continue;
    total++;
    if (total === enough) break;
    ranking.offer(document, sort === 'relevance' ? node.score(document) : 0);
  }
  const best = ranking.best().slice(offset);
  const hits = best.map(({ document: number, score }) => ({ paper: held.ids[number], score }));
  return { total, hits, complete: document >= documents };
}

/** Whether any matches; also true when that would take too long to tell. */
export function* findsHeld(held: HeldPapers, filter: Filter, now: number): Generator<void, boolean> {
  const { node, documents, work } = yield* asked(held, filter, now);
  const candidates = node.candidates();
  for (let document = candidates.seek(0); document < documents; document = candidates.seek(document + 1)) {
    work.steps += node.leaves;
    if (isDueABreak(work)) yield* takeBreath(work);
    if (isTooMuch(work)) return true;
    if (!held.isGone(document) && node.has(document)) return true;
  }
  return false;
}

/** Which of these papers match. */
export function* matchHeld(
  held: HeldPapers,
  filter: Filter,
  papers: Iterable<string>,
  now: number,
): Generator<void, MatchingPapers> {
  const { node, documents, work } = yield* asked(held, filter, now);
  const matching = new Set<string>();
  for (const document of yield* held.inOrder(papers, documents, work)) {
    if (isTooMuch(work)) return { papers: matching, complete: false };
    work.steps += node.leaves;
    if (isDueABreak(work)) yield* takeBreath(work);
    if (!held.isGone(document) && node.has(document)) matching.add(held.ids[document]);
  }
  return { papers: matching, complete: true };
}

type Asked = { node: SearchNode; documents: number; work: Work };

function* asked(held: HeldPapers, filter: Filter, now: number): Generator<void, Asked> {
  const documents = held.ids.length;
  const work = { steps: 0, all: 0 };
  const node = yield* filterNode(filter, { held, documents, now, work });
  yield* node.prepare(documents);
  return { node, documents, work };
}
