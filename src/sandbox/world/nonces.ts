import type { Message } from './message.ts';

/**
 * Remembers nonces for a while; `now` by the clock's `elapsed()`. They are unique for an author, in whatever channel.
 * https://discord.com/developers/docs/resources/message#create-message (enforce_nonce)
 */
export type NonceStore = {
  find(authorId: string, nonce: string | number, now: number): Message | undefined;
  keep(message: Message, now: number): void;
};

/** A store that forgets after `windowMs`. */
export function createNonceStore(windowMs: number): NonceStore {
  const byKey = new Map<string, { message: Message; keptAt: number }>();

  const forget = (now: number): void => {
    // A Map keeps its order: the oldest come first.
    for (const [key, { keptAt }] of byKey) {
      if (now - keptAt < windowMs) return;
      byKey.delete(key);
    }
  };

  return {
    find: (authorId, nonce, now) => {
      forget(now);
      return byKey.get(`${authorId} ${nonce}`)?.message;
    },
    keep: (message, now) => {
      if (message.nonce === null) return;
      const key = `${message.authorId} ${message.nonce}`;
      byKey.delete(key);
      byKey.set(key, { message, keptAt: now });
    },
  };
}
