import { expect, it } from 'vitest';
import { PostingCursor, Postings } from '#src/match/search-postings.ts';

/** Blocks of four numbers: 16,384 of them fill a page of 65,536 to its very end. */
const BLOCKS_OF_A_PAGE = 16_384;

it('goes on in a new page when one is filled to its very end', () => {
  const postings = new Postings();
  for (let i = 0; i <= BLOCKS_OF_A_PAGE; i++) postings.add(postings.addTerm(), i, 1, 0);
  expect(postings.documents).toHaveLength(2);
  expect(new PostingCursor(postings, BLOCKS_OF_A_PAGE).seek(0)).toBe(BLOCKS_OF_A_PAGE);
});
