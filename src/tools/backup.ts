/**
 * npm run backup -- [FILE]
 * Copies the database named by DATABASE_URL, while Paperboy runs, and checks the copy.
 * Without FILE it goes beside the database, with the date in its name.
 */
import { systemClock } from '#src/foundation/clock.ts';
import { backUp } from './backup-file.ts';
import { configuredFile, existing, fileArgument, runCommand } from './database-file.ts';
import { stamp } from './restore-file.ts';

await runCommand('npm run backup -- [FILE]', async () => {
  const file = existing(configuredFile(process.env));
  const to = fileArgument(process.argv.slice(2)) ?? `${file}.backup-${stamp(systemClock.now())}`;
  await backUp(file, to);
  console.log(`${file} was copied to ${to}, and the copy is whole.`);
});
