import { describe, expect, it } from 'vitest';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { commonWord } from '#src/service/common-word.ts';

/** So many of 200 papers have each word. */
const HAVING: Readonly<Record<string, number>> = { model: 150, method: 120, ocean: 3 };
const search = (size = 200) =>
  ({
    size,
    counts: async (asked) =>
      asked.map(({ filter }) => (filter.kind === 'word' ? (HAVING[filter.text] ?? 0) : 0)),
  }) as Pick<PaperSearch, 'size' | 'counts'> as PaperSearch;
const of = (text: string, size?: number) => {
  const parsed = parseFilter(text, { topics: null });
  if (!parsed.ok) throw new Error(text);
  return commonWord(search(size), parsed.filter);
};

describe('a word that most papers have', () => {
  it('is told with its count, and with the filter without it', async () => {
    expect(await of('ocean OR model')).toEqual({ word: 'model', papers: 150, of: 200, without: 'ocean' });
    expect(await of('ocean (method OR model) -survey')).toMatchObject({
      ...{ word: 'model', without: 'ocean method -survey' },
    });
  });

  it('is told alone where nothing would be left to look for', async () => {
    expect(await of('model')).toMatchObject({ word: 'model', without: null });
    expect(await of('model -ocean')).toMatchObject({ word: 'model', without: null });
  });

  it('is none where it only excludes, where half of them have it, and of few papers', async () => {
    expect(await of('ocean -model')).toBeNull();
    expect(await of('ocean OR method', 240)).toBeNull();
    expect(await of('ocean OR model', 99)).toBeNull();
    expect(await of('author:model ocean')).toBeNull();
  });
});
