import type { FilterToken } from './filter-lexer.ts';

const WORDS_OF_A_TITLE = 6;

/** Whether a filter is words alone, and as many as a title has: a small word in it was hardly meant as an operator. */
export function isPastedTitle(tokens: readonly FilterToken[]): boolean {
  return tokens.length >= WORDS_OF_A_TITLE && tokens.every(({ kind }) => kind === 'word');
}
