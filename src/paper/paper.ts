import type { Figures } from './figures.ts';

/**
 * A paper as every room knows it: facts that do not change from poll to poll.
 * What changes (figures, place in a list) is a Sighting's.
 */
export type Paper = {
  /** arXiv id without a version: `2604.26951`, `hep-th/9901001`. The key of everything. */
  id: string;
  /** One line, white space collapsed, markup as the source gave it. */
  title: string;
  /** May be empty: a list may not carry it. */
  abstract: string;
  /** Display names, in the paper's order; hidden authors left out. */
  authors: readonly string[];
  /** arXiv categories, primary first; empty while unknown (Hugging Face lists have none). */
  categories: readonly string[];
  /** Keywords a source attached; empty while unknown. */
  keywords: readonly string[];
  /** The organisation's full name as Hugging Face shows it. */
  organization: string | null;
  /** arXiv's comment, the authors' own words (`Accepted at ICML 2026, 12 pages`); one line. */
  comment: string | null;
  /** Where arXiv says it was published (`Phys. Rev. D 103, 043012 (2021)`); one line. */
  journalRef: string | null;
  /** Its authors took it back, and no newer version brought it again. */
  withdrawn: Withdrawal | null;
  /** First version on arXiv, UTC milliseconds. */
  publishedAt: number | null;
  /** Newest version on arXiv, UTC milliseconds; null while no source tells. */
  updatedAt: number | null;
  /** `owner/name` on GitHub. */
  repository: string | null;
  projectPage: string | null;
  /** An https address of a picture that Discord can show. */
  thumbnail: string | null;
};

/** When, UTC milliseconds; null where the source does not tell. */
export type Withdrawal = { at: number | null };

/** The newest known figures of a paper. */
export type Signals = Figures & {
  /** Place in Hugging Face's own trending list, 1 = top; null when not in it. */
  trendingRank: number | null;
};
