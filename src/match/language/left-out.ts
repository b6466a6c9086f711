import { phrase } from '#src/wording/phrase.ts';
import type { FilterDraft, Tell } from './filter-draft.ts';
import type { FilterToken } from './filter-lexer.ts';

/** Notes that a token without a word is left out, unless that does not change what is looked for. */
export function noteLeftOut(token: FilterToken, draft: FilterDraft, isTitle: () => boolean): void {
  const written = draft.text.slice(token.start, token.end);
  if (isPunctuation(written) && (!/[&+]/.test(written) || isTitle())) return;
  draft.note(token, '', /\p{L}/u.test(written) ? tellNoWord : tellLeftOut);
}

// As titles have it: dashes, points; a slash may have been an OR.
function isPunctuation(written: string): boolean {
  return /^[\p{P}+]+$/u.test(written) && !/[/\\]/.test(written);
}

// `\quad`: layout of TeX.
const tellNoWord: Tell = (written) => phrase('syntax.notSearched', { written });

const tellLeftOut: Tell = (written, { length }) => phrase('syntax.leftOut', { written, n: length });
