import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { storyOf } from '#src/pipeline/story.ts';
import { aPoll, aSighting, DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';

const FORGOTTEN = MONDAY - 90 * DAY;

/** What is known on Monday of a paper with these facts. */
async function told(facts: Partial<StoredPaper>) {
  const archive = await openArchive(await openDatabase(':memory:'), []);
  await archive.keep(aPoll(MONDAY, [aSighting(aPaper('p'), 1)]));
  const rise = { paper: 'p', at: MONDAY, from: 0, score: 3, reason: { kind: 'rank', rank: 1 } } as const;
  await archive.keepTrendEvents([rise]);
  const stored = await archive.paper('p');
  if (!stored) throw new Error('it is not kept');
  return storyOf(archive, { ...stored, ...facts }, MONDAY);
}

it('the story of a paper is when it came, since when it is news, and how it rose', async () => {
  const story = await told({ firstSeenAt: MONDAY - 3, newsAt: MONDAY - 2, risesSince: MONDAY - 1 });
  expect(story).toEqual({
    ...{ paper: 'p', firstSeenAt: MONDAY - 3, newsAt: MONDAY - 2, risesSince: MONDAY - 1 },
    trendEvents: [expect.objectContaining({ at: MONDAY, score: 3 })],
  });
});

it.each<[string, Partial<StoredPaper>, object]>([
  ['that was no news', { newsAt: null }, { newsAt: null }],
  ['that was news 90 days ago', { newsAt: FORGOTTEN }, { newsAt: null }],
  ['that was news since then', { newsAt: FORGOTTEN + 1 }, { newsAt: FORGOTTEN + 1 }],
  ['that rose before then', { risesSince: FORGOTTEN - DAY }, { risesSince: FORGOTTEN }],
  ['of whose rises nothing is history', { risesSince: null }, { risesSince: FORGOTTEN }],
])('what the outbox has forgotten does not come back: of a paper %s', async (_, facts, story) => {
  expect(await told(facts)).toMatchObject(story);
});
