import { type Figures, figuresOf } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { SourceName } from '#src/paper/sighting.ts';
import type { StoredPaper } from './stored-paper.ts';

/** A row of the table `paper`; lists are JSON. */
export type PaperRow = Figures & {
  ref: number;
  id: string;
  title: string;
  abstract: string;
  authors: string;
  categories: string;
  keywords: string;
  organization: string | null;
  published_at: number | null;
  repository: string | null;
  project_page: string | null;
  thumbnail: string | null;
  comment: string | null;
  journal_ref: string | null;
  withdrawn: number | null;
  withdrawn_at: number | null;
  updated_at: number | null;
  trending_rank: number | null;
  figures_at: number;
  first_seen_at: number;
  first_listed_at: number | null;
  listed_by: string | null;
  news_at: number | null;
  rises_since: number | null;
  batch_days: string;
  sources: string;
  seq: number;
  facts_seq: number;
};

/** Reads a row that the archive wrote. */
export function storedPaper(row: PaperRow): StoredPaper {
  const batchDays: string[] = JSON.parse(row.batch_days);
  return {
    paper: {
      id: row.id,
      title: row.title,
      abstract: row.abstract,
      authors: JSON.parse(row.authors),
      categories: JSON.parse(row.categories),
      keywords: JSON.parse(row.keywords),
      organization: row.organization,
      publishedAt: row.published_at,
      repository: row.repository,
      projectPage: row.project_page,
      thumbnail: row.thumbnail,
      comment: row.comment,
      journalRef: row.journal_ref,
      withdrawn: row.withdrawn === 1 ? { at: row.withdrawn_at } : null,
      updatedAt: row.updated_at,
    },
    signals: { ...figuresOf(row), trendingRank: row.trending_rank },
    firstSeenAt: row.first_listed_at ?? row.first_seen_at,
    listedBy: row.listed_by,
    newsAt: row.news_at,
    risesSince: row.rises_since,
    batchDay: batchDays.at(-1) ?? null,
    batchDays,
    sources: JSON.parse(row.sources) as SourceName[],
  };
}

/** The values of FACT_COLUMNS, in their order. */
export function factValues(paper: Paper): (string | number | null)[] {
  return [
    paper.title,
    paper.abstract,
    JSON.stringify(paper.authors),
    JSON.stringify(paper.categories),
    JSON.stringify(paper.keywords),
    paper.organization,
    paper.publishedAt,
    paper.repository,
    paper.projectPage,
    paper.thumbnail,
    paper.comment,
    paper.journalRef,
    paper.withdrawn ? 1 : null,
    paper.withdrawn?.at ?? null,
    paper.updatedAt,
  ];
}

export const FACT_COLUMNS = [
  'title',
  'abstract',
  'authors',
  'categories',
  'keywords',
  'organization',
  'published_at',
  'repository',
  'project_page',
  'thumbnail',
  'comment',
  'journal_ref',
  'withdrawn',
  'withdrawn_at',
  'updated_at',
] as const;
