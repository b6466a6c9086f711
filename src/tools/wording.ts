/** npm run wording: sorts the sentences of every language in src/wording, and writes the types of en.json anew. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { sortedMessages, writePlaceholders } from '#src/wording/write-placeholders.ts';
import { EXIT, runTool } from './command.ts';
import { readWords } from './command-words.ts';

const FOLDER = new URL('../wording/', import.meta.url);

await runTool({ usage: 'npm run wording' }, async (words) => {
  readWords(words, {});
  const languages = (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));
  for (const name of languages) {
    const file = new URL(name, FOLDER);
    const sorted = sortedMessages(JSON.parse(await readFile(file, 'utf8')));
    if (name === 'en.json')
      await writeFile(new URL('placeholders.ts', FOLDER), writePlaceholders(JSON.parse(sorted)));
    await writeFile(file, sorted);
  }
  return EXIT.done;
});
