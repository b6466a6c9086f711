/**
 * What a record says of a key that came from outside. Its own keys alone: every object also answers to `constructor`,
 * `__proto__` and `toString`.
 */
export function own<T>(record: Readonly<Record<string, T>>, key: string | number): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
