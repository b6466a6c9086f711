import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { MIGRATIONS } from '#src/archive/migrations.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { isolate } from '#src/foundation/isolate.ts';
import type { Look } from '#src/paper/sighting.ts';
import { aLook, aPaper, aSighting, DAY, MINUTE, MONDAY } from './some-papers.ts';

const SOURCE = 'hugging-face';
let db: Database;
let archive: Archive;
beforeEach(() => {
  db = openDatabase(':memory:');
  archive = openArchive(db);
});

const listOf = (at: number, ids: readonly string[], rest: Partial<Look> = {}): Look =>
  aLook(
    at,
    ids.map((id, index) => aSighting(aPaper(id), index + 1)),
    rest,
  );
const failed = (at: number, key: string, list: Look['list'] = 'daily') =>
  archive.noteLook({ failed: true, source: SOURCE, list, key, at, reason: 'HTTP 503' });
const newsAt = (id: string) => archive.paper(id)?.newsAt;

describe('a paper is news', () => {
  it('when it appears in a list that was read before, or in a batch that has begun since', () => {
    archive.keep(listOf(MONDAY, ['old']));
    archive.endReading(SOURCE, MONDAY);
    archive.keep(listOf(MONDAY + MINUTE, ['old', 'new']));
    archive.keep(listOf(MONDAY + DAY, ['next'], { key: '2026-03-03', complete: false }));
    expect([newsAt('old'), newsAt('new'), newsAt('next')]).toEqual([null, MONDAY + MINUTE, MONDAY + DAY]);
  });

  it('in a batch that opens an hour after the first start, though the day in London is the same', () => {
    archive.keep(listOf(MONDAY + MINUTE, ['old'], { key: '2026-02-27' }));
    archive.endReading(SOURCE, MONDAY + MINUTE);
    archive.keep(listOf(MONDAY + 120 * MINUTE, ['opened']));
    expect(newsAt('opened')).toBe(MONDAY + 120 * MINUTE);
  });

  it('never by an older batch that is read late, nor by the page that was missing', () => {
    archive.keep(listOf(MONDAY, ['a'], { complete: false }));
    failed(MONDAY, '2026-02-27');
    archive.endReading(SOURCE, MONDAY);
    archive.keep(listOf(MONDAY + MINUTE, ['a', 'page two']));
    archive.keep(listOf(MONDAY + MINUTE, ['friday'], { key: '2026-02-27' }));
    archive.keep(listOf(MONDAY + 2 * MINUTE, ['a', 'page two', 'new']));
    expect([newsAt('page two'), newsAt('friday'), newsAt('new')]).toEqual([null, null, MONDAY + 2 * MINUTE]);
  });

  it('of the newest papers when its day is, and never when its day was before the first', () => {
    archive.keep(listOf(MONDAY, ['a']));
    failed(MONDAY, '', 'latest');
    archive.endReading(SOURCE, MONDAY);
    const newest = ['2026-02-27', '2026-03-02', '2026-03-03'].map((batchDay, index) =>
      aSighting(aPaper(batchDay), index + 1, { batchDay }),
    );
    archive.keep(aLook(MONDAY + DAY, newest, { list: 'latest', key: '' }));
    expect(newest.map(({ paper }) => newsAt(paper.id))).toEqual([null, null, MONDAY + DAY]);
    const more = aSighting(aPaper('more'), 1, { batchDay: '2026-03-02' });
    const slipped = aSighting(aPaper('slipped'), 2, { batchDay: '2026-02-26' });
    archive.keep(aLook(MONDAY + DAY + MINUTE, [more, slipped], { list: 'latest', key: '' }));
    expect([newsAt('more'), newsAt('slipped')]).toEqual([MONDAY + DAY + MINUTE, null]);
  });

  it('in a category that was added later from its second day on', () => {
    const announced = (at: number, id: string) =>
      archive.keep(
        listOf(at, [id], { source: 'arxiv-rss', list: 'announced', key: 'cs.RO', complete: false }),
      );
    archive.endReading('arxiv-rss', MONDAY - 30 * DAY);
    announced(MONDAY, 'first');
    announced(MONDAY + DAY, 'second');
    expect([newsAt('first'), newsAt('second')]).toEqual([null, MONDAY + DAY]);
  });

  it('for who had subscribed before it came out, though its list failed until then', () => {
    failed(MONDAY, '2026-03-02');
    archive.endReading(SOURCE, MONDAY);
    const out = aSighting(aPaper('out', { publishedAt: MONDAY + MINUTE }), 1);
    const old = aSighting(aPaper('old', { publishedAt: MONDAY - MINUTE }), 2);
    archive.keep(aLook(MONDAY + 5 * MINUTE, [out, old]));
    expect([newsAt('out'), newsAt('old')]).toEqual([MONDAY + MINUTE, null]);
  });

  it('never by a question, and by the first list after it, with a new number in the journal', () => {
    archive.endReading(SOURCE, MONDAY - 5 * DAY);
    archive.keep(listOf(MONDAY, ['asked'], { list: 'lookup', key: '', source: 'arxiv-api' }));
    expect(archive.paper('asked')).toMatchObject({ listedBy: null, newsAt: null, firstSeenAt: MONDAY });
    expect(archive.arrivedSince(0, 10)).toEqual([]);
    const before = archive.lastSeq();
    archive.keep(listOf(MONDAY + DAY, ['asked']));
    expect(archive.paper('asked')).toMatchObject({
      listedBy: SOURCE,
      newsAt: MONDAY + DAY,
      firstSeenAt: MONDAY + DAY,
    });
    expect(archive.changesAfter(before, 10)).toHaveLength(1);
    expect(archive.arrivedSince(MONDAY + DAY, 10)).toHaveLength(1);
  });

  it('again from tomorrow’s list on after a first day that a wrong clock had set far ahead', () => {
    archive.keep(listOf(MONDAY + 60 * DAY, [], { key: '2026-05-01' }));
    archive.endReading(SOURCE, MONDAY + 60 * DAY);
    archive.beginReading(SOURCE, MONDAY);
    archive.keep(listOf(MONDAY, ['now']));
    expect(newsAt('now')).toBe(MONDAY);
  });
});

