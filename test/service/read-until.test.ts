import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOf, readUntil } from '#src/service/read-until.ts';
import { openZones } from '#src/subscription/zone.ts';
import { refusalOf } from './refusal-of.ts';

const zones = openZones();
const NOW = Date.UTC(2026, 2, 10, 12);
const ended = (text: string, zone = 'UTC', now = NOW) => {
  const wanted = readUntil(text);
  const { day, at } = wanted ? endOf(wanted, { now, zone, zones }) : { day: '', at: 0 };
  return [day, new Date(at).toISOString()];
};

describe('a last day', () => {
  it.each([
    ['2026-12-31', '2026-12-31', '2027-01-01T00:00:00.000Z'],
    ['until 2026-03-10', '2026-03-10', '2026-03-11T00:00:00.000Z'],
    ['8 weeks', '2026-05-05', '2026-05-06T00:00:00.000Z'],
    ['for a week', '2026-03-17', '2026-03-18T00:00:00.000Z'],
    ['10d', '2026-03-20', '2026-03-21T00:00:00.000Z'],
    ['in 3 Months', '2026-06-10', '2026-06-11T00:00:00.000Z'],
    ['one year', '2027-03-10', '2027-03-11T00:00:00.000Z'],
    ['until:8 weeks', '2026-05-05', '2026-05-06T00:00:00.000Z'],
    ['2026-4-1', '2026-04-01', '2026-04-02T00:00:00.000Z'],
    ['2026/04/01', '2026-04-01', '2026-04-02T00:00:00.000Z'],
    ['1.4.2026', '2026-04-01', '2026-04-02T00:00:00.000Z'],
    ['31. 12. 2026', '2026-12-31', '2027-01-01T00:00:00.000Z'],
    ['today', '2026-03-10', '2026-03-11T00:00:00.000Z'],
    ['Tomorrow', '2026-03-11', '2026-03-12T00:00:00.000Z'],
    ['2026-12-31 UTC', '2026-12-31', '2027-01-01T00:00:00.000Z'],
    ['until 31. 12. 2026 in Berlin', '2026-12-31', '2026-12-31T23:00:00.000Z'],
    ['2026-12-31  America/Argentina/Catamarca', '2026-12-31', '2027-01-01T03:00:00.000Z'],
    ['friday', '2026-03-13', '2026-03-14T00:00:00.000Z'],
    ['next Friday', '2026-03-13', '2026-03-14T00:00:00.000Z'],
    ['Tuesday', '2026-03-10', '2026-03-11T00:00:00.000Z'],
    ['next tuesday', '2026-03-17', '2026-03-18T00:00:00.000Z'],
    ['until Sun', '2026-03-15', '2026-03-16T00:00:00.000Z'],
    ['next week', '2026-03-17', '2026-03-18T00:00:00.000Z'],
    ['the next 2 months', '2026-05-10', '2026-05-11T00:00:00.000Z'],
    ['31 December', '2026-12-31', '2027-01-01T00:00:00.000Z'],
    ['Dec 31st, 2026', '2026-12-31', '2027-01-01T00:00:00.000Z'],
    ['10 March', '2026-03-10', '2026-03-11T00:00:00.000Z'],
    ['9th of march', '2027-03-09', '2027-03-10T00:00:00.000Z'],
    ['29 Feb', '2028-02-29', '2028-03-01T00:00:00.000Z'],
  ])('written “%s” is over when that day is', (text, day, at) => {
    expect(ended(text)).toEqual([day, at]);
  });

  it('of a month that has no such day is its last', () => {
    expect(ended('1 month', 'UTC', Date.UTC(2026, 0, 31, 12))[0]).toBe('2026-02-28');
  });

  it('ends at midnight of its zone, on the day that it is there', () => {
    expect(ended('2026-03-29', 'Europe/Berlin')).toEqual(['2026-03-29', '2026-03-29T22:00:00.000Z']);
    expect(ended('1 day', 'Pacific/Kiritimati')).toEqual(['2026-03-12', '2026-03-12T10:00:00.000Z']);
    expect(ended('1 day', 'Pacific/Pago_Pago')).toEqual(['2026-03-11', '2026-03-12T11:00:00.000Z']);
  });

  it('lasts 22 to 26 hours in any zone, on any day', () => {
    const day = fc.integer({ min: 0, max: 700 }).map((n) => new Date(NOW + n * 86_400_000));
    fc.assert(
      fc.property(day, fc.constantFrom(...Intl.supportedValuesOf('timeZone')), (date, zone) => {
        const [text, before] = [date, new Date(date.getTime() - 86_400_000)].map((one) =>
          one.toISOString().slice(0, 10),
        );
        const at = (written: string) => Date.parse(ended(written, zone, 0)[1]);
        const hours = (at(text) - at(before)) / 3_600_000;
        expect(hours).toBeGreaterThanOrEqual(22);
        expect(hours).toBeLessThanOrEqual(26);
      }),
      { numRuns: 300 },
    );
  });

  it('is none where nothing is written', () => {
    expect(readUntil('  ')).toBeNull();
  });

  it.each(['2026-02-30', '2026-13-01', '29.2.2027', '2027/2/29', '31.4.2026', '31 April', '29 Feb 2027'])(
    '“%s” is told that there is no such day',
    (text) => {
      expect(refusalOf(() => readUntil(text))).toBe(
        `No calendar has the day “${text}”. Write the last day, like \`2026-12-31\` or \`next Friday\`, or how long from now, like \`8 weeks\` or \`3 months\`. Nothing was saved.`,
      );
    },
  );

  it.each([
    'soon',
    '0 weeks',
    '3/4/2026',
    '2026-4/1',
    'weeks',
    '-3 days',
    'next',
    'march',
    'december 2026',
    '3 4 march',
    '2026-12-31 or so',
  ])('is not what “%s” says', (text) => {
    expect(refusalOf(() => readUntil(text))).toBe(
      `“${text}” is no day that I can read. Write the last day, like \`2026-12-31\` or \`next Friday\`, or how long from now, like \`8 weeks\` or \`3 months\`. Nothing was saved.`,
    );
  });

  it('is refused where it is over there, with what to write', () => {
    expect(refusalOf(() => ended('2026-03-09'))).toBe(
      '`2026-03-09` is over: today is 2026-03-10 there. Write a day that is to come, such as `2026-05-05`, or how long from now, such as `8 weeks`. Nothing was saved.',
    );
    expect(ended('2026-03-10', 'Pacific/Pago_Pago', Date.UTC(2026, 2, 11, 10))[0]).toBe('2026-03-10');
  });
});
