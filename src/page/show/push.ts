import { MessageFlags } from 'discord-api-types/v10';
import type { Message } from '#src/sandbox/world/message.ts';
import type { Text } from '../protocol.ts';
import { withoutMarks } from './without-marks.ts';

/** About what a phone shows of a message before it is opened. */
const LONGEST = 178;

const QUIET =
  MessageFlags.SuppressNotifications |
  MessageFlags.Ephemeral |
  MessageFlags.Loading |
  MessageFlags.IsComponentsV2;

/**
 * The line that a phone shows of a message. Discord reads it from `content` alone: embeds have no words in it, and messages of
 * components have no content. Quiet messages and those that only one person sees make no notification.
 */
export function pushLine(message: Message, content: Text, locale: string): string | null {
  if (message.flags & QUIET || message.onlyFor !== null) return null;
  const signs = [...withoutMarks(content, locale)];
  if (signs.length === 0) return null;
  if (signs.length <= LONGEST) return signs.join('');
  return `${signs
    .slice(0, LONGEST - 1)
    .join('')
    .trimEnd()}…`;
}
