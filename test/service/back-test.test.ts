import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import type { PastPost } from '#src/decision/past.ts';
import type { What, When } from '#src/decision/terms.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { passageWords } from '#src/render/passage.ts';
import { AS_FOUND, backTest, pastOf, postsIn, sensitivityCounts } from '#src/service/back-test.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPoll, aSighting, DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { NOTHING_MUTED } from '#test/fakes/nothing-muted.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';

const NOW = MONDAY + 12 * 3_600_000;
const clock = createFakeClock(NOW);
const trend = createTrendRule();
const zones = openZones();
const found = (what: What) => ({ ...AS_FOUND, what });
const daily = { kind: 'daily', at: '12:30', zone: 'UTC' } as const;
const weekly = { kind: 'weekly', weekday: 1, at: '12:30', zone: 'UTC' } as const;

const filterOf = (text: string): Filter => {
  const parsed = parseFilter(text, { topics: null });
  if (!parsed.ok) throw new Error(inEnglish(parsed.error.message));
  return parsed.filter;
};

type Seen = {
  title: string;
  votes: number;
  daysAgo: number;
  batchDaysAgo: number | null;
  scores: number[];
  /** Nobody's list has shown it. */
  onlyAskedFor?: boolean;
};

const words = fc.constantFrom('ocean', 'desert', 'ice', 'models', 'RAG', 'rag');
const anySeen: fc.Arbitrary<Seen> = fc.record({
  title: fc.array(words, { minLength: 1, maxLength: 4 }).map((all) => all.join(' ')),
  votes: fc.nat(40),
  daysAgo: fc.nat(40),
  batchDaysAgo: fc.option(fc.nat(40)),
  onlyAskedFor: fc.boolean(),
  scores: fc.array(fc.double({ min: 1, max: 5, noNaN: true }), { maxLength: 4 }),
});
const anyFilterText = fc.constantFrom(
  'ocean',
  'ocean OR ice',
  'model -desert',
  'RAG',
  'rag',
  '"ocean ice"',
  '"ocean models"~2',
  'des*',
  'ocean upvotes:>=20',
  'NOT ocean',
  'title:ice OR upvotes:<5',
);

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** An archive with a history: papers seen on days past, some featured, some whose score rose. */
async function archiveOf(
  history: readonly Seen[],
  publishedAt: (seenAt: number) => number | null = () => null,
): Promise<Archive> {
  const archive = await openArchive(await openDatabase(':memory:'), []);
  for (const [number, { title, votes, daysAgo, batchDaysAgo, onlyAskedFor }] of history.entries()) {
    const batchDay = batchDaysAgo === null ? null : dayOf(NOW - batchDaysAgo * DAY);
    const paper = aPaper(`p${number}`, { title, publishedAt: publishedAt(NOW - daysAgo * DAY) });
    const sighting = { ...aSighting(paper, 1, { votes }), batchDay };
    await archive.keep(
      aPoll(NOW - daysAgo * DAY, [sighting], {
        key: batchDay ?? 'none',
        complete: false,
        list: onlyAskedFor ? 'lookup' : 'daily',
      }),
    );
  }
  for (const [number, { daysAgo, scores }] of history.entries()) {
    const risen = scores
      .toSorted((a, b) => a - b)
      .map((score, index, all) => ({
        ...{ paper: `p${number}`, at: NOW - daysAgo * DAY - (all.length - index) * 1000, score },
        ...{ from: all[index - 1] ?? Number.NEGATIVE_INFINITY, reason: { kind: 'rank', rank: 1 } as const },
      }));
    await archive.keepTrendEvents(risen);
  }
  return archive;
}

