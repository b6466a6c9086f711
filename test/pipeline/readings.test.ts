import { beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { createReadings, type Missed, type Readings } from '#src/pipeline/readings.ts';
import { type InterruptedDatabase, interruptedDatabase } from '#test/fakes/interrupted-database.ts';

const HOUR = 3_600_000;
const BEAT = HOUR / 4;
const at = (hour: number) => Date.UTC(2026, 2, 2, hour);
const newsAt = (hour: number) => ({ kind: 'new', at: at(hour) }) as const;
const listed = { listedBy: 'arxiv-rss', sources: ['arxiv-rss'] } as unknown as StoredPaper;
const isMissed = async (readings: Readings, hour: number) =>
  (await readings.missedOf(listed)).has(newsAt(hour));

describe('when a source was read', () => {
  let plain: Database;
  let db: InterruptedDatabase;
  let readings: Readings;
  beforeEach(async () => {
    plain = await openDatabase(':memory:');
    db = interruptedDatabase(plain);
    readings = createReadings({ archive: await openArchive(db, []), cursors: openCursors(db) });
    await readings.begin('arxiv-rss', at(1), BEAT);
    await readings.noteNotified('arxiv-rss', at(1));
  });

  it('a gap is noted whole or not at all', async () => {
    await readings.begin('arxiv-rss', at(8), BEAT);
    await readings.noteNotified('arxiv-rss', at(9));
    db.fail(/INSERT INTO cursor/, 1);
    await expect(readings.begin('arxiv-rss', at(20), BEAT)).rejects.toThrow();
    // The gap before is as it was.
    expect(await isMissed(readings, 8)).toBe(true);
    expect((await readings.missedOf(listed)).since(newsAt(8))).toBe(at(1));
    await readings.begin('arxiv-rss', at(20), BEAT);
    expect(await isMissed(readings, 20)).toBe(true);
  });

  it('a gap ends with the reading that everybody was told of, or is still under way', async () => {
    await readings.begin('arxiv-rss', at(8), BEAT);
    db.fail(/INSERT INTO cursor/, 1);
    await expect(readings.noteNotified('arxiv-rss', at(9))).rejects.toThrow();
    expect(await readings.isCatchingUp('arxiv-rss')).toBe(true);
    await readings.noteNotified('arxiv-rss', at(9));
    expect(await readings.isCatchingUp('arxiv-rss')).toBe(false);
  });

  it('what came at its usual time was not missed, though a gap begins while that is asked', async () => {
    await readings.begin('arxiv-rss', at(8), BEAT);
    await readings.noteNotified('arxiv-rss', at(9));
    void db.hold(/FROM cursor/, 1);
    const asked = isMissed(readings, 12);
    await createReadings({ archive: await openArchive(plain, []), cursors: openCursors(plain) }).begin(
      'arxiv-rss',
      at(20),
      BEAT,
    );
    await db.release();
    expect(await asked).toBe(false);
  });
});

describe('a gap of a source', () => {
  const MS = 1;
  let readings: Readings;
  beforeEach(async () => {
    const db = await openDatabase(':memory:');
    readings = createReadings({ archive: await openArchive(db, []), cursors: openCursors(db) });
  });
  const gapAfter = async (ms: number, interval = BEAT) => {
    await readings.noteNotified('arxiv-rss', at(1));
    await readings.begin('arxiv-rss', at(1) + ms, interval);
    return readings.isCatchingUp('arxiv-rss');
  };

  it.each<[string, number, number, boolean]>([
    ['none within two hours, however often it is read', 2 * HOUR, MS, false],
    ['one beyond two hours', 2 * HOUR + MS, MS, true],
    ['none within three of its usual intervals', 9 * HOUR, 3 * HOUR, false],
    ['one beyond three of them', 9 * HOUR + MS, 3 * HOUR, true],
  ])('is %s', async (_, ms, interval, isGap) => {
    expect(await gapAfter(ms, interval)).toBe(isGap);
  });

  it('is none before its first reading', async () => {
    await readings.begin('arxiv-rss', at(20), BEAT);
    expect(await readings.isCatchingUp('arxiv-rss')).toBe(false);
    expect(await isMissed(readings, 20)).toBe(false);
  });

  it('holds what is found from its first reading on until everybody was told', async () => {
    await gapAfter(7 * HOUR);
    expect([await isMissed(readings, 7), await isMissed(readings, 8), await isMissed(readings, 9)]).toEqual([
      ...[false, true, true],
    ]);
    await readings.begin('arxiv-rss', at(9), BEAT);
    await readings.noteNotified('arxiv-rss', at(10));
    expect([await isMissed(readings, 8), await isMissed(readings, 10), await isMissed(readings, 11)]).toEqual(
      [...[true, true, false]],
    );
    expect(await readings.isCatchingUp('arxiv-rss')).toBe(false);
  });

  it('is no gap of another source', async () => {
    await gapAfter(7 * HOUR);
    expect(await readings.isCatchingUp('hugging-face')).toBe(false);
    const voted = {
      listedBy: 'hugging-face',
      sources: ['hugging-face'],
    } as Partial<StoredPaper> as StoredPaper;
    expect((await readings.missedOf(voted)).has(newsAt(8))).toBe(false);
  });

  it('is told with its beginning, where that is known', async () => {
    await gapAfter(7 * HOUR);
    const missed = await readings.missedOf(listed);
    expect([missed.since(newsAt(8)), missed.since(newsAt(7))]).toEqual([at(1), null]);
    await readings.noteLate('hugging-face', at(8));
    const late = { listedBy: 'hugging-face', sources: [] } as Partial<StoredPaper> as StoredPaper;
    const unread = await readings.missedOf(late);
    expect([unread.has(newsAt(8)), unread.since(newsAt(8))]).toEqual([true, null]);
  });

  it('of the source whose votes rank it holds back its rise, of the one that listed it that it is new', async () => {
    const rise = { kind: 'trending', trendEvent: { at: at(8) } } as unknown as Parameters<Missed['has']>[0];
    await readings.noteNotified('hugging-face', at(1));
    await readings.begin('hugging-face', at(8), BEAT);
    const both = {
      listedBy: 'arxiv-rss',
      sources: ['arxiv-rss', 'hugging-face'],
    } as Partial<StoredPaper> as StoredPaper;
    const missed = await readings.missedOf(both);
    expect([missed.has(rise), missed.has(newsAt(8))]).toEqual([true, false]);
    const unvoted = await readings.missedOf(listed);
    expect(unvoted.has(rise)).toBe(false);
  });

  it('of what was only looked up there is none', async () => {
    await gapAfter(7 * HOUR);
    const lookedUp = { listedBy: null, sources: [] } as Partial<StoredPaper> as StoredPaper;
    const missed = await readings.missedOf(lookedUp);
    expect([missed.has(newsAt(8)), missed.since(newsAt(8))]).toEqual([false, null]);
  });
});