describe('a paper that was only looked up', () => {
  const askedAt = () =>
    db.prepare<{ at: number | null }>("SELECT looked_up_at AS at FROM paper WHERE id = 'a'").get()?.at;

  it('keeps when it was last asked for, noted once a day, until a list shows it', () => {
    archive.keep(listOf(MONDAY, ['a'], { list: 'lookup', key: '' }));
    archive.noteLookedUp('a', MONDAY + DAY - 1);
    expect(askedAt()).toBe(MONDAY);
    archive.noteLookedUp('a', MONDAY + DAY);
    expect(askedAt()).toBe(MONDAY + DAY);
    archive.keep(listOf(MONDAY + 3 * DAY, ['a'], { list: 'lookup', key: '' }));
    expect(askedAt()).toBe(MONDAY + 3 * DAY);
    archive.keep(listOf(MONDAY + 4 * DAY, ['a']));
    archive.noteLookedUp('a', MONDAY + 9 * DAY);
    expect(askedAt()).toBeNull();
  });
});

describe('categories that arXiv does not know', () => {
  it('are asked for five times, with growing pauses, and then no more', () => {
    archive.keep(listOf(MONDAY, ['a']));
    const asked: number[] = [];
    for (let day = 0; day < 100; day++) {
      if (archive.lackingCategories(10, MONDAY + day * DAY).length === 0) continue;
      archive.noteAsked(['a'], MONDAY + day * DAY);
      asked.push(day);
    }
    expect(asked).toEqual([0, 1, 3, 7, 15]);
  });

  it('are asked for again after a clock that was ahead', () => {
    archive.keep(listOf(MONDAY, ['a']));
    archive.noteAsked(['a'], MONDAY + 60 * DAY);
    expect(archive.lackingCategories(10, MONDAY)).toEqual(['a']);
  });
});

