import { describe, expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { sayPhrase } from '#src/render/say.ts';
import { type CategoriesRead, rarelyTrending, unreadCategories } from '#src/service/category-advice.ts';

const filterOf = (text: string) => {
  const parsed = parseFilter(text, { topics: null });
  if (!parsed.ok) throw new Error(text);
  return parsed.filter;
};
type Reading = { own?: string[]; extra?: string[]; begun?: string[]; limit?: number; isFull?: boolean };
const reading = ({ own = ['cs.LG'], extra = [], begun = [], limit = 5, isFull = false }: Reading) =>
  ({
    ...{ own, limit, isFull: () => isFull, read: async () => extra },
    isBegun: async (category) => begun.includes(category),
  }) satisfies CategoriesRead;
const told = async (filter: string, read: Reading = {}) =>
  (await unreadCategories(filterOf(filter), reading(read))).map(sayPhrase);

const RARE = 'Papers of it come only when Hugging Face lists them.';
const MANY = 'cs.AI cs.CL cs.CV cs.RO cs.IR cs.DB cs.SE cs.NI cs.OS cs.PL'.split(' ');

describe('of categories that a filter names', () => {
  it.each<[what: string, filter: string, read: Reading, told: string[]]>([
    ['one that is read', 'cat:cs.LG', {}, []],
    ['another name of one that is read', 'cat:math.IT', { own: ['cs.IT'] }, []],
    ['one of an archive that is read', 'cat:math.AG', { own: ['math'] }, []],
    [
      'one that is not read yet',
      'cat:cs.RO',
      {},
      ['`cs.RO` is not read yet: that begins on the day on which a subscription names it.'],
    ],
    ['one that was named, and was read before', 'cat:cs.RO', { extra: ['cs.RO'], begun: ['cs.RO'] }, []],
    [
      'one that was named just now',
      'cat:cs.RO',
      { extra: ['cs.RO', 'cs.CV'], begun: ['cs.CV'] },
      ['`cs.RO` is read from today on.'],
    ],
    [
      'two that were named just now, and one that is read',
      'cat:cs.RO OR cat:cs.CV OR cat:cs.LG',
      { extra: ['cs.RO', 'cs.CV'] },
      ['`cs.RO` and `cs.CV` are read from today on.'],
    ],
    [
      'one that has no place any more',
      'cat:cs.RO',
      { isFull: true, limit: 5 },
      [
        `\`cs.RO\` is not read: Paperboy already reads 5 more categories, the most its operator allows. ${RARE}`,
      ],
    ],
    [
      'one, where the operator allows none',
      'cat:cs.RO',
      { isFull: true, limit: 0, own: ['cs.LG', 'cs.CL'] },
      [`\`cs.RO\` is not read: Paperboy’s operator lets it read \`cs.LG\` and \`cs.CL\` alone. ${RARE}`],
    ],
    ['none, where it is full', 'ocean', { isFull: true, limit: 0 }, []],
    [
      'ten that are not read',
      MANY.map((one) => `cat:${one}`).join(' OR '),
      {},
      [
        `${MANY.slice(0, 8)
          .map((one) => `\`${one}\``)
          .join(
            ', ',
          )} and 2 more are not read yet: that begins on the day on which a subscription names them.`,
      ],
    ],
    [
      'eight that are not read',
      MANY.slice(0, 8)
        .map((one) => `cat:${one}`)
        .join(' OR '),
      {},
      [expect.stringMatching(/^`cs\.AI`, .* and `cs\.NI` are not read yet: /)],
    ],
    [
      'all of computing',
      'cat:cs.*',
      { own: ['cs.LG', 'stat.ML'], extra: ['cs.CV'], begun: ['cs.CV'] },
      [
        '`cs.*` is not read as a whole, because arXiv cuts a list of that size. Of it `cs.LG` and `cs.CV` are read; name the others that you want, such as `cat:cs.RO`.',
      ],
    ],
    ['all of computing, where the operator reads it', 'cat:cs.*', { own: ['cs'] }, []],
    [
      'one of old papers alone, which was divided',
      'cat:astro-ph',
      {},
      ['New papers are not filed under `astro-ph` any more. For those: `cat:astro-ph.*`.'],
    ],
    ['one that is closed', 'cat:cmp-lg', {}, ['New papers are not filed under `cmp-lg` any more.']],
  ])('%s: what its writer should know', async (_, filter, read, sentences) => {
    expect(await told(filter, read)).toEqual(sentences);
  });
});

describe('that papers of a category hardly trend', () => {
  const trending = { kind: 'trending', sensitivity: 'balanced' } as const;
  it.each([
    ['is told where none did in the last days', 'waves cat:cs.RO', trending, 0, true],
    ['is not told where some did', 'waves cat:cs.RO', trending, 1, false],
    ['is not told of every new paper', 'waves cat:cs.RO', { kind: 'all' } as const, 0, false],
    ['is not told where the filter takes others too', 'waves OR cat:cs.RO', trending, 0, false],
  ])('%s', (_, filter, what, posts, isTold) => {
    const sentences = rarelyTrending(filterOf(filter), what, { posts, days: 12 }).map(sayPhrase);
    expect(sentences).toEqual(
      isTold
        ? [
            'Newly trending are only papers that Hugging Face lists, and of `cs.RO` none was in the last 12 days. With `what:all new` every new paper comes.',
          ]
        : [],
    );
  });
});
