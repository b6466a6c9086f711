import { nameless } from '#src/paper/nameless.ts';
import type { Paper } from '#src/paper/paper.ts';

/** A paper of which nothing is known but what is given. */
export const aPaper = (id: string, facts: Partial<Paper> = {}): Paper => ({
  ...nameless(id),
  title: `Title of ${id}`,
  ...facts,
});
