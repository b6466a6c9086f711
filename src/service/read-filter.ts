import { UserError } from '#src/foundation/failure.ts';
import type { Filter, FilterError } from '#src/match/filter.ts';
import { parseFilter } from '#src/match/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/topic-catalogue.ts';
import { wording } from '#src/render/wording.ts';

export type ReadFilter = { text: string; filter: Filter; hints: readonly string[] };

/** Reads a filter as a person wrote it. Throws UserError with position, reason and proposal. */
export function readFilter(text: string, topics: TopicCatalogue): ReadFilter {
  const parsed = parseFilter(text, { topics });
  if (!parsed.ok) throw new UserError(wording.badFilter(parsed.error, text));
  return { text, filter: parsed.filter, hints: parsed.hints.map(hintText) };
}

function hintText({ message, proposal }: FilterError): string {
  return proposal ? `${message} Try: ${proposal}` : message;
}
