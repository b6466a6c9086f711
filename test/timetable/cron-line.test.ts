import { execFileSync } from 'node:child_process';
import { createTask } from 'node-cron';
import { describe, expect, it } from 'vitest';
import { createSceneClock } from '#src/foundation/scene-clock.ts';
import { intervalOf, readCronLine } from '#src/timetable/cron-line.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const local = (text: string) => new Date(text).getTime();

describe('a cron line', () => {
  it.each([
    ['*/15 * * * *', '2026-03-10T12:07:30', '2026-03-10T12:15:00'],
    ['*/15 * * * *', '2026-03-10T12:15:00', '2026-03-10T12:30:00'],
    ['*/15 * * * *', '2026-03-10T23:59:59', '2026-03-11T00:00:00'],
    ['*/2 * * * * *', '2026-03-10T12:07:29', '2026-03-10T12:07:30'],
    ['0 9 * * mon-fri', '2026-03-13T09:00:00', '2026-03-16T09:00:00'],
    ['0 0 1 1 *', '2026-03-10T12:00:00', '2027-01-01T00:00:00'],
    ['0 12 29 2 *', '2026-03-10T12:00:00', '2028-02-29T12:00:00'],
    ['30 6 L * *', '2026-02-10T12:00:00', '2026-02-28T06:30:00'],
    ['0 6 * * 5#2', '2026-03-10T12:00:00', '2026-03-13T06:00:00'],
    ['@hourly', '2026-03-10T12:07:00', '2026-03-10T13:00:00'],
  ])('%s comes after %s at %s', (line, after, next) => {
    expect(new Date(readCronLine(line).next(local(after)))).toEqual(new Date(next));
  });

  it.each(['*/7 * * * *', '13 */5 * * *', '0 0 1,15 * *', '5 4 * * sun', '*/20 59 23 * * *'])(
    '%s comes when node-cron itself would come',
    async (line) => {
      const theirs = createTask(line, () => {});
      const [first, second, third] = theirs.getNextRuns(3).map((run) => run.getTime());
      await theirs.destroy();
      const { next } = readCronLine(line);
      expect([next(first), next(second)]).toEqual([second, third]);
    },
  );

  it('is no gap in a scene that hurries, as long as a slow machine takes for a run', () => {
    const scene = createSceneClock({ startsAt: 0, speed: 3600, base: createFakeClock() });
    expect(intervalOf('*/5 * * * *', scene)()).toBe(20 * 3_600_000);
    expect(
      intervalOf('0 * * * *', createSceneClock({ startsAt: 0, speed: 60, base: createFakeClock() }))(),
    ).toBe(3_600_000);
  });

  it('tells how far apart its runs are, of one that never comes too', () => {
    const apart = (line: string) => intervalOf(line, createFakeClock('2026-03-10T00:00:00Z'))() / 60_000;
    expect(['*/15 * * * *', '0 * * * *', '0 0 29 2 mon#1'].map(apart)).toEqual([
      15,
      60,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('leaves out the hour that a zone’s clocks skip', () => {
    const script = `
      const { readCronLine } = await import('#src/timetable/cron-line.ts');
      const { next } = readCronLine('*/30 2 * * *');
      const at = next(Date.parse('2026-03-29T00:10:00Z'));
      const before = readCronLine('*/30 * * * *').next(Date.parse('2026-03-29T00:50:00Z'));
      console.log(new Date(at).toISOString(), new Date(before).toISOString());`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: 'Europe/Berlin' },
      encoding: 'utf8',
    });
    expect(printed.trim()).toBe('2026-03-30T00:00:00.000Z 2026-03-29T01:00:00.000Z');
  });

  it.each([
    ['Europe/Berlin', '*/15 * * * *', 15],
    ['Europe/Berlin', '0 * * * *', 60],
    ['America/New_York', '*/15 * * * *', 15],
    ['Australia/Lord_Howe', '*/10 * * * *', 10],
    ['Atlantic/Azores', '*/15 * * * *', 15],
    ['UTC', '*/15 * * * *', 15],
  ])('in %s, %s never rests longer in a year for clocks that are set', (zone, line, minutes) => {
    const script = `
      const { readCronLine } = await import('#src/timetable/cron-line.ts');
      const { next } = readCronLine('${line}');
      let longest = 0;
      for (let day = Date.UTC(2026, 0, 1); day < Date.UTC(2027, 0, 1); day += 86_400_000) {
        const offsets = [day, day + 86_400_000].map((at) => new Date(at).getTimezoneOffset());
        if (offsets[0] === offsets[1]) continue;
        for (let at = day - 3_600_000, then; at < day + 90_000_000; at = then) {
          then = next(at);
          longest = Math.max(longest, then - at);
        }
      }
      console.log(longest / 60_000);`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    });
    expect(Number(printed)).toBeLessThanOrEqual(minutes);
  });
});
