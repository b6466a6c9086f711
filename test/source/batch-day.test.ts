import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWeekend, newYorkDay, openBatchDay, shiftDay, weekdaysBefore } from '#src/source/batch-day.ts';

const HOUR = 3600_000;
const instant = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });
const zones = ['Pacific/Kiritimati', 'America/Los_Angeles'];

/** What `work` gives when Paperboy runs in each of the two zones. */
function inBothZones<T>(work: () => T): T[] {
  const before = process.env.TZ;
  const results = zones.map((zone) => {
    process.env.TZ = zone;
    return work();
  });
  process.env.TZ = before;
  return results;
}

describe('batch days', () => {
  it('turn over once a day, at 21:30 in New York, also when clocks change there', () => {
    const spring = ['2026-03-08T01:30:00-05:00', '2026-03-08T21:29:59-04:00', '2026-03-08T21:30:00-04:00'];
    const autumn = ['2026-11-01T00:30:00-04:00', '2026-11-01T21:29:59-05:00', '2026-11-01T21:30:00-05:00'];

    expect(spring.map((time) => openBatchDay(Date.parse(time)))).toEqual([
      '2026-03-08',
      '2026-03-08',
      '2026-03-09',
    ]);
    expect(autumn.map((time) => openBatchDay(Date.parse(time)))).toEqual([
      '2026-11-01',
      '2026-11-01',
      '2026-11-02',
    ]);
  });

  it('are the UTC day or at most the neighbouring one, and never go back', () => {
    fc.assert(
      fc.property(instant, (now) => {
        const utc = new Date(now).toISOString().slice(0, 10);
        expect([shiftDay(utc, -1), utc]).toContain(openBatchDay(now));
        expect(openBatchDay(now + HOUR) >= openBatchDay(now)).toBe(true);
      }),
    );
  });

  it('do not depend on where Paperboy runs', () => {
    fc.assert(
      fc.property(instant, (now) => {
        const [east, west] = inBothZones(() => [
          openBatchDay(now),
          newYorkDay(now),
          weekdaysBefore('2026-03-10', 3),
          isWeekend('2026-03-08'),
        ]);
        expect(east).toEqual(west);
      }),
    );
  });

  it('before a day are the weekdays, newest first', () => {
    expect(weekdaysBefore('2026-03-09', 3)).toEqual(['2026-03-06', '2026-03-05', '2026-03-04']);
  });
});
