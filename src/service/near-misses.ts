import { crossing } from '#src/decision/news.ts';
import type { What } from '#src/decision/terms.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { printFilter } from '#src/match/language/print-filter.ts';
import type { TrendRise } from '#src/trend/trend-event.ts';
import { code, phrase, quoted, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { BackTestDeps, Past } from './back-test.ts';

const MOST = 2;
/** Of the newest ones; and so many clauses are each left out once. */
const MOST_LOOKED_AT = 500;
const MOST_CLAUSES = 16;

/** All parts of a filter but one, and that one. */
type Looser = { rest: Filter; clause: Filter };

/** A paper that trended, and the clause of the filter for which it did not come: what it lacks, or has although it should not. */
export type NearMiss = { paper: string; title: string; clause: Filter };

type NearMissDeps = Pick<BackTestDeps, 'trend' | 'mutes'> & {
  archive: Pick<BackTestDeps['archive'], 'papers'>;
  search: Pick<BackTestDeps['search'], 'matching'>;
};

type Missed = {
  serverId: string;
  filter: Filter;
  what: What;
  rises: readonly TrendRise[];
  /** Papers that the filter takes. */
  matched: ReadonlySet<string>;
  /** UTC ms. */
  until: number;
  most: number;
};

/** Of the papers that trended as far as the sensitivity hears of them, the newest that lack one clause of the filter. */
export async function findNearMisses(
  { archive, search, trend, mutes }: NearMissDeps,
  { serverId, filter, what, rises, matched, until, most }: Missed,
): Promise<NearMiss[]> {
  const looser = looserThan(filter).slice(0, MOST_CLAUSES);
  if (looser.length === 0) return [];
  const crosses = crossing(trend.thresholdFor(what.kind === 'trending' ? what.sensitivity : 'balanced'));
  const missed = rises.filter((rise) => crosses(rise) && !matched.has(rise.paper));
  const newest = missed.toSorted((a, b) => b.at - a.at).slice(0, MOST_LOOKED_AT);
  const papers = [...new Set(newest.map(({ paper }) => paper))];
  const lacking = new Map<string, Filter>();
  for (const { rest, clause } of looser) {
    const found = await search.matching(mutes.unmuted(serverId, rest), papers, until);
    for (const paper of found.papers) if (!lacking.has(paper)) lacking.set(paper, clause);
  }
  const nearest = papers.filter((paper) => lacking.has(paper)).slice(0, most);
  return (await archive.papers(nearest)).flatMap(({ paper: { id, title } }) => {
    const clause = lacking.get(id);
    return clause ? [{ paper: id, title, clause }] : [];
  });
}

/** Those of the past days, for the preview: at most two. */
export async function nearMisses(
  deps: BackTestDeps,
  past: Past,
  { serverId, what }: Pick<Missed, 'serverId' | 'what'>,
): Promise<Phrase[]> {
  const { filter, rises, stories, until } = past;
  const matched = new Set(stories.map(({ paper }) => paper));
  const misses = await findNearMisses(deps, { serverId, filter, what, rises, matched, until, most: MOST });
  return misses.map((miss) => phrase('preview.nearest', { miss: tellNearMiss(miss) }));
}

/** "“…” lacks `video`": half a sentence. */
export function tellNearMiss({ title, clause }: NearMiss): Phrase {
  const isExcluded = clause.kind === 'not';
  return phrase('nearMiss.of', {
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
