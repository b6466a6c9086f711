import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { KeptStatements } from '#src/foundation/database/kept-statements.ts';

it('five hundred statements are kept: one in use is prepared once, however many others come by', () => {
  const connection = new DatabaseSync(':memory:');
  const kept = new KeptStatements(connection);
  const first = kept.of('SELECT 0');
  const once = kept.of('SELECT 1');

  for (let number = 2; number < 1000; number++) {
    kept.of(`SELECT ${number}`);
    kept.of('SELECT 0');
  }

  expect([kept.of('SELECT 0') === first, kept.of('SELECT 1') === once]).toEqual([true, false]);
  connection.close();
});
