import { markdown, phrase } from '#src/wording/phrase.ts';
import { isCategory, readCategoryPattern } from './categories.ts';
import type { FilterDraft, Range, Tell } from './filter-draft.ts';
import { comparedBy, fieldNamed } from './filter-fields.ts';
import type { FilterToken } from './filter-lexer.ts';
import { commaLists } from './filter-lists.ts';
import { plainFilterSigns, roundBracket } from './filter-signs.ts';
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
  const message = phrase('syntax.notRound', { written: draft.quote(bracket) });
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
  for (const list of lists) draft.note(list, list.right, tellList);
  for (const [index, token] of tokens.entries()) {
    hintAtYear(draft, token, tokens.slice(index + 1, index + 3));
    const listed = lists.some(({ start, end }) => token.start >= start && token.end <= end);
    if (!listed && tokens[index - 1]?.kind !== 'field') hintAtCategory(draft, token);
  }
}

function hintAtSigns(draft: FilterDraft, tokens: readonly FilterToken[]): void {
  for (const token of tokens) {
    if (token.kind === 'word') hintAtWord(draft, token, tokens);
    if (token.kind !== 'not' && token.kind !== 'minus') continue;
    const written = plainFilterSigns(draft.text.slice(token.start, token.end));
    if (written === 'ANDNOT') draft.note(token, 'NOT', tellAndNot);
    else if (/[!¬]/.test(written)) draft.note(token, '-', tellBang);
  }
}

// `+flow`, as other engines have it, and `likes>20`.
function hintAtWord(
  draft: FilterDraft,
  token: FilterToken & { kind: 'word' },
  tokens: readonly FilterToken[],
): void {
  if (/^[+＋]\p{L}/u.test(token.text)) draft.note(token, token.text.slice(1), tellPlus);
  const isValue = () => tokens.some(({ kind, end }) => kind === 'field' && end === token.start);
  const equals = /^([a-z]{3,8})=(?=[\p{L}\p{N}"“(]|$)/iu.exec(token.text);
  if (equals !== null && fieldNamed(equals[1].toLowerCase())?.kind === 'text' && !isValue())
    draft.note(
      { start: token.start, end: token.start + equals[0].length },
      `${equals[1].toLowerCase()}:`,
      tellEquals,
    );
  const compared = comparisonAt(draft, token);
  if (compared !== null && !isValue())
    draft.note(compared, compared.right, (written) =>
      phrase('syntax.bareComparison', { written, right: markdown(compared.right) }),
    );
}

/** A comparison without its colon, `likes>20` or `upvotes > 20`; null where there is none. */
function comparisonAt(
  draft: FilterDraft,
  { start, text }: FilterToken & { kind: 'word' },
): (Range & { right: string }) | null {
  const name = /^[a-z_]{2,20}/i.exec(text)?.[0].toLowerCase() ?? '';
  const rest = draft.text.slice(start + name.length);
  if (!/^\s{0,2}[<>=≤≥]{1,2}\s?\d/.test(rest)) return null;
  const field = comparedBy(name);
  if (field === null) return null;
  const mended = mendValue(field, rest);
  return mended === null
    ? null
    : { start, end: start + name.length + mended.length, right: mended.terms.join(' ') };
}

// `venue:NeurIPS 2024`: the year is a word of the paper.
function hintAtYear(draft: FilterDraft, token: FilterToken, [name, year]: readonly FilterToken[]): void {
  if (token.kind !== 'field' || token.name !== 'venue' || name?.kind !== 'word' || year?.kind !== 'word')
    return;
  if (!/^(?:19|20)\d\d$/.test(year.text) || name.text.includes('*')) return;
  draft.note({ start: name.start, end: year.end }, `"${name.text} ${year.text}"`, tellYear);
}

// `cs.LG` alone is a word that few papers have.
function hintAtCategory(draft: FilterDraft, token: FilterToken): void {
  if (token.kind !== 'word' || draft.isFull) return;
  const written = plainFilterSigns(token.text).replace(/(?<![,.;])[,.;]+$/, '');
  const pattern = /[.-]/.test(written) ? readCategoryPattern(written) : null;
  if (pattern === null || !isCategory(pattern)) return;
  draft.note(token, `cat:${pattern}`, tellBareCategory);
}

const tellYear: Tell = (written) => phrase('syntax.yearApart', { written });
const tellEquals: Tell = (written) => phrase('syntax.equalsSign', { written });
const tellList: Tell = (written) => phrase('syntax.commas', { written });
const tellAndNot: Tell = (written) => phrase('syntax.andNot', { written });
const tellBang: Tell = (written, { length }) => phrase('syntax.bang', { written, n: length });
const tellPlus: Tell = (written) => phrase('syntax.plus', { written });
const tellBareCategory: Tell = (written, { length }) => phrase('syntax.bareCategory', { written, n: length });
