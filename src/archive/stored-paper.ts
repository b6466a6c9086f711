import type { MatchDocument } from '#src/match/language/filter.ts';
import { figureFields } from '#src/paper/figures.ts';
import type { Paper, Signals } from '#src/paper/paper.ts';
import { isOfEarlierMonths, monthOf, startOf } from '#src/paper/paper-dates.ts';
import type { SourceName } from '#src/paper/sighting.ts';

/** What the archive knows of one paper. */
export type StoredPaper = {
  paper: Paper;
  /** The newest figures seen. */
  signals: Signals;
  /** When a list first showed it; when it was first asked for, while no list has. UTC ms. */
  firstSeenAt: number;
  /** Whose list showed it first; null: it was only looked up, and is nobody's news. */
  listedBy: SourceName | null;
  /** It is news for whoever subscribed by then (UTC ms); null: only looked up, or history. See news-rule.ts. */
  newsAt: number | null;
  /** Rises up to this instant were there before its list was first read (UTC ms); null: there were none. */
  risesSince: number | null;
  /** The newest day (`YYYY-MM-DD`, UTC) on which a source featured it. */
  batchDay: string | null;
  /** All days it was featured, oldest first. */
  batchDays: readonly string[];
  sources: readonly SourceName[];
};

/** A line of the change journal. `factsSeq` is the number of the paper's last change of facts; the rest were figures. */
export type Change = { seq: number; factsSeq: number; paper: StoredPaper };

/** A paper as filters and the search see it. */
export function documentOf({ paper, signals, firstSeenAt }: StoredPaper): MatchDocument {
  return {
    id: paper.id,
    title: paper.title,
    abstract: paper.abstract,
    authors: paper.authors,
    categories: paper.categories,
    keywords: paper.keywords,
    organization: paper.organization,
    comment: paper.comment,
    journalRef: paper.journalRef,
    publishedAt: paper.publishedAt ?? monthAlone(paper.id, firstSeenAt),
    ...figureFields(signals),
  };
}

/**
 * When it came out is known to the month, by its id, once that is over: then it counts as the month's first instant, so that
 * it is never taken for newer than it is. Null: nothing is known.
 */
function monthAlone(id: string, firstSeenAt: number): number | null {
  const month = monthOf(id);
  return month !== null && isOfEarlierMonths(id, firstSeenAt) ? startOf(month) : null;
}
