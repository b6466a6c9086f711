import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Labelled examples of what filters mean; not part of the project. */
const CASES = join(import.meta.dirname, '../../../../shared/cases');

/** Does the filter find the paper (a line of `npm run match`), or is it an error? */
export type MatchingRow = {
  id: string;
  kind: string;
  filter: string;
  paper: object;
  want: boolean | 'error';
};

/** What a filter is answered with: a proposal that reads like this one, or that keeps all of these. */
export type ProposalRow = { as: 'error' | 'hint'; filter: string } & (
  | { proposal: string }
  | { proposal_must_contain: readonly string[] }
);

/** The one paper that a text names, or none. */
export type IdRow = { text: string; id: string | null };

type Files = { matching: MatchingRow; proposals: ProposalRow; ids: IdRow };

/** The rows of a file, one in ten of them with `few`; null, and said so, when the file is not there. */
export function labelledRows<F extends keyof Files>(file: F, few: boolean): Files[F][] | null {
  const path = join(CASES, `${file}.jsonl`);
  if (!existsSync(path)) {
    console.error(`There are no labelled examples at ${path}: ${file} is left out.`);
    return null;
  }
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.filter((_, place) => !few || place % 10 === 0).map((line) => rowOf<F>(line));
}

function rowOf<F extends keyof Files>(line: string): Files[F] {
  return JSON.parse(line);
}
