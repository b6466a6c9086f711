import { createHash } from 'node:crypto';
import { channelIn, type Destination } from './destination.ts';

/**
 * The nonce of a post: the same for the same content at the same destination, whatever happened in between.
 * Discord takes at most 25 characters; 25 of base64url are 150 bits.
 */
export function nonceOf(destination: Destination, kind: string, key: string): string {
  // A channel's id stood alone before there were others: what was posted then keeps its nonce.
  const hash = createHash('sha256').update(`${channelIn(destination) ?? destination}\n${kind}\n${key}`);
  return hash.digest('base64url').slice(0, 25);
}

/** The custom id of a post's "Why here?" button, by which the post is found when its channel is read back. */
export function markOf(nonce: string): string {
  return `why:${nonce}`;
}
