import type { Value } from '#src/wording/values.ts';
import { escapeWords } from './escape-markdown.ts';
import { say, sayValuePlain } from './say.ts';

/** Where a paper stands in full: what the channel is called, and the message's address. */
export type AlsoIn = { channel: Value; url: string };

/** "also in #llm", with its link. */
export const alsoIn = ({ channel, url }: AlsoIn): string =>
  say('post.alsoIn', { channel: `[${escapeWords(sayValuePlain(channel), 100)}](${url})` });
