import { typedText } from '#src/foundation/typed-text.ts';
import { offsetOf } from './read-zone.ts';
import type { Zones } from './zone.ts';
import { WELL_KNOWN } from './zone-cities.ts';
import { cityOf, placeKey, type ZoneGroup, zoneTable } from './zone-table.ts';

/** A zone that fits what is being typed. `cities`: two that have it, what was typed first. `localTime`: `14:05`. */
type FoundZone = { zone: string; cities: readonly string[]; localTime: string };

/** Zones by city, country, abbreviation, offset or IANA name, as far as it is typed; well-known ones first, at most `most`. */
export function findZones(text: string, now: number, zones: Zones, most: number): FoundZone[] {
  const fits =
    typedText(text) === '' ? ['UTC', ...WELL_KNOWN].map(unasked) : inOrder(fitting(text, now, zones));
  return fits.slice(0, most).map(({ zone, place }) => ({
    zone,
    cities: citiesOf(zone, place),
    localTime: new Date(now + zones(zone).offsetAt(now)).toISOString().slice(11, 16),
  }));
}

/** `rank`: 0 is what was typed. `place`: the city by which it was found. */
type Fit = { zone: string; rank: number; place: string | null };

const unasked = (zone: string): Fit => ({ zone, rank: 0, place: null });

function fitting(text: string, now: number, zones: Zones): Fit[] {
  const { places, regions, abbreviations, groups, modern } = zoneTable();
  const [key, short, minutes] = [placeKey(text), typedText(text).toUpperCase(), offsetOf(typedText(text))];
  const fits: Fit[] = minutes === null ? [] : zonesAt(minutes, now, zones).map(unasked);
  const add = (found: readonly string[], rank: number, place: string | null = null) =>
    fits.push(...found.map((zone) => ({ zone, rank, place })));
  if (key === '') return fits;
  if (['utc', 'gmt'].some((name) => name.startsWith(key))) add(['UTC'], 0);
  add(abbreviations.get(short) ?? regions.get(key) ?? [], 0);
  for (const [name, { name: shown, kind, zones: there }] of places) {
    const place = kind === 'city' ? shown : null;
    if (name.startsWith(key)) add(there, name === key ? 0 : 1, place);
    else if (name.includes(` ${key}`)) add(there, 2, place);
  }
  for (const [long, there] of abbreviations) if (key.length > 3 && long.startsWith(short)) add(there, 1);
  for (const zone of modern) if (placeKey(zone).includes(key)) add([zone], 3);
  for (const { name, group } of groups)
    if (group.some((old) => placeKey(old).startsWith(key))) add([name], 4);
  return fits;
}

function zonesAt(minutes: number, now: number, zones: Zones): string[] {
  // The table knows which can have that offset; a clock is made for those alone.
  return zoneTable()
    .groups.filter(({ rawOffsetInMinutes: raw }) => minutes - raw === 0 || minutes - raw === 60)
    .map(({ name }) => name)
    .filter((zone) => zones(zone).offsetAt(now) === minutes * 60_000);
}

/** Each zone once, by its best fit. */
function inOrder(fits: readonly Fit[]): Fit[] {
  const order = ({ zone, rank }: Fit): number => {
    const index = WELL_KNOWN.indexOf(zone);
    return rank * 1000 + (index < 0 ? WELL_KNOWN.length : index);
  };
  const sorted = [...fits].sort((a, b) => order(a) - order(b));
  return sorted.filter(({ zone }, index) => sorted.findIndex((other) => other.zone === zone) === index);
}

/** Two cities beside the one that the zone is called after. */
function citiesOf(zone: string, place: string | null): string[] {
  const group: ZoneGroup | undefined = zoneTable().byName.get(zone.toLowerCase())?.group;
  const cities = [...(place === null ? [] : [place]), ...(group?.name === zone ? group.mainCities : [])];
  const called = placeKey(cityOf(zone));
  // What was typed in plain letters is shown as it is spelled there.
  const byKey = new Map(cities.map((city) => [placeKey(city), city]));
  const others = [...byKey].filter(([key]) => key !== called && !key.startsWith(`${called} `));
  return others.slice(0, 2).map(([, city]) => city);
}
