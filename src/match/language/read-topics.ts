import { z } from 'zod';
import { FatalError } from '#src/foundation/failure.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { isMessage, phrase, words } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import type { Filter, Parsed } from './filter.ts';
import { parseSavedFilter } from './parse-filter.ts';
import { catalogueOf, type Topic, type TopicCatalogue } from './topic-catalogue.ts';

const topicsSchema = z.array(
  z.strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: z.string().min(1).optional(),
    line: z.string().min(1),
    filter: z.string(),
  }),
);

/**
 * Reads config/topics.json's value. Throws FatalError for what is no catalogue. Filters are read when they are first
 * wanted (a bad one throws FatalError then); `checkTopics` reads them all. A topic may name topics before it. Without a
 * title it is called as `topic.NAME` of src/wording says.
 */
export function readTopicCatalogue(value: unknown): TopicCatalogue {
  const read = topicsSchema.safeParse(value);
  if (!read.success)
    throw new FatalError(`config/topics.json cannot be read: ${z.prettifyError(read.error)}`);
  const topics: Topic[] = [];
  for (const entry of read.data) topics.push(new LazyTopic(entry, catalogueOf(topics)));
  return catalogueOf(topics);
}

/** Throws FatalError that names every topic that stands there twice or whose filter cannot be read. `breathe`: see breath.ts. */
export async function checkTopics({ topics }: TopicCatalogue, breathe = async () => {}): Promise<void> {
  const problems: string[] = [];
  for (const [index, topic] of topics.entries()) {
    const isTwice = topics.findIndex(({ name }) => name === topic.name) < index;
    const problem = topic instanceof LazyTopic ? topic.problem() : null;
    if (isTwice) problems.push(`${topic.name}: stands there twice.`);
    else if (problem !== null) problems.push(problem);
    await breathe();
  }
  if (problems.length > 0) throw new FatalError(`config/topics.json has bad topics. ${problems.join(' ')}`);
}

function titleOf(name: string): Phrase {
  const key = `topic.${name}`;
  if (!isMessage(key)) throw new FatalError(`config/topics.json has bad topics. ${name}: has no title.`);
  return phrase(key);
}

class LazyTopic implements Topic {
  readonly name: string;
  readonly title: string;
  readonly label: Value;
  readonly line: string;
  readonly text: string;
  readonly #before: TopicCatalogue;
  #parsed: Parsed | null = null;

  constructor({ name, title, line, filter }: z.infer<typeof topicsSchema>[number], before: TopicCatalogue) {
    this.name = name;
    this.label = title === undefined ? titleOf(name) : words(title);
    this.title = title ?? inEnglish(titleOf(name));
    this.line = line;
    this.text = filter;
    this.#before = before;
  }

  get filter(): Filter {
    const parsed = this.#read();
    if (parsed.ok) return parsed.filter;
    throw new FatalError(`config/topics.json has bad topics. ${this.problem()}`);
  }

  problem(): string | null {
    const parsed = this.#read();
    return parsed.ok
      ? null
      : `${this.name}, character ${parsed.error.position + 1}: ${inEnglish(parsed.error.message)}`;
  }

  #read(): Parsed {
    this.#parsed ??= parseSavedFilter(this.text, { topics: this.#before });
    return this.#parsed;
  }
}
