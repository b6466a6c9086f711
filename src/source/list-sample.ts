/**
 * What a list showed, in a few durable numbers: the smallest hashes of its ids. Of a later list they tell which share of it
 * was there before: exactly where the list was short, by sample where it was long.
 */
export const SAMPLE = 32;

export function sampleOf(ids: readonly string[]): number[] {
  const hashes = [...new Set(ids.map(hashOf))].sort((a, b) => a - b);
  return hashes.slice(0, SAMPLE);
}

/** Which share of these ids the sampled list had, 0 to 1; 0 where nothing can be told. */
export function shareKnown(ids: readonly string[], sample: readonly number[]): number {
  // Beyond its greatest hash a full sample does not say what was there.
  const bound = sample.length < SAMPLE ? Number.POSITIVE_INFINITY : Math.max(...sample);
  const known = new Set(sample);
  const told = ids.map(hashOf).filter((hash) => hash <= bound);
  return told.length === 0 ? 0 : told.filter((hash) => known.has(hash)).length / told.length;
}

/** Whether everything that is known of the sampled list stands among these. */
export function holdsAll(ids: readonly string[], sample: readonly number[]): boolean {
  const hashes = new Set(ids.map(hashOf));
  return sample.length > 0 && sample.every((hash) => hashes.has(hash));
}

/** FNV-1a, 32 bits; never 0, which stands for nothing among durable numbers. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  // FNV spreads its last characters badly over the high bits, by which hashes are sorted here.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0 || 1;
}
