/**
 * npm run backup -- [FILE]
 * Copies the database named by DATABASE_URL, while Paperboy runs, and checks the copy.
 * Without FILE it goes beside the database, with the date in its name.
 */
import { systemClock } from '#src/foundation/clock.ts';
import { backUp } from './backup-file.ts';
import { EXIT, runTool } from './command.ts';
import { fileArgument } from './command-words.ts';
import { CONFIGURED, configuredFile, existing } from './database-file.ts';
import { stamp } from './restore-file.ts';

await runTool({ usage: 'npm run backup -- [FILE]' }, async (words) => {
  const named = fileArgument(words);
  const file = existing(configuredFile(process.env), CONFIGURED);
  const to = named ?? `${file}.backup-${stamp(systemClock.now())}`;
  await backUp(file, to);
  console.log(`${file} was copied to ${to}, and the copy is whole.`);
  return EXIT.done;
});
