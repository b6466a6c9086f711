import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from './some-papers.ts';

const MANY = 700;

function aLongPoll(seenAt: number, rest: Partial<Poll> = {}, first = 1): Poll {
  const sightings = Array.from({ length: MANY }, (_, index) =>
    aSighting(aPaper(`p${first + index}`, { publishedAt: MONDAY - 1 }), index + 1, { votes: index % 9 }),
  );
  return aPoll(seenAt, sightings, rest);
}

/** Every row of the archive. */
async function contents(db: Database): Promise<Record<string, unknown[]>> {
  const tables = ['paper', 'series', 'poll', 'sighting', 'cursor'];
  const rows: Record<string, unknown[]> = {};
  for (const table of tables) rows[table] = await db.all(`SELECT * FROM ${table}`);
  return rows;
}

async function open() {
  const db = await openDatabase(':memory:');
  return { db, archive: await openArchive(db, []) };
}

/** Until its first papers are known. */
const begun = async (archive: { size(): Promise<number> }): Promise<void> => {
  for (let turns = 0; turns < 20 && (await archive.size()) === 0; turns++)
    await new Promise((resolve) => setImmediate(resolve));
};

/** Two readings, in which lists come, change, and lose papers. */
const LOOKS: readonly Poll[] = [
  aLongPoll(MONDAY),
  aLongPoll(MONDAY + 1, { list: 'trending', key: '' }),
  aPoll(MONDAY + 2, [aSighting(aPaper('p3'), 1)], { list: 'trending', key: '' }),
  aLongPoll(MONDAY + MINUTE, {}, 100),
  aLongPoll(MONDAY + DAY, { list: 'announced', key: 'cs.AI', source: 'arxiv-rss', complete: false }, 400),
  aLongPoll(MONDAY + DAY + 1, { list: 'lookup', key: '' }, 5000),
  aPoll(MONDAY + DAY + 2, [aSighting(aPaper(''), 1), aSighting(aPaper('p1'), 2)]),
  aLongPoll(MONDAY + DAY),
];

describe('a long poll that is kept in slices', () => {
  it('leaves what one that is kept at once leaves', async () => {
    const once = await open();
    const sliced = await open();
    for (const [number, poll] of LOOKS.entries()) {
      expect(await sliced.archive.keepInSlices(poll)).toEqual(await once.archive.keep(poll));
      if (number !== 3) continue;
      await once.archive.endReading('hugging-face', MONDAY);
      await sliced.archive.endReading('hugging-face', MONDAY);
    }

    expect(await contents(sliced.db)).toEqual(await contents(once.db));
    expect((await contents(once.db)).poll).toHaveLength(LOOKS.length - 1);
  });

  it('lets others have their turn, who find its first papers known and the poll not yet', async () => {
    const { archive } = await open();
    const keeping = archive.keepInSlices(aLongPoll(MONDAY));
    expect(await archive.size()).toBe(0);
    await begun(archive);

    expect(await archive.size()).toBeGreaterThan(0);
    expect(await archive.size()).toBeLessThan(MANY);
    expect(await archive.lastPollId()).toBe(0);
    await keeping;
    expect([await archive.size(), await archive.lastPollId()]).toEqual([MANY, 1]);
  });

  it('lets others have their turn before its first papers are written, too', async () => {
    const { archive } = await open();
    const keeping = archive.keepInSlices(aLongPoll(MONDAY));
    for (let turns = 0; turns < 2; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(await archive.size()).toBe(0);
    await keeping;
  });

  it.each([
    ['the first reading', false],
    ['a later one', true],
  ])('and ends in between is read again as if nothing had been, in %s', async (_, later) => {
    const whole = await open();
    const db = await openDatabase(':memory:');
    let ended = false;
    const ending: Database = {
      file: db.file,
      get: (sql, ...values) => db.get(sql, ...values),
      all: (sql, ...values) => db.all(sql, ...values),
      run: (sql, ...values) => db.run(sql, ...values),
      insert: (sql, rows) => db.insert(sql, rows),
      migrate: (room, migrations) => db.migrate(room, migrations),
      stillThere: () => db.stillThere(),
      emptyLog: () => db.emptyLog(),
      close: () => db.close(),
      closeAtOnce: () => db.closeAtOnce(),
      async transaction(work, lasting) {
        if (ended) throw new Error('the process ended');
        return db.transaction(work, lasting);
      },
    };
    const broken = { db, archive: await openArchive(ending, []) };
    for (const { archive } of later ? [whole, broken] : []) {
      await archive.keep(aPoll(MONDAY - DAY, []));
      await archive.endReading('hugging-face', MONDAY - DAY);
    }
    const keeping = broken.archive.keepInSlices(aLongPoll(MONDAY));
    await begun(broken.archive);
    ended = true;
    await expect(keeping).rejects.toThrow('the process ended');
    expect(await broken.archive.size()).toBeGreaterThan(0);

    ended = false;
    for (const { archive } of [whole, broken]) await archive.keep(aLongPoll(MONDAY));

    expect(await contents(broken.db)).toEqual(await contents(whole.db));
  });

  it('keeps a paper whose life ended in between', async () => {
    const { db, archive } = await open();
    const keeping = archive.keepInSlices(aLongPoll(MONDAY));
    await begun(archive);
    await db.run("DELETE FROM paper WHERE id = 'p1'");
    const { poll } = await keeping;

    expect(poll.sightings).toHaveLength(MANY);
    expect(await archive.sightings('p1')).toHaveLength(1);
  });
});
