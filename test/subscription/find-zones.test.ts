import { describe, expect, it } from 'vitest';
import { findZones } from '#src/subscription/find-zones.ts';
import { readZone } from '#src/subscription/read-zone.ts';
import { openZones } from '#src/subscription/zone.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const zones = openZones();
const found = (text: string, most = 25) =>
  findZones(text, NOW, zones, most).map(({ zone, cities, localTime }) =>
    [zone, cities.join(', '), localTime].join(' · '),
  );

describe('while somebody types a zone', () => {
  it.each([
    ['berlin', 'Europe/Berlin · Hamburg, Munich · 13:00'],
    ['Munich', 'Europe/Berlin · Munich, Hamburg · 13:00'],
    ['bost', 'America/New_York · Boston, Brooklyn · 08:00'],
    ['new york', 'America/New_York · Brooklyn, Queens · 08:00'],
    ['germany', 'Europe/Berlin · Hamburg, Munich · 13:00'],
    ['IST', 'Asia/Kolkata · Mumbai, Delhi · 17:30'],
    ['calcutta', 'Asia/Kolkata · Calcutta, Mumbai · 17:30'],
    ['asia/katm', 'Asia/Kathmandu · Pokhara, Bharatpur · 17:45'],
    ['+5:30', 'Asia/Kolkata · Mumbai, Delhi · 17:30'],
    ['UTC+1', 'Europe/Berlin · Hamburg, Munich · 13:00'],
    ['eastern', 'America/New_York · Brooklyn, Queens · 08:00'],
    ['utc', 'UTC ·  · 12:00'],
  ])('%s finds %s first', (text, first) => expect(found(text)[0]).toBe(first));

  it('well-known ones stand first, UTC before all, and no more than asked for', () => {
    expect(found('', 3)).toEqual([
      'UTC ·  · 12:00',
      'America/New_York · Brooklyn, Queens · 08:00',
      'America/Chicago · Houston, San Antonio · 07:00',
    ]);
    expect(found('a')).toHaveLength(25);
    expect(found('zzz')).toEqual([]);
  });

  it('every zone is offered once, and is read as itself', () => {
    for (const text of ['', 'a', 'us', 'san', 'cet', 'UTC-5', 'asia']) {
      const offered = findZones(text, NOW, zones, 25).map(({ zone }) => zone);
      expect(new Set(offered).size).toBe(offered.length);
      for (const zone of offered) expect(readZone(zone)).toEqual({ ok: true, zone });
    }
  });
});
