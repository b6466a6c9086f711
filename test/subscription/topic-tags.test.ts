import { expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { catalogueOf } from '#src/match/language/topic-catalogue.ts';
import { findsNoTag } from '#src/subscription/topic-tags.ts';
import { words } from '#src/wording/phrase.ts';

const read = (text: string) => {
  const parsed = parseFilter(text, { topics: null });
  if (!parsed.ok) throw new Error(`${text} cannot be read`);
  return parsed.filter;
};
const topics = catalogueOf(
  ['deep-sea', 'ice'].map((name) => ({
    ...{ name, title: name, label: words(name), line: name },
    ...{ text: 'ocean', filter: read('ocean') },
  })),
);
const isRefused = (filter: string, names: string[], requiresTag = true) => {
  const tags = names.map((name, at) => ({ id: String(at), name }));
  return findsNoTag({ tags, requiresTag }, parseFilter(filter, { topics }));
};

it('a forum that wants tags refuses every post of a filter that asks for no topic called like one of them', () => {
  expect(isRefused('ocean', ['ice'])).toBe(true);
  expect(isRefused('topic:ice', [])).toBe(true);
  expect(isRefused('ocean -topic:ice', ['ice'])).toBe(true);
  expect(isRefused('ocean OR topic:ice', ['ice'])).toBe(false);
  expect(isRefused('topic:deep-sea', [' Deep Sea'])).toBe(false);
});

it('a forum that takes posts without a tag refuses none, nor is a filter blamed that cannot be read', () => {
  expect(isRefused('ocean', ['ice'], false)).toBe(false);
  expect(isRefused('ocean (', ['ice'])).toBe(false);
});
