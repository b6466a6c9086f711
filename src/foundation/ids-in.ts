// Ids of Discord stand in documents as texts of their own: who did something, who made it, who typed it. What people wrote is
// left alone, unless it is nothing but the id.

/** As Discord's ids look. */
const ID = /^\d{15,20}$/;

/** Every id in a JSON value. */
export function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return ID.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [...idsIn(key), ...idsIn(one)]);
}

/** Whether the id stands in a JSON value, as a text or as a name in an object. */
export const namesId = (value: unknown, id: string): boolean => idsIn(value).includes(id);

/** The JSON value with another word where the id stood; what was named by the id is left out. */
export function withoutId(value: unknown, id: string, instead: string): unknown {
  if (value === id) return instead;
  if (Array.isArray(value)) return value.map((one) => withoutId(one, id, instead));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== id);
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutId(one, id, instead)]));
}
