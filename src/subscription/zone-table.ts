import { createRequire } from 'node:module';
import type { RawTimeZone } from '@vvo/tzdb';
import { own } from '#src/foundation/own.ts';
import { foldLetters } from '#src/match/text/fold.ts';
import { ABBREVIATIONS, CITIES, COUNTRIES, REGIONS, WELL_KNOWN } from './zone-cities.ts';

/** Every IANA name that shows one clock, and what people call the places that have it. */
export type ZoneGroup = Pick<
  RawTimeZone,
  'name' | 'group' | 'countryName' | 'mainCities' | 'rawOffsetInMinutes' | 'abbreviation' | 'dstAbbreviation'
>;

/** A place that people write: its spelling, and the zones that have one of that name. */
export type NamedPlace = { name: string; kind: 'city' | 'country'; zones: readonly string[] };

type Table = {
  groups: readonly ZoneGroup[];
  /** Every IANA name, current or old, in lower case. */
  byName: ReadonlyMap<string, { name: string; group: ZoneGroup }>;
  /** The names in use today. */
  modern: ReadonlySet<string>;
  /** By `placeKey`. */
  places: ReadonlyMap<string, NamedPlace>;
  /** States and provinces, by `placeKey` of their names and two letters. */
  regions: ReadonlyMap<string, readonly string[]>;
  /** `EST`, and `EASTERN TIME`: in capitals. */
  abbreviations: ReadonlyMap<string, readonly string[]>;
};

let table: Table | null = null;

/** Read at the first question, not at the start: 120 kB. */
export function zoneTable(): Table {
  table ??= readZoneTable();
  return table;
}

const PLAIN = /^[ -~]*$/;

/** How names of places are compared: `São Paulo`, `sao_paulo`, `SAO-PAULO`. */
export function placeKey(text: string): string {
  // Most names are plain: folding all of them would take as long as reading the table.
  return (PLAIN.test(text) ? text : foldLetters(text))
    .toLowerCase()
    .replace(/[.,'‘’`]/g, '')
    .split(/[\s_/-]/)
    .filter((word) => word !== '')
    .join(' ');
}

/** The city that a zone is called after: `New York`. */
export function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** Those that most people mean come first. */
export function wellKnownFirst(zones: Iterable<string>): string[] {
  const place = (zone: string): number => {
    const index = WELL_KNOWN.indexOf(zone);
    return index < 0 ? WELL_KNOWN.length : index;
  };
  return [...new Set(zones)].sort((a, b) => place(a) - place(b));
}

/** The table made anew. */
export function readZoneTable(): Table {
  const load = createRequire(import.meta.url);
  const listedGroups: RawTimeZone[] = load('@vvo/tzdb/raw-time-zones.json');
  // One country's name ends with a blank.
  const groups = listedGroups.map((group) => ({ ...group, countryName: group.countryName.trim() }));
  const names: string[] = load('@vvo/tzdb/time-zones-names.json');
  const modern = new Set(names);
  return {
    groups,
    modern,
    byName: new Map(
      groups.flatMap((group) => group.group.map((name) => [name.toLowerCase(), { name, group }] as const)),
    ),
    places: placesOf(groups, modern),
    regions: regionsOf(),
    abbreviations: abbreviationsOf(groups),
  };
}

const CONTINENTS = /^(?:Africa|America|Asia|Atlantic|Europe|Indian|Pacific)\//;

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** A city that gives its zone the name is meant before its namesakes: Sydney is in Australia. */
function placesOf(groups: readonly RawTimeZone[], modern: ReadonlySet<string>): Map<string, NamedPlace> {
  const places = new Map<string, { name: string; kind: NamedPlace['kind']; zones: string[] }>();
  const add = (name: string, kind: NamedPlace['kind'], zone: string, isNamesake = true): void => {
    const spelledOut = name.replace(/[äöü]/g, (umlaut) => own(UMLAUTS, umlaut) ?? umlaut);
    if (spelledOut !== name) add(spelledOut, kind, zone, isNamesake);
    const known = places.get(placeKey(name));
    if (!known) places.set(placeKey(name), { name, kind, zones: [zone] });
    else if (isNamesake && known.kind === kind && !known.zones.includes(zone)) known.zones.push(zone);
  };
  for (const { group } of groups)
    for (const zone of group) if (modern.has(zone)) add(cityOf(zone), 'city', zone);
  const eponyms = new Set(places.keys());
  for (const { name, countryName, countryCode } of groups)
    for (const called of [countryName, countryCode, ...listed(COUNTRIES, countryCode)])
      add(called, 'country', name);
  for (const [city, zone] of citiesOfZones(groups)) add(city, 'city', zone, !eponyms.has(placeKey(city)));
  // Cities that gave an old name: Africa/Timbuktu, Europe/Belfast. `US/Central` and `Canada/Eastern` are none.
  for (const { name, group } of groups)
    for (const old of group) if (CONTINENTS.test(old)) add(cityOf(old), 'city', name, false);
  return places;
}

function citiesOfZones(groups: readonly RawTimeZone[]): (readonly [city: string, zone: string])[] {
  return [
    ...groups.flatMap(({ name, mainCities }) => mainCities.map((city) => [city, name] as const)),
    ...Object.keys(CITIES).flatMap((zone) => listed(CITIES, zone).map((city) => [city, zone] as const)),
  ];
}

function regionsOf(): Map<string, readonly string[]> {
  const regions = new Map<string, readonly string[]>();
  for (const zone of Object.keys(REGIONS))
    for (const name of listed(REGIONS, zone).map(placeKey))
      regions.set(name, [...(regions.get(name) ?? []), zone]);
  return regions;
}

function listed(table: Readonly<Record<string, string>>, key: string): string[] {
  return own(table, key)?.split(', ') ?? [];
}

function abbreviationsOf(groups: readonly RawTimeZone[]): Map<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, alternativeName, abbreviation, dstAbbreviation } of groups)
    for (const known of [abbreviation, dstAbbreviation, alternativeName]) {
      // `GMT+3` is an offset.
      if (known === undefined || known.startsWith('GMT')) continue;
      const short = known.toUpperCase();
      found.set(short, [...(found.get(short) ?? []), name]);
    }
  return new Map([
    ...[...found].map(([short, zones]) => [short, wellKnownFirst(zones)] as const),
    ...Object.entries(ABBREVIATIONS),
  ]);
}
