import { CLOSE, CORNER_CLOSE, CORNER_OPEN, DOUBLE_QUOTE, isOneOf, OPEN, type Signs } from './filter-signs.ts';

/** Where the text between quotes stands, and where the closing quote ends. UTF-16 offsets. */
export type Quoted = { from: number; to: number; end: number };

/** `\"{o}` and `\"o` are letters in TeX. */
export function isTexQuote(text: string, at: number): boolean {
  return text[at] === '\\' && text[at + 1] === '"' && /[a-zA-Z{]/.test(text[at + 2] ?? '');
}

/** Whether a quote opens there that has to be closed. */
export function opensQuote(sign: string, signs: Signs): boolean {
  return isOneOf(signs.double, sign) || isOneOf(signs.cornerOpen, sign);
}

/** What the quote that opens there holds; null when nothing closes it. */
export function quotedAt(text: string, start: number, signs: Signs): Quoted | null {
  const closes = isOneOf(signs.double, text[start]) ? signs.double : cornerFor(text[start]);
  let at = start + 1;
  while (at < text.length && !closes.includes(text[at])) at += isTexQuote(text, at) ? 2 : 1;
  return at < text.length ? { from: start + 1, to: at, end: at + 1 } : null;
}

function cornerFor(open: string): string {
  return CORNER_CLOSE[CORNER_OPEN.indexOf(open)];
}

// Words that begin with an apostrophe; `'cause` and `'round` begin quotes as often.
const APOSTROPHE_FIRST = /^(?:tis|twas|twere|twill|tween|t|s|n|em|\d\ds)(?![\p{L}\p{N}])/iu;

/**
 * What a single quote, or two of them as in TeX, at the beginning of a word holds: it ends with a word and holds no other
 * quote. Null for an apostrophe.
 */
export function singleQuotedAt(text: string, start: number, { single }: Signs): Quoted | null {
  let from = start;
  while (from < start + 2 && isOneOf(single, text[from])) from++;
  if (
    from === start ||
    !/[^\s'‘’`]/.test(text[from] ?? ' ') ||
    APOSTROPHE_FIRST.test(text.slice(from, from + 8))
  )
    return null;
  let possessive: Quoted | null = null;
  for (let at = from + 1; at < text.length; at++) {
    if (isOneOf(DOUBLE_QUOTE + CORNER_OPEN, text[at])) break;
    if (!isOneOf(single, text[at]) || text[at - 1] === '\\') continue;
    if (/[\s(（]/.test(text[at - 1])) break;
    const end = isOneOf(single, text[at + 1]) ? at + 2 : at + 1;
    if (!endsWord(text[end])) continue;
    const found = { from, to: at, end };
    // The quote of 'workers' rights' ends with its last word.
    if (!/s/i.test(text[at - 1]) || end - at > 1) return found;
    possessive = found;
    at = end - 1;
  }
  return possessive;
}

function endsWord(sign: string | undefined): boolean {
  return sign === undefined || /[\s,.;:!?…)|~～\]}"”」]/.test(sign) || isOneOf(CLOSE + OPEN, sign);
}

/** The text between quotes as a phrase keeps it: on one line, without other quotes that would end it when printed. */
export function phraseText(text: string, { from, to }: Quoted): string {
  let kept = '';
  for (let at = from; at < to; at++) {
    if (isTexQuote(text, at) && at + 2 < to) kept += text[at++];
    else if (DOUBLE_QUOTE.includes(text[at])) {
      kept += ' ';
      continue;
    }
    kept += text[at];
  }
  return kept.trim().replace(/\s+/g, ' ');
}
