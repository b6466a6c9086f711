import { createHash } from 'node:crypto';

/**
 * The nonce of a post: the same for the same content in the same channel, whatever happened in between.
 * Discord takes at most 25 characters; 25 of base64url are 150 bits.
 */
export function nonceOf(channelId: string, kind: string, key: string): string {
  const hash = createHash('sha256').update(`${channelId}\n${kind}\n${key}`);
  return hash.digest('base64url').slice(0, 25);
}

/** The custom id of a post's "Why here?" button, by which the post is found when its channel is read back. */
export function markOf(nonce: string): string {
  return `why:${nonce}`;
}
