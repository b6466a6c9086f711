import { expect, it } from 'vitest';
import { withLines } from '#commands/subscribe-typed.ts';

const typed = (lines: string) => ({
  ...({ form: 'subscribe', filter: 'ocean', flags: {}, channel: null, role: null } as const),
  lines,
});

it.each([
  ['at: 09:00', 'at: 09:00\nwhat: all new'],
  ['what: early\nat: 09:00', 'at: 09:00\nwhat: all new'],
  ['Scope: early\nSENSITIVITY: strict', 'what: all new'],
])('the lines “%s” have one what, by whatever name it was called before', (lines, wanted) => {
  expect(withLines(typed(lines), { what: 'all new', sensitivity: '' }).lines).toBe(wanted);
});
