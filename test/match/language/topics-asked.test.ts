import { expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { topicsAsked } from '#src/match/language/topics-asked.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';

const topic = (name: string, filter: string) => ({ name, title: name, line: name, filter });
const topics = readTopicCatalogue([topic('ocean', 'ocean'), topic('ice', 'ice OR topic:ocean')]);

it.each([
  ['ocean', []],
  ['topic:ocean', ['ocean']],
  ['topic:ocean -survey', ['ocean']],
  ['whale OR (topic:ice model)', ['ice']],
  ['topic:ice OR topic:ocean', ['ice', 'ocean']],
  ['whale -topic:ocean', []],
  ['whale OR NOT (ice topic:ocean)', []],
])('a filter asks for the topics that it names, not for those that it excludes: %s', (text, asked) => {
  const parsed = parseFilter(text, { topics });
  if (!parsed.ok) throw new Error(inEnglish(parsed.error.message));
  expect(topicsAsked(parsed.filter).map(({ name }) => name)).toEqual(asked);
});
