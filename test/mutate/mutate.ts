/**
 * npm run mutate -- ROOM [--list]
 * Changes one thing at a time in the room's code and tells which changes its tests do not notice. Prints, as its last line,
 *   {"mutate":"commands","score":87,"survived":31,"mutants":240,"constants":12}
 * Exit code 1 where the room has a goal and is below it, 2 when the words are not understood.
 */
import { Stryker } from '@stryker-mutator/core';
import { runTool } from '#src/tools/command.ts';
import { ToolError } from '#src/tools/tool-error.ts';
import { exitCode, lineOf, readRoom } from './report.ts';
import type { Room } from './rooms.ts';
import { survivorsOf } from './survivors.ts';

type Settings = ConstructorParameters<typeof Stryker>[0];

await runTool({ usage: 'npm run mutate -- ROOM [--list]' }, async (words) => {
  const { room, list } = readRoom(words);
  const results = await tried(room);
  const line = lineOf(room.name, results);
  if (list) for (const survivor of survivorsOf(results)) console.log(survivor);
  console.log(JSON.stringify(line));
  return exitCode(line);
});

async function tried(room: Room) {
  try {
    return await new Stryker(settingsFor(room)).runMutationTest();
  } catch (cause) {
    // Stryker has told which tests they are.
    throw new ToolError(`${room.name} could not be tried: ${String(cause)}`, { cause });
  }
}

function settingsFor({ files, tests }: Room): Settings {
  return {
    mutate: [files],
    testFiles: [...tests],
    plugins: ['@stryker-mutator/vitest-runner', './test/mutate/noise.ts', './test/mutate/sample.ts'],
    ignorers: ['noise'],
    checkers: ['sample'],
    testRunner: 'vitest',
    vitest: { configFile: 'test/mutate/vitest.config.ts', related: false, pool: 'threads' },
    coverageAnalysis: 'perTest',
    // A constant of a module is read by every test at once: trying it costs a run of all of them.
    ignoreStatic: true,
    // TypeScript 7 has no API for Stryker to read this file with; nothing here needs it.
    tsconfigFile: 'none.json',
    disableTypeChecks: false,
    ignorePatterns: ['data', 'docs'],
    concurrency: 2,
    // On a busy machine a run takes far longer than the first one; that is not noticing.
    timeoutMS: 10_000,
    timeoutFactor: 3,
    reporters: ['progress-append-only'],
    tempDirName: '.stryker-tmp',
    cleanTempDir: 'always',
  };
}
