import { expect, it } from 'vitest';
import { insertPages } from '#src/foundation/database/insert-pages.ts';

const pagesOf = (sql: string, rows: readonly (readonly unknown[])[]) => [...insertPages(sql, rows)];
const numbered = (count: number, width = 1) =>
  Array.from({ length: count }, (_, row) => Array.from({ length: width }, () => row));

it('repeats the one group, with what it reckons, and leaves the rest as it is', () => {
  const sql = 'INSERT INTO values_of (a, b) VALUES (?, coalesce(?, abs(1))) ON CONFLICT (a) DO NOTHING';
  expect(pagesOf(sql, numbered(2, 2))).toEqual([
    {
      sql: 'INSERT INTO values_of (a, b) VALUES (?, coalesce(?, abs(1))), (?, coalesce(?, abs(1))) ON CONFLICT (a) DO NOTHING',
      values: [0, 0, 1, 1],
    },
  ]);
});

it('makes few texts out of any number of rows, and keeps their order', () => {
  const pages = pagesOf('INSERT INTO t (a) VALUES (?)', numbered(1000));
  expect(pages.flatMap(({ values }) => values)).toEqual(numbered(1000).flat());
  const texts = new Set(
    Array.from({ length: 200 }, (_, n) => pagesOf('INSERT INTO t (a) VALUES (?)', numbered(n)))
      .flat()
      .map(({ sql }) => sql),
  );
  expect(texts.size).toBeLessThan(10);
});

it('asks for no more parameters than SQLite takes', () => {
  const sql = `INSERT INTO t VALUES (${Array.from({ length: 2000 }, () => '?').join()})`;
  const pages = pagesOf(sql, numbered(40, 2000));
  expect(Math.max(...pages.map(({ values }) => values.length))).toBe(32_000);
  expect(pages.flatMap(({ values }) => values)).toHaveLength(80_000);
});

it.each([
  ['INSERT INTO t SELECT 1', 'there is no group of VALUES'],
  ['INSERT INTO t VALUES (?', 'the group of VALUES has no end'],
  ['INSERT INTO t VALUES (?1)', 'numbered parameters cannot be repeated'],
  ['INSERT INTO t VALUES (?) ON CONFLICT DO UPDATE SET a = ?', 'parameters stand in the group only'],
  ['INSERT INTO t VALUES (?, ?)', 'a row has 1 values where 2 are asked'],
])('a text that cannot be repeated is a mistake: %s', (sql, words) => {
  expect(() => pagesOf(sql, numbered(3))).toThrow(words);
});
