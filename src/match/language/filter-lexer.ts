import { phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { texBraces } from './filter-braces.ts';
import { fieldNamed, nearestField } from './filter-fields.ts';
import {
  isTexQuote,
  opensQuote,
  phraseText,
  type Quoted,
  quotedAt,
  singleQuotedAt,
} from './filter-quotes.ts';
import {
  CLOSE,
  COLON,
  EARLIER_SIGNS,
  isOneOf,
  OPEN,
  PIPE,
  plainFilterSigns,
  SIGNS,
  type Signs,
  TILDE,
} from './filter-signs.ts';

/** What is wrong, where, and what would be right: the first of the proposals that can be read is told. */
export type Slip = { position: number; message: Phrase; proposals: readonly string[] };

/** A piece of a filter as it was written; `start` and `end` are UTF-16 offsets. */
export type FilterToken = { start: number; end: number } & (
  | { kind: 'open' | 'close' | 'or' | 'and' | 'not' | 'minus' }
  /** `name` in lower case. */
  | { kind: 'field'; name: string }
  | { kind: 'quote'; text: string; within: number | null }
  | { kind: 'word'; text: string }
  /** A square or curly bracket. */
  | { kind: 'bracket' }
  | { kind: 'bad'; slip: Slip }
);

export type FieldToken = FilterToken & { kind: 'field' };

const BLANK = /[\s\p{Cf}\p{DI}]/u;
/** JavaScript counts the byte order mark among them, which shows nothing. */
const SPACE = /[^\S\ufeff]/;

const ENDS_WORD = `${OPEN}${CLOSE}${COLON}${PIPE}`;

// Most of what a filter is made of, of ASCII's: no sign of any kind.
function isLetterOrDigit(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/**
 * Cuts a filter into tokens, left to right. Never throws; what cannot be a token is a `bad` one. Linear in time.
 * `earlier`: with the signs of old alone.
 */
export function tokenise(text: string, earlier: boolean): FilterToken[] {
  return new FilterLexer(text, earlier ? EARLIER_SIGNS : SIGNS).read();
}

class FilterLexer {
  readonly #text: string;
  readonly #signs: Signs;
  readonly #braces: ReadonlySet<number>;

  constructor(text: string, signs: Signs) {
    this.#text = text;
    this.#signs = signs;
    this.#braces = texBraces(text);
  }

  read(): FilterToken[] {
    const text = this.#text;
    const tokens: FilterToken[] = [];
    let at = skipBlanks(text, 0);
    while (at < text.length) {
      const token = this.#tokenAt(at);
      tokens.push(token);
      // The reader stops there at the latest.
      if (token.kind === 'bad') break;
      at = skipBlanks(text, token.end);
    }
    return tokens;
  }

  #tokenAt(start: number): FilterToken {
    const sign = this.#text[start];
    if (isLetterOrDigit(this.#text.charCodeAt(start))) return this.#wordAt(start);
    if (OPEN.includes(sign)) return { kind: 'open', start, end: start + 1 };
    if (CLOSE.includes(sign)) return { kind: 'close', start, end: start + 1 };
    // `||` is what programmers write.
    if (PIPE.includes(sign))
      return { kind: 'or', start, end: start + (isOneOf(PIPE, this.#text[start + 1]) ? 2 : 1) };
    if (this.#isBracket(start)) return { kind: 'bracket', start, end: start + 1 };
    if (opensQuote(sign, this.#signs)) return this.#quoteAt(start);
    if (COLON.includes(sign)) return this.#strayColon(start);
    if (this.#signs.isDash(sign)) return this.#dashAt(start);
    if (this.#signs.bang.includes(sign)) return this.#bangAt(start);
    const single = singleQuotedAt(this.#text, start, this.#signs);
    return single === null ? this.#wordAt(start) : this.#phrase(start, single);
  }

  #isBracket(at: number): boolean {
    return isOneOf(this.#signs.brackets, this.#text[at]) && !this.#braces.has(at);
  }

  // A minus stands right before what it excludes. A longer dash with blanks around it is punctuation, as in pasted titles.
  #dashAt(start: number): FilterToken {
    const text = this.#text;
    const next = text[skipFormat(text, start + 1)];
    const end = start + 1;
    if (next !== undefined && this.#signs.isDash(next)) return this.#dashesAt(start);
    if (isOneOf(this.#signs.bang, next) && this.#bangAt(skipFormat(text, end)).kind !== 'word')
      return twoSigns(text, start, end);
    if (next !== undefined && !BLANK.test(next)) return { kind: 'minus', start, end };
    if (text[start] !== '-') return { kind: 'word', text: text[start], start, end };
    const rest = text.slice(skipBlanks(text, end));
    return bad(
      start,
      end,
      phrase('syntax.minusAlone'),
      rest === '' ? [] : [`${text.slice(0, end)}${rest}`, text.slice(0, start) + rest],
    );
  }

  // With blanks around, `CRAG -- a benchmark`, they are punctuation of a pasted title.
  #dashesAt(start: number): FilterToken {
    let end = start;
    while (end < this.#text.length && this.#signs.isDash(this.#text[end])) end++;
    return twoSigns(this.#text, start, BLANK.test(this.#text[end] ?? ' ') ? end : start + 1);
  }

  // Programmers' minus; anywhere else it is punctuation.
  #bangAt(start: number): FilterToken {
    const text = this.#text;
    const next = skipFormat(text, start + 1);
    if (this.#beginsOperand(next)) return { kind: 'minus', start, end: start + 1 };
    let after = next;
    while (isOneOf(this.#signs.bang, text[after]) || this.#signs.isDash(text[after] ?? ' ')) after++;
    return after > next && this.#beginsOperand(after)
      ? twoSigns(text, start, after, '-')
      : this.#wordAt(start);
  }

  #beginsOperand(at: number): boolean {
    const sign = this.#text[at];
    if (sign === undefined) return false;
    if (/[\p{L}\p{N}\\$]/u.test(String.fromCodePoint(this.#text.codePointAt(at) ?? 32))) return true;
    return (
      isOneOf(OPEN, sign) ||
      this.#isBracket(at) ||
      opensQuote(sign, this.#signs) ||
      isOneOf(this.#signs.single, sign)
    );
  }

  #strayColon(at: number): FilterToken {
    const message = phrase('syntax.colonAlone');
    const before = this.#text.slice(0, at);
    const without = `${before} ${this.#text.slice(at + 1)}`;
    const name = /(?<![^\s(-])[a-z]{3,20}(?=\s{1,4}$)/i.exec(before.slice(-24))?.[0] ?? '';
    const after = this.#text.slice(at + 1);
    const field = nearestField(name.toLowerCase(), after);
    if (field === null) return bad(at, at + 1, message, [without]);
    const right = `${before.trimEnd().slice(0, -name.length)}${field}:${after}`;
    return bad(at, at + 1, message, [right, without]);
  }

  #wordAt(start: number): FilterToken {
    const text = this.#text;
    const end = this.#wordEnd(start);
    const written = text.slice(start, end);
    const plain = plainFilterSigns(written);
    if (isOneOf(COLON, text[end])) return { kind: 'field', name: plain.toLowerCase(), start, end: end + 1 };
    const colon = skipBlanks(text, end);
    if (this.#signs.loose && isOneOf(COLON, text[colon]) && fieldNamed(plain.toLowerCase()) !== null)
      return { kind: 'field', name: plain.toLowerCase(), start, end: colon + 1 };
    const operator = operatorOf(plain, this.#signs);
    return operator === null ? { kind: 'word', text: written, start, end } : { kind: operator, start, end };
  }

  #wordEnd(start: number): number {
    const text = this.#text;
    // The comma between 'a','b'.
    const commas = /^[,;，；、]+(?=['‘’`])/.exec(text.slice(start, start + 4))?.[0].length ?? 0;
    if (commas > 0 && this.#signs.single !== '') return start + commas;
    let at = start;
    while (at < text.length) {
      if (isLetterOrDigit(text.charCodeAt(at))) at += 1;
      else if (isTexQuote(text, at)) at += 2;
      else if (ENDS_WORD.includes(text[at]) || SPACE.test(text[at])) break;
      else if (opensQuote(text[at], this.#signs) || this.#isBracket(at)) break;
      else at += 1;
    }
    return at;
  }

  #quoteAt(start: number): FilterToken {
    const text = this.#text;
    const quoted = quotedAt(text, start, this.#signs);
    if (quoted !== null) return this.#phrase(start, quoted);
    const closed = start + 1 < text.trimEnd().length ? [`${text.trimEnd()}"`] : [];
    const plain = `${text.slice(0, start)}"${text.slice(start + 1).trimEnd()}"`;
    const without = `${text.slice(0, start)} ${text.slice(start + 1)}`;
    return bad(start, text.length, phrase('syntax.quoteNotClosed'), [...closed, plain, without]);
  }

  #phrase(start: number, quoted: Quoted): FilterToken {
    const { end } = quoted;
    const inside = phraseText(this.#text, quoted);
    if (!isOneOf(TILDE, this.#text[end])) return { kind: 'quote', text: inside, within: null, start, end };
    return nearness(this.#text, { start, tilde: end, inside });
  }
}

const OPERATORS: ReadonlyMap<string, 'or' | 'and' | 'not'> = new Map([
  ['OR', 'or'],
  ['AND', 'and'],
  ['NOT', 'not'],
]);

function operatorOf(plain: string, { loose }: Signs): 'or' | 'and' | 'not' | null {
  if (loose && plain === 'ANDNOT') return 'not';
  return OPERATORS.get(plain) ?? null;
}

/** Whether it would be read as an operator: OR, AND, NOT, ANDNOT, also in full-width letters. */
export function isOperator(written: string): boolean {
  return operatorOf(plainFilterSigns(written), SIGNS) !== null;
}

function nearness(
  text: string,
  { start, tilde, inside }: { start: number; tilde: number; inside: string },
): FilterToken {
  const digits = /^[0-9０-９]+/.exec(text.slice(tilde + 1, tilde + 20))?.[0] ?? '';
  const end = tilde + 1 + digits.length;
  const within = digits === '' ? 0 : Number(digits.normalize('NFKC'));
  if (within >= 1 && within <= 50) return { kind: 'quote', text: inside, within, start, end };
  return bad(tilde, end, phrase('syntax.badNearness'), [
    `${text.slice(0, tilde)}~${within > 50 ? 50 : 5}${text.slice(end)}`,
  ]);
}

function twoSigns(text: string, start: number, end: number, by = ''): FilterToken {
  const right = `${text.slice(0, start)}${by}${text.slice(end)}`;
  return bad(start, start + 1, phrase('syntax.twoMinuses'), [right]);
}

function bad(start: number, end: number, message: Phrase, proposals: readonly string[]): FilterToken {
  return { kind: 'bad', start, end, slip: { position: start, message, proposals } };
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
