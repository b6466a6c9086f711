import type { TextField } from '../language/filter.ts';

/** One bit a field. */
export const FIELD_BITS: Readonly<Record<TextField, number>> = {
  title: 1,
  abstract: 2,
  keyword: 4,
  org: 8,
  author: 16,
};

const EVERYWHERE = FIELD_BITS.title | FIELD_BITS.abstract | FIELD_BITS.keyword;

/** Where a term looks: without a field into the first three. */
export function bitsOf(field: TextField | null): number {
  return field === null ? EVERYWHERE : FIELD_BITS[field];
}
