import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { ARCHIVE_MIGRATIONS } from '#src/archive/migrations.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { isolate } from '#src/foundation/isolate.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from './some-papers.ts';

const SOURCE = 'hugging-face';
let db: Database;
let archive: Archive;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  archive = await openArchive(db, []);
});

const listOf = (at: number, ids: readonly string[], rest: Partial<Poll> = {}): Poll =>
  aPoll(
    at,
    ids.map((id, index) => aSighting(aPaper(id), index + 1)),
    rest,
  );
const failed = (at: number, key: string, list: Poll['list'] = 'daily') =>
  archive.notePoll({ failed: true, source: SOURCE, list, key, at, reason: 'HTTP 503' });
const newsAt = async (id: string) => (await archive.paper(id))?.newsAt;

describe('a paper is news', () => {
  it('when it appears in a list that was read before, or in a batch that has begun since', async () => {
    await archive.keep(listOf(MONDAY, ['old']));
    await archive.endReading(SOURCE, MONDAY);
    await archive.keep(listOf(MONDAY + MINUTE, ['old', 'new']));
    await archive.keep(listOf(MONDAY + DAY, ['next'], { key: '2026-03-03', complete: false }));
    expect([await newsAt('old'), await newsAt('new'), await newsAt('next')]).toEqual([
      null,
      MONDAY + MINUTE,
      MONDAY + DAY,
    ]);
  });

  it('in a batch that opens an hour after the first start, though the day in London is the same', async () => {
    await archive.keep(listOf(MONDAY + MINUTE, ['old'], { key: '2026-02-27' }));
    await archive.endReading(SOURCE, MONDAY + MINUTE);
    await archive.keep(listOf(MONDAY + 120 * MINUTE, ['opened']));
    expect(await newsAt('opened')).toBe(MONDAY + 120 * MINUTE);
  });

  it('never by an older batch that is read late, nor by the page that was missing', async () => {
    await archive.keep(listOf(MONDAY, ['a'], { complete: false }));
    await failed(MONDAY, '2026-02-27');
    await archive.endReading(SOURCE, MONDAY);
    await archive.keep(listOf(MONDAY + MINUTE, ['a', 'page two']));
    await archive.keep(listOf(MONDAY + MINUTE, ['friday'], { key: '2026-02-27' }));
    await archive.keep(listOf(MONDAY + 2 * MINUTE, ['a', 'page two', 'new']));
    expect([await newsAt('page two'), await newsAt('friday'), await newsAt('new')]).toEqual([
      null,
      null,
      MONDAY + 2 * MINUTE,
    ]);
  });

  it('of the newest papers when its day is, and never when its day was before the first', async () => {
    await archive.keep(listOf(MONDAY, ['a']));
    await failed(MONDAY, '', 'latest');
    await archive.endReading(SOURCE, MONDAY);
    const newest = ['2026-02-27', '2026-03-02', '2026-03-03'].map((batchDay, index) =>
      aSighting(aPaper(batchDay), index + 1, { batchDay }),
    );
    await archive.keep(aPoll(MONDAY + DAY, newest, { list: 'latest', key: '' }));
    expect(await Promise.all(newest.map(({ paper }) => newsAt(paper.id)))).toEqual([
      null,
      null,
      MONDAY + DAY,
    ]);
    const more = aSighting(aPaper('more'), 1, { batchDay: '2026-03-02' });
    const slipped = aSighting(aPaper('slipped'), 2, { batchDay: '2026-02-26' });
    await archive.keep(aPoll(MONDAY + DAY + MINUTE, [more, slipped], { list: 'latest', key: '' }));
    expect([await newsAt('more'), await newsAt('slipped')]).toEqual([MONDAY + DAY + MINUTE, null]);
  });

  it('in a category that was added later from its second day on', async () => {
    const announced = (at: number, id: string) =>
      archive.keep(
        listOf(at, [id], { source: 'arxiv-rss', list: 'announced', key: 'cs.RO', complete: false }),
      );
    await archive.endReading('arxiv-rss', MONDAY - 30 * DAY);
    await announced(MONDAY, 'first');
    await announced(MONDAY + DAY, 'second');
    expect([await newsAt('first'), await newsAt('second')]).toEqual([null, MONDAY + DAY]);
  });

  it('for who had subscribed before it came out, though its list failed until then', async () => {
    await failed(MONDAY, '2026-03-02');
    await archive.endReading(SOURCE, MONDAY);
    const out = aSighting(aPaper('out', { publishedAt: MONDAY + MINUTE }), 1);
    const old = aSighting(aPaper('old', { publishedAt: MONDAY - MINUTE }), 2);
    await archive.keep(aPoll(MONDAY + 5 * MINUTE, [out, old]));
    expect([await newsAt('out'), await newsAt('old')]).toEqual([MONDAY + MINUTE, null]);
  });

  it('never by a question, and by the first list after it, with a new number in the journal', async () => {
    await archive.endReading(SOURCE, MONDAY - 5 * DAY);
    await archive.keep(listOf(MONDAY, ['asked'], { list: 'lookup', key: '', source: 'arxiv-api' }));
    expect(await archive.paper('asked')).toMatchObject({ listedBy: null, newsAt: null, firstSeenAt: MONDAY });
    expect(await archive.arrivedSince(0, 10)).toEqual([]);
    const before = await archive.lastSeq();
    await archive.keep(listOf(MONDAY + DAY, ['asked']));
    expect(await archive.paper('asked')).toMatchObject({
      listedBy: SOURCE,
      newsAt: MONDAY + DAY,
      firstSeenAt: MONDAY + DAY,
    });
    expect(await archive.changesAfter(before, 10)).toHaveLength(1);
    expect(await archive.arrivedSince(MONDAY + DAY, 10)).toHaveLength(1);
  });

  it('again from tomorrow’s list on after a first day that a wrong clock had set far ahead', async () => {
    await archive.keep(listOf(MONDAY + 60 * DAY, [], { key: '2026-05-01' }));
    await archive.endReading(SOURCE, MONDAY + 60 * DAY);
    await archive.beginReading(SOURCE, MONDAY);
    await archive.keep(listOf(MONDAY, ['now']));
    expect(await newsAt('now')).toBe(MONDAY);
  });
});

