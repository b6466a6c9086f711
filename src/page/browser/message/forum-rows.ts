import type { PageMessage, Place, Server } from '../../protocol.ts';
import { firstWords } from './plain-words.ts';

/** A post of a forum, as it stands in the forum's list. */
export type ForumRow = {
  id: string;
  title: string;
  tags: readonly string[];
  starter: { author: string; words: string } | null;
  /** "3 messages"; of a long post only the newest are loaded. */
  count: string;
  lastAt: number | null;
  isArchived: boolean;
};

type LogOf = (placeId: string) => { messages: readonly PageMessage[]; hasEarlier: boolean };

/** The posts of a forum that the viewer sees, the last active first. */
export function forumRows({ places }: Server, forum: Place, logOf: LogOf): ForumRow[] {
  const posts = places.filter(({ parentId, kind }) => parentId === forum.id && kind === 'thread');
  return posts.map((post) => rowOf(post, logOf(post.id))).sort((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0));
}

function rowOf(post: Place, { messages, hasEarlier }: ReturnType<LogOf>): ForumRow {
  const first = hasEarlier ? undefined : messages[0];
  return {
    id: post.id,
    title: post.name,
    tags: post.tags.filter(({ isSet }) => isSet).map(({ name }) => name),
    starter: first ? { author: first.author.name, words: firstWords(first) } : null,
    count: countWords(messages.length, hasEarlier),
    lastAt: messages.at(-1)?.at ?? null,
    isArchived: post.isArchived,
  };
}

function countWords(count: number, hasEarlier: boolean): string {
  if (hasEarlier) return `more than ${count} messages`;
  return count === 1 ? '1 message' : `${count} messages`;
}
