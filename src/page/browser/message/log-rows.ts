import type { PageMessage } from '../../protocol.ts';

/** A message as it stands in its log. */
export type LogRow = {
  message: PageMessage;
  /** It says who wrote it and when; those behind it, of the same hand and soon after, do not. */
  startsGroup: boolean;
  startsDay: boolean;
  isFirstNew: boolean;
};

const TOGETHER_MS = 7 * 60_000;

type Log = { messages: readonly PageMessage[]; hasEarlier: boolean };

/**
 * How the messages of a place stand below each other, as far as they are drawn. `dayOf`: which day an instant belongs to, for the
 * viewer. A row does not change when those before it are drawn or loaded: else what is read would move.
 */
export function logRows(
  { messages, hasEarlier }: Log,
  { from, to }: { from: number; to: number },
  firstNewId: string | null,
  dayOf: (at: number) => string,
): LogRow[] {
  return messages.slice(from, to).map((message, i) => {
    const before = messages[from + i - 1];
    if (!before) return { message, startsGroup: true, startsDay: !hasEarlier, isFirstNew: false };
    const startsDay = dayOf(before.at) !== dayOf(message.at);
    const isFirstNew = message.id === firstNewId;
    const startsGroup = startsDay || isFirstNew || !goesOn(message, before);
    return { message, startsGroup, startsDay, isFirstNew };
  });
}

/** Whether a message goes on what the same author has just written. */
function goesOn(message: PageMessage, before: PageMessage): boolean {
  if (message.replyTo || message.asked) return false;
  if (message.author.id !== before.author.id || message.isEphemeral !== before.isEphemeral) return false;
  return message.at - before.at < TOGETHER_MS;
}