describe('a paper that was only looked up', () => {
  const askedAt = async () =>
    (await db.get<{ at: number | null }>("SELECT looked_up_at AS at FROM paper WHERE id = 'a'"))?.at;

  it('keeps when it was last asked for, noted once a day, until a list shows it', async () => {
    await archive.keep(listOf(MONDAY, ['a'], { list: 'lookup', key: '' }));
    await archive.noteLookedUp('a', MONDAY + DAY - 1);
    expect(await askedAt()).toBe(MONDAY);
    await archive.noteLookedUp('a', MONDAY + DAY);
    expect(await askedAt()).toBe(MONDAY + DAY);
    await archive.keep(listOf(MONDAY + 3 * DAY, ['a'], { list: 'lookup', key: '' }));
    expect(await askedAt()).toBe(MONDAY + 3 * DAY);
    await archive.keep(listOf(MONDAY + 4 * DAY, ['a']));
    await archive.noteLookedUp('a', MONDAY + 9 * DAY);
    expect(await askedAt()).toBeNull();
  });
});

describe('categories that arXiv does not know', () => {
  it('are asked for five times, with growing pauses, and then no more', async () => {
    await archive.keep(listOf(MONDAY, ['a']));
    const asked: number[] = [];
    for (let day = 0; day < 100; day++) {
      if ((await archive.lackingCategories(10, MONDAY + day * DAY)).length === 0) continue;
      await archive.noteAsked(['a'], MONDAY + day * DAY);
      asked.push(day);
    }
    expect(asked).toEqual([0, 1, 3, 7, 15]);
  });

  it('are asked for again after a clock that was ahead', async () => {
    await archive.keep(listOf(MONDAY, ['a']));
    await archive.noteAsked(['a'], MONDAY + 60 * DAY);
    expect(await archive.lackingCategories(10, MONDAY)).toEqual(['a']);
  });
});

