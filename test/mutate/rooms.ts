import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A room whose tests are tried: the files that are changed (a glob pattern), and the test files that ought to notice. */
export type Room = { name: string; files: string; tests: readonly string[] };

/** The rooms whose tests must notice 85 mutants in a hundred. */
export const GOAL = {
  score: 85,
  rooms: ['commands', 'service', 'decision', 'pipeline', 'outbox', 'subscription', 'trend'],
};

/**
 * Beside the folder of its own name, the tests that ask a room. Glob patterns. A change that goes unnoticed costs a run of all
 * of them: the stories here are quick, and about what the room is for.
 */
const ASKED_BY: Readonly<Record<string, readonly string[]>> = {
  commands: [
    'test/service/settle-doubt.test.ts',
    'test/stories/{asking-the-sources-again,completing,filter-workbench,history}.test.ts',
    'test/stories/{looking-one-paper-up,looking-up,members-look-papers-up}.test.ts',
    'test/stories/{moderators-set-channels-up,posts-buttons,status,subscribe-options}.test.ts',
    'test/stories/{subscriptions-list,typed-again,undo,what-stands-out}.test.ts',
  ],
  service: [
    'test/stories/{doctor,filter-files,history,like-these,looking-one-paper-up}.test.ts',
    'test/stories/{posts-buttons,privacy,status,subscribe-front,undo,zone-asked-once}.test.ts',
  ],
  decision: [
    'test/service/back-test.test.ts',
    'test/pipeline/{address,describe,still-wanted,what-comes-in-between}.test.ts',
    'test/subscription/{history,schedule,subscription-documents,subscription-store}.test.ts',
  ],
};

/**
 * Each of these reckons longer than all others of its folder together, for each change anew. What they alone would notice
 * counts as unnoticed.
 */
const SLOW = ['back-test-as-the-pipeline', 'nothing-lost-nothing-twice', 'top-papers-as-if-alone'];

/** Every folder that may be named. */
export function roomNames(): string[] {
  const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return ['commands', ...folders.map(({ name }) => name)].sort();
}

/** null: there is no room of that name. */
export function roomOf(name: string): Room | null {
  if (!roomNames().includes(name)) return null;
  const folder = name === 'commands' ? name : `src/${name}`;
  const tests = globSync([`test/${name}/**/*.test.ts`, ...(ASKED_BY[name] ?? [])]);
  return { name, files: `${folder}/**/*.ts`, tests: tests.filter(isQuick).filter(seesChanges).sort() };
}

const isQuick = (test: string): boolean => !SLOW.includes(basename(test, '.test.ts'));

/** In a process of its own nothing is changed. */
function seesChanges(test: string): boolean {
  return !/child_process|running-bot/.test(readFileSync(test, 'utf8'));
}
