import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openDatabase } from '#src/foundation/database/database.ts';

/** A process of its own that opens a database file for writing, says so, and holds it until it is killed. */
export type Holder = { pid: number; kill(): Promise<void> };

/** Resolves when the file is held; rejects with the sentence when it is not to be had. */
export async function holdElsewhere(file: string): Promise<Holder> {
  const child = spawn(process.execPath, [import.meta.filename, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const [said] = await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
  if (String(said) !== 'held') throw new Error(String(said));
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const db = await openDatabase(process.argv[2]);
  await db.migrate('t', ['CREATE TABLE t (a TEXT) STRICT']);
  await db.run('INSERT INTO t VALUES (?)', 'from elsewhere');
  process.stdout.write('held');
  setInterval(() => db.get('SELECT 1'), 1000);
}
