import { phrase } from '#src/wording/phrase.ts';
import { withoutAddresses } from '../text/addresses.ts';
import type { FilterDraft, Range } from './filter-draft.ts';
import { comparedBy, isAnywhere, nearestField } from './filter-fields.ts';
import type { FieldToken, FilterToken } from './filter-lexer.ts';
import { type Compared, mendValue } from './value-slips.ts';

/** The filter with the value as it was meant; null when nobody knows. */
export function withMendedValue(token: FieldToken, field: Compared, draft: FilterDraft): string | null {
  const mended = mendValue(field, draft.text.slice(token.end));
  if (mended === null) return null;
  const { terms, length } = mended;
  const before = draft.text.slice(0, token.start);
  const excluded = /(?:^|[\s(])(?:-|(?:AND)?NOT\s+)$/.test(before);
  const all = terms.join(' ');
  // A minus is for all of them, and two in a row are none.
  const right = excluded && (terms.length > 1 || all.startsWith('-')) ? `(${all})` : all;
  const rest = draft.text.slice(token.end + length);
  return draft.replaced(
    { start: token.start, end: token.end + length },
    /^[\s)）|]|^$/.test(rest) ? right : `${right} `,
  );
}

/** Throws Mistake. */
export function failUnknownField(token: FieldToken, draft: FilterDraft): never {
  const written = draft.quote({ start: token.start, end: token.end - 1 });
  const compared = comparedBy(token.name);
  const nearest = nearestField(token.name, draft.text.slice(token.end));
  const address = addressAt(draft.text, token.start);
  if (address !== null)
    return draft.fail(
      token.start,
      phrase('syntax.isAddress', { written: draft.quote(address) }),
      draft.without(address),
    );
  const mended = compared === null ? null : withMendedValue(token, compared, draft);
  const isMeant = mended !== null || nearest !== null;
  return draft.fail(
    token.start,
    phrase(
      isAnywhere(token.name)
        ? 'syntax.fieldNotNeeded'
        : isMeant
          ? 'syntax.noField'
          : 'syntax.colonWithoutQuotes',
      { written },
    ),
    mended,
    isAnywhere(token.name) ? draft.without(token) : null,
    nearest === null ? null : draft.replaced(token, `${nearest}:`),
    inQuotes(token, draft),
  );
}

/** The web address that begins there, when nothing in it is searched; null for none. */
function addressAt(text: string, start: number): Range | null {
  const length = /^[^\s()（）"“”]*/.exec(text.slice(start))?.[0].length ?? 0;
  const written = text.slice(start, start + length);
  return withoutAddresses(written).trim() === '' ? { start, end: start + length } : null;
}

/** The filter with that field and what follows without a blank as words. */
export function inQuotes(token: FieldToken, draft: FilterDraft): string | null {
  const rest = /^[^\s"“”„‟＂«»‹›()（）|「」『』]*/.exec(draft.text.slice(token.end))?.[0].length ?? 0;
  const range: Range = { start: token.start, end: token.end + rest };
  return draft.replaced(range, ` "${draft.text.slice(range.start, range.end)}" `);
}

/** Throws Mistake. */
export function failExcludedTooLate(field: FieldToken, sign: FilterToken, draft: FilterDraft): never {
  const compared = comparedBy(field.name);
  const rest = draft.text.slice(sign.end).trimStart();
  const right = `${draft.text.slice(0, field.start)}-${field.name}:${rest}`;
  return draft.fail(
    sign.start,
    phrase('syntax.excludesTooLate', { field: field.name }),
    // An age may be written as a distance back: after:-7d.
    compared === null ? null : withMendedValue(field, compared, draft),
    right,
  );
}
