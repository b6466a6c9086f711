import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { keepsDatabaseContract } from '#test/contracts/database.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let opened = 0;
keepsDatabaseContract('SQLite', (clock) => openDatabase(join(folder, `${opened++}.db`), { clock }));
keepsDatabaseContract('SQLite that keeps nothing', (clock) => openDatabase(':memory:', { clock }));
