import { expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { sayPhrase } from '#src/render/say.ts';
import { deadEnds } from '#src/service/dead-ends.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const told = (text: string): string[] => {
  const parsed = parseFilter(text, { topics: null });
  if (!parsed.ok) throw new Error(text);
  return deadEnds(parsed.filter, NOW).map(sayPhrase);
};
const nothingBefore = (day: string) =>
  `Nothing can match before ${day}: \`after:${day}\` lets papers from that day on through.`;
const nothingNew = (day: string) =>
  `\`before:${day}\` leaves only papers that were published before ${day}, and new ones are published later. Leave it out to get new papers.`;
const NEVER = 'This filter can match nothing: its conditions exclude each other.';

it.each<[filter: string, sentences: string[]]>([
  ['waves', []],
  ['waves after:2026-03-10', []],
  ['waves after:2026-03-11', [nothingBefore('2026-03-11')]],
  ['waves before:2026-03-11', []],
  ['waves before:2026-03-10', [nothingNew('2026-03-10')]],
  ['before:2020-01-01', [nothingNew('2020-01-01')]],
  ['waves (ice before:2020-01-01)', [nothingNew('2020-01-01')]],
  ['waves OR before:2020-01-01', []],
  ['-before:2020-01-01', []],
  ['(waves OR ice) -waves -ice', [NEVER]],
  ['waves -waves', []],
])('a subscription to %s is told why it would bring nothing, where no hint tells it', (filter, sentences) => {
  expect(told(filter)).toEqual(sentences);
});
