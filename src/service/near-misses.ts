import { crossing } from '#src/decision/news.ts';
import type { What } from '#src/decision/terms.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { printFilter } from '#src/match/language/print-filter.ts';
import { code, phrase, quoted, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { BackTestDeps, Past } from './back-test.ts';

const MOST = 2;
/** Of the newest ones; and so many clauses are each left out once. */
const MOST_LOOKED_AT = 500;
const MOST_CLAUSES = 16;

/** All parts of a filter but one, and that one. */
type Looser = { rest: Filter; clause: Filter };

/** The newest papers that trended, as far as the sensitivity hears of them, and lack one clause of the filter: at most two. */
export async function nearMisses(
  { archive, search, trend }: BackTestDeps,
  past: Past,
  what: What,
): Promise<Phrase[]> {
  const looser = looserThan(past.filter).slice(0, MOST_CLAUSES);
  if (looser.length === 0) return [];
  const crosses = crossing(trend.thresholdFor(what.kind === 'trending' ? what.sensitivity : 'balanced'));
  const matched = new Set(past.stories.map(({ paper }) => paper));
  const rises = past.rises.filter((rise) => crosses(rise) && !matched.has(rise.paper));
  const newest = rises.toSorted((a, b) => b.at - a.at).slice(0, MOST_LOOKED_AT);
  const papers = [...new Set(newest.map(({ paper }) => paper))];
  const lacking = new Map<string, Filter>();
  for (const { rest, clause } of looser) {
    const found = await search.matching(rest, papers, past.until);
    for (const paper of found.papers) if (!lacking.has(paper)) lacking.set(paper, clause);
  }
  const nearest = papers.filter((paper) => lacking.has(paper)).slice(0, MOST);
  return (await archive.papers(nearest)).flatMap(({ paper }) => {
    const clause = lacking.get(paper.id);
    return clause ? [told(paper.title, clause)] : [];
  });
}

function told(title: string, clause: Filter): Phrase {
  const isExcluded = clause.kind === 'not';
  return phrase('preview.nearest', {
    title: quoted(title, 120),
    clause: code(printFilter(isExcluded ? clause.part : clause), 100),
    isExcluded: yesNo(isExcluded),
  });
}

/** Nothing for a single word: every paper lacks that. */
function looserThan(filter: Filter): Looser[] {
  if (filter.kind === 'or') return filter.parts.flatMap(looserThan);
  if (filter.kind !== 'and') return [];
  return filter.parts.flatMap((clause, gone) => {
    const rest = filter.parts.filter((_, at) => at !== gone);
    if (rest.every(({ kind }) => kind === 'not')) return [];
    return [{ clause, rest: rest.length === 1 ? rest[0] : { kind: 'and' as const, parts: rest } }];
  });
}
