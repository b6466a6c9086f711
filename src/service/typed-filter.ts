import { isOperator } from '#src/match/language/filter-lexer.ts';

/** Where somebody is in typing a filter: what stands, and what is being typed. */
export type TypedSoFar = {
  /** What stands before, to be left as it is; with the field's colon and the quote that was opened. */
  head: string;
  /** Lower case; null for none. */
  field: string | null;
  /** What is being typed: a word, or in quotes all that was quoted so far. */
  word: string;
  isQuoted: boolean;
};

const QUOTE = /["“”„]/g;
/** A field with its value so far, which may have blanks: `topic:language mod`. */
const WITH_FIELD = /(?:^|[\s(])-?([A-Za-z]{2,9})[:：] ?([^\s()":：][^()":：]*)?$/;

/** The last word of what was typed, in its field and quotes. */
export function readTyped(text: string): TypedSoFar {
  const quotes = [...text.matchAll(QUOTE)];
  const open = quotes.length % 2 === 1 ? quotes.at(-1)?.index : undefined;
  if (open !== undefined) {
    const field = /([A-Za-z]{2,9})[:：] ?$/.exec(text.slice(0, open))?.[1].toLowerCase() ?? null;
    return { head: text.slice(0, open + 1), field, word: text.slice(open + 1), isQuoted: true };
  }
  const [, field] = /(?:^|[\s(])-?([A-Za-z]{2,9})[:：] ?[^\s()":：]*$/.exec(text) ?? [];
  const word = (text.split(/[\s()|:：]/).at(-1) ?? '').replace(/^[-–—!¬]/, '');
  return {
    head: text.slice(0, text.length - word.length),
    field: field?.toLowerCase() ?? null,
    word,
    isQuoted: false,
  };
}

/** The same where blanks belong to the value of the last field; null where there is no field before them. */
export function readFieldValue(text: string): TypedSoFar | null {
  const [, field, value = ''] = WITH_FIELD.exec(text) ?? [];
  if (field === undefined || !/\s/.test(value.trim())) return null;
  return {
    head: text.slice(0, text.length - value.length),
    field: field.toLowerCase(),
    word: value,
    isQuoted: false,
  };
}

/** The plain words at the end, `language models`, where nothing else is meant by them; '' for none. */
export function lastWords(text: string): string {
  const pieces = text.split(' ');
  const isPlain = (piece: string) => PLAIN.test(piece) && !isOperator(piece);
  const first = pieces.findLastIndex((piece) => !isPlain(piece)) + 1;
  return pieces.slice(first).join(' ');
}

const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}-]*$/u;

/** What has to follow so that every quote and bracket is closed. */
export function closing(text: string): string {
  const quote = (text.match(QUOTE)?.length ?? 0) % 2 === 1 ? '"' : '';
  const outside = text.replace(/["“”„][^"“”„]*(?:["“”„]|$)/g, '');
  const open = outside.split('(').length - outside.split(')').length;
  return `${quote}${')'.repeat(Math.max(0, open))}`;
}
