import type { Filter } from './filter.ts';

export type AskedTopic = Extract<Filter, { kind: 'topic' }>;

/** The topics of the catalogue that a filter asks for, in its order; nothing that stands under a NOT. */
export function topicsAsked(filter: Filter): AskedTopic[] {
  if (filter.kind === 'topic') return [filter];
  return filter.kind === 'and' || filter.kind === 'or' ? filter.parts.flatMap(topicsAsked) : [];
}
