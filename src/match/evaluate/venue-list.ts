import { OF_AI } from './venues-of-ai.ts';
import { OF_COMPUTING } from './venues-of-computing.ts';
import { OF_SCIENCE } from './venues-of-science.ts';

/**
 * The conferences and journals that are known by name, in three files, a line each: first the name that they are called by,
 * then every other one. Nothing else in the house knows them.
 *
 * How a name is compared (venue-names.ts): case, punctuation, `of`, `the`, `IEEE`, `International`, years and ordinals do
 * not matter, and a word of a text may be shortened (`Phys. Rev. D`, `Int. Conf. on Mach. Learn.`), so that only what
 * cannot be found out so is written down. A name that is also a word or the name of a field is marked with `=`: it counts
 * only where it is all there is (`Nature 521`, but neither `Nature-inspired` nor `Nature Reviews Physics`).
 */
export const VENUES: readonly string[] = [...OF_AI, ...OF_COMPUTING, ...OF_SCIENCE];
