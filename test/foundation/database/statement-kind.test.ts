import { expect, it } from 'vitest';
import { isRead } from '#src/foundation/database/statement-kind.ts';

it.each([
  'SELECT 1',
  '  select a\nFROM t',
  "SELECT a FROM t WHERE a = 'DELETE'",
  'SELECT replace(a, ?, ?) FROM t',
  'WITH x AS (SELECT 1) SELECT * FROM x',
  'WITH updated AS (SELECT deleted FROM t) SELECT * FROM updated',
])('waits for nobody: %s', (sql) => {
  expect(isRead(sql)).toBe(true);
});

it.each([
  'INSERT INTO t VALUES (?) RETURNING a',
  'UPDATE t SET a = 1',
  'DELETE FROM t',
  'REPLACE INTO t VALUES (?)',
  'WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x',
  'with x as (select 1) update t set a = 1 returning a',
  'PRAGMA synchronous',
  'CREATE TABLE selected (a)',
  'EXPLAIN SELECT 1',
])('takes its turn: %s', (sql) => {
  expect(isRead(sql)).toBe(false);
});
