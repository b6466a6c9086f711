import type { Figures } from './figures.ts';
import type { Paper } from './paper.ts';

/** As its definition says: source/sources.ts lists them. */
export type SourceName = string;

/** Which list of a source was looked at. */
export type ListKind =
  /** A day's batch, in vote order: the list the trend rule reads. */
  | 'daily'
  /** The newest papers, in time order. */
  | 'latest'
  /** Hugging Face's own trending ranking. */
  | 'trending'
  /** What a category or a venue announces, as arXiv does once a day. */
  | 'announced'
  /** A look-up of single papers by id or words. */
  | 'lookup';

/** One paper in one poll. */
export type Sighting = Figures & {
  paper: Paper;
  /** Place in the list, from 1, malformed items counted. */
  place: number;
  /** Day of the paper's daily batch (`YYYY-MM-DD`, UTC) where the source tells it. */
  batchDay: string | null;
};

/** One look at one list: what was there, in the list's order, at one instant. */
export type Poll = {
  source: SourceName;
  list: ListKind;
  /** `2026-03-02` for a daily batch, the category or venue of announcements, otherwise empty. */
  key: string;
  /** UTC milliseconds. */
  seenAt: number;
  /** False when pages are missing or the list was cut at its limit: absence then proves nothing. */
  complete: boolean;
  /** Items that could not be read: counted, logged, left out of `sightings`. */
  malformed: number;
  /** The list is of a day that is over: it was missed, and what it brings comes late. */
  late?: boolean;
  sightings: readonly Sighting[];
  /** New versions of papers that were there before: no newcomers, but known ones may have been withdrawn by them. */
  replaced?: readonly Paper[];
};
