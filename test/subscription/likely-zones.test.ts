import { Locale } from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import { likelyZones } from '#src/subscription/likely-zones.ts';

it('for each language of Discord there are three different zones, which there are', () => {
  const all = new Set(Intl.supportedValuesOf('timeZone'));
  const isKnown = (zone: string) =>
    all.has(new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone);
  for (const locale of Object.values(Locale)) {
    const likely = likelyZones(locale, []);
    expect(new Set(likely).size, locale).toBe(3);
    for (const zone of likely) expect(isKnown(zone), `${locale}: ${zone}`).toBe(true);
  }
});

it('those in use around come first, each once, and three in all', () => {
  expect(likelyZones('de', ['Asia/Tokyo', 'Europe/Vienna'])).toEqual([
    ...['Asia/Tokyo', 'Europe/Vienna', 'Europe/Berlin'],
  ]);
  expect(likelyZones('', [])).toEqual(['America/New_York', 'Europe/London', 'Asia/Singapore']);
});
