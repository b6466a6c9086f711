import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_FIGURES } from '#src/paper/figures.ts';
import { type DigestItem, digestMessage } from '#src/render/digest.ts';

const itemOf = (id: string, length: number): DigestItem => ({
  paper: {
    ...{
      id,
      title: `T${id} ${'long words '.repeat(length)}`,
      abstract: '',
      authors: ['A. Author'.repeat(length)],
    },
    ...{
      categories: [],
      keywords: [],
      organization: null,
      comment: null,
      journalRef: null,
      withdrawn: null,
      updatedAt: null,
      publishedAt: null,
    },
    ...{ repository: null, projectPage: null, thumbnail: null },
  },
  signals: { ...NO_FIGURES, votes: 1000, comments: 100, stars: 10_000, trendingRank: 3 },
  page: 'https://huggingface.co/papers/2603.00001',
  passage: [{ text: 'why '.repeat(length * 10), hit: true }],
});

/** All pages' text, below each other. */
const pagesOf = (items: readonly DigestItem[], groups: { filter: string; papers: string[] }[]) =>
  Array.from({ length: Math.ceil(items.length / 10) }, (_, page) => {
    const message = digestMessage({ heading: 'Papers', items, groups, mark: 'why:n', page });
    return message.embeds as { description: string }[];
  }).flat();

describe('the pages of a digest', () => {
  it('say under its title, within the list, where a paper stands in full', () => {
    const elsewhere = { channel: '#llm', url: 'https://discord.com/channels/1/2/3' };
    const [page] = pagesOf([{ ...itemOf('2603.00001', 1), elsewhere }], []);
    expect(page.description.split('\n').slice(1)).toEqual([
      '   also in [#llm](https://discord.com/channels/1/2/3)',
    ]);
  });

  it('have every paper once, numbered on, under its filter, however long all is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 35 }),
        fc.integer({ min: 1, max: 30 }),
        (givers, length) => {
          const items = givers.map((_, index) => itemOf(`2603.${String(index).padStart(5, '0')}`, length));
          const byGiver = Map.groupBy(items, (item) => givers[items.indexOf(item)]);
          const groups = [...byGiver].map(([giver, own]) => ({
            filter: `filter ${giver} ${'x'.repeat(length * 10)}`,
            papers: own.map(({ paper }) => paper.id),
          }));
          const pages = pagesOf(items, groups);
          const lines = pages.flatMap(({ description }) => description.split('\n'));
          const numbered = lines.filter((line) => /^\d+\. \[/.test(line));
          expect(numbered.map((line) => Number(/\d+/.exec(line)?.[0]))).toEqual(items.map((_, i) => i + 1));
          expect(numbered.map((line) => /\[T([\d.]+)/.exec(line)?.[1]).toSorted()).toEqual(
            items.map(({ paper }) => paper.id),
          );
          for (const { description } of pages) expect(description.length).toBeLessThanOrEqual(4096);
          for (const line of lines) expect(line).toMatch(/^(\d+\. \[| {3}|\*\*`filter)/);
          expect(lines.some((line) => line.startsWith('**`filter'))).toBe(groups.length > 1);
        },
      ),
    );
  });
});
