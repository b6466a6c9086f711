import { z } from 'zod';
import { FatalError } from '#src/foundation/failure.ts';
import type { Filter } from './filter.ts';
import { nearestOf } from './near-spelling.ts';
import { parseFilter } from './parse-filter.ts';

/** A named filter of the catalogue. */
export type Topic = { name: string; title: string; line: string; text: string; filter: Filter };

export type TopicCatalogue = {
  /** In the catalogue's order. */
  readonly topics: readonly Topic[];
  /** By name or title, in any case; null when there is none. */
  find(name: string): Topic | null;
  /** The name that was probably meant, or null. */
  nearest(name: string): string | null;
};

const topicsSchema = z.array(
  z.strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: z.string().min(1),
    line: z.string().min(1),
    filter: z.string(),
  }),
);

/** Reads config/topics.json's value. Throws FatalError that names every bad entry. A topic may name topics before it. */
export function readTopicCatalogue(value: unknown): TopicCatalogue {
  const read = topicsSchema.safeParse(value);
  if (!read.success)
    throw new FatalError(`config/topics.json cannot be read: ${z.prettifyError(read.error)}`);
  const topics: Topic[] = [];
  const problems: string[] = [];
  for (const { name, title, line, filter } of read.data) {
    const parsed = parseFilter(filter, { topics: catalogueOf(topics) });
    if (topics.some((topic) => topic.name === name)) problems.push(`${name}: stands there twice.`);
    else if (parsed.ok) topics.push({ name, title, line, text: filter, filter: parsed.filter });
    else problems.push(`${name}, character ${parsed.error.position + 1}: ${parsed.error.message}`);
  }
  if (problems.length > 0) throw new FatalError(`config/topics.json has bad topics. ${problems.join(' ')}`);
  return catalogueOf(topics);
}

/** A catalogue without topics. */
export const noTopics: TopicCatalogue = { topics: [], find: () => null, nearest: () => null };

function catalogueOf(topics: readonly Topic[]): TopicCatalogue {
  const byName = new Map(
    topics.flatMap((topic) => [
      [keyOf(topic.title), topic],
      [topic.name, topic],
    ]),
  );
  return {
    topics: [...topics],
    find: (name) => byName.get(keyOf(name)) ?? null,
    nearest: (name) => byName.get(nearestOf(keyOf(name), byName.keys()) ?? '')?.name ?? null,
  };
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .trim()
    .replace(/[\s_-]+/g, '-');
}
