const FUNCTION_WORDS = new Set(
  'a an and are as at be by for from in is it of on or that the this to we with which can our not its has have'.split(
    ' ',
  ),
);

/** Words that nearly every text has; in lower case. */
export const isFunctionWord = (word: string): boolean => FUNCTION_WORDS.has(word);
