import { typedText } from '#src/foundation/typed-text.ts';
import { slipsBetween } from '#src/match/text/near-spelling.ts';
import { intlZone, modernZone } from './modern-zone.ts';
import { cityOf, type NamedPlace, placeKey, wellKnownFirst, zoneTable } from './zone-table.ts';

/** A zone that may be meant: what to write for it, where it is, and in which half of the year it has the offset asked for. */
export type ZoneCandidate = {
  write: string;
  zone: string;
  country: string;
  season?: 'summer' | 'winter' | null;
};

/** A zone that was read, under the name of today, or why not and what may be meant, the likeliest first. */
export type ReadZone =
  | { ok: true; zone: string }
  /** `several`: a name that places with different clocks share. `offset`: hours from UTC, which say no place. */
  | { ok: false; kind: 'several' | 'country' | 'offset' | 'unknown'; meant: readonly ZoneCandidate[] };

const MOST = 5;
const MOST_IN_A_SEASON = 2;
/** By how far a clock that changes is ahead of its standard time, in minutes. */
const SEASONS = { 0: 'winter', 60: 'summer' } as const;

/**
 * Reads a city, a country with one clock, an abbreviation with one meaning or an IANA name of today or of old, in any
 * case. Nothing is guessed: what can mean two clocks is answered with them.
 */
export function readZone(text: string): ReadZone {
  const wanted = typedText(text);
  if (
    /^(?:(?:etc\/)?(?:utc|gmt|uct|universal|greenwich|zulu)|z|(?:etc\/)?gmt0|(?:utc|gmt)? ?[+-]0{1,2}(?::?00)?)$/.test(
      wanted,
    )
  )
    return { ok: true, zone: 'UTC' };
  const minutes = offsetOf(wanted);
  if (minutes !== null) return { ok: false, kind: 'offset', meant: placesAt(minutes) };
  const { byName, abbreviations } = zoneTable();
  const short = wanted.toUpperCase().replace(/ (?:STANDARD|DAYLIGHT|SUMMER) TIME$/, ' TIME');
  const meant = abbreviations.get(short);
  if (meant) return oneOf(meant, 'several');
  const iana = wanted.replaceAll(' ', '_');
  const known = byName.get(iana);
  if (known) return { ok: true, zone: modernZone(known.name) };
  // Only these are left of IANA's names; without the slash Intl would take Java's three letters too.
  const fixed = iana.startsWith('etc/') ? intlZone(iana) : null;
  if (fixed) return { ok: true, zone: fixed };
  const named = readPlace(placeKey(wanted)) ?? readPlace(placeKey(withoutTime(wanted)));
  if (named) return named;
  const within = placeWithin(wanted);
  if (within) return within;
  const long = abbreviations.get(`${short} TIME`);
  if (long) return oneOf(long, 'several');
  return { ok: false, kind: 'unknown', meant: nearestTo(placeKey(cityOf(wanted))) };
}

/** `Etc/GMT-2` as minutes ahead of UTC; null for every other name. IANA turns the sign round, as POSIX does. */
export function fixedOffsetOf(zone: string): number | null {
  const fixed = /^Etc\/GMT([+-])(\d{1,2})$/.exec(zone);
  return fixed && (fixed[1] === '-' ? 60 : -60) * Number(fixed[2]);
}

