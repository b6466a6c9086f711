import type { Value } from '#src/wording/values.ts';
import { nearestOf } from '../text/near-spelling.ts';
import type { Filter } from './filter.ts';

/** A named filter of the catalogue. `title`: what it is found by besides its name; `label`: the same for people to read. */
export type Topic = {
  name: string;
  title: string;
  label: Value;
  line: string;
  text: string;
  filter: Filter;
};

export type TopicCatalogue = {
  /** In the catalogue's order. */
  readonly topics: readonly Topic[];
  /** By name or title, in any case; null when there is none. */
  find(name: string): Topic | null;
  /** The name that was probably meant, or null. */
  nearest(name: string): string | null;
};

/** A catalogue without topics. */
export const noTopics: TopicCatalogue = { topics: [], find: () => null, nearest: () => null };

/** The catalogue of these topics, in that order. */
export function catalogueOf(topics: readonly Topic[]): TopicCatalogue {
  const byName = new Map(
    topics.flatMap((topic) => [
      [keyOf(topic.title), topic],
      [topic.name, topic],
    ]),
  );
  return {
    topics: [...topics],
    find: (name) => byName.get(keyOf(name)) ?? null,
    nearest: (name) =>
      byName.get(nearestOf(keyOf(name), byName.keys()) ?? '')?.name ?? withWord(topics, name),
  };
}

/** The first whose name or title has all words of it: `video` is no topic, `video-generation` is one. */
function withWord(topics: readonly Topic[], name: string): string | null {
  const words = keyOf(name).split('-').filter(Boolean);
  if (words.length === 0) return null;
  const wordsOf = (topic: Topic) => `${topic.name}-${keyOf(topic.title)}`.split(/[-,]+/);
  return topics.find((topic) => words.every((word) => wordsOf(topic).includes(word)))?.name ?? null;
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .trim()
    .replace(/[\s_-]+/g, '-');
}
