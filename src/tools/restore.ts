/**
 * npm run restore -- FILE
 * Puts a backup in the place of the database named by DATABASE_URL. Paperboy must not run; what stood there is kept.
 * What was posted after the backup is not in it, so papers that are still in the sources' lists may be posted again.
 */
import { systemClock } from '#src/foundation/clock.ts';
import { EXIT, runTool, WordsError } from './command.ts';
import { fileArgument } from './command-words.ts';
import { configuredFile } from './database-file.ts';
import { restore } from './restore-file.ts';

await runTool({ usage: 'npm run restore -- FILE' }, (words) => {
  const from = fileArgument(words);
  if (!from) throw new WordsError('Name the backup to restore.');
  const file = configuredFile(process.env);
  const aside = restore(from, file, systemClock.now());
  console.log(`${from} is now ${file}.${aside ? ` What stood there is kept as ${aside}.` : ''}`);
  return EXIT.done;
});