/** What a filter would have posted, told the plain way: each paper's text is read for each what. */
async function plainPosts(archive: Archive, filter: Filter, what: What): Promise<PastPost[]> {
  const since = NOW - 30 * DAY;
  const stored = (await archive.changesAfter(0, 1000)).map(({ paper }) => paper);
  const matching = stored.filter((one) => matchFilter(filter, documentOf(one), NOW));
  if (what.kind === 'trending') {
    const threshold = trend.thresholdFor(what.sensitivity);
    const posts: PastPost[] = [];
    for (const { paper } of matching) {
      const crossed = (await archive.trendEvents(paper.id)).find(
        ({ at, from, score }) => at >= since && from < threshold && threshold <= score,
      );
      if (crossed) posts.push({ paper: paper.id, at: crossed.at });
    }
    return posts;
  }
  return matching
    .filter(({ listedBy }) => listedBy !== null)
    .map(({ paper, firstSeenAt, batchDay }) => ({
      paper: paper.id,
      at: batchDay === null ? firstSeenAt : Math.min(firstSeenAt, Date.parse(`${batchDay}T12:00:00Z`)),
    }))
    .filter(({ at }) => at >= since);
}

const byPaper = (posts: readonly PastPost[]) => posts.toSorted((a, b) => (a.paper < b.paper ? -1 : 1));
const DIALS = ['sure', 'balanced', 'early', 'wide'] as const;

