import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { intlZone, modernZone } from '#src/subscription/modern-zone.ts';
import { fixedOffsetOf, offsetOf, readZone } from '#src/subscription/read-zone.ts';
import { openZones } from '#src/subscription/zone.ts';
import { cityOf } from '#src/subscription/zone-table.ts';

const load = createRequire(import.meta.url);
const groups: { name: string; group: string[] }[] = load('@vvo/tzdb/raw-time-zones.json');
const ABBREVIATED = ['EST', 'MST', 'HST', 'CET', 'MET', 'EET', 'WET'];
const everyName = groups.flatMap(({ group }) => group).filter((name) => !ABBREVIATED.includes(name));

const meantBy = (text: string): string[] => {
  const read = readZone(text);
  return read.ok ? [read.zone] : read.meant.map(({ write }) => write);
};

describe('a zone that a moderator types', () => {
  it.each([
    [' europe/berlin ', 'Europe/Berlin'],
    ['america/new york', 'America/New_York'],
    ['Munich', 'Europe/Berlin'],
    ['MÜNCHEN', 'Europe/Berlin'],
    ['Mumbai', 'Asia/Kolkata'],
    ['bengaluru', 'Asia/Kolkata'],
    ['Bombay', 'Asia/Kolkata'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['sao_paulo', 'America/Sao_Paulo'],
    ['New York', 'America/New_York'],
    ['NYC', 'America/New_York'],
    ['St. Louis', 'America/Chicago'],
    ['Detroit', 'America/Detroit'],
    ['Muenchen', 'Europe/Berlin'],
    ['Paris time', 'Europe/Paris'],
    ['Nipigon', 'America/Toronto'],
    ['Zuerich', 'Europe/Zurich'],
    ['Paris, France', 'Europe/Paris'],
    ['San Jose, Costa Rica', 'America/Costa_Rica'],
    ['Cambridge, UK', 'Europe/London'],
    ['Cambridge, MA', 'America/New_York'],
    ['San Jose, CA', 'America/Los_Angeles'],
    ['Birmingham, AL', 'America/Chicago'],
    ['Munich, Bavaria', 'Europe/Berlin'],
    ['UK time', 'Europe/London'],
    ['Ｔｏｋｙｏ', 'Asia/Tokyo'],
    ['Germany', 'Europe/Berlin'],
    ['japan', 'Asia/Tokyo'],
    ['UK', 'Europe/London'],
    ['the netherlands', 'Europe/Amsterdam'],
    ['Holland', 'Europe/Amsterdam'],
    ['JST', 'Asia/Tokyo'],
    ['SGT', 'Asia/Singapore'],
    ['Japan Standard Time', 'Asia/Tokyo'],
    ['Hawaii', 'Pacific/Honolulu'],
    ['London, Ontario', 'America/Toronto'],
    ['AoE', 'Etc/GMT+12'],
    ['etc/gmt-2', 'Etc/GMT-2'],
  ])('%s is %s', (text, zone) => expect(readZone(text)).toEqual({ ok: true, zone }));

  it.each([
    ...[
      'utc',
      'GMT',
      'Z',
      'UCT',
      'Universal',
      'Greenwich',
      'Zulu',
      'gmt0',
      'Etc/UTC',
      'etc/zulu',
      'Etc/GMT0',
    ],
    ...['UTC+0', 'gmt-0', 'UTC +00', '+0', '-00', '+00:00', '+0000', 'GMT-0:00'],
  ])('%s is UTC', (text) => expect(readZone(text)).toEqual({ ok: true, zone: 'UTC' }));

  it.each([
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['asia/katmandu', 'Asia/Kathmandu'],
    ['US/Eastern', 'America/New_York'],
    ['US/Michigan', 'America/Detroit'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
    ['Asia/Rangoon', 'Asia/Yangon'],
    ['America/Godthab', 'America/Nuuk'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['America/Catamarca', 'America/Argentina/Catamarca'],
    ['Pacific/Enderbury', 'Pacific/Kanton'],
    ['EST5EDT', 'America/New_York'],
  ])('%s, an old name, is %s', (old, zone) => expect(readZone(old)).toEqual({ ok: true, zone }));

  it.each([
    ['IST', ['Kolkata', 'Dublin', 'Jerusalem']],
    ['est', ['New York', 'Toronto', 'Panama', 'Jamaica']],
    ['CST', ['Chicago', 'Mexico City', 'Shanghai', 'Havana']],
    ['MST', ['Denver', 'Phoenix', 'Edmonton', 'Hermosillo']],
    ['HST', ['Honolulu', 'Adak']],
    ['BST', ['London', 'Dhaka', 'Bougainville']],
    ['AST', ['Halifax', 'Puerto Rico', 'Riyadh']],
    ['PST', ['Los Angeles', 'Vancouver', 'Tijuana', 'Manila']],
    ['ICT', ['Bangkok', 'Ho Chi Minh', 'Phnom Penh', 'Vientiane']],
    ['CET', ['Berlin', 'Paris', 'Madrid', 'Rome', 'Algiers']],
    ['Pacific Standard Time', ['Los Angeles', 'Vancouver', 'Tijuana']],
    ['Eastern Daylight Time', ['New York', 'Toronto', 'Atikokan', 'Cancun', 'Cayman']],
    ['Central European Summer Time', ['Berlin', 'Paris', 'Madrid', 'Rome', 'Zurich']],
    ['mountain', ['Denver', 'Phoenix', 'Cambridge Bay', 'Ciudad Juarez', 'Edmonton']],
    ['San Jose', ['Los Angeles', 'Costa Rica']],
    ['Cambridge', ['New York', 'London']],
    ['LA', ['Chicago', 'Los Angeles', 'Vientiane']],
    ['CO', ['Denver', 'Bogota']],
    ['Texas', ['Chicago', 'Denver']],
    ['Georgia', ['New York', 'Tbilisi']],
  ])('%s has several clocks, and is asked about', (text, meant) => {
    expect(readZone(text)).toMatchObject({ ok: false, kind: 'several' });
    expect(meantBy(text)).toEqual(expect.arrayContaining(meant.slice(0, 2)));
    expect(meantBy(text).slice(0, meant.length)).toEqual(meant);
  });

  it.each([
    ['USA', ['New York', 'Chicago', 'Denver', 'Los Angeles', 'Phoenix']],
    ['australia', ['Sydney', 'Perth', 'Brisbane', 'Adelaide', 'Darwin']],
    ['Brazil', ['Sao Paulo', 'Manaus', 'Rio Branco', 'Noronha']],
    ['NZ time', ['Auckland', 'Chatham']],
    ['US time', ['New York', 'Chicago', 'Denver', 'Los Angeles', 'Phoenix']],
  ])('%s has several zones, and is asked about', (text, meant) => {
    expect(readZone(text)).toMatchObject({ ok: false, kind: 'country' });
    expect(meantBy(text)).toEqual(meant);
  });

  it('is no distance from UTC: the places that have it are named, with their season', () => {
    const read = readZone('UTC+2');
    expect(read).toMatchObject({ ok: false, kind: 'offset' });
    expect(read.ok ? [] : read.meant.map(({ write, season }) => [write, season])).toEqual([
      ['Berlin', 'summer'],
      ['Paris', 'summer'],
      ['Athens', 'winter'],
      ['Jerusalem', 'winter'],
      ['Johannesburg', null],
      ['Bujumbura', null],
    ]);
    expect(meantBy('GMT+5:30')).toEqual(['Kolkata', 'Colombo']);
    expect(meantBy('UTC+5.5')).toEqual(meantBy('GMT+5:30'));
    expect(meantBy('+0545')).toEqual(['Kathmandu']);
    expect(meantBy('−03:30')).toEqual(['St Johns']);
    expect(meantBy('gmt-2')).not.toEqual(meantBy('gmt+2'));
    for (const nobodys of ['UTC+20', '+001', '+00:30'])
      expect(readZone(nobodys)).toEqual({ ok: false, kind: 'offset', meant: [] });
  });

  it.each([
    ['Berln', 'Berlin'],
    ['Europe/Berln', 'Berlin'],
    ['tokio', 'Tokyo'],
    ['Mumbay', 'Mumbai'],
    ['Germny', 'Germany'],
    ['Nwe York', 'New York'],
    ['Brazl', 'Sao Paulo'],
    ['Osloo', 'Oslo'],
  ])('%s is answered with what is near: %s', (text, near) => {
    expect(readZone(text)).toMatchObject({ ok: false, kind: 'unknown' });
    expect(meantBy(text)[0]).toBe(near);
  });

  it.each([
    ['Paris, Texas', ['Chicago', 'Denver']],
    ['Melbourne, Florida', ['New York', 'Chicago']],
    ['Portland, Maine', ['New York']],
    ['Athens, Georgia', ['New York', 'Tbilisi']],
    ['Paris, Canada', ['Toronto', 'Halifax', 'Vancouver']],
    ['Paris, Hawaii', ['Honolulu']],
  ])('%s is not its famous namesake: its state has the time of %s', (text, meant) => {
    expect(readZone(text)).toMatchObject({ ok: false, kind: 'unknown' });
    expect(meantBy(text)).toEqual(meant);
  });

  it('is answered with all that are as near, those first that most people mean, and with their countries', () => {
    const meant = (text: string) => {
      const read = readZone(text);
      return read.ok ? [] : read.meant.map(({ write, country }) => `${write}, ${country}`);
    };
    expect(meant('Torono')).toEqual(['Torino, Italy', 'Toronto, Canada']);
    expect(meant('Kingstn')).toEqual(['Toronto, Canada', 'Jamaica, Jamaica', 'Norfolk, Norfolk Island']);
    expect(meant('Victori')).toEqual(['Sydney, Australia', 'Hong Kong, Hong Kong', 'Vancouver, Canada']);
    expect(meant('Durham')).toEqual(['New York, United States', 'London, United Kingdom']);
  });

  const NONE = [
    'my time',
    'LA time',
    'TX',
    '',
    '!!',
    'Mars/Olympus',
    'constructor',
    'VST',
    'AGT',
    'qq',
    'Lonxxx',
  ];
  it.each([...NONE, 'utc2', 'xutc', 'z1', 'etc/gmt+99', 'Springfield, IL', 'Londn, UK'])(
    'may be none: %j means nothing, whatever Intl makes of it',
    (text) => expect(readZone(text)).toEqual({ ok: false, kind: 'unknown', meant: [] }),
  );

  it('of every city that gives a zone its name is that zone', () => {
    expect(
      ['Sydney', 'London', 'Victoria', 'Tripoli', 'Santiago', 'Panama'].map((city) => meantBy(city)[0]),
    ).toEqual([
      'Australia/Sydney',
      'Europe/London',
      'Vancouver',
      'Africa/Tripoli',
      'America/Santiago',
      'America/Panama',
    ]);
  });
});

describe('every name that IANA ever gave', { timeout: 30_000 }, () => {
  it('is read in any case, and what is read is read again as itself', () => {
    for (const name of everyName) {
      const read = readZone(name.toUpperCase());
      expect([name, read.ok]).toEqual([name, true]);
      if (read.ok) expect(readZone(read.zone)).toEqual(read);
    }
  });

  it('shows the same clock under the name of today', () => {
    const zones = openZones();
    const days = [Date.UTC(2026, 0, 10), Date.UTC(2026, 3, 10), Date.UTC(2026, 6, 10), Date.UTC(2026, 9, 28)];
    const clockOf = (zone: string) => days.map((day) => zones(zone).offsetAt(day));
    for (const name of everyName) expect([name, clockOf(modernZone(name))]).toEqual([name, clockOf(name)]);
  });

  it('is never called by the name that Unicode kept from old days', () => {
    const old = ['Calcutta', 'Katmandu', 'Saigon', 'Rangoon', 'Godthab', 'Kiev', 'Faeroe', 'Asmera', 'Truk'];
    const shown = Intl.supportedValuesOf('timeZone').map((zone) => modernZone(zone));
    expect(shown.filter((zone) => old.some((name) => zone.includes(name)))).toEqual([]);
    expect(shown.filter((zone) => intlZone(zone) === null)).toEqual([]);
    expect(modernZone('Europe/Atlantis')).toBe('Europe/Atlantis');
  });

  it('is read by the city that it is called after, while it is in use', () => {
    const inUse = Intl.supportedValuesOf('timeZone').map((zone) => modernZone(zone));
    for (const zone of inUse) expect([zone, readZone(cityOf(zone))]).toEqual([zone, { ok: true, zone }]);
  });

  it('is proposed by words that are read as that zone', () => {
    const asked = [
      ...ABBREVIATED,
      'IST',
      'CST',
      'BST',
      'USA',
      'Canada',
      'Russia',
      'Brazil',
      'Mexico',
      'Indonesia',
      'Berln',
    ];
    for (const text of [...asked, 'UTC+2', 'UTC-3', 'UTC+5', 'UTC+9', '-10', '+12:45']) {
      const read = readZone(text);
      for (const { write, zone } of read.ok ? [] : read.meant)
        expect([write, readZone(write)]).toEqual([write, { ok: true, zone }]);
    }
  });
});

describe('a distance from UTC', () => {
  it.each([
    ['UTC+2', 120],
    ['gmt-5:30', -330],
    ['+0200', 120],
    ['utc +5.5', 330],
    ['+05:59', 359],
    ['utc 14', null],
    ['+5.30', 330],
    ['+5,5', 330],
    ['- 1', -60],
    ['+05:60', null],
    ['x+2', null],
    ['+2x', null],
    ['+12345', null],
    ['berlin', null],
  ])('%s is so many minutes', (text, minutes) => expect(offsetOf(text.toLowerCase())).toBe(minutes));

  it.each([
    ['Etc/GMT-2', 120],
    ['Etc/GMT+11', -660],
    ['Etc/UTC', null],
    ['Etc/GMT2', null],
    ['Etc/GMT+123', null],
    ['My/Etc/GMT+1', null],
    ['Europe/Berlin', null],
  ])('%s has the sign turned round', (zone, minutes) => expect(fixedOffsetOf(zone)).toBe(minutes));
});
