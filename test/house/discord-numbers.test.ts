import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { files, withoutComments } from './imports.ts';

// What Discord numbers has a name in discord-api-types; what messages consist of is built by render/parts.ts.

const KNOW_DISCORD = /^(?:commands|src\/(?:render|service|pipeline|gateway|sandbox|page|tools))\//;
/** The sandbox takes messages apart; what it draws itself is not ours. */
const SHOW = /^(?:commands|src\/(?:render|service|pipeline|gateway))\//;

const NUMBERS = [
  /\b(?:type|style|op)\??: \d+\b/g,
  /\bflags\??: (?:[1-9]|1n? <<)/g,
  /\b(?:channel_types|contexts|integration_types)\??: \[\d/g,
  /\b(?:type|style) (?:===|!==) \d+\b/g,
  /\b1n? << \d+/g,
  // Refusals (10003, 160005) and ends of the gateway (4014).
  /(?<![\w.(])(?:10[01]\d\d(?<!10080)|[345]0\d{3}|160\d{3}|2[04]0\d{3}|40(?:0[1-9]|1[0-4]))(?=[,:\])])/g,
];

const PARTS = [/\btype: ComponentType\b/g, /\b0x[\da-f]{6}\b/gi];

const found = (text: string, patterns: readonly RegExp[]): string[] =>
  patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([what]) => what));

function foundIn(where: RegExp, patterns: readonly RegExp[], except?: string): string[] {
  return files
    .filter((file) => where.test(file) && file !== except)
    .flatMap((file) =>
      found(withoutComments(readFileSync(file, 'utf8')), patterns).map((what) => `${file}: ${what}`),
    );
}

it('what Discord numbers is called by its name', () => {
  expect(foundIn(KNOW_DISCORD, NUMBERS)).toEqual([]);
});

it('buttons, rows, selects, fields and colours are built in one place', () => {
  expect(foundIn(SHOW, PARTS, 'src/render/parts.ts')).toEqual([]);
});

it.each([
  "{ type: 2, style: 2, label: 'Undo' }",
  '{ flags: 64 }',
  'const SILENT = 1 << 12;',
  "'View Channel': 1n << 10n,",
  'if (first?.type === 2) return',
  'contexts: [0, 1, 2]',
  "10003: 'channel-gone',",
  'new Set([50035, 200000])',
  "4014: 'Discord closed the gateway',",
])('a number of Discord’s is seen: %s', (line) => {
  expect(found(line, NUMBERS)).not.toEqual([]);
});

it.each(["{ type: ComponentType.Button, label: 'Undo' }", 'color: 0x2f6fde'])(
  'a part that is built elsewhere is seen: %s',
  (line) => {
    expect(found(line, PARTS)).not.toEqual([]);
  },
);
