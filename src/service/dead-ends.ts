import { meaningOf } from '#src/match/evaluate/filter-meaning.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { hintsOf } from '#src/match/language/filter-hints.ts';
import { wording } from '#src/render/wording.ts';

/** Why a subscription to it would bring nothing, where `hintsOf` does not tell it. `now`: UTC ms. */
export function deadEnds(filter: Filter, now: number): string[] {
  return [...contradiction(filter), ...daysThatShut(filter, now)];
}

/** Conditions that exclude each other only when they are taken together: `(a OR b) -a -b`. */
function contradiction(filter: Filter): string[] {
  const isNotified = hintsOf(filter).length > 0;
  return !isNotified && meaningOf(filter) === 'never' ? [wording.matchesNothing] : [];
}

function daysThatShut(filter: Filter, now: number): string[] {
  const today = new Date(now).toISOString().slice(0, 10);
  return needed(filter).flatMap((part) => {
    if (part.kind !== 'date') return [];
    if (part.side === 'after') return part.day > today ? [wording.nothingBefore(part.day)] : [];
    return part.day <= today ? [wording.nothingNew(part.day)] : [];
  });
}

/** What has to hold whatever else does. */
function needed(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(needed) : [filter];
}
