import type { Filter } from './filter.ts';

/**
 * The group of an `author:`, which holds within one person. That a person fits one of several alternatives is that one
 * of them has a person who fits it: only what is under an AND or a NOT has to be kept together.
 */
export function ofOnePerson(group: Filter): Filter {
  if (group.kind === 'or') return { kind: 'or', parts: group.parts.map(ofOnePerson) };
  return group.kind === 'and' || group.kind === 'not' ? { kind: 'person', filter: group } : group;
}

/** What names must have for the group to hold; null when it is nothing. */
export function neededOf(group: Filter): Filter | null {
  if (group.kind === 'not') return null;
  if (group.kind !== 'and' && group.kind !== 'or') return group;
  const parts = group.parts.map(neededOf).filter((part) => part !== null);
  if (group.kind === 'or' && parts.length < group.parts.length) return null;
  return parts.length === 0 ? null : { kind: group.kind, parts };
}
