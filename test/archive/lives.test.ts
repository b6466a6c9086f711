import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { ARCHIVE_MIGRATIONS } from '#src/archive/migrations.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aPoll, aSighting, DAY, MONDAY } from './some-papers.ts';

let db: Database;
let archive: Archive;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  archive = await openArchive(db, []);
});

const YEAR = 365 * DAY;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
/** A day's list with these papers. */
const list = (at: number, ...ids: string[]) =>
  archive.keep(
    aPoll(
      at,
      ids.map((id, i) => aSighting(aPaper(id), i + 1, { votes: 1, batchDay: dayOf(at) })),
      { key: dayOf(at) },
    ),
  );
const lookUp = (at: number, ...ids: string[]) =>
  archive.keep(
    aPoll(
      at,
      ids.map((id, i) => aSighting(aPaper(id), i + 1)),
      { list: 'lookup', key: '' },
    ),
  );
const trendEvent = (paper: string, at: number): TrendEvent => ({
  ...{ paper, at, from: 0, score: 1, reason: { kind: 'rank', rank: 1 } },
});
/** Everything that is past its life goes; returns the ids of the papers that went. */
const pruneAll = async (now: number): Promise<string[]> => {
  while ((await archive.prune(now)) > 0);
  const gone: string[] = [];
  for (let some = await archive.prunePapers(now); some.length > 0; some = await archive.prunePapers(now))
    gone.push(...some);
  return gone;
};
const rows = async (table: string) => (await db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))?.n;

describe('a paper that a list showed', () => {
  it('is kept for two years, then goes with its rises', async () => {
    await list(MONDAY, 'old');
    await archive.keepTrendEvents([trendEvent('old', MONDAY)]);
    await list(MONDAY + YEAR, 'young');
    expect(await pruneAll(MONDAY + 2 * YEAR - DAY)).toEqual([]);
    expect(await pruneAll(MONDAY + 2 * YEAR + DAY)).toEqual(['old']);
    expect(await archive.paper('old')).toBeNull();
    expect(await archive.paper('young')).not.toBeNull();
    expect(await rows('trend_event')).toBe(0);
  });

  it('is kept for as long as a list shows it', async () => {
    await list(MONDAY, 'lasting');
    await list(MONDAY + 2 * YEAR, 'lasting', 'young');
    expect(await pruneAll(MONDAY + 2 * YEAR + DAY)).toEqual([]);
  });

  it('is kept for two years also when it was looked up before', async () => {
    await lookUp(MONDAY, 'found');
    await list(MONDAY + DAY, 'found', 'other');
    expect(await pruneAll(MONDAY + YEAR)).toEqual([]);
  });
});

describe('a paper that was only looked up', () => {
  it('is kept for 30 days after somebody last asked for it', async () => {
    await lookUp(MONDAY, 'asked', 'asked again');
    await archive.noteLookedUp('asked again', MONDAY + 20 * DAY);
    await list(MONDAY + DAY, 'listed');
    await archive.noteLookedUp('listed', MONDAY + DAY);
    expect(await pruneAll(MONDAY + 29 * DAY)).toEqual([]);
    expect(await pruneAll(MONDAY + 31 * DAY)).toEqual(['asked']);
    expect(await pruneAll(MONDAY + 51 * DAY)).toEqual(['asked again']);
    expect(await archive.paper('listed')).not.toBeNull();
  });

  it('leaves the journal where it is: what comes next takes a new number', async () => {
    await list(MONDAY, 'listed');
    await lookUp(MONDAY, 'newest of all');
    const before = await archive.lastSeq();
    await pruneAll(MONDAY + 90 * DAY);
    await list(MONDAY + 90 * DAY, 'next');
    expect((await archive.changesAfter(before, 10)).map(({ paper }) => paper.paper.id)).toContain('next');
  });

  it('is found no longer once it is gone', async () => {
    await lookUp(MONDAY, 'gone');
    await list(MONDAY, 'listed');
    const search = openPaperSearch(archive);
    await search.load();
    search.forget(await pruneAll(MONDAY + 31 * DAY));
    const filter = { kind: 'word', text: 'title', field: null } as const;
    const found = await search.search(filter, { limit: 10, now: MONDAY });
    expect(found).toMatchObject({ total: 1, hits: [{ paper: 'listed' }] });
  });
});

