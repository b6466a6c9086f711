import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type MatchDocument, NOTHING_KNOWN } from '#src/match/language/filter.ts';

/** Recorded days of Hugging Face's daily papers; not part of the project. */
export const RECORDINGS = join(import.meta.dirname, '../../../shared/recordings/hugging-face');
const SAMPLE = join(import.meta.dirname, '../../src/source/sample/papers.json');
export const recordingsExist = (): boolean => existsSync(RECORDINGS);

/** First day that no benchmark learns from: papers to match against are of this day or later. */
export const HELD_OUT_FROM = '2026-01-01';

/** Papers whose words benchmarks make their filters from: recorded days, or the bundled sample where there are none. */
export function papersToLearnFrom(): MatchDocument[] {
  return recordingsExist() ? readRecordedPapers('0000', HELD_OUT_FROM) : readSamplePapers(0);
}

/** Papers that no filter was made from. */
export function papersToMatch(): MatchDocument[] {
  return recordingsExist() ? readRecordedPapers(HELD_OUT_FROM) : readSamplePapers(1);
}

/** Every second paper of the bundled sample feed. */
function readSamplePapers(odd: number): MatchDocument[] {
  const papers: SamplePaper[] = JSON.parse(readFileSync(SAMPLE, 'utf8'));
  return papers.filter((_, number) => number % 2 === odd).map(toSampleDocument);
}

type SamplePaper = Pick<
  MatchDocument,
  'id' | 'title' | 'abstract' | 'authors' | 'categories' | 'keywords'
> & {
  organization: string | null;
  votes: number;
  comments: number | null;
  stars: number | null;
};

function toSampleDocument({ votes, ...paper }: SamplePaper): MatchDocument {
  return { ...NOTHING_KNOWN, ...paper, upvotes: votes, publishedAt: null, comment: null, journalRef: null };
}

type RecordedItem = {
  paper: {
    id: string;
    title: string;
    summary?: string;
    publishedAt?: string;
    upvotes?: number;
    githubStars?: number;
    authors?: readonly { name: string; hidden?: boolean }[];
    ai_keywords?: readonly string[];
    organization?: { fullname?: string };
  };
  numComments?: number;
};

/** Every recorded paper once, in the order of the days; `from` included, `before` excluded (`YYYY-MM-DD`). */
export function readRecordedPapers(from = '0000', before = '9999'): MatchDocument[] {
  const papers = new Map<string, MatchDocument>();
  for (const year of readdirSync(RECORDINGS).filter((name) => /^\d{4}$/.test(name))) {
    for (const file of readdirSync(join(RECORDINGS, year)).sort()) {
      const day = file.slice(0, 10);
      if (!file.endsWith('.json.gz') || day < from || day >= before) continue;
      const items: RecordedItem[] = JSON.parse(
        gunzipSync(readFileSync(join(RECORDINGS, year, file))).toString(),
      );
      for (const item of items) papers.set(item.paper.id, toDocument(item));
    }
  }
  return [...papers.values()];
}

function toDocument({ paper, numComments }: RecordedItem): MatchDocument {
  const authors = (paper.authors ?? []).filter((author) => !author.hidden).map((author) => author.name);
  return {
    ...NOTHING_KNOWN,
    id: paper.id,
    title: paper.title.replace(/\s+/g, ' ').trim(),
    abstract: (paper.summary ?? '').replace(/\s+/g, ' ').trim(),
    authors,
    categories: [],
    keywords: paper.ai_keywords ?? [],
    organization: paper.organization?.fullname ?? null,
    upvotes: paper.upvotes ?? null,
    comments: numComments ?? null,
    stars: paper.githubStars ?? null,
    publishedAt: paper.publishedAt ? Date.parse(paper.publishedAt) : null,
  };
}
