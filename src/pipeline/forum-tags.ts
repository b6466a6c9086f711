import type { Archive } from '#src/archive/archive.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import { type AskedTopic, topicsAsked } from '#src/match/language/topics-asked.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Post } from '#src/outbox/post.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { tagsCalled } from '#src/subscription/topic-tags.ts';
import type { Servers } from './postman.ts';

export type Tagging = {
  archive: Pick<Archive, 'papers'>;
  servers: Pick<Servers, 'channel'>;
  parse(filter: string): Parsed;
};

/** Discord takes no more on one post. */
const MOST_TAGS = 5;

/** The ids of the forum's tags that are called like a topic of a subscription's filter which a paper of the post matches. */
export async function tagsFor(
  { archive, servers, parse }: Tagging,
  { place, papers, plain, queuedAt }: Post,
  wanting: readonly Subscription[],
): Promise<string[]> {
  const forum = servers.channel(channelOfDestination(place));
  // A tag is an ornament, unless the forum wants one.
  if (!forum || forum.tags.length === 0 || (plain && !forum.requiresTag)) return [];
  const documents = (await archive.papers(papers)).map(documentOf);
  const names = new Set(
    wanting
      .flatMap(({ filter }) => topicsIn(parse(filter)))
      .filter((topic) => documents.some((document) => matchFilter(topic.filter, document, queuedAt)))
      .map(({ name }) => name),
  );
  return tagsCalled(forum, names)
    .map(({ id }) => id)
    .slice(0, MOST_TAGS);
}

const topicsIn = (parsed: Parsed): AskedTopic[] => (parsed.ok ? topicsAsked(parsed.filter) : []);
