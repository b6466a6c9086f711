/** npm run wording: sorts the sentences in src/wording/en.json, and writes their types anew. */
import { readFile, writeFile } from 'node:fs/promises';
import { sortedMessages, writePlaceholders } from '#src/wording/write-placeholders.ts';
import { EXIT, runTool } from './command.ts';

const MESSAGES = new URL('../wording/en.json', import.meta.url);
const TYPES = new URL('../wording/placeholders.ts', import.meta.url);

await runTool({ usage: 'npm run wording' }, async () => {
  const messages = JSON.parse(await readFile(MESSAGES, 'utf8'));
  const sorted = sortedMessages(messages);
  await writeFile(TYPES, writePlaceholders(JSON.parse(sorted)));
  await writeFile(MESSAGES, sorted);
  return EXIT.done;
});
