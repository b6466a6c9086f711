import { FIGURES, type Figure, type Figures } from '#src/paper/figures.ts';
import { say } from './say.ts';

/** All that is known, for a card: "41 upvotes", "3 comments", "1,200 stars". */
export const figureWords = (known: Figures): string[] => wordsOf(FIGURES, known);

/** What lists tell of it: "41 upvotes". */
export const listedFigures = (known: Figures): string[] => wordsOf(LISTED, known);

const LISTED = FIGURES.filter(({ onLists }) => onLists);

function wordsOf(figures: readonly Figure[], known: Figures): string[] {
  return figures.flatMap(({ name, saysNone }) => {
    const number = known[name];
    return number === null || (number === 0 && !saysNone) ? [] : say(`figure.${name}`, { n: number });
  });
}
