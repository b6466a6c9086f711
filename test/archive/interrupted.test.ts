import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { type InterruptedDatabase, interruptedDatabase } from '#test/fakes/interrupted-database.ts';
import { aPoll, aSighting, DAY, MONDAY } from './some-papers.ts';

describe('the archive, when others come in between or a write fails', () => {
  let plain: Database;
  let db: InterruptedDatabase;
  let archive: Archive;
  beforeEach(async () => {
    plain = await openDatabase(':memory:');
    db = interruptedDatabase(plain);
    archive = await openArchive(db, []);
  });

  it('knows since when there is anything, also while the first polls go', async () => {
    await archive.keep(aPoll(MONDAY, [aSighting(aPaper('a'), 1)]));
    await archive.keep(aPoll(MONDAY + DAY, [aSighting(aPaper('a'), 1)], { key: '2026-03-03' }));
    const held = db.hold(/min\(key\)/);
    const began = archive.beganAt(MONDAY + 3 * DAY);
    await held;
    const others = await openArchive(plain, []);
    while ((await others.prune(MONDAY + 151.5 * DAY)) > 0);
    await db.release();
    expect(await began).toBe(MONDAY);
  });

  it('notes a list that failed with its failure, or nothing of it', async () => {
    const list = { source: 'arxiv-rss', list: 'announced', key: 'cs.LG' } as const;
    db.fail(/INSERT INTO health/);
    const noted = archive.notePoll({ ...list, failed: true, at: MONDAY, reason: 'no answer' });
    await expect(noted).rejects.toThrow();
    expect(await db.all('SELECT * FROM series')).toEqual([]);
  });

  it('keeps two looks at one list that come at once one after the other', async () => {
    const shown = (at: number, votes: number) =>
      aPoll(at, [aSighting(aPaper('a'), 1, { votes }), aSighting(aPaper('b'), 2, { votes: 1 })]);
    const held = db.hold(/INSERT INTO poll/);
    const first = archive.keepInSlices(shown(MONDAY, 3));
    await held;
    const second = archive.keepInSlices(shown(MONDAY + 1, 4));
    const asked = archive.keep(aPoll(MONDAY + 2, [aSighting(aPaper('a'), 1)], { list: 'lookup', key: '' }));
    await db.release();
    expect((await first).fresh).toEqual(['a', 'b']);
    expect(await second).toMatchObject({ fresh: [], changed: ['a'] });
    expect(await asked).toMatchObject({ fresh: [], changed: [] });
    // The second is kept as what changed since the first.
    expect(await db.all('SELECT whole, changes FROM poll ORDER BY id')).toEqual([
      { whole: 1, changes: 2 },
      { whole: 0, changes: 1 },
    ]);
    expect((await archive.sightings('a')).map(({ votes }) => votes)).toEqual([3, 4]);
    expect((await archive.changesAfter(0, 10)).map(({ paper }) => paper.paper.id)).toEqual(['b', 'a']);
  });

  it('keeps nothing of a poll whose end cannot be written', async () => {
    db.fail(/INSERT INTO sighting/);
    await expect(archive.keep(aPoll(MONDAY, [aSighting(aPaper('a'), 1)]))).rejects.toThrow();
    expect(await archive.size()).toBe(0);
    expect(await archive.lastSeq()).toBe(0);
  });

  it('keeps a paper that is shown while papers past their life are removed', async () => {
    const lookUp = (at: number, id: string) =>
      aPoll(at, [aSighting(aPaper(id), 1)], { list: 'lookup', key: '' });
    await archive.keep(lookUp(MONDAY, 'old'));
    await archive.keep(lookUp(MONDAY + 40 * DAY, 'new'));
    const held = db.hold(/DELETE FROM paper/);
    const gone = archive.prunePapers(MONDAY + 41 * DAY);
    await held;
    const kept = archive.keep(aPoll(MONDAY + 41 * DAY, [aSighting(aPaper('old'), 1)]));
    await db.release();
    expect(await gone).toEqual(['old']);
    expect(await kept).toMatchObject({ fresh: ['old'], refused: [] });
    expect(await archive.sightings('old')).toHaveLength(1);
  });
});