describe('what no row can hold', () => {
  it('costs its own item alone, also in a look-up and a description', async () => {
    const odd = aSighting(aPaper('odd'), 1, { votes: 1.5 });
    const kept = await archive.keep(
      aPoll(MONDAY, [odd, aSighting(aPaper('good'), 2)], { list: 'lookup', key: '', malformed: 1 }),
    );
    expect(kept).toMatchObject({ fresh: ['good'], poll: { malformed: 2 } });
    expect(kept.refused).toEqual(['odd has votes that are no count']);
    const described = await archive.describe(
      [aPaper('good', { categories: ['cs.AI'] }), null as never],
      'arxiv-api',
    );
    expect(described).toEqual({ changed: ['good'], refused: ['an item is no paper'] });
  });

  it('counts as malformed too when only the table refuses it, and leaves nothing half written', async () => {
    await db.run(`CREATE TRIGGER refuse BEFORE UPDATE OF votes ON paper WHEN NEW.id = 'odd'
      BEGIN SELECT raise(ABORT, 'no'); END`);
    const poll = aPoll(MONDAY, [
      aSighting(aPaper('odd'), 1, { votes: 3 }),
      aSighting(aPaper('good'), 2, { votes: 2 }),
    ]);
    const kept = await archive.keep(poll);
    expect(kept).toMatchObject({ fresh: ['good'], poll: { malformed: 1 }, refused: ['odd: no'] });
    expect(await archive.paper('odd')).toBeNull();
    expect((await archive.pollsAfter(0, 10))[0]).toMatchObject({
      malformed: 1,
      sightings: [{ place: 2, votes: 2 }],
    });
  });

  it('changes nothing when the same odd text comes again', async () => {
    const poll = (at: number) =>
      aPoll(at, [aSighting(aPaper('a', { title: 'Half \ud83d', authors: ['A\0da'] }), 1)]);
    await archive.keep(poll(MONDAY));
    expect(await archive.keep(poll(MONDAY + 1))).toMatchObject({ fresh: [], changed: [] });
    expect((await archive.paper('a'))?.paper).toMatchObject({ title: 'Half \ufffd', authors: ['Ada'] });
  });

  it('is no reason to go on when the database itself is broken', () => {
    const fatal = () => {
      throw new FatalError('The disk is full.');
    };
    expect(() => isolate(fatal, () => {})).toThrow(FatalError);
  });
});

describe('a database from before', () => {
  const upgraded = async (rows: string): Promise<Archive> => {
    const older = await openDatabase(':memory:');
    await older.migrate('archive', ARCHIVE_MIGRATIONS.slice(0, 1));
    for (const row of rows.split(';').filter((one) => one.trim() !== '')) await older.run(row);
    return openArchive(older, []);
  };
  const paper = (ref: number, at: number, sources: string, days = '[]', asked = 'NULL') =>
    `INSERT INTO paper VALUES (${ref}, 'p${ref}', 't', '', '[]', '[]', '[]', NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, NULL, NULL, 0, ${at}, '${days}', '${sources}', ${asked}, ${ref}, ${ref});`;

  it('tells what was listed from what was only asked for, and history from news', async () => {
    const old = await upgraded(`
      INSERT INTO cursor VALUES ('first read of hugging-face', ${MONDAY});
      ${paper(1, MONDAY, '["hugging-face"]', '["2026-03-02"]')}
      ${paper(2, MONDAY + 1, '["hugging-face"]', '["2026-03-02"]')}
      ${paper(3, MONDAY + 1, '["arxiv-api"]', '[]', '5')}
      INSERT INTO series VALUES (1, 'hugging-face', 'daily', '2026-03-02');
      INSERT INTO look VALUES (1, 1, ${MONDAY}, 0, 0, 1, 2);
      INSERT INTO sighting VALUES (1, 1, 1, 0, 0, 0, NULL), (1, 2, 2, 0, 0, 0, NULL);`);
    expect(await old.paper('p1')).toMatchObject({ listedBy: SOURCE, newsAt: null, risesSince: MONDAY });
    expect(await old.paper('p2')).toMatchObject({ listedBy: SOURCE, newsAt: MONDAY + 1 });
    expect(await old.paper('p3')).toMatchObject({ listedBy: null, newsAt: null });
    expect(await old.lackingCategories(5, MONDAY)).toContain('p3');
    expect(await old.beganAt(MONDAY + DAY)).toBe(MONDAY);
  });

  it('takes nothing that came during the upgrade for a first reading', async () => {
    const old = await upgraded(`
      INSERT INTO cursor VALUES ('first read of hugging-face', ${MONDAY});
      INSERT INTO series VALUES (1, 'hugging-face', 'daily', '2026-03-02');
      INSERT INTO look VALUES (1, 1, ${MONDAY}, 0, 0, 1, 0);`);
    await old.beginReading(SOURCE, MONDAY + DAY);
    await old.keep(listOf(MONDAY + DAY, ['late'], {}));
    await old.keep(listOf(MONDAY + DAY, ['next'], { key: '2026-03-03' }));
    expect([(await old.paper('late'))?.newsAt, (await old.paper('next'))?.newsAt]).toEqual([
      MONDAY + DAY,
      MONDAY + DAY,
    ]);
  });
});
