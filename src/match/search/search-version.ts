import { FIGURE_FIELDS } from '#src/paper/figures.ts';

/** Raise it when the layout of a snapshot changes. */
const LAYOUT = 4;

/** Changes with the source of the text analysis and of what tells a paper's topics: a test says to what (analysis-version.test.ts). */
export const ANALYSIS = '63029df653e0';

/** Which snapshots can be read: letters and their forms are as this Node.js knows Unicode. */
export const FINGERPRINT = JSON.stringify([LAYOUT, ANALYSIS, process.versions.unicode, FIGURE_FIELDS]);
