import { LAYOUT_ARGUMENTS } from './tex-commands.ts';

const OPTION = /\s{0,9}\[[^\]{}]{0,300}\]/y;

/**
 * Where the text goes on after so many arguments in braces, those in square brackets before them included.
 * `name`: of the command, as some environments take more arguments than one.
 */
export function withoutArguments(text: string, at: number, count: number, name: string): number {
  let left = count;
  let end = at;
  while (left > 0) {
    const open = skip(BLANKS, text, afterOptions(text, end));
    const close = text[open] === '{' ? closingOf(text, open) : -1;
    if (close < 0) return afterOptions(text, end);
    if (name === 'begin' && left === count) left += LAYOUT_ARGUMENTS.get(text.slice(open + 1, close)) ?? 0;
    end = close + 1;
    left--;
  }
  return count === 0 ? afterOptions(text, end) : end;
}

const BLANKS = /\s{0,9}/y;

function afterOptions(text: string, at: number): number {
  let end = at;
  for (let next = skip(OPTION, text, end); next > end; next = skip(OPTION, text, end)) end = next;
  return end;
}

const LONGEST_ARGUMENT = 1000;

function closingOf(text: string, open: number): number {
  let depth = 0;
  const last = Math.min(text.length, open + LONGEST_ARGUMENT);
  for (let at = open; at < last; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

/** The match that begins at `at`, of a sticky pattern. */
export function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Behind what matches at `at`; `at` when nothing does. */
export function skip(pattern: RegExp, text: string, at: number): number {
  return at + (match(pattern, text, at)?.[0].length ?? 0);
}
