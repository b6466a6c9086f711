import type { PageMessage } from '#src/page/protocol.ts';

/** A message as the page's server tells it, with nothing in it but what is given. */
export function pageMessage(given: Partial<PageMessage>): PageMessage {
  return {
    id: '1',
    channelId: '1',
    author: { id: '1', name: 'Ana', isBot: false },
    at: Date.UTC(2026, 2, 10, 12),
    editedAt: null,
    content: [],
    embeds: [],
    parts: [],
    files: [],
    poll: null,
    isEphemeral: false,
    isThinking: false,
    asked: null,
    replyTo: null,
    thread: null,
    pings: false,
    push: null,
    ...given,
  };
}
