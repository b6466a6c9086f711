import { isCategory, readCategoryPattern } from './categories.ts';
import type { FilterDraft, Range } from './filter-draft.ts';
import { comparedBy } from './filter-fields.ts';
import type { FilterToken } from './filter-lexer.ts';
import { commaLists } from './filter-lists.ts';
import { plainSigns, roundBracket } from './filter-signs.ts';
import { hintAtOperators } from './operator-slips.ts';
import { mendValue } from './value-slips.ts';

/** Says that only round brackets group. Throws Mistake. */
export function failBracket(bracket: FilterToken, tokens: readonly FilterToken[], draft: FilterDraft): never {
  let right = '';
  let at = 0;
  for (const { kind, start, end } of tokens) {
    if (kind !== 'bracket') continue;
    right += draft.text.slice(at, start) + roundBracket(draft.text[start]);
    at = end;
  }
  const message = `${draft.quote(bracket)} groups nothing: brackets are round, as in (pruning OR sparsity)`;
  return draft.fail(bracket.start, message, withRange(tokens, draft), `${right}${draft.text.slice(at)}`);
}

/** The filter with the first range as some engines write it, upvotes:[10 TO 20], as 10..20; null without one. */
function withRange(tokens: readonly FilterToken[], draft: FilterDraft): string | null {
  for (const [index, token] of tokens.entries()) {
    const open = tokens[index + 1];
    const close = tokens.slice(index + 2).find(({ kind }) => kind === 'bracket');
    if (token.kind !== 'field' || open?.kind !== 'bracket' || close === undefined) continue;
    const ends = draft.text
      .slice(open.end, close.start)
      .trim()
      .split(/\sTO\s/i);
    if (ends.length !== 2 || comparedBy(token.name) === null) continue;
    const [low, high] = ends.map((end) => end.trim());
    const range = high === '*' ? `>=${low}` : low === '*' ? `<=${high}` : `${low}..${high}`;
    return draft.replaced({ start: open.start, end: close.end }, range);
  }
  return null;
}

/** Notes where a filter that can be read looks as if something else was meant. */
export function hintAtSlips(draft: FilterDraft, tokens: readonly FilterToken[]): void {
  hintAtSigns(draft, tokens);
  hintAtOperators(draft, tokens);
  const lists = commaLists(tokens);
  for (const { start, end, right } of lists) {
    const message = `${draft.quote({ start, end })} finds papers with all of these; between alternatives stands OR`;
    draft.hint(start, message, draft.replaced({ start, end }, right));
  }
  for (const [index, token] of tokens.entries()) {
    const listed = lists.some(({ start, end }) => token.start >= start && token.end <= end);
    if (!listed && tokens[index - 1]?.kind !== 'field') hintAtCategory(draft, token);
  }
}

function hintAtSigns(draft: FilterDraft, tokens: readonly FilterToken[]): void {
  for (const token of tokens) {
    if (token.kind === 'word') hintAtWord(draft, token, tokens);
    if (token.kind !== 'not' && token.kind !== 'minus') continue;
    const written = plainSigns(draft.text.slice(token.start, token.end));
    const right = written === 'ANDNOT' ? 'NOT' : /[!¬]/.test(written) ? '-' : null;
    if (right === null) continue;
    const message = `${draft.quote(token)} is read as ${right}, which excludes what follows`;
    draft.hint(token.start, message, draft.replaced(token, right));
  }
}

// `+flow`, as other engines have it, and `likes>20`.
function hintAtWord(
  draft: FilterDraft,
  token: FilterToken & { kind: 'word' },
  tokens: readonly FilterToken[],
): void {
  if (/^[+＋]\p{L}/u.test(token.text)) {
    const message = `The plus before ${draft.quote({ start: token.start + 1, end: token.end })} is not needed: every word has to occur`;
    draft.hint(token.start, message, draft.without({ start: token.start, end: token.start + 1 }));
  }
  const compared = comparisonAt(draft, token, tokens);
  if (compared !== null)
    draft.hint(
      token.start,
      `${draft.quote(compared)} is looked for as words; a comparison is written ${compared.right}`,
      draft.replaced(compared, compared.right),
    );
}

/** A comparison without its colon, `likes>20` or `upvotes > 20`; null where there is none. */
function comparisonAt(
  draft: FilterDraft,
  { start, text }: FilterToken & { kind: 'word' },
  tokens: readonly FilterToken[],
): (Range & { right: string }) | null {
  const name = /^[a-z_]{2,20}/i.exec(text)?.[0].toLowerCase() ?? '';
  const rest = draft.text.slice(start + name.length);
  if (!/^\s{0,2}[<>=≤≥]{1,2}\s?\d/.test(rest)) return null;
  const field = comparedBy(name);
  if (field === null || tokens.some((token) => token.kind === 'field' && token.end === start)) return null;
  const mended = mendValue(field, rest);
  return mended === null
    ? null
    : { start, end: start + name.length + mended.length, right: mended.terms.join(' ') };
}

// `cs.LG` alone is a word that few papers have.
function hintAtCategory(draft: FilterDraft, token: FilterToken): void {
  if (token.kind !== 'word' || draft.isFull) return;
  const written = plainSigns(token.text).replace(/(?<![,.;])[,.;]+$/, '');
  const pattern = /[.-]/.test(written) ? readCategoryPattern(written) : null;
  if (pattern === null || !isCategory(pattern)) return;
  const message = `${draft.quote(token)} is looked for as a word; the category is written cat:${pattern}`;
  draft.hint(token.start, message, draft.replaced(token, `cat:${pattern}`));
}
