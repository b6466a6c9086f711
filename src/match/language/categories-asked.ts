import type { Filter } from './filter.ts';

/** The categories and archives (`math.*`) by which a filter finds papers, in its order; nothing that stands under a NOT. */
export function categoriesAsked(filter: Filter): string[] {
  return [...new Set(patternsIn(filter))];
}

function patternsIn(filter: Filter): string[] {
  if (filter.kind === 'category') return [filter.pattern];
  if (filter.kind === 'topic') return patternsIn(filter.filter);
  return filter.kind === 'and' || filter.kind === 'or' ? filter.parts.flatMap(patternsIn) : [];
}

/** Whether no paper outside of its categories can match. */
export function needsCategory(filter: Filter): boolean {
  if (filter.kind === 'category') return true;
  if (filter.kind === 'topic') return needsCategory(filter.filter);
  if (filter.kind === 'and') return filter.parts.some(needsCategory);
  return filter.kind === 'or' && filter.parts.every(needsCategory);
}