/** `UTC+2`, `GMT-5:30`, `+0200` as minutes ahead of UTC; null for other texts. */
export function offsetOf(wanted: string): number | null {
  const halved = wanted.replace(/[.,]5$/, ':30');
  const offset = /^(?:utc|gmt)? ?([+-]) ?(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(halved);
  if (offset === null) return null;
  const [, sign, hours, minutes = '0'] = offset;
  if (Number(minutes) > 59) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** A city or a country; a state where nothing else is called so, or by its name. */
function readPlace(key: string): ReadZone | null {
  const { places, regions } = zoneTable();
  const [place, region] = [places.get(key), regions.get(key)];
  if (region && (place || key.length > 2))
    return oneOf(wellKnownFirst([...region, ...(place?.zones ?? [])]), 'several');
  return place ? oneOf(place.zones, place.kind === 'country' ? 'country' : 'several') : null;
}

/** `Paris time`, `UK time`; `my time` is Malaysia’s for nobody. */
function withoutTime(wanted: string): string {
  const place = wanted.replace(/ time$/, '');
  return place.length > 2 || ['uk', 'us', 'nz'].includes(place) ? place : wanted;
}

/**
 * `San Jose, Costa Rica`: the zones of the first that are of the second too. Where that is elsewhere (`Paris, Texas`) another
 * city is meant, which nobody knows here; a second that means nothing is passed over.
 */
function placeWithin(wanted: string): ReadZone | null {
  const { places, regions, byName } = zoneTable();
  const [name, ...rest] = wanted.split(',').map(placeKey);
  const city = places.get(name)?.zones ?? [];
  const clockOf = (zone: string) => byName.get(zone.toLowerCase())?.group.name;
  if (rest.length === 0 || city.length === 0) return null;
  const there = rest.flatMap((part) => [...(regions.get(part) ?? []), ...(places.get(part)?.zones ?? [])]);
  if (there.length === 0) return oneOf(city, 'several');
  const around = new Set(there.map(clockOf));
  const within = city.filter((zone) => around.has(clockOf(zone)));
  if (within.length > 0) return oneOf(within, 'several');
  const likely = wellKnownFirst(there).slice(0, 3);
  return { ok: false, kind: 'unknown', meant: likely.map((zone) => candidate(zone)) };
}

function oneOf(zones: readonly string[], kind: 'several' | 'country'): ReadZone {
  if (zones.length === 1) return { ok: true, zone: zones[0] };
  const meant = kind === 'country' ? wellKnownFirst(zones) : zones;
  return { ok: false, kind, meant: meant.slice(0, MOST).map((zone) => candidate(zone)) };
}

/** Every zone of today is read by the city that it is called after. */
function candidate(zone: string): ZoneCandidate {
  const group = zoneTable().byName.get(zone.toLowerCase())?.group;
  return { write: cityOf(zone), zone, country: group?.countryName ?? '' };
}

/** The places that have that distance from UTC, all year or in one half of it: some of each. */
function placesAt(minutes: number): ZoneCandidate[] {
  const { groups } = zoneTable();
  const seasons = groups.flatMap(({ name, rawOffsetInMinutes, dstAbbreviation }) => {
    const ahead = minutes - rawOffsetInMinutes;
    if (dstAbbreviation === undefined) return ahead === 0 ? { name, season: null } : [];
    return ahead === 0 || ahead === 60 ? { name, season: SEASONS[ahead] } : [];
  });
  const order = wellKnownFirst(seasons.map(({ name }) => name));
  return [SEASONS[60], SEASONS[0], null].flatMap((season) =>
    order
      .filter((zone) => seasons.some((one) => one.name === zone && one.season === season))
      .slice(0, MOST_IN_A_SEASON)
      .map((zone) => ({ ...candidate(zone), season })),
  );
}

/** Places whose names are a few slips away; further away than a third of what was typed is a guess. */
function nearestTo(wanted: string): ZoneCandidate[] {
  let least = Math.floor(wanted.length / 3) + 1;
  let nearest: NamedPlace[] = [];
  for (const [name, called] of zoneTable().places) {
    // Two or three letters are near to everything.
    if (name.length < 4) continue;
    const distance = slipsBetween(name, wanted, least + 1);
    if (distance > least || distance > Math.floor(wanted.length / 3)) continue;
    nearest = distance < least ? [called] : [...nearest, called];
    least = distance;
  }
  return wellKnownFirst(nearest.flatMap(({ zones }) => zones))
    .slice(0, 3)
    .map((zone) => ({ ...candidate(zone), ...calledSo(zone, nearest) }));
}

/** The place that is near, by its own name: `Mumbay` is answered with Mumbai, not with Kolkata. */
function calledSo(zone: string, near: readonly NamedPlace[]): { write: string } | null {
  const place = near.find(({ zones: [first, ...others] }) => first === zone && others.length === 0);
  return place && readZone(place.name).ok ? { write: place.name } : null;
}
