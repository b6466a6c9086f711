import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { arrivedAt } from '#src/archive/paper-arrivals.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { orderedBefore } from '#src/foundation/instants.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aPoll, aSighting, DAY, MONDAY } from './some-papers.ts';

const HOUR = DAY / 24;
const PAPERS = ['a', 'b', 'c', 'd', 'e'];

/** What happens to an archive: `hours` after Monday. */
type Step =
  | { kind: 'list' | 'lookup'; hours: number; papers: string[]; votes: number; isDated: boolean }
  | { kind: 'rise'; hours: number; paper: string; score: number }
  | { kind: 'describe'; paper: string; title: string }
  | { kind: 'put right' | 'prune'; hours: number }
  | { kind: 'ask'; hours: number };

const hours = fc.integer({ min: 0, max: 12 * 24 });
const papers = fc.uniqueArray(fc.constantFrom(...PAPERS), { minLength: 1 });
const paper = fc.constantFrom(...PAPERS);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('list' as const, 'list' as const, 'lookup' as const),
      ...{ hours, papers, votes: fc.nat({ max: 3 }), isDated: fc.boolean() },
    }),
    fc.record({ kind: fc.constant('rise' as const), hours, paper, score: fc.constantFrom(1, 2, 3) }),
    fc.record({ kind: fc.constant('describe' as const), paper, title: fc.constantFrom('One', 'Two') }),
    fc.record({ kind: fc.constantFrom('put right' as const, 'prune' as const), hours }),
    fc.record({ kind: fc.constant('ask' as const), hours }),
  ),
  { maxLength: 25 },
);

describe('the last days of the archive, asked for again and again', () => {
  it('are what a new reading gives, whatever was kept, rose, was put right or went in between', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const archive = await openArchive(await openDatabase(':memory:'), []);
        for (const step of all) {
          const asked = archive.recent(MONDAY);
          await take(archive, step);
          await asked;
          for (const since of [MONDAY, MONDAY + 20 * HOUR])
            expect(await kept(archive, since)).toEqual(await readAnew(archive, since));
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('are read once; after that only what changed is', async () => {
    const { db, asked } = counted(await openDatabase(':memory:'));
    const archive = await openArchive(db, []);
    await list(archive, MONDAY, PAPERS);
    await archive.recent(MONDAY);
    const first = asked.length;
    await archive.recent(MONDAY + HOUR);
    expect(asked.slice(first).filter((sql) => /first_listed_at >=|FROM trend_event WHERE/.test(sql))).toEqual(
      [],
    );
    expect(asked.length).toBe(first + 1);
  });

  it('stay as they were for whoever was given them', async () => {
    const archive = await openArchive(await openDatabase(':memory:'), []);
    await list(archive, MONDAY, ['a']);
    const given = await archive.recent(MONDAY);
    await list(archive, MONDAY + HOUR, ['a', 'b']);
    await archive.recent(MONDAY);
    expect(given.arrivals.map(({ paper }) => paper)).toEqual(['a']);
    expect([...given.papers]).toEqual(['a']);
  });

  it('are not kept as they were read while stored instants were put right', async () => {
    const archive = await openArchive(await openDatabase(':memory:'), []);
    const ahead = MONDAY + 5 * DAY;
    const many = Array.from({ length: 2000 }, (_, n) => `p${n}`);
    await list(archive, ahead, ['a', ...many]);
    const reading = archive.recent(MONDAY);
    await archive.putRight(MONDAY + DAY, orderedBefore(MONDAY + DAY, await archive.ahead(MONDAY + DAY)));
    await reading;
    const { arrivals } = await archive.recent(MONDAY);
    expect(new Set(arrivals.map(({ listedAt }) => listedAt))).toEqual(new Set([MONDAY + DAY - 1]));
  });
});

async function take(archive: Archive, step: Step): Promise<void> {
  if (step.kind === 'describe') {
    await archive.describe([aPaper(step.paper, { title: step.title })], 'arxiv-rss');
    return;
  }
  const at = MONDAY + step.hours * HOUR;
  switch (step.kind) {
    case 'list':
      return list(archive, at, step.papers, step);
    case 'lookup':
      await archive.keep(aPoll(at, sightings(step.papers, {}), { list: 'lookup', key: '' }));
      return;
    case 'rise': {
      const { paper, score } = step;
      if (!(await archive.paper(paper))) return;
      return archive.keepTrendEvents([{ paper, at, from: 0, score, reason: { kind: 'rank', rank: 1 } }]);
    }
    case 'put right':
      await archive.putRight(at, orderedBefore(at, await archive.ahead(at)));
      return;
    case 'prune':
      while ((await archive.prune(at + 150 * DAY)) > 0);
      while ((await archive.prunePapers(at + 730 * DAY)).length > 0);
      return;
    case 'ask':
      await archive.recent(at);
  }
}

async function list(
  archive: Archive,
  at: number,
  ids: readonly string[],
  { votes = 1, isDated = true }: { votes?: number; isDated?: boolean } = {},
): Promise<void> {
  const key = new Date(at).toISOString().slice(0, 10);
  const rest = isDated ? { key } : ({ list: 'latest', key: '' } as const);
  await archive.keep(aPoll(at, sightings(ids, { votes, batchDay: isDated ? key : null }), rest));
}

const sightings = (ids: readonly string[], figures: { votes?: number; batchDay?: string | null }) =>
  ids.map((id, index) => aSighting(aPaper(id), index + 1, figures));

async function kept(archive: Archive, since: number) {
  const { arrivals, rises, papers } = await archive.recent(since);
  expect([...arrivals, ...rises].filter(({ paper }) => !papers.has(paper))).toEqual([]);
  return {
    rises,
    arrivals: arrivals.map(({ paper, listedAt, at, votes }) => ({ paper, listedAt, at, votes })),
  };
}

async function readAnew(archive: Archive, since: number) {
  const arrivals = [];
  for await (const arrival of archive.arrivals(since)) {
    const { paper, at, votes } = arrival;
    arrivals.push({ paper, listedAt: at, at: arrivedAt(arrival), votes });
  }
  return { rises: await archive.risesSince(since), arrivals };
}

/** The database with the texts of what is asked of it. */
function counted(database: Database): { db: Database; asked: string[] } {
  const asked: string[] = [];
  const all: Database['all'] = (sql, ...values) => {
    asked.push(sql);
    return database.all(sql, ...values);
  };
  return { db: { ...database, all }, asked };
}
