import type { Parsed } from '#src/match/language/filter.ts';
import { topicsAsked } from '#src/match/language/topics-asked.ts';

/** A channel, as far as tags of posts go: a forum may take no post without one. */
export type Tagged = { tags: readonly { id: string; name: string }[]; requiresTag?: boolean };

/** The tags that are called like one of these topics. */
export function tagsCalled({ tags }: Tagged, topics: ReadonlySet<string>): Tagged['tags'] {
  return tags.filter(({ name }) => topics.has(name.toLowerCase().trim().replace(/\s+/g, '-')));
}

/** Whether Discord would refuse every post for that filter: one needs a tag, and none is called like a topic of it. */
export function findsNoTag(channel: Tagged, filter: Parsed): boolean {
  if (!channel.requiresTag || !filter.ok) return false;
  return tagsCalled(channel, new Set(topicsAsked(filter.filter).map(({ name }) => name))).length === 0;
}
