import { FIGURE_FIELDS } from '#src/paper/figures.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { isFunctionWord } from '../text/function-words.ts';
import type { Filter, FilterError } from './filter.ts';
import { printFilter } from './print-filter.ts';

/** Hints on what a good filter can never or nearly always match. Without papers at hand: the words alone tell it. */
export function hintsOf(filter: Filter): FilterError[] {
  const hints: FilterError[] = [];
  if (certaintyOf(filter) === 'never')
    hints.push(hint(belowNothing(filter) ?? phrase('filter.matchesNothing')));
  else if (matchesNearlyAll(filter)) hints.push(hint(phrase('filter.matchesNearlyAll')));
  return hints;
}

/** Whether nothing has to occur: `-survey`. Fine for a mute; a subscription needs a word to look for. */
export function onlyExcludes(filter: Filter): boolean {
  if (filter.kind === 'not') return !onlyExcludes(filter.part);
  if (filter.kind === 'person') return onlyExcludes(filter.filter);
  if (filter.kind === 'and') return filter.parts.every(onlyExcludes);
  return filter.kind === 'or' && filter.parts.some(onlyExcludes);
}

/** Whether what it matches changes with the time alone: `age:<7d`. */
export function asksAge(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.some(asksAge);
  return filter.kind === 'age' || (filter.kind === 'not' && asksAge(filter.part));
}

function hint(message: Phrase): FilterError {
  return { position: 0, message, proposal: null };
}

/** `stars:<0`, alone or among others. */
function belowNothing(filter: Filter): Phrase | null {
  const parts = filter.kind === 'and' ? filter.parts : [filter];
  const below = parts.find((part) => part.kind === 'number' && part.is === '<' && part.value === 0);
  return below?.kind === 'number' ? phrase('filter.belowNothing', { figure: below.figure }) : null;
}

type Certainty = 'never' | 'always' | 'depends';

function certaintyOf(filter: Filter): Certainty {
  if (filter.kind === 'not') return opposite(certaintyOf(filter.part));
  if (filter.kind === 'topic') return certaintyOf(filter.filter);
  // Not every paper has an author.
  if (filter.kind === 'person') return certaintyOf(filter.filter) === 'never' ? 'never' : 'depends';
  if (filter.kind === 'and') return certaintyOfParts(filter.parts, 'never');
  if (filter.kind === 'or') return certaintyOfParts(filter.parts, 'always');
  if (filter.kind === 'number' && filter.is === '<' && filter.value === 0) return 'never';
  return 'depends';
}

// `a -a` and `upvotes:>9 upvotes:<3` are never, `a OR -a` is always.
function certaintyOfParts(parts: readonly Filter[], decided: 'never' | 'always'): Certainty {
  const certain = parts.map(certaintyOf);
  if (certain.includes(decided) || contradict(parts)) return decided;
  if (decided === 'never' && (emptyRange(parts) || emptyDays(parts))) return decided;
  return certain.every((one) => one === opposite(decided)) ? opposite(decided) : 'depends';
}

function opposite(certainty: Certainty): Certainty {
  if (certainty === 'depends') return certainty;
  return certainty === 'never' ? 'always' : 'never';
}

function contradict(parts: readonly Filter[]): boolean {
  const excluded = parts.flatMap((part) => (part.kind === 'not' ? [printFilter(part.part)] : []));
  if (excluded.length === 0) return false;
  const wanted = new Set(parts.filter((part) => part.kind !== 'not').map(printFilter));
  return excluded.some((part) => wanted.has(part));
}

function emptyRange(parts: readonly Filter[]): boolean {
  return FIGURE_FIELDS.some((figure) => {
    let least = 0;
    let most = Number.POSITIVE_INFINITY;
    for (const part of parts) {
      if (part.kind !== 'number' || part.figure !== figure) continue;
      if (part.is === '>' || part.is === '>=' || part.is === '=')
        least = Math.max(least, part.value + Number(part.is === '>'));
      if (part.is === '<' || part.is === '<=' || part.is === '=')
        most = Math.min(most, part.value - Number(part.is === '<'));
    }
    return least > most;
  });
}

function emptyDays(parts: readonly Filter[]): boolean {
  const days = parts.filter((part) => part.kind === 'date');
  return days.some(
    (one) => one.side === 'after' && days.some((other) => other.side === 'before' && other.day <= one.day),
  );
}

function matchesNearlyAll(filter: Filter): boolean {
  if (certaintyOf(filter) === 'always') return true;
  if (filter.kind === 'not') return !matchesNearlyAll(filter.part);
  if (filter.kind === 'person') return matchesNearlyAll(filter.filter);
  if (filter.kind === 'and') return filter.parts.every(matchesNearlyAll);
  if (filter.kind === 'or') return filter.parts.some(matchesNearlyAll);
  if (filter.kind === 'word')
    return isFunctionWord(filter.text) && (filter.field === null || filter.field === 'abstract');
  return filter.kind === 'number' && filter.is === '>=' && filter.value === 0;
}
