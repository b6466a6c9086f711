import { beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { createReadings, type Readings } from '#src/pipeline/readings.ts';
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
