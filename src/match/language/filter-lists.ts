import { isCategory, nearestCategory, readCategoryPattern } from './categories.ts';
import type { Range } from './filter-draft.ts';
import { comparedBy } from './filter-fields.ts';
import type { FilterToken } from './filter-lexer.ts';

const SEPARATOR = /[,;，；、،]/;
const MOST_WORDS = 3;

/** A list with commas as alternatives, and where it stands. */
type CommaList = Range & { right: string };

/**
 * Words side by side with commas between them, `pruning, quantization; distillation`. Not a pasted title: each item is
 * short. Nothing for names, where a comma has its own meaning.
 */
export function commaLists(tokens: readonly FilterToken[]): CommaList[] {
  const lists: CommaList[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!isLeaf(token) && token.kind !== 'field') continue;
    // The value of a comparison is no item.
    if (token.kind === 'field' && comparedBy(token.name) !== null) {
      at++;
      continue;
    }
    let end = at + 1;
    while (end < tokens.length && isLeaf(tokens[end])) end++;
    const list = listOf(tokens, [at, end]);
    if (list !== null) lists.push(list);
    at = end - 1;
  }
  return lists;
}

function isLeaf(token: FilterToken): boolean {
  return token.kind === 'word' || token.kind === 'quote';
}

function listOf(tokens: readonly FilterToken[], [first, end]: readonly [number, number]): CommaList | null {
  const head = tokens[first];
  const field = head.kind === 'field' ? head.name : null;
  if (field !== null && !['title', 'abstract', 'keyword', 'org', 'cat', 'topic', 'venue'].includes(field))
    return null;
  const leaves = tokens.slice(field === null ? first : first + 1, end);
  if (leaves.length === 0) return null;
  const items = itemsOf(leaves) ?? (field === 'cat' ? sideBySide(leaves) : null);
  if (items === null) return null;
  const categories = items.map((item) => categoryIn(item, field === 'cat'));
  const isCategories = categories.every((one) => one !== null);
  if (field === 'cat' && !isCategories) return null;
  const right = (isCategories ? categories : items).join(' OR ');
  const named = isCategories ? 'cat' : field;
  const range = { start: head.start, end: leaves[leaves.length - 1].end };
  if (named !== null) return { ...range, right: `${named}:(${right})` };
  const alone = stands(tokens[first - 1], 'open') && stands(tokens[end], 'close');
  return { ...range, right: alone ? right : `(${right})` };
}

function stands(token: FilterToken | undefined, side: 'open' | 'close'): boolean {
  return token === undefined || token.kind === 'or' || token.kind === side;
}

/** `cat:cs.LG cs.CL`: a second category is no word. */
function sideBySide(leaves: readonly FilterToken[]): string[] | null {
  const items = leaves.flatMap((leaf) => (leaf.kind === 'word' ? [leaf.text] : []));
  return items.length > 1 &&
    items.length === leaves.length &&
    items.every((item) => categoryIn(item, false) !== null)
    ? items
    : null;
}

/** The items between the commas, those of several words in quotes; null when it is no list. */
function itemsOf(leaves: readonly FilterToken[]): string[] | null {
  if (!leaves.some((leaf) => leaf.kind === 'word' && SEPARATOR.test(leaf.text))) return null;
  const items: string[][] = [[]];
  for (const leaf of leaves) {
    if (leaf.kind === 'quote')
      items.at(-1)?.push(leaf.within === null ? `"${leaf.text}"` : `"${leaf.text}"~${leaf.within}`);
    if (leaf.kind !== 'word') continue;
    for (const [index, piece] of leaf.text.split(SEPARATOR).entries()) {
      if (index > 0) items.push([]);
      if (piece !== '') items.at(-1)?.push(piece);
    }
  }
  const full = items.filter((item) => item.length > 0);
  if (full.length < 2 || !full.every(isItem)) return null;
  return full.map((item) => {
    const bare = withoutConjunction(item);
    if (bare.length < 2) return bare[0];
    return `"${bare.join(' ').replaceAll('"', '')}"`;
  });
}

/** The last item of `a, b, and c`. */
function withoutConjunction(item: readonly string[]): readonly string[] {
  return item.length > 1 && /^(?:and|or|und|oder|et|ou|y|o)$/i.test(item[0]) ? item.slice(1) : item;
}

// Figures with commas and single letters, as in 1,2-dichloroethane or N,N-dimethyl, are no items.
function isItem(item: readonly string[]): boolean {
  const bare = withoutConjunction(item);
  if (bare.length > MOST_WORDS || bare.some((word) => /[*＊]/.test(word) && bare.length > 1)) return false;
  return bare.every((word) => /^".*"$/.test(word) || (!word.includes('"') && /\p{L}{2}|\p{Lo}/u.test(word)));
}

function categoryIn(item: string, isField: boolean): string | null {
  const bare = item.replace(/^"|"$/g, '');
  const pattern = readCategoryPattern(bare);
  if (isField) return nearestCategory(bare) ?? pattern;
  return pattern !== null && /[.-]/.test(pattern) && isCategory(pattern) ? pattern : null;
}
