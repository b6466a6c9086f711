import type { FilterError } from './filter.ts';

/** A piece of a filter as it was written; `start` and `end` are UTF-16 offsets. */
export type FilterToken = { start: number; end: number } & (
  | { kind: 'open' | 'close' | 'or' | 'and' | 'not' | 'minus' }
  /** `name` in lower case. */
  | { kind: 'field'; name: string }
  | { kind: 'quote'; text: string; within: number | null }
  | { kind: 'word'; text: string }
  | { kind: 'bad'; error: FilterError }
);

// What phones, word processors and East Asian keyboards type for the plain sign.
const OPEN = '(（﹙';
const CLOSE = ')）﹚';
const QUOTE = '"“”„‟＂«»';
const COLON = ':：﹕';
const PIPE = '|｜';
const DASH = '-‐‑‒–−﹣－';
const TILDE = '~～';

const BLANK = /[\s\p{Cf}\p{DI}]/u;
/** JavaScript counts the byte order mark among them, which shows nothing. */
const SPACE = /[^\S\ufeff]/;

/** Cuts a filter into tokens, left to right. Never throws; what cannot be a token is a `bad` one. Linear in time. */
export function tokenise(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    // The reader stops there at the latest.
    if (token.kind === 'bad') break;
    at = skipBlanks(text, token.end);
  }
  return tokens;
}

function tokenAt(text: string, at: number): FilterToken {
  const sign = text[at];
  if (OPEN.includes(sign)) return { kind: 'open', start: at, end: at + 1 };
  if (CLOSE.includes(sign)) return { kind: 'close', start: at, end: at + 1 };
  // `||` is what programmers write.
  if (PIPE.includes(sign))
    return { kind: 'or', start: at, end: at + (PIPE.includes(text[at + 1] ?? ' ') ? 2 : 1) };
  if (QUOTE.includes(sign)) return quoteAt(text, at);
  if (COLON.includes(sign)) return strayColon(at);
  if (DASH.includes(sign)) return dashAt(text, at);
  return wordAt(text, at);
}

// A minus stands right before what it excludes. A longer dash with blanks around it is punctuation, as in pasted titles.
function dashAt(text: string, at: number): FilterToken {
  const next = text[skipFormat(text, at + 1)];
  const end = at + 1;
  if (next !== undefined && DASH.includes(next)) {
    return bad(at, end, 'There are two minus signs in a row', `${text.slice(0, at)}${text.slice(end)}`);
  }
  if (next !== undefined && !BLANK.test(next)) return { kind: 'minus', start: at, end };
  if (text[at] !== '-') return { kind: 'word', text: text[at], start: at, end };
  const rest = text.slice(skipBlanks(text, end));
  const proposal = rest === '' ? null : `${text.slice(0, end)}${rest}`;
  return bad(at, end, 'This minus excludes nothing: it has to stand right before a word', proposal);
}

function strayColon(at: number): FilterToken {
  return bad(at, at + 1, 'There is no field right before this colon, as in title:pruning', null);
}

function wordAt(text: string, start: number): FilterToken {
  const end = wordEnd(text, start);
  const written = text.slice(start, end);
  const plain = plainSigns(written);
  if (COLON.includes(text[end] ?? ' '))
    return { kind: 'field', name: plain.toLowerCase(), start, end: end + 1 };
  const operator = OPERATORS.find((kind) => kind.toUpperCase() === plain);
  return operator === undefined
    ? { kind: 'word', text: written, start, end }
    : { kind: operator, start, end };
}

const OPERATORS = ['or', 'and', 'not'] as const;

/** Whether it would be read as an operator: OR, AND, NOT, also in full-width letters. */
export function isOperator(written: string): boolean {
  return OPERATORS.some((kind) => kind.toUpperCase() === plainSigns(written));
}

/** Without invisible characters, full-width ones as plain ones. */
export function plainSigns(written: string): string {
  return written.replace(/[\p{Cf}\p{DI}]/gu, '').normalize('NFKC');
}

const ENDS_WORD = `${OPEN}${CLOSE}${QUOTE}${COLON}${PIPE}`;

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    if (isTexQuote(text, at)) at += 2;
    else if (ENDS_WORD.includes(text[at]) || SPACE.test(text[at])) break;
    else at += 1;
  }
  return at;
}

/** `\"{o}` and `\"o` are letters in TeX. */
function isTexQuote(text: string, at: number): boolean {
  return text[at] === '\\' && text[at + 1] === '"' && /[a-zA-Z{]/.test(text[at + 2] ?? '');
}

function quoteAt(text: string, start: number): FilterToken {
  let at = start + 1;
  while (at < text.length && !QUOTE.includes(text[at])) at += isTexQuote(text, at) ? 2 : 1;
  if (at >= text.length) {
    const closed = `${text.trimEnd()}"`;
    return bad(
      start,
      text.length,
      'The quote that starts here is not closed',
      start + 1 < text.trimEnd().length ? closed : null,
    );
  }
  const inside = text
    .slice(start + 1, at)
    .trim()
    .replace(/\s+/g, ' ');
  if (!TILDE.includes(text[at + 1] ?? ' '))
    return { kind: 'quote', text: inside, within: null, start, end: at + 1 };
  return nearness(text, start, at + 1, inside);
}

function nearness(text: string, start: number, tilde: number, inside: string): FilterToken {
  const digits = /^[0-9０-９]+/.exec(text.slice(tilde + 1, tilde + 20))?.[0] ?? '';
  const end = tilde + 1 + digits.length;
  const within = digits === '' ? 0 : Number(digits.normalize('NFKC'));
  if (within >= 1 && within <= 50) return { kind: 'quote', text: inside, within, start, end };
  const message = 'After ~ comes how many words apart the words may stand, 1 to 50';
  return bad(tilde, end, message, `${text.slice(0, tilde)}~${within > 50 ? 50 : 5}${text.slice(end)}`);
}

function bad(start: number, end: number, message: string, proposal: string | null): FilterToken {
  return { kind: 'bad', start, end, error: { position: start, message: `${message}.`, proposal } };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANK.test(text[at])) at++;
  return at;
}

function skipFormat(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[\p{Cf}\p{DI}]/u.test(text[at])) at++;
  return at;
}
