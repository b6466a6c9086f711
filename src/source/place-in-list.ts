import type { Sighting } from '#src/paper/sighting.ts';

/** What reading one item of a list gave. */
export type ReadItem = { ok: true; sighting: Omit<Sighting, 'place'> } | { ok: false; reason: string };

export type PlacedSightings = { sightings: Sighting[]; malformed: number; reasons: string[] };

/**
 * Gives each item its place. A malformed one keeps its place empty; a paper that appears twice
 * (a list that moved between two pages) counts at its first.
 */
export function placeInList(items: readonly ReadItem[]): PlacedSightings {
  const seen = new Set<string>();
  const placed: PlacedSightings = { sightings: [], malformed: 0, reasons: [] };
  let place = 0;
  for (const item of items) {
    if (item.ok && seen.has(item.sighting.paper.id)) continue;
    place++;
    if (!item.ok) {
      placed.malformed++;
      placed.reasons.push(item.reason);
      continue;
    }
    seen.add(item.sighting.paper.id);
    placed.sightings.push({ ...item.sighting, place });
  }
  return placed;
}
