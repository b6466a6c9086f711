import type { Archive } from '#src/archive/archive.ts';
import type { PastPost } from '#src/decision/past.ts';
import { type Difference, TITLES_SHOWN } from '#src/render/filter-page.ts';

/** The posts that are not among the others, the newest first. */
export async function notAmong(
  archive: Pick<Archive, 'papers'>,
  posts: readonly PastPost[],
  others: readonly PastPost[],
): Promise<Difference> {
  const known = new Set(others.map(({ paper }) => paper));
  const only = posts.filter(({ paper }) => !known.has(paper)).map(({ paper }) => paper);
  const titles = (await archive.papers(only.slice(0, TITLES_SHOWN))).map(({ paper }) => paper.title);
  return { total: only.length, titles };
}
