import { parseFilter } from '#src/match/language/parse-filter.ts';
import { printFilter } from '#src/match/language/print-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { ProposalRow } from './labelled-rows.ts';

/** Whether the filter is answered as the row wants: as an error or a hint, with the right proposal, and none that fails. */
export function isAnsweredRight(row: ProposalRow, topics: TopicCatalogue): boolean {
  const parsed = parseFilter(row.filter, { topics });
  if (parsed.ok !== (row.as === 'hint')) return false;
  const given = (parsed.ok ? parsed.hints : [parsed.error]).flatMap(({ proposal }) => proposal ?? []);
  const readings = given.map((proposal) => readingOf(proposal, topics));
  if (readings.includes(null)) return false;
  if ('proposal' in row) return readings.includes(readingOf(row.proposal, topics));
  return given.some((proposal) => row.proposal_must_contain.every((kept) => proposal.includes(kept)));
}

/** The filter as it reads, whatever its spelling; null when it is malformed. */
function readingOf(filter: string, topics: TopicCatalogue): string | null {
  const parsed = parseFilter(filter, { topics });
  return parsed.ok ? printFilter(parsed.filter) : null;
}
