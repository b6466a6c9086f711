import { randomInt } from 'node:crypto';

/** Easily read aloud: no 0, 1, i, l, o. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const LENGTH = 6;

/** A short id that is not taken. */
export function newSubscriptionId(isTaken: (id: string) => boolean): string {
  for (;;) {
    const id = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    if (!isTaken(id)) return id;
  }
}
