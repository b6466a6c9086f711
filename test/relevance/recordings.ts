import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { MatchDocument } from '#src/match/filter.ts';

/** Recorded days of Hugging Face's daily papers; not part of the project, so whoever reads them asks `haveRecordings` first. */
const FOLDER = join(import.meta.dirname, '../../../shared/recordings/hugging-face');

export const haveRecordings = existsSync(FOLDER);

/** Days (`YYYY-MM-DD`, ascending) recorded in a month (`YYYY-MM`). */
export function recordedDays(month: string): readonly string[] {
  return readdirSync(join(FOLDER, month.slice(0, 4)))
    .filter((name) => name.startsWith(month) && name.endsWith('.json.gz'))
    .map((name) => name.slice(0, 10))
    .sort();
}

/** The papers of one recorded day, in the list's order, as a filter sees them. */
export function papersOf(day: string): readonly MatchDocument[] {
  const body = gunzipSync(readFileSync(join(FOLDER, day.slice(0, 4), `${day}.json.gz`)));
  return (JSON.parse(body.toString()) as readonly Entry[]).map(documentOf);
}

type Entry = {
  paper: {
    id: string;
    title: string;
    summary: string;
    ai_keywords?: readonly string[];
    authors?: readonly { name: string; hidden?: boolean }[];
    upvotes?: number;
    publishedAt?: string;
  };
};

function documentOf({ paper }: Entry): MatchDocument {
  return {
    id: paper.id,
    title: paper.title.replace(/\s+/g, ' '),
    abstract: paper.summary.replace(/\s+/g, ' '),
    authors: (paper.authors ?? []).filter((author) => !author.hidden).map((author) => author.name),
    categories: [],
    keywords: paper.ai_keywords ?? [],
    organization: null,
    upvotes: paper.upvotes ?? null,
    comments: null,
    stars: null,
    publishedAt: paper.publishedAt ? Date.parse(paper.publishedAt) : null,
  };
}
