import type { Database } from '#src/foundation/database/database.ts';

/** Sorts after every character of a name. */
const LAST = '\u{10ffff}';

/** Durable numbers by name, a row each; 0 where there is none. */
export function openCursors(db: Database) {
  const select = 'SELECT value FROM cursor WHERE name = ?';
  const write = 'INSERT INTO cursor VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value';
  const range = 'SELECT name, value FROM cursor WHERE name >= ? AND name < ?';
  const remove = 'DELETE FROM cursor WHERE name = ?';
  return {
    cursor: async (name: string): Promise<number> =>
      (await db.get<{ value: number }>(select, name))?.value ?? 0,
    async cursors(names: readonly string[]): Promise<number[]> {
      const sql = `SELECT name, value FROM cursor WHERE name IN (${names.map(() => '?').join(', ')})`;
      const rows = await db.all<{ name: string; value: number }>(sql, ...names);
      const values = new Map(rows.map(({ name, value }) => [name, value]));
      return names.map((name) => values.get(name) ?? 0);
    },
    async setCursor(name: string, value: number): Promise<void> {
      await db.run(write, name, value);
    },
    cursorsFrom: async (prefix: string): Promise<{ name: string; value: number }[]> =>
      await db.all<{ name: string; value: number }>(range, prefix, `${prefix}${LAST}`),
    async forgetCursor(name: string): Promise<void> {
      await db.run(remove, name);
    },
    asOne: <T>(work: () => Promise<T>): Promise<T> => db.transaction(work),
  };
}
