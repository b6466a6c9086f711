import type { Filter } from '#src/match/filter.ts';
import { hintsOf } from '#src/match/filter-hints.ts';
import { meaningOf } from '#src/match/filter-meaning.ts';
import { wording } from '#src/render/wording.ts';

/** Why a subscription to it would bring nothing, or everything, that the words of the filter alone do not tell. `now`: UTC ms. */
export function deadEnds(filter: Filter, now: number): string[] {
  return [...decided(filter), ...daysThatShut(filter, now)];
}

/** Conditions that exclude each other only when they are taken together: `(a OR b) -a -b`. */
function decided(filter: Filter): string[] {
  if (hintsOf(filter).length > 0) return [];
  const meaning = meaningOf(filter);
  if (meaning === 'never') return [wording.matchesNothing];
  return meaning === 'always' ? [wording.matchesAll] : [];
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