describe('what no row can hold', () => {
  it('costs its own item alone, also in a look-up and a description', () => {
    const odd = aSighting(aPaper('odd'), 1, { votes: 1.5 });
    const kept = archive.keep(
      aLook(MONDAY, [odd, aSighting(aPaper('good'), 2)], { list: 'lookup', key: '', malformed: 1 }),
    );
    expect(kept).toMatchObject({ fresh: ['good'], look: { malformed: 2 } });
    expect(kept.refused).toEqual(['odd has votes that are no count']);
    const described = archive.describe(
      [aPaper('good', { categories: ['cs.AI'] }), null as never],
      'arxiv-api',
    );
    expect(described).toEqual({ changed: ['good'], refused: ['an item is no paper'] });
  });

  it('counts as malformed too when only the table refuses it, and leaves nothing half written', () => {
    db.exec(`CREATE TRIGGER refuse BEFORE UPDATE OF votes ON paper WHEN NEW.id = 'odd'
      BEGIN SELECT raise(ABORT, 'no'); END`);
    const look = aLook(MONDAY, [
      aSighting(aPaper('odd'), 1, { votes: 3 }),
      aSighting(aPaper('good'), 2, { votes: 2 }),
    ]);
    const kept = archive.keep(look);
    expect(kept).toMatchObject({ fresh: ['good'], look: { malformed: 1 }, refused: ['odd: no'] });
    expect(archive.paper('odd')).toBeNull();
    expect(archive.looksAfter(0, 10)[0]).toMatchObject({ malformed: 1, sightings: [{ place: 2, votes: 2 }] });
  });

  it('changes nothing when the same odd text comes again', () => {
    const look = (at: number) =>
      aLook(at, [aSighting(aPaper('a', { title: 'Half \ud83d', authors: ['A\0da'] }), 1)]);
    archive.keep(look(MONDAY));
    expect(archive.keep(look(MONDAY + 1))).toMatchObject({ fresh: [], changed: [] });
    expect(archive.paper('a')?.paper).toMatchObject({ title: 'Half \ufffd', authors: ['Ada'] });
  });

  it('is no reason to go on when the database itself is broken', () => {
    const fatal = () => {
      throw new FatalError('The disk is full.');
    };
    expect(() => isolate(fatal, () => {})).toThrow(FatalError);
  });
});

describe('a database from before', () => {
  const upgraded = (rows: string): Archive => {
    const older = openDatabase(':memory:');
    older.migrate('archive', MIGRATIONS.slice(0, 1));
    older.exec(rows);
    return openArchive(older);
  };
  const paper = (ref: number, at: number, sources: string, days = '[]', asked = 'NULL') =>
    `INSERT INTO paper VALUES (${ref}, 'p${ref}', 't', '', '[]', '[]', '[]', NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, NULL, NULL, 0, ${at}, '${days}', '${sources}', ${asked}, ${ref}, ${ref});`;

  it('tells what was listed from what was only asked for, and history from news', () => {
    const old = upgraded(`
      INSERT INTO cursor VALUES ('first read of hugging-face', ${MONDAY});
      ${paper(1, MONDAY, '["hugging-face"]', '["2026-03-02"]')}
      ${paper(2, MONDAY + 1, '["hugging-face"]', '["2026-03-02"]')}
      ${paper(3, MONDAY + 1, '["arxiv-api"]', '[]', '5')}
      INSERT INTO series VALUES (1, 'hugging-face', 'daily', '2026-03-02');
      INSERT INTO look VALUES (1, 1, ${MONDAY}, 0, 0, 1, 2);
      INSERT INTO sighting VALUES (1, 1, 1, 0, 0, 0, NULL), (1, 2, 2, 0, 0, 0, NULL);`);
    expect(old.paper('p1')).toMatchObject({ listedBy: SOURCE, newsAt: null, risesSince: MONDAY });
    expect(old.paper('p2')).toMatchObject({ listedBy: SOURCE, newsAt: MONDAY + 1 });
    expect(old.paper('p3')).toMatchObject({ listedBy: null, newsAt: null });
    expect(old.lackingCategories(5, MONDAY)).toContain('p3');
    expect(old.beganAt(MONDAY + DAY)).toBe(MONDAY);
  });

  it('takes nothing that came during the upgrade for a first reading', () => {
    const old = upgraded(`
      INSERT INTO cursor VALUES ('first read of hugging-face', ${MONDAY});
      INSERT INTO series VALUES (1, 'hugging-face', 'daily', '2026-03-02');
      INSERT INTO look VALUES (1, 1, ${MONDAY}, 0, 0, 1, 0);`);
    old.beginReading(SOURCE, MONDAY + DAY);
    old.keep(listOf(MONDAY + DAY, ['late'], {}));
    old.keep(listOf(MONDAY + DAY, ['next'], { key: '2026-03-03' }));
    expect([old.paper('late')?.newsAt, old.paper('next')?.newsAt]).toEqual([MONDAY + DAY, MONDAY + DAY]);
  });
});