describe('the search index', () => {
  it('that was saved before papers went is made anew', async () => {
    await lookUp(MONDAY, 'gone');
    await list(MONDAY, 'listed');
    let saved: Uint8Array | null = null;
    const disk = {
      read: async () => saved,
      write: async (parts: readonly Uint8Array[]) => {
        saved = new Uint8Array(Buffer.concat(parts));
      },
    };
    const saving = openPaperSearch(archive, disk);
    await saving.load();
    await saving.save();
    await pruneAll(MONDAY + 31 * DAY);
    const search = openPaperSearch(archive, disk);
    await search.load();
    expect(search.size).toBe(1);
    expect(await search.titles('title', 5)).toEqual(['listed']);
  });

  it('does not grow with papers whose words change again and again', async () => {
    const search = openPaperSearch(archive);
    const places: number[] = [];
    for (let round = 0; round < 12; round++) {
      const papers = Array.from({ length: 300 }, (_, i) =>
        aPaper(`p${i}`, { title: `Round ${round} of ${i}` }),
      );
      await archive.keep(
        aPoll(
          MONDAY + round,
          papers.map((paper, i) => aSighting(paper, i + 1)),
        ),
      );
      await search.load();
      places.push(search.places);
    }
    expect(Math.max(...places)).toBeLessThan(1500);
    expect(search.size).toBe(300);
    expect(await search.titles('round 11 of 250', 1)).toEqual(['p250']);
  });
});

describe('polls', () => {
  it('are kept for 150 days, and what is left comes back as it was', async () => {
    for (let day = 0; day < 200; day++) await list(MONDAY + day * DAY, `p${day}`, 'always');
    const now = MONDAY + 200 * DAY;
    await pruneAll(now);
    const left = await archive.pollsAfter(0, 1000);
    expect(left).toHaveLength(150);
    expect(left[0].seenAt).toBe(now - 150 * DAY);
    expect(left[0].sightings.map(({ paper }) => paper.id)).toEqual(['p50', 'always']);
    expect(await rows('series')).toBe(150);
    expect(await archive.paper('p0')).not.toBeNull();
  });

  it('can be read rightly between two slices', async () => {
    for (let day = 0; day < 200; day++) await list(MONDAY + day * DAY, `p${day}`);
    const now = MONDAY + 220 * DAY;
    while ((await archive.prune(now)) > 0) {
      const left = await archive.pollsAfter(0, 1000);
      for (const { key, sightings } of left) {
        const day = (Date.parse(key) - MONDAY) / DAY;
        expect(sightings.map(({ paper }) => paper.id)).toEqual([`p${day}`]);
      }
    }
  });

  it('leave behind since when anything is known', async () => {
    await list(MONDAY, 'first');
    await list(MONDAY + YEAR, 'second');
    expect(await archive.beganAt(MONDAY + YEAR)).toBe(MONDAY);
    await pruneAll(MONDAY + YEAR);
    expect(await archive.beganAt(MONDAY + YEAR)).toBe(MONDAY);
    expect(await archive.beganAt(MONDAY + 3 * YEAR)).toBe(MONDAY + YEAR);
  });
});

describe('papers of a file that an earlier version wrote', () => {
  it('count as listed unless it is certain that they were only looked up', async () => {
    const old = await openDatabase(':memory:');
    await old.migrate('archive', ARCHIVE_MIGRATIONS.slice(0, 1));
    const insert = `INSERT INTO paper (id, title, abstract, authors, categories, keywords, figures_at, first_seen_at, batch_days, sources, seq, facts_seq)
       VALUES (?, '', '', '[]', '[]', '[]', 0, ?, ?, '[]', ?, 0)`;
    const now = MONDAY + 100 * DAY;
    await old.run(insert, 'featured', now, '["2026-03-02"]', 1);
    await old.run(insert, 'announced', now, '[]', 2);
    await old.run(insert, 'looked up', now, '[]', 3);
    await old.run(insert, 'long ago', MONDAY, '[]', 4);
    await old.run(insert, 'last', now, '["2026-03-02"]', 5);
    await old.run("INSERT INTO series (source, list, key) VALUES ('arxiv-rss', 'announced', 'cs.LG')");
    await old.run(
      'INSERT INTO look (series, seen_at, complete, malformed, whole, changes) VALUES (1, ?, 1, 0, 1, 1)',
      now,
    );
    await old.run('INSERT INTO sighting (look, paper, place) VALUES (1, 2, 1)');
    archive = await openArchive(old, []);
    expect(await pruneAll(now + 31 * DAY)).toEqual(['looked up']);
  });
});
