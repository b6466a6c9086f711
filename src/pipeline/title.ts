import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { quoted } from '#src/wording/phrase.ts';
import type { Mark } from '#src/wording/values.ts';

const LONGEST = 80;

/** A paper as it is called where what happens is told, a line each. */
export const titleOf = ({ paper }: Pick<StoredPaper, 'paper'>): Mark =>
  quoted(paper.title || paper.id, LONGEST);

/** The same of one that may be known no more. */
export async function titleById({ paper }: Pick<Archive, 'paper'>, id: string): Promise<Mark> {
  const stored = await paper(id);
  return stored ? titleOf(stored) : quoted(id);
}
