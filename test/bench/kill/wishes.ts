import type { MadeUpPaper } from './paper-press.ts';
import { workingDay } from './working-day.ts';

/** Filters of a channel that run: words joined by OR, or `notes` for every paper. */
export type Filters = readonly string[];

/** Whether a channel must have a paper, may have it, or must not (product: "Owed is a pair ..."). */
export type Due = 'owed' | 'either' | 'never';

/** What a channel asked for from when to when. Where that is not known, several answers hold at once. */
export type Wishes = {
  /** From now on these may be the filters; what was before may be as well, until somebody looks. */
  mayBe(filters: Filters): void;
  /** Somebody looked: these are the filters and no others. */
  are(filters: Filters): void;
  due(paper: MadeUpPaper): Due;
};

type State = { filters: Filters; until: number };

export function createWishes(first: Filters): Wishes {
  const states: State[] = [{ filters: first, until: Number.POSITIVE_INFINITY }];
  const isOpen = ({ until }: State) => until === Number.POSITIVE_INFINITY;
  const mayBe = (filters: Filters) => void states.push({ filters, until: Number.POSITIVE_INFINITY });
  return {
    mayBe,
    are(filters) {
      for (const state of states.filter(isOpen))
        if (String(state.filters) !== String(filters)) state.until = workingDay.now();
      if (!states.some(isOpen)) mayBe(filters);
    },
    due(paper) {
      // What held only before the paper was there says nothing about it.
      const answers = states
        .filter(({ until }) => until > paper.printedAt)
        .map(({ filters }) => filters.some((filter) => takes(filter, paper)));
      if (answers.every(Boolean)) return 'owed';
      return answers.some(Boolean) ? 'either' : 'never';
    },
  };
}

function takes(filter: string, { words }: MadeUpPaper): boolean {
  return filter === 'notes' || filter.split(' OR ').some((word) => words.includes(word));
}
