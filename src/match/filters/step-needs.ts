// What a word must have for a step of the term tree, or has: see StepTable's `fits`.

/** It is written as an acronym. */
export const NEEDS_ACRONYM = 1;
/** It directly follows the one before it. */
export const NEEDS_GLUED = 2;
/** It is two neighbours read as one. */
export const NEEDS_TWO = 4;
/** Of a word, alone or with the next: it steps over more than its stem, its pair and what it is joined. */
export const HAS_MORE = 8;