describe('the last 30 days of a filter', () => {
  it('are the same as if every paper were read again for every what and sensitivity', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anySeen, { minLength: 1, maxLength: 12 }),
        anyFilterText,
        async (history, text) => {
          const archive = await archiveOf(history);
          const rooms = {
            archive,
            trend,
            zones,
            clock,
            search: openPaperSearch(archive),
            mutes: NOTHING_MUTED,
          };
          const filter = filterOf(text);
          const past = await pastOf(rooms, 'server', filter, NOW);
          const whats: What[] = [
            { kind: 'all' },
            ...DIALS.map((sensitivity) => ({ kind: 'trending', sensitivity }) as const),
          ];
          for (const what of whats) {
            const posts = postsIn(rooms, past, found(what));
            expect(byPaper(posts)).toEqual(byPaper(await plainPosts(archive, filter, what)));
            expect(posts.map(({ at }) => at)).toEqual(posts.map(({ at }) => at).toSorted((a, b) => b - a));
          }
          expect(await sensitivityCounts(rooms, past, AS_FOUND)).toEqual(
            await Promise.all(
              DIALS.map(async (name) => ({
                name,
                posts: (await plainPosts(archive, filter, { kind: 'trending', sensitivity: name })).length,
              })),
            ),
          );
          const hour = { kind: 'daily', at: '12:00', zone: 'UTC' } as const;
          const best = postsIn(rooms, past, { ...found({ kind: 'top', n: 1 }), when: hour });
          const arrived = await plainPosts(archive, filter, { kind: 'all' });
          const days = new Set(
            arrived.map(({ at }) => MONDAY + DAY / 2 + Math.ceil((at + 1 - NOW) / DAY) * DAY),
          );
          const over = [...days].filter((at) => at <= NOW).toSorted((a, b) => b - a);
          expect(best.map(({ at }) => at)).toEqual(over.slice(0, past.days));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('have of the best of a day, and of a week, no more than so many a day and a week', async () => {
    const history = Array.from({ length: 120 }, (_, n) => ({
      ...{ title: 'ocean', votes: 1, daysAgo: 39 - Math.floor(n / 3), scores: [] },
      batchDaysAgo: 39 - Math.floor(n / 3),
    }));
    const archive = await archiveOf(history);
    const rooms = { archive, trend, zones, clock, search: openPaperSearch(archive), mutes: NOTHING_MUTED };
    const past = await pastOf(rooms, 'server', filterOf('ocean'), NOW + 3_600_000);
    expect(postsIn(rooms, past, { ...found({ kind: 'top', n: 2 }), when: daily })).toHaveLength(60);
    expect(postsIn(rooms, past, { ...found({ kind: 'top', n: 5 }), when: weekly })).toHaveLength(20);
  });

  it('are none of the best of a week before one is over, and that is told', async () => {
    const history = [{ title: 'ocean', votes: 1, daysAgo: 2, batchDaysAgo: 2, scores: [] }];
    const archive = await archiveOf(history);
    const rooms = { archive, trend, zones, clock, search: openPaperSearch(archive), mutes: NOTHING_MUTED };
    const past = await pastOf(rooms, 'server', filterOf('ocean'), NOW);
    const of = async (when: When) =>
      (await backTest(rooms, past, { ...found({ kind: 'top', n: 5 }), when }, [])).hints.map(inEnglish);
    const told = /^The best of a week are chosen when it is over/;
    expect(await of({ ...weekly, weekday: 3 })).toContainEqual(expect.stringMatching(told));
    expect(await of(daily)).not.toContainEqual(expect.stringMatching(told));
  });

  it('are as the filter would have been then: a paper of last week was young on its day', async () => {
    const ages = [1, 9, 20];
    const history = ages.map((daysAgo) => ({ title: 'ocean', votes: 1, daysAgo, batchDaysAgo: daysAgo }));
    const archive = await archiveOf(
      history.map((one) => ({ ...one, scores: [] })),
      (at) => at - DAY,
    );
    const rooms = { archive, trend, zones, clock, search: openPaperSearch(archive), mutes: NOTHING_MUTED };
    const posts = async (text: string) => {
      const past = await pastOf(rooms, 'server', filterOf(text), NOW);
      return postsIn(rooms, past, found({ kind: 'all' })).length;
    };
    expect([await posts('age:<3d'), await posts('ocean -age:<3d'), await posts('age:>7d')]).toEqual([
      3, 0, 0,
    ]);
  });

  it('are put together piece by piece: of very many, others have their turn meanwhile', async () => {
    const papers = Array.from({ length: 6000 }, (_, n) => `p${n}`);
    const arrivals = papers.slice(0, 4000).map((paper) => ({ paper, at: NOW, listedAt: NOW, votes: 1 }));
    const rises = papers.slice(2000).map((paper) => ({ paper, at: NOW, from: 1, score: 4 }));
    const of = new Set(papers);
    const archive = { ...(await archiveOf([])), recent: async () => ({ arrivals, rises, papers: of }) };
    const search = {
      ...openPaperSearch(archive),
      matching: async () => ({ papers: of, complete: true }),
    };
    let elapsed = 0;
    const slow = plainClock({ now: () => NOW, elapsed: () => (elapsed += 100) });
    let turns = 0;
    const count = () => {
      turns++;
      setImmediate(count).unref();
    };
    count();
    const rooms = { archive, trend, zones, search, mutes: NOTHING_MUTED, clock: slow };
    const { stories } = await pastOf(rooms, 'server', filterOf('ocean'), NOW);
    expect(stories.map(({ paper }) => paper)).toEqual(papers);
    expect(turns).toBeGreaterThanOrEqual((rises.length + papers.length) / 500);
  });

  it('are told with the newest five by title, and with a hint where the filter asks for too much', async () => {
    const archive = await archiveOf(
      Array.from({ length: 7 }, (_, daysAgo) => ({
        ...{ title: `ocean ${daysAgo}`, votes: 1, daysAgo, batchDaysAgo: null, scores: [] },
      })),
    );
    const rooms = { archive, trend, zones, clock, search: openPaperSearch(archive), mutes: NOTHING_MUTED };
    const stories = Array.from({ length: 7 }, (_, n) => ({
      ...{ paper: `p${n}`, firstSeenAt: NOW - n * DAY, newsAt: NOW - n * DAY, risesSince: null },
      ...{ votes: 1, trendEvents: [], scores: [] },
    }));
    const view = await backTest(
      rooms,
      { filter: filterOf('ocean'), rises: [], days: 30, until: NOW, stories, complete: false },
      found({ kind: 'all' }),
      [phrase('filter.matchesNothing')],
    );
    expect(view.posts).toBe(7);
    expect(view.examples.map(({ title }) => passageWords(title, 120))).toEqual([
      '**ocean** 0',
      '**ocean** 1',
      '**ocean** 2',
      '**ocean** 3',
      '**ocean** 4',
    ]);
    expect(view.sensitivities).toEqual([]);
    expect(view.hints).toEqual([phrase('filter.matchesNothing'), phrase('search.cut')]);
  });
});
