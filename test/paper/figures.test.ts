import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { holds, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { FIELD_NAMES, fieldCalled } from '#src/match/language/filter-fields.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { createSearchIndex, restoreSearchIndex } from '#src/match/search/search-index.ts';
import {
  FIGURE_NAMES,
  FIGURES,
  type Figure,
  type FigureName,
  NO_FIGURES,
  recordOf,
} from '#src/paper/figures.ts';
import { isWorthAnEdit } from '#src/pipeline/living-cards.ts';
import { figureWords, listedFigures } from '#src/render/figure-words.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { collected } from '#test/collected.ts';

const NO_TOPICS = { topics: null };

function asked(text: string): Filter {
  const parsed = parseFilter(text, NO_TOPICS);
  if (!parsed.ok) throw new Error(inEnglish(parsed.error.message));
  return parsed.filter;
}

/** An archive in which a list showed paper `a` with 7 of it, and `b` with nothing known. */
async function shown(name: FigureName) {
  const archive = await openArchive(await openDatabase(':memory:'), []);
  await archive.keep(aPoll(MONDAY, [aSighting(aPaper('a'), 1, { [name]: 7 }), aSighting(aPaper('b'), 2)]));
  return archive;
}

describe.each<Figure>(FIGURES)(
  '$name of papers',
  ({ name, field, otherNames, units: [noun], onLists, saysNone }) => {
    it('are kept with the paper and with what its list showed', async () => {
      const archive = await shown(name);
      await archive.keep(
        aPoll(MONDAY + MINUTE, [aSighting(aPaper('a'), 1, { [name]: 9 }), aSighting(aPaper('b'), 2)]),
      );
      expect((await archive.paper('a'))?.signals[name]).toBe(9);
      expect((await archive.paper('b'))?.signals[name]).toBeNull();
      expect((await archive.sightings('a')).map((seen) => seen[name])).toEqual([7, 9]);
      expect((await collected(archive.pollsSince(0))).map(({ sightings }) => sightings[0][name])).toEqual([
        7, 9,
      ]);
    });

    it('can be asked for in a filter, by their field and by what others call it', async () => {
      expect(FIELD_NAMES).toContain(field);
      expect(new Set(otherNames.split(' ').map(fieldCalled))).toEqual(new Set([field]));
      const [a, b] = (await (await shown(name)).papers(['a', 'b'])).map((stored) =>
        prepareDocument(documentOf(stored)),
      );
      const more = prepareFilter(asked(`${field}:>6`));
      expect([holds(more, a, 0), holds(more, b, 0)]).toEqual([true, false]);
      expect(holds(prepareFilter(asked(`${field}:>7`)), a, 0)).toBe(false);
      expect(parseFilter(`${field}>6`, NO_TOPICS)).toMatchObject({ error: { proposal: `${field}:>6` } });
      expect(parseFilter(`${field}:20${noun}s`, NO_TOPICS)).toMatchObject({
        error: { proposal: `${field}:20` },
      });
      expect(parseFilter(`${field}:>9 ${field}:<3`, NO_TOPICS)).toMatchObject({ hints: [{ position: 0 }] });
    });

    it('are found by the search, as they are now and after its snapshot was read back', async () => {
      const index = createSearchIndex();
      const [a, b] = (await (await shown(name)).papers(['a', 'b'])).map(documentOf);
      index.add(a);
      index.add(b);
      index.updateFigures('b', { ...b, [field]: 3 });
      const restored = await restoreSearchIndex(Buffer.concat(await index.snapshot('')));
      const few = { filter: asked(`${field}:<5`), options: { limit: 9, now: 0 } };
      expect(index.searchNow(few.filter, few.options).hits).toMatchObject([{ paper: 'b' }]);
      expect(restored?.index.searchNow(few.filter, few.options).hits).toMatchObject([{ paper: 'b' }]);
    });

    it('are told on cards in their words, on lists where they belong', async () => {
      const [stored] = await (await shown(name)).papers(['a']);
      expect(figureWords(stored.signals)).toEqual([`7 ${noun}s`]);
      expect(listedFigures(stored.signals)).toEqual(onLists ? [`7 ${noun}s`] : []);
      expect(figureWords({ ...NO_FIGURES, [name]: 0 })).toEqual(saysNone ? [`0 ${noun}s`] : []);
    });
  },
);

it.each<Figure>(FIGURES)(
  '$name are named where the filter language and `npm run match` are explained',
  ({ field }) => {
    expect(readFileSync('docs/filters.md', 'utf8')).toContain(
      `| ${FIGURES.map((one) => `\`${one.field}:\``).join(' ')} |`,
    );
    expect(readFileSync('docs/operating.md', 'utf8')).toContain(`"${field}"`);
  },
);

it('no two figures have a field, or what others call it, in common', () => {
  const names = FIGURES.flatMap(({ field, otherNames }) => [...new Set([field, ...otherNames.split(' ')])]);
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
});

describe('a posted card', () => {
  const card = (figures: Partial<Record<FigureName, number>>) => ({
    ...recordOf(FIGURE_NAMES, () => 0),
    ...{ repository: false, ...figures },
  });

  it.each([
    ['five votes more', { votes: 10 }, { votes: 15 }, true],
    ['four votes more', { votes: 10 }, { votes: 14 }, false],
    ['a quarter more votes', { votes: 100 }, { votes: 125 }, true],
    ['less than a quarter more votes', { votes: 100 }, { votes: 124 }, false],
    ['fifty stars more', { stars: 100 }, { stars: 150 }, true],
    ['forty-nine stars more', { stars: 100 }, { stars: 149 }, false],
    ['a fifth more stars', { stars: 1000 }, { stars: 1200 }, true],
    ['less than a fifth more stars', { stars: 1000 }, { stars: 1199 }, false],
    ['fewer of all', { votes: 100, stars: 1000 }, { votes: 5, stars: 50 }, false],
  ])('with %s is, or is not, written anew', (_, was, is, anew) => {
    expect(isWorthAnEdit(card(was), card(is))).toBe(anew);
  });

  it('is written anew for code that was not there', () => {
    expect(isWorthAnEdit(card({}), { ...card({}), repository: true })).toBe(true);
  });
});
