import fc from 'fast-check';
import { expect, it } from 'vitest';
import { END, PostingCursor, Postings } from '#src/match/search/search-postings.ts';

/** Blocks of eight numbers: 8,192 of them fill a page of 65,536 to its very end. */
const BLOCKS_OF_A_PAGE = 8_192;

it('goes on in a new page when one is filled to its very end', () => {
  const postings = new Postings();
  for (let i = 0; i <= BLOCKS_OF_A_PAGE; i++) postings.add(postings.addTerm(), i, 1, false);
  expect(postings.pages).toHaveLength(2);
  expect(new PostingCursor(postings, BLOCKS_OF_A_PAGE).seek(0)).toBe(BLOCKS_OF_A_PAGE);
});

it('reads a list back however far apart its documents are', () => {
  const postings = new Postings();
  const term = postings.addTerm();
  const documents = Array.from({ length: 3000 }, (_, i) => i * i);
  for (const document of documents) postings.add(term, document, document % 128, document % 3 === 0);
  const cursor = new PostingCursor(postings, term);
  const read = documents.map((document) => [cursor.seek(document), cursor.weight, cursor.isInFirstText]);
  expect(read).toEqual(documents.map((document) => [document, document % 128, document % 3 === 0]));
  expect(cursor.seek(2999 * 2999 + 1)).toBe(END);
});

it('finds the next document from any place on', () => {
  const list = fc
    .uniqueArray(fc.nat(300_000), { maxLength: 400 })
    .map((all) => all.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(list, fc.array(fc.nat(310_000), { maxLength: 20 }), (documents, targets) => {
      const postings = new Postings();
      const term = postings.addTerm();
      for (const document of documents) postings.add(term, document, 1, false);
      const cursor = new PostingCursor(postings, term);
      for (const target of targets.toSorted((a, b) => a - b)) {
        expect(cursor.seek(target)).toBe(documents.find((document) => document >= target) ?? END);
      }
    }),
  );
});
