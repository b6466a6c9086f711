import { meaningOf } from '#src/match/evaluate/filter-meaning.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { hintsOf } from '#src/match/language/filter-hints.ts';
import { code, phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';

/** Why a subscription to it would bring nothing, where `hintsOf` does not tell it. `now`: UTC ms. */
export function deadEnds(filter: Filter, now: number): Phrase[] {
  return [...contradiction(filter), ...daysThatShut(filter, now)];
}

/** Conditions that exclude each other only when they are taken together: `(a OR b) -a -b`. */
function contradiction(filter: Filter): Phrase[] {
  const isNotified = hintsOf(filter).length > 0;
  return !isNotified && meaningOf(filter) === 'never' ? [phrase('filter.matchesNothing')] : [];
}

function daysThatShut(filter: Filter, now: number): Phrase[] {
  const today = new Date(now).toISOString().slice(0, 10);
  return needed(filter).flatMap((part) => {
    if (part.kind !== 'date') return [];
    const { side, day } = part;
    const told = { day, condition: code(`${side}:${day}`) };
    if (side === 'after') return day > today ? [phrase('filter.nothingBefore', told)] : [];
    return day <= today ? [phrase('filter.nothingNew', told)] : [];
  });
}

/** What has to hold whatever else does. */
function needed(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(needed) : [filter];
}
