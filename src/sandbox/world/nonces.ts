import type { Message } from './message.ts';

/**
 * Remembers nonces for a while. They are unique for an author, in whatever channel.
 * https://discord.com/developers/docs/resources/message#create-message (enforce_nonce)
 */
export type NonceStore = {
  find(authorId: string, nonce: string | number, now: number): Message | undefined;
  keep(message: Message): void;
};

/** A store that forgets after `windowMs`. */
export function createNonceStore(windowMs: number): NonceStore {
  const byKey = new Map<string, Message>();

  const forget = (now: number): void => {
    // A Map keeps its order: the oldest come first.
    for (const [key, message] of byKey) {
      if (now - message.createdAt < windowMs) return;
      byKey.delete(key);
    }
  };

  return {
    find: (authorId, nonce, now) => {
      forget(now);
      return byKey.get(`${authorId} ${nonce}`);
    },
    keep: (message) => {
      if (message.nonce === null) return;
      const key = `${message.authorId} ${message.nonce}`;
      byKey.delete(key);
      byKey.set(key, message);
    },
  };
}
