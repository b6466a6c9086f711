/**
 * The hash of a word is a polynomial over its UTF-16 units, so that the hash of two words written together follows from
 * theirs: hash(ab) = hash(a) * HASH_BASE ** length(b) + hash(b).
 */
export const HASH_BASE = 0x01000193;

export function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, HASH_BASE) + word.charCodeAt(at)) | 0;
  return hash;
}

/** Spreads a polynomial hash, whose low bits depend on the low bits of the letters only, over a table. */
export function spread(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** HASH_BASE ** exponent modulo 2 ** 32. */
export function power(exponent: number): number {
  return exponent < POWERS.length
    ? POWERS[exponent]
    : Math.imul(POWERS[POWERS.length - 1], power(exponent - POWERS.length + 1));
}

const POWERS = Int32Array.from({ length: 64 }, () => 1).map((_, exponent) => {
  let product = 1;
  for (let times = 0; times < exponent; times++) product = Math.imul(product, HASH_BASE);
  return product;
});
