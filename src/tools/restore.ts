/**
 * npm run restore -- FILE
 * Puts a backup in the place of the database named by DATABASE_URL. Paperboy must not run; what stood there is kept.
 * What was posted after the backup is not in it, so papers that are still in the sources' lists may be posted again.
 */
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '#src/foundation/clock.ts';
import { type DeletionList, deletionFile, openDeletionList } from '#src/foundation/database/deletion-list.ts';
import { REPEATED_TO } from '#src/pipeline/forgetting.ts';
import { EXIT, runTool, WordsError } from './command.ts';
import { fileArgument } from './command-words.ts';
import { configuredFile } from './database-file.ts';
import { restore } from './restore-file.ts';

await runTool({ usage: 'npm run restore -- FILE' }, (words) => {
  const from = fileArgument(words);
  if (!from) throw new WordsError('Name the backup to restore.');
  const file = configuredFile(process.env);
  // Before anything is moved: a list that cannot be read would bring back what people had deleted.
  const list = openDeletionList(deletionFile(file), systemClock.now);
  const aside = restore(from, file, systemClock.now());
  console.log(`${from} is now ${file}.${aside ? ` What stood there is kept as ${aside}.` : ''}`);
  const n = leftToRepeat(list, file);
  const are =
    n === 1 ? '1 deletion that was asked for since is' : `${n} deletions that were asked for since are`;
  if (n > 0) console.log(`${are} not in it, and repeated at the next start.`);
  return EXIT.done;
});

/** What people had deleted after the backup was made. */
function leftToRepeat(list: DeletionList, file: string): number {
  const name = list.name();
  if (name === null) return 0;
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const row = db.prepare('SELECT value FROM cursor WHERE name = ?').get(`${REPEATED_TO}${name}`);
    return list.length() - Number(row?.value ?? 0);
  } finally {
    db.close();
  }
}
