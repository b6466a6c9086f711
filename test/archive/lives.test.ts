import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { MIGRATIONS } from '#src/archive/migrations.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import type { Rising } from '#src/trend/rising.ts';
import { aLook, aPaper, aSighting, DAY, MONDAY } from './some-papers.ts';

let db: Database;
let archive: Archive;
beforeEach(() => {
  db = openDatabase(':memory:');
  archive = openArchive(db);
});

const YEAR = 365 * DAY;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
/** A day's list with these papers. */
const list = (at: number, ...ids: string[]) =>
  archive.keep(
    aLook(
      at,
      ids.map((id, i) => aSighting(aPaper(id), i + 1, { votes: 1, batchDay: dayOf(at) })),
      { key: dayOf(at) },
    ),
  );
const lookUp = (at: number, ...ids: string[]) =>
  archive.keep(
    aLook(
      at,
      ids.map((id, i) => aSighting(aPaper(id), i + 1)),
      { list: 'lookup', key: '' },
    ),
  );
const rising = (paper: string, at: number): Rising => ({
  ...{ paper, at, from: 0, heat: 1, reason: { kind: 'rank', rank: 1 } },
});
/** Everything that is past its life goes; returns the ids of the papers that went. */
const pruneAll = (now: number): string[] => {
  while (archive.prune(now) > 0);
  const gone: string[] = [];
  for (let some = archive.prunePapers(now); some.length > 0; some = archive.prunePapers(now))
    gone.push(...some);
  return gone;
};
const rows = (table: string) => db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n;

describe('a paper that a list showed', () => {
  it('is kept for two years, then goes with its rises', () => {
    list(MONDAY, 'old');
    archive.keepRisings([rising('old', MONDAY)]);
    list(MONDAY + YEAR, 'young');
    expect(pruneAll(MONDAY + 2 * YEAR - DAY)).toEqual([]);
    expect(pruneAll(MONDAY + 2 * YEAR + DAY)).toEqual(['old']);
    expect(archive.paper('old')).toBeNull();
    expect(archive.paper('young')).not.toBeNull();
    expect(rows('rising')).toBe(0);
  });

  it('is kept for as long as a list shows it', () => {
    list(MONDAY, 'lasting');
    list(MONDAY + 2 * YEAR, 'lasting', 'young');
    expect(pruneAll(MONDAY + 2 * YEAR + DAY)).toEqual([]);
  });

  it('is kept for two years also when it was looked up before', () => {
    lookUp(MONDAY, 'found');
    list(MONDAY + DAY, 'found', 'other');
    expect(pruneAll(MONDAY + YEAR)).toEqual([]);
  });
});

describe('a paper that was only looked up', () => {
  it('is kept for 30 days after somebody last asked for it', () => {
    lookUp(MONDAY, 'asked', 'asked again');
    archive.noteLookedUp('asked again', MONDAY + 20 * DAY);
    list(MONDAY + DAY, 'listed');
    archive.noteLookedUp('listed', MONDAY + DAY);
    expect(pruneAll(MONDAY + 29 * DAY)).toEqual([]);
    expect(pruneAll(MONDAY + 31 * DAY)).toEqual(['asked']);
    expect(pruneAll(MONDAY + 51 * DAY)).toEqual(['asked again']);
    expect(archive.paper('listed')).not.toBeNull();
  });

  it('leaves the journal where it is: what comes next takes a new number', () => {
    list(MONDAY, 'listed');
    lookUp(MONDAY, 'newest of all');
    const before = archive.lastSeq();
    pruneAll(MONDAY + 90 * DAY);
    list(MONDAY + 90 * DAY, 'next');
    expect(archive.changesAfter(before, 10).map(({ paper }) => paper.paper.id)).toContain('next');
  });

  it('is found no longer once it is gone', async () => {
    lookUp(MONDAY, 'gone');
    list(MONDAY, 'listed');
    const search = openPaperSearch(archive);
    await search.load();
    search.forget(pruneAll(MONDAY + 31 * DAY));
    const filter = { kind: 'word', text: 'title', field: null } as const;
    const found = await search.search(filter, { limit: 10, now: MONDAY });
    expect(found).toMatchObject({ total: 1, hits: [{ paper: 'listed' }] });
  });
});

describe('the search index', () => {
  it('that was saved before papers went is made anew', async () => {
    lookUp(MONDAY, 'gone');
    list(MONDAY, 'listed');
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
    pruneAll(MONDAY + 31 * DAY);
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
      archive.keep(
        aLook(
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
  it('are kept for 150 days, and what is left comes back as it was', () => {
    for (let day = 0; day < 200; day++) list(MONDAY + day * DAY, `p${day}`, 'always');
    const now = MONDAY + 200 * DAY;
    pruneAll(now);
    const left = archive.looksAfter(0, 1000);
    expect(left).toHaveLength(150);
    expect(left[0].seenAt).toBe(now - 150 * DAY);
    expect(left[0].sightings.map(({ paper }) => paper.id)).toEqual(['p50', 'always']);
    expect(rows('series')).toBe(150);
    expect(archive.paper('p0')).not.toBeNull();
  });

  it('can be read rightly between two slices', () => {
    for (let day = 0; day < 200; day++) list(MONDAY + day * DAY, `p${day}`);
    const now = MONDAY + 220 * DAY;
    while (archive.prune(now) > 0) {
      const left = archive.looksAfter(0, 1000);
      for (const { key, sightings } of left) {
        const day = (Date.parse(key) - MONDAY) / DAY;
        expect(sightings.map(({ paper }) => paper.id)).toEqual([`p${day}`]);
      }
    }
  });

  it('leave behind since when anything is known', () => {
    list(MONDAY, 'first');
    list(MONDAY + YEAR, 'second');
    expect(archive.beganAt(MONDAY + YEAR)).toBe(MONDAY);
    pruneAll(MONDAY + YEAR);
    expect(archive.beganAt(MONDAY + YEAR)).toBe(MONDAY);
    expect(archive.beganAt(MONDAY + 3 * YEAR)).toBe(MONDAY + YEAR);
  });
});

describe('papers of a file that an earlier version wrote', () => {
  it('count as listed unless it is certain that they were only looked up', () => {
    const old = openDatabase(':memory:');
    old.migrate('archive', MIGRATIONS.slice(0, 1));
    const insert = old.prepare(
      `INSERT INTO paper (id, title, abstract, authors, categories, keywords, figures_at, first_seen_at, batch_days, sources, seq, facts_seq)
       VALUES (?, '', '', '[]', '[]', '[]', 0, ?, ?, '[]', ?, 0)`,
    );
    const now = MONDAY + 100 * DAY;
    insert.run('featured', now, '["2026-03-02"]', 1);
    insert.run('announced', now, '[]', 2);
    insert.run('looked up', now, '[]', 3);
    insert.run('long ago', MONDAY, '[]', 4);
    insert.run('last', now, '["2026-03-02"]', 5);
    old.prepare("INSERT INTO series (source, list, key) VALUES ('arxiv-rss', 'announced', 'cs.LG')").run();
    old
      .prepare(
        'INSERT INTO look (series, seen_at, complete, malformed, whole, changes) VALUES (1, ?, 1, 0, 1, 1)',
      )
      .run(now);
    old.prepare('INSERT INTO sighting (look, paper, place) VALUES (1, 2, 1)').run();
    archive = openArchive(old);
    expect(pruneAll(now + 31 * DAY)).toEqual(['looked up']);
  });
});
