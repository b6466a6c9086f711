import { FIGURE_FIELDS } from '#src/paper/figures.ts';

/** Raise it when the layout of a snapshot changes. */
const LAYOUT = 3;

/** Changes with the source of the text analysis: a test says to what (analysis-version.test.ts). */
export const ANALYSIS = 'fded4bbfe7d7';

/** Which snapshots can be read: letters and their forms are as this Node.js knows Unicode. */
export const FINGERPRINT = JSON.stringify([LAYOUT, ANALYSIS, process.versions.unicode, FIGURE_FIELDS]);
