import { markdown, phrase } from '#src/wording/phrase.ts';
import type { FilterDraft, Tell } from './filter-draft.ts';
import type { FilterToken } from './filter-lexer.ts';
import { plainFilterSigns } from './filter-signs.ts';
import { isPastedTitle } from './pasted-title.ts';

type Operator = 'AND' | 'OR' | 'NOT';

// What other engines and other languages write, in capitals.
const WRITTEN: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    OR: 'OR ODER OU O ИЛИ LUB VEYA ATAU ELLER 或 または ∨',
    AND: 'AND UND ET Y E EN OG OCH И ORAZ PLUS BUT ABER MAIS PERO',
    NOT: 'NOT NICHT EXCEPT WITHOUT EXCLUDING EXCLUDE MINUS SAUF SANS OHNE NON PAS KEIN KEINE SIN SENZA NO NIET NIE НЕ ZONDER UTAN UDEN INTE IKKE BUTNOT AND-NOT AND_NOT 非',
  }).flatMap(([operator, words]) => words.split(' ').map((word) => [word, operator as Operator] as const)),
);

// Only before another word for NOT: `BUT NOT`, `PLUS` and `E` are words of their own otherwise.
const ONLY_BEFORE_NOT = new Set(['BUT', 'ABER', 'MAIS', 'PERO']);

const NEARNESS = /^(?:(?:NEAR|ONEAR|WITHIN|ADJ)[/:]?(\d{1,2})?|(?:N|W|PRE|NEXT)\/(\d{1,2})|~(\d{1,2}))$/i;

/** Notes words that were meant as operators: `and`, `ODER`, `BUT NOT`, `NEAR/5`. */
export function hintAtOperators(draft: FilterDraft, tokens: readonly FilterToken[]): void {
  for (let at = 0; at < tokens.length; at++) {
    if (draft.isFull) return;
    if (hintAtNearness(draft, tokens, at)) continue;
    let end = at;
    while (end < tokens.length && operatorAt(draft, tokens, end) !== null) end++;
    if (end === at) continue;
    hintAtRun(draft, tokens, [at, end]);
    at = end - 1;
  }
}

function hintAtRun(
  draft: FilterDraft,
  tokens: readonly FilterToken[],
  [first, end]: readonly [number, number],
): void {
  const run = tokens.slice(first, end);
  const isSaid = run.every(({ kind }) => kind !== 'word');
  if (isSaid || isPlaceholder(draft, run)) return;
  const range = { start: run[0].start, end: run[run.length - 1].end };
  const operators = run.map((_, index) => operatorAt(draft, tokens, first + index));
  const excludes = operators.includes('NOT');
  const right = excludes ? (operators.includes('OR') ? 'OR NOT' : 'NOT') : (operators.at(-1) ?? 'AND');
  const inEnglish = run.every((token) => /^(?:and|or|not)$/i.test(draft.text.slice(token.start, token.end)));
  if (inEnglish && right === 'AND' && isPastedTitle(tokens)) return;
  if (!inEnglish && !hasOperands(tokens, [first, end], right)) return;
  draft.note(range, right, TELL[right]);
}

const TELL: Readonly<Record<Operator | 'OR NOT', Tell>> = {
  AND: tellOperator('AND'),
  OR: tellOperator('OR'),
  NOT: tellOperator('NOT'),
  'OR NOT': tellOperator('OR NOT'),
};

function tellOperator(right: string): Tell {
  return (written, each) => {
    const n = each.join(' ').split(' ').length;
    return phrase('syntax.operator', { written, n, right });
  };
}

function isPlaceholder(draft: FilterDraft, run: readonly FilterToken[]): boolean {
  return run.every((token) => ONLY_BEFORE_NOT.has(draft.text.slice(token.start, token.end).toUpperCase()));
}

/** The operator that a token is, or was meant to be; null for another. */
function operatorAt(draft: FilterDraft, tokens: readonly FilterToken[], at: number): Operator | null {
  const token = tokens[at];
  if (token.kind === 'and' || token.kind === 'or')
    return draft.text[token.start] === '|' ? null : token.kind === 'and' ? 'AND' : 'OR';
  if (token.kind === 'not') return 'NOT';
  if (token.kind !== 'word' || tokens[at - 1]?.kind === 'field') return null;
  const written = plainFilterSigns(token.text);
  // Titles are pasted as they are: "cats and dogs" is to find cats and dogs. Other small words are only words.
  return (
    WRITTEN.get(/^(?:and|or|not|but|Or|And|Not)$/.test(written) ? written.toUpperCase() : written) ?? null
  );
}

function hasOperands(
  tokens: readonly FilterToken[],
  [first, end]: readonly [number, number],
  right: string,
): boolean {
  const before = tokens[first - 1];
  const after = tokens[end];
  const isAfter = after !== undefined && ['word', 'quote', 'open', 'field'].includes(after.kind);
  const isBefore = before !== undefined && ['word', 'quote', 'close'].includes(before.kind);
  return isAfter && (isBefore || right === 'OR NOT');
}

/** Whether there was a word for nearness: `score NEAR/5 matching`. */
function hintAtNearness(draft: FilterDraft, tokens: readonly FilterToken[], at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token.kind !== 'word' || !isOperand(before) || !isOperand(after)) return false;
  const written = plainFilterSigns(token.text);
  const found = NEARNESS.exec(written);
  // In small letters only with a figure: `near` is a word.
  if (found === null || (!/\d/.test(written) && written !== written.toUpperCase())) return false;
  const digits = found[1] ?? found[2] ?? found[3];
  const within = Math.min(Math.max(Number(digits ?? (/^ADJ/i.test(written) ? 1 : 5)), 1), 50);
  const right = `"${before.text} ${after.text}"~${within}`;
  const range = { start: before.start, end: after.end };
  draft.note(range, right, () =>
    phrase('syntax.nearness', { written: draft.quote(token), right: markdown(right, 500) }),
  );
  return true;
}

function isOperand(token: FilterToken | undefined): token is FilterToken & { kind: 'word' | 'quote' } {
  if (token?.kind === 'quote') return token.within === null;
  return token?.kind === 'word' && !/[*＊"]/.test(token.text);
}
