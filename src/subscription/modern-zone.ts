import { zoneTable } from './zone-table.ts';

/**
 * A zone under the name that is used today: Kolkata for Calcutta, New York for US/Eastern. Unicode keeps the oldest name
 * (CLDR, canonical time zone identifiers), so that Intl says Asia/Calcutta whichever it was given. Unknown ones stay.
 */
export function modernZone(zone: string): string {
  const { byName, modern } = zoneTable();
  const known = byName.get(zone.toLowerCase());
  if (!known || modern.has(known.name)) return known?.name ?? zone;
  const clock = intlZone(known.name);
  const names = known.group.group.filter((name) => modern.has(name));
  return names.find((name) => intlZone(name) === clock) ?? known.group.name;
}

/** What Intl makes of a zone's name; null where it knows none. */
export function intlZone(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
