import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import type { Paper } from '#src/paper/paper.ts';
import { createPassages } from '#src/pipeline/passages.ts';
import { aPoll, aSighting, DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { parse } from './some-subscriptions.ts';

/** What stands beside a paper with these facts, its hits in brackets. */
async function shown(facts: Partial<Paper>, filters: string[], at = MONDAY) {
  const archive = await openArchive(await openDatabase(':memory:'), []);
  await archive.keep(aPoll(MONDAY, [aSighting(aPaper('p', facts), 1)]));
  const stored = await archive.paper('p');
  if (!stored) throw new Error('it is not kept');
  const passage = createPassages(parse).of(stored, filters, at);
  return passage?.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('') ?? null;
}

const abstract = 'Deep ocean currents and ice.';

it.each<[string, Partial<Paper>, string[], string | null]>([
  ['shows what the filter found in the abstract', { abstract }, ['ocean'], 'Deep [ocean] currents and ice.'],
  [
    'is that of the first filter that shows anything',
    { abstract },
    ['desert', 'ice', 'ocean'],
    'Deep ocean currents and [ice].',
  ],
  [
    'is none where only the title matches, which stands above it',
    { title: 'Ocean', abstract: 'None.' },
    ['ocean'],
    null,
  ],
  ['is none of a category', { abstract: 'None.', categories: ['cs.LG'] }, ['cat:cs.LG'], null],
  [
    'may be an author’s name',
    { abstract: 'None.', authors: ['Ada Lovelace'] },
    ['author:lovelace'],
    'Ada [Lovelace]',
  ],
  ['is none of a filter that cannot be read any more', { abstract }, ['"ocean'], null],
  [
    'goes on behind a filter that cannot be read any more',
    { abstract },
    ['"ocean', 'ocean'],
    'Deep [ocean] currents and ice.',
  ],
  ['is none where nothing was asked for', { abstract }, [], null],
])('the passage beside a paper %s', async (_, facts, filters, passage) => {
  expect(await shown(facts, filters)).toBe(passage);
});

it('a filter of age is asked as of then', async () => {
  const paper = { abstract, publishedAt: MONDAY - DAY };
  const filters = ['age:<2d ocean'];
  expect(await shown(paper, filters, MONDAY)).toContain('[ocean]');
});
