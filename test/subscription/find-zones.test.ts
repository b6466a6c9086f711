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
    ['argentina/sal', 'America/Argentina/Salta ·  · 09:00'],
    ['us/pac', 'America/Los_Angeles · San Diego, San Jose · 05:00'],
    ['texas', 'America/Chicago · Houston, San Antonio · 07:00'],
    ['utc', 'UTC ·  · 12:00'],
    ['Gm', 'UTC ·  · 12:00'],
  ])('%s finds %s first', (text, first) => expect(found(text)[0]).toBe(first));

  const zonesOf = (text: string) => findZones(text, NOW, zones, 25).map(({ zone }) => zone);
  const inTurn = (text: string, those: readonly string[]) =>
    zonesOf(text).filter((zone) => those.includes(zone));

  it.each([
    ['what is called so, before what only begins so', 'mary', ['Asia/Ashgabat', 'America/New_York']],
    ['a country by its letters, before what only begins so', 'st', ['Africa/Sao_Tome', 'America/Chicago']],
    ['what begins so, before what has a word that does', 'sydn', ['Australia/Sydney']],
    ['a first word, before a later one', 'paul', ['America/Sao_Paulo']],
    ['a word of a name, before a part of one', 'salem', ['America/North_Dakota/New_Salem', 'Asia/Jerusalem']],
    ['a name of today, before an old one', 'america/ind', ['America/Indiana/Knox', 'America/New_York']],
  ])('%s: %s', (_, text, those) => expect(inTurn(text, those)).toEqual(those));

  it('an abbreviation is written out from its fourth letter on', () => {
    expect(inTurn('east', ['Europe/Athens'])).toEqual(['Europe/Athens']);
    expect(inTurn('eas', ['Europe/Athens'])).toEqual([]);
  });

  it('an offset is what the clocks show now', () => {
    expect(zonesOf('-4').slice(0, 2)).toEqual(['America/New_York', 'America/Toronto']);
    expect(zonesOf('-5').slice(0, 2)).toEqual(['America/Chicago', 'America/Bogota']);
    expect(zonesOf('-3:30')).toEqual([]);
  });

  it('signs alone find nothing, and UTC is found by how it begins', () => {
    expect(['.', ',', '-', '_/'].map(zonesOf)).toEqual([[], [], [], []]);
    expect(['u', 'utc', 'g', 'c', 'tc'].map((text) => inTurn(text, ['UTC']).length)).toEqual([1, 1, 1, 0, 0]);
  });

  it('a zone has two cities beside its own, that which was typed first, and each as it is spelled there', () => {
    expect(found('jose')).toEqual([
      'America/Los_Angeles · San Jose, San Diego · 05:00',
      'America/Costa_Rica · San José, Limón · 06:00',
    ]);
    expect(found('mexico city')[0]).toBe('America/Mexico_City · Iztapalapa, Puebla · 06:00');
    expect(found('knox')[0]).toBe('America/Indiana/Knox ·  · 07:00');
  });

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
