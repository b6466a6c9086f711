import { matchFilter } from '#src/match/evaluate/explain.ts';
import { createFilterIndex } from '#src/match/filters/filter-index.ts';
import { type Filter, type MatchDocument, NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';

export const topics = readTopicCatalogue([
  {
    name: 'llm',
    title: 'Large language models',
    line: 'Language models.',
    filter: 'LLM OR "large language model"',
  },
  { name: 'sparsity', title: 'Sparsity', line: 'Fewer weights.', filter: 'pruning OR sparsity OR "N:M"' },
]);

export const NOW = Date.UTC(2026, 2, 27, 12);

/** A paper about which nothing is known but what is given. */
export function paper(known: Partial<MatchDocument>): MatchDocument {
  return { ...NOTHING_KNOWN, id: '2603.00001', ...known };
}

/** The filter's tree; throws with the error's text when it is malformed. */
export function good(text: string): Filter {
  const parsed = parseFilter(text, { topics });
  if (!parsed.ok) throw new Error(`${text}: ${inEnglish(parsed.error.message)} (${parsed.error.position})`);
  return parsed.filter;
}

/** Whether the filter matches a paper of which this is known; throws when the index of filters thinks otherwise. */
export function finds(filter: string, known: Partial<MatchDocument>): boolean {
  const tree = good(filter);
  const matches = matchFilter(tree, paper(known), NOW);
  const index = createFilterIndex();
  index.add('one', tree);
  if (index.match(paper(known), NOW).length !== Number(matches))
    throw new Error(`the index says ${!matches}`);
  return matches;
}

/** Whether the filter matches a paper with this title. */
export function findsTitle(filter: string, title: string): boolean {
  return finds(filter, { title });
}
