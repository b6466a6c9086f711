import { describe, expect, it } from 'vitest';
import { type FoundView, foundMessage, notFound } from '#src/render/find-page.ts';
import { sayPhrase } from '#src/render/say.ts';
import { searchMessage } from '#src/render/search-page.ts';
import { trendingMessage } from '#src/render/trending-page.ts';
import { phrase } from '#src/wording/phrase.ts';
import { listFound } from './list-found.ts';

type NotOne = Exclude<FoundView, { kind: 'paper' }>;

const unknown = { kind: 'unknown', id: '2603.00001', nobodyHas: [], earlier: null, told: [] } as const;
const written = (why: Extract<NotOne, { kind: 'malformed' }>['why']): NotOne => ({
  ...{ kind: 'malformed', written: '99*1', why },
});

describe('whoever looks a paper up that is not found', () => {
  it.each<[string, NotOne]>([
    ['I do not know 2603.00001 yet. No source could be asked.', unknown],
    [
      'I do not know 2603.00001 yet. arXiv: none. arXiv: none.',
      { ...unknown, told: Array(2).fill(phrase('sources.said', { source: 'arXiv', said: 'none' })) },
    ],
    ['ArXiv does not have 2603.00001 (asked now).', { ...unknown, nobodyHas: ['arXiv', 'arXiv'] }],
    [
      'Neither Hugging Face nor arXiv has 2603.00001 (asked <t:60:R>).',
      { ...unknown, nobodyHas: ['Hugging Face', 'arXiv'], earlier: 60_900 },
    ],
    ['None of A, B and C has 2603.00001 (asked now).', { ...unknown, nobodyHas: ['A', 'B', 'C'] }],
    [
      'That names 5 papers: 1, 2, 3 and 2 more. Pick one below.',
      { kind: 'several', papers: ['1', '2', '3', '4', '5'].map((id) => ({ id, title: null })) },
    ],
    [
      'That names 26 papers: a, a, a and 23 more. The first 25 are below.',
      { kind: 'several', papers: Array(26).fill({ id: 'a', title: null }) },
    ],
    [
      '99\\*1 cannot be an arXiv id: there is no month 13. Check it, or give words of the title.',
      written({ kind: 'month', month: '13' }),
    ],
    [
      '99\\*1 cannot be an arXiv id yet: March 2027 has not come. Check it, or give words of the title.',
      written({ kind: 'future', year: 2027, month: 3 }),
    ],
    [
      '99\\*1 cannot be an arXiv id: until 2014 four digits follow the point. Check it, or give words of the title.',
      written({ kind: 'digits', wanted: 4 }),
    ],
    [
      '99\\*1 cannot be an arXiv id: seven digits follow the archive, such as hep-th/9901001. Check it, or give words of the title.',
      written({ kind: 'digits', wanted: 7 }),
    ],
    [
      'arXiv has no archive “foo”. Check it, or give words of the title.',
      written({ kind: 'archive', archive: 'foo' }),
    ],
  ])('is told: %s', (told, found) => {
    expect(foundMessage(found).content).toBe(told);
    expect(sayPhrase(notFound(found))).toBe(told);
  });
});

it('a search since a day and hour that finds nothing says since when', () => {
  const since = Date.parse('2026-03-10T14:00:00Z');
  const titleOf = (words: string | null) =>
    searchMessage(listFound({ query: 'a -b', words, since, now: since })).embeds[0];
  expect(titleOf(null)).toMatchObject({ title: 'No paper matches `a -b` since 10 March, 14:00 UTC' });
  expect(titleOf('a')).toMatchObject({ title: 'No paper since 10 March, 14:00 UTC has “a”' });
});

it('a long query gives way to what a button does with it', () => {
  const { components } = searchMessage(
    listFound({ offers: [{ query: 'word '.repeat(40), allDays: true, key: 'k' }] }),
  );
  const [label] = /"label":"([^"]*)"/.exec(JSON.stringify(components))?.slice(1) ?? [];
  expect(label).toMatch(/^Search word word .*word… in all days$/);
  expect(label.length).toBeLessThanOrEqual(80);
});

it('a month without a paper is told as lists that were empty or not read', () => {
  const { embeds } = trendingMessage({
    ...{ period: 'month', topic: '', others: false, items: [], outstanding: 0, total: 0, page: 0 },
    ...{ key: 'k', otherKey: 'o', hints: [], isLonger: true, instead: null },
    ...{ knownSince: 0, readAt: null, now: 0 },
  });
  expect(embeds[0]).toMatchObject({
    title: 'No paper is listed this month',
    description: expect.stringContaining('The lists of these days were empty, or could not be read'),
  });
});
