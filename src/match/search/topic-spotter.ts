import { createFilterIndex } from '../filters/filter-index.ts';
import type { Filter, MatchDocument } from '../language/filter.ts';
import type { TopicCatalogue } from '../language/topic-catalogue.ts';
import { inSlices } from './search-work.ts';

/** The topics of a catalogue, all of them tried on a paper in one reading. */
export type TopicSpotter = {
  /** How many are tried; each has a number below it. */
  readonly size: number;
  /** The same for catalogues of which the same papers have the same numbers. */
  readonly key: string;
  /** By the filter itself, as the catalogue has it; -1 when it is none of those that are tried. */
  numberOf(topic: Filter): number;
  /** The numbers of the topics that the paper has. */
  spot(document: MatchDocument): number[];
};

/** No topic is known by its papers. */
export const NO_TOPICS_SPOTTED: TopicSpotter = { size: 0, key: '', numberOf: () => -1, spot: () => [] };

/** Reads the catalogue in slices: other work gets its turn between two topics. Throws FatalError for a bad topic. */
export function createTopicSpotter(catalogue: TopicCatalogue): Promise<TopicSpotter> {
  return inSlices(readTopics(catalogue));
}

function* readTopics({ topics }: TopicCatalogue): Generator<void, TopicSpotter> {
  const index = createFilterIndex();
  const numbers = new Map<Filter, number>();
  /** By seat in the index. */
  const seated: number[] = [];
  for (const { filter } of topics) {
    yield;
    if (numbers.has(filter) || !isLasting(filter)) continue;
    const number = numbers.size;
    numbers.set(filter, number);
    seated[index.add(`${number}`, filter)] = number;
    yield;
  }
  while (index.refresh()) yield;
  return {
    size: numbers.size,
    key: JSON.stringify([...numbers.keys()]),
    numberOf: (topic) => numbers.get(topic) ?? -1,
    spot(document) {
      const hits = index.count(document, 0);
      return Array.from({ length: hits }, (_, hit) => seated[index.seatOf(hit)]);
    },
  };
}

/** Whether it says of a paper the same as long as that has the same words and facts: figures and time are tried when asked. */
function isLasting(filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.parts.every(isLasting);
    case 'not':
      return isLasting(filter.part);
    case 'topic':
    case 'person':
      return isLasting(filter.filter);
    default:
      return filter.kind !== 'number' && filter.kind !== 'date' && filter.kind !== 'age';
  }
}
