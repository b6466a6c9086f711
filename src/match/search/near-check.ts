import { keyOfUnit, type Term, type TermPart } from '../evaluate/term.ts';
import { TEXT_END } from './document-texts.ts';
import type { SearchTerms } from './search-terms.ts';
import { SequenceCheck } from './sequence-check.ts';

type Group = { check: SequenceCheck; count: number };

/** Where the units stand in one text, in the order of their first words. */
type Places = { firsts: number[]; lasts: number[]; groups: number[] };

/**
 * Whether a NEAR of single words (explain.ts) stands in a document that `terms` has decoded: the rules of find-term.ts on
 * numbers. Null from `nearCheck` where a unit is more than a word.
 */
export type NearCheck = { holds(document: number, first: number, last: number): boolean };

export function nearCheck(terms: SearchTerms, { near, parts }: Term): NearCheck | null {
  if (near === null || near.units.some((unit) => unit.length !== 1)) return null;
  const { within } = near;
  const written = new SequenceCheck(terms, parts, within);
  const groups = groupsOf(terms, near.units);
  // So many do not stand so near, however long the text is.
  const isTooMany = groups.some(({ count }) => count > within + 1);
  return {
    holds(document, first, last) {
      if (written.holds(document, first, last)) return true;
      return !isTooMany && standsNear(terms, groups, within, first, last);
    },
  };
}

// A word that is asked for twice has to stand there twice.
function groupsOf(terms: SearchTerms, units: readonly (readonly TermPart[])[]): Group[] {
  const groups = new Map<string, Group>();
  for (const unit of units) {
    const key = keyOfUnit(unit);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { check: new SequenceCheck(terms, unit), count: 1 });
    else group.count++;
  }
  return [...groups.values()];
}

/** In one of the texts numbered `first` to `last` of the decoded document. */
function standsNear(
  terms: SearchTerms,
  groups: readonly Group[],
  within: number,
  first: number,
  last: number,
): boolean {
  const { words, count } = terms.texts.decoded;
  for (let at = 0, text = 0; at < count && text <= last; text++) {
    const start = at;
    while (at < count && words[at] !== TEXT_END) at++;
    if (text >= first && fits(groups, within, placesOf(groups, start, at))) return true;
    at++;
  }
  return false;
}

function placesOf(groups: readonly Group[], start: number, end: number): Places {
  const places: Places = { firsts: [], lasts: [], groups: [] };
  for (let at = start; at < end; at++) {
    for (let group = 0; group < groups.length; group++) {
      const last = groups[group].check.wordEndsAt(at);
      if (last < 0) continue;
      places.firsts.push(at);
      places.lasts.push(last);
      places.groups.push(group);
    }
  }
  return places;
}

/** Whether some stretch of `within` words holds each group as often as it is asked for. */
function fits(groups: readonly Group[], within: number, { firsts, lasts, groups: of }: Places): boolean {
  const wanted = groups.map(({ count }) => count);
  for (let from = 0; from < firsts.length; from++) {
    const limit = firsts[from] + within;
    const left = wanted.slice();
    let open = groups.length;
    for (let at = from; at < firsts.length && firsts[at] <= limit; at++) {
      if (lasts[at] > limit || left[of[at]] === 0) continue;
      if (--left[of[at]] === 0 && --open === 0) return true;
    }
  }
  return false;
}
