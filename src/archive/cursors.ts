import type { Database } from '#src/foundation/database/database.ts';

/** Sorts after every character of a name. */
const LAST = '\u{10ffff}';

/** Durable numbers by name, a row each; 0 where there is none. */
export function openCursors(db: Database) {
  const select = db.prepare<{ value: number }>('SELECT value FROM cursor WHERE name = ?');
  const write = db.prepare(
    'INSERT INTO cursor VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  const range = db.prepare<{ name: string; value: number }>(
    'SELECT name, value FROM cursor WHERE name >= ? AND name < ?',
  );
  const remove = db.prepare('DELETE FROM cursor WHERE name = ?');
  return {
    cursor: (name: string): number => select.get(name)?.value ?? 0,
    setCursor(name: string, value: number): void {
      write.run(name, value);
    },
    cursorsFrom: (prefix: string): { name: string; value: number }[] => range.all(prefix, `${prefix}${LAST}`),
    forgetCursor(name: string): void {
      remove.run(name);
    },
  };
}
