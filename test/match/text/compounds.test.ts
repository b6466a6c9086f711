import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import { createFilterIndex } from '#src/match/filters/filter-index.ts';
import { type Filter, type MatchDocument, NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { createSearchIndex, restoreSearchIndex } from '#src/match/search/search-index.ts';
import { mayBePlural, singular } from '#src/match/text/inflection.ts';
import { american, mayBeRespelled } from '#src/match/text/spelling-variants.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { NOW } from '../filters-and-papers.ts';

const paper = (title: string, id: string): MatchDocument => ({ ...NOTHING_KNOWN, id, title });

function read(written: string): Filter {
  const parsed = parseFilter(written, { topics: null });
  if (!parsed.ok) throw new Error(inEnglish(parsed.error.message));
  return parsed.filter;
}

/** The titles that each filter does not find; trying, the index of filters and search must agree. */
function misses(filters: readonly string[], titles: readonly string[]): string[] {
  const index = createFilterIndex();
  const search = createSearchIndex();
  for (const filter of filters) index.add(filter, read(filter));
  for (const title of titles) search.add(paper(title, title));
  const hits = titles.map((title) => new Set(index.match(paper(title, title), NOW)));
  return filters.flatMap((filter) => {
    const parsed = read(filter);
    const found = new Set(search.searchNow(parsed, { limit: 9, now: NOW }).hits.map((hit) => hit.paper));
    return titles.flatMap((title, number) => {
      const matches = matchFilter(parsed, paper(title, title), NOW);
      const answers = { filter, title, index: hits[number].has(filter), search: found.has(title) };
      expect(answers).toEqual({ filter, title, index: matches, search: matches });
      return matches ? [] : [`${filter} / ${title}`];
    });
  });
}

const finds = (filter: string, title: string) => misses([filter], [title]).length === 0;

/** Which of the nine ways to ask for a compound and to write it do not meet. */
function missesOf(first: string, second: string): string[] {
  const whole = [`${first}-${second}`, first + second];
  return misses([...whole, `"${first} ${second}"`], [...whole, `${first} ${second}`]);
}

const FIRSTS =
  'a node mac meta de fake half grand channel travel tunnel pencil panel rival fibre centre colour grey programme model ' +
  'analyse organise oestro haemo data multi e 3d over series news life query';
const SECONDS =
  'js os lens lenses bias news line link log lives life child children length less glass meter metre programme data basis ' +
  'bases optics physics dynamics rise wise analysis analyses series species matrices indices spectra corpora radii gpus ' +
  'apis shelves feet women pies ties fps gas bus class process focus virus colours centre centres label modelling net';

describe('however a compound is asked for and written, the three ways meet', () => {
  test.each(FIRSTS.split(' '))('%s-...', (first) => {
    expect(SECONDS.split(' ').flatMap((second) => missesOf(first, second))).toEqual([]);
  });

  test('with capitals', () => {
    const pairs = [
      'Node js',
      'Mac OS',
      'U Net',
      'GPT 4o',
      'multi GPUs',
      'Tree RAG',
      'macro LLMs',
      'Meta Lens',
    ];
    expect(pairs.flatMap((pair) => missesOf(pair.split(' ')[0], pair.split(' ')[1]))).toEqual([]);
  });

  test('whatever their letters are', () => {
    const letters = (least: number) =>
      fc.string({ unit: fc.constantFrom(...'aceilmnorstuy'), minLength: least, maxLength: 8 });
    fc.assert(
      fc.property(letters(1), letters(5), (first, second) => {
        expect(missesOf(first, second)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

test('a plural of the compound meets it, in two words or one', () => {
  expect(finds('half-life', 'On halflives, again')).toBe(true);
  expect(finds('halflives', 'On half lives, again')).toBe(true);
  expect(finds('grandchildren', 'On a grand-child, again')).toBe(true);
  expect(finds('"open api"', 'On openapis, again')).toBe(true);
  expect(finds('fibre-glass', 'On fiberglass, again')).toBe(true);
  expect(finds('fiberglass', 'On fibre glass, again')).toBe(true);
});

test('a model in Greek letters is a compound, too', () => {
  expect(finds('betavae', 'The $\\beta$-VAE, again')).toBe(true);
  expect(finds('β-VAE', 'The betaVAE, again')).toBe(true);
});

test('where one of the two has umlauts, both spellings join', () => {
  expect(finds('koelnjs', 'The Köln JS group')).toBe(true);
  expect(finds('Köln-js', 'The kolnjs group')).toBe(true);
  expect(finds('Kölnjs', 'The Koeln JS group')).toBe(true);
  expect(finds('"the Kölnjs"', 'The Koln JS group')).toBe(true);
});

test('only capitals stand for a compound that is asked for in capitals', () => {
  expect(finds('NODEJS', 'On NODE JS, again')).toBe(true);
  expect(finds('NODEJS', 'On node js, again')).toBe(false);
  expect(finds('"on NODEJS"', 'On node js, again')).toBe(false);
  expect(finds('NODE-JS', 'On NODEJS, again')).toBe(true);
  expect(finds('NODE-JS', 'On nodejs, again')).toBe(false);
});

test('an index of papers that was kept finds compounds as it did before', async () => {
  const search = createSearchIndex();
  const titles = ['On half lives', 'On nodejs, again', 'On node js, again'];
  for (const title of titles) search.add(paper(title, title));
  const kept = await restoreSearchIndex(Buffer.concat(await search.snapshot('')));
  kept?.index.add(paper('On Node JS at last', 'last'));
  const found = (filter: string) =>
    kept?.index.searchNow(read(filter), { limit: 9, now: NOW }).hits.map((hit) => hit.paper);
  expect(found('"node js"')?.sort()).toEqual(['On node js, again', 'On nodejs, again', 'last']);
  expect(found('nodejs')?.sort()).toEqual(['On node js, again', 'On nodejs, again', 'last']);
  expect(found('halflives')).toEqual(['On half lives']);
});

test('what the quick tests of spellings and plurals say no to stays as it is, and so do its pieces', () => {
  const others =
    'disc neurone gramme burnt dialyse ageing sizeable install catalogue fulfill vertebraeal axe gaol';
  const words = `${FIRSTS} ${SECONDS} ${others}`.split(' ');
  const wholes = words.flatMap((first) => words.map((second) => first + second));
  for (const word of [...words, ...wholes]) {
    for (let at = 0; at <= word.length; at++) {
      const [head, tail] = [word.slice(0, at), word.slice(at)];
      if (!mayBeRespelled(word)) expect([american(head), american(tail)]).toEqual([head, tail]);
      if (!mayBePlural(word)) expect(singular(tail)).toBe(tail);
    }
  }
});

test('words that only happen to stand side by side are no compound', () => {
  expect(finds('areas', 'They are as good')).toBe(false);
  expect(finds('forms', 'A cure for MS, again')).toBe(false);
  expect(finds('"Model S"', 'On models, again')).toBe(false);
  expect(finds('types', 'A typ es, again')).toBe(false);
  expect(finds('nodejs', 'The nodes of a js engine')).toBe(false);
  expect(finds('aerodynamics', 'An aero-dynamic body')).toBe(false);
  expect(finds('fake news', 'On fakenews, again')).toBe(false);
  // com-pelling is compeling by its pieces.
  expect(finds('compelling', 'A compeling case')).toBe(false);
  expect(finds('compelling', 'A com-pelling case')).toBe(true);
});

test('search finds what is one word only since another paper wrote it as one', () => {
  const index = createSearchIndex();
  for (const title of ['One thing', 'The node js engine', 'Two things', 'Our nodejs', 'A node js server'])
    index.add(paper(title, title));
  const asked = parseFilter('nodejs', { topics: null });
  if (!asked.ok) throw new Error(inEnglish(asked.error.message));
  const { hits } = index.searchNow(asked.filter, { limit: 9, now: NOW });
  expect(hits.map((hit) => hit.paper).toSorted()).toEqual([
    'A node js server',
    'Our nodejs',
    'The node js engine',
  ]);
});
