import { markdown, phrase } from '#src/wording/phrase.ts';
import { inQuotes, withMendedValue } from './field-slips.ts';
import type { Filter } from './filter.ts';
import type { FilterDraft } from './filter-draft.ts';
import type { FieldToken, FilterToken } from './filter-lexer.ts';
import { isOnlyComparison, isPartOfValue, readValue, type ValueField } from './filter-values.ts';
import { mendValue } from './value-slips.ts';

/**
 * A number, date or age with its field, and how many tokens it takes: two where a blank stands between sign and number.
 * `after`: the tokens after the field's, three at most and one at least. Throws Mistake.
 */
export function readValued(
  token: FieldToken,
  field: ValueField,
  after: readonly FilterToken[],
  draft: FilterDraft,
): { filter: Filter; taken: number } {
  const [first, second] = after;
  const apart = first.kind === 'word' && isOnlyComparison(first.text) && second?.kind === 'word';
  const end = apart ? second.end : first.end;
  const written =
    first.kind === 'word' ? first.text + (apart ? second.text : '') : draft.text.slice(first.start, end);
  const value = readValue(field, written);
  if ('message' in value)
    draft.fail(
      first.start,
      value.message,
      withMendedValue(token, field, draft),
      // `When Benchmarks Age: ...`: a pasted title.
      first.start > token.end ? inQuotes(token, draft) : null,
    );
  const taken = apart ? 2 : 1;
  const next = after[taken];
  if (next?.kind === 'word' && isPartOfValue(next.text)) hintAtLongerValue(token, field, end, draft);
  return { filter: value.filter, taken };
}

// `upvotes:10 to 20` and `comments:5 or more` can be read, but not as they were meant.
function hintAtLongerValue(token: FieldToken, field: ValueField, end: number, draft: FilterDraft): void {
  const meant = mendValue(field, draft.text.slice(token.end));
  if (meant === null || token.end + meant.length <= end) return;
  const range = { start: token.start, end: token.end + meant.length };
  const right = meant.terms.join(' ');
  draft.note(range, meant.terms.length > 1 ? `(${right})` : right, (written) =>
    phrase('syntax.readInPart', { written, right: markdown(right) }),
  );
}
