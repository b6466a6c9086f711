import { describe, expect, test } from 'vitest';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import { createFilterIndex } from '#src/match/filters/filter-index.ts';
import { NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { createSearchIndex } from '#src/match/search/search-index.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { NOW } from '../filters-and-papers.ts';

const paper = (title: string, author = '') => ({ ...NOTHING_KNOWN, id: 'one', title, authors: [author] });

/** What trying, the index of filters and search answer alike. */
function finds(written: string, document: ReturnType<typeof paper>): boolean {
  const parsed = parseFilter(written, { topics: null });
  if (!parsed.ok) throw new Error(inEnglish(parsed.error.message));
  const index = createFilterIndex();
  index.add('filter', parsed.filter);
  const search = createSearchIndex();
  search.add(document);
  const matches = matchFilter(parsed.filter, document, NOW);
  expect([written, index.match(document, NOW).length === 1]).toEqual([written, matches]);
  expect([written, search.searchNow(parsed.filter, { limit: 1, now: NOW }).total === 1]).toEqual([
    written,
    matches,
  ]);
  return matches;
}

const SPELLINGS = [
  ['Schrödinger', 'Schrodinger', 'Schroedinger'],
  ['Bäcklund', 'Backlund', 'Baecklund'],
  ['Plücker', 'Plucker', 'Pluecker'],
  ['Sørensen', 'Sorensen', 'Soerensen'],
  ['Åström', 'Astrom', 'Aastroem'],
  ['ÖRSTED', 'ORSTED', 'OERSTED'],
  ['Mu\u0308ller', 'Muller', 'Mueller'],
];

describe('a word with umlauts meets both ways to write it without, which do not meet each other', () => {
  test.each(SPELLINGS)('%s, %s, %s', (umlaut, dropped, spelledOut) => {
    for (const other of [dropped, spelledOut]) {
      expect(finds(umlaut, paper(`The ${other} equation`))).toBe(true);
      expect(finds(other, paper(`The ${umlaut} equation`))).toBe(true);
      expect(finds(`"${other} equations"`, paper(`The ${umlaut}-equation`))).toBe(true);
      expect(finds(`"${umlaut} the"~2`, paper(`The ${other} equation`))).toBe(true);
      expect(finds(`${other}equation`, paper(`The ${umlaut} equation`))).toBe(true);
      expect(finds(`${umlaut}-equation`, paper(`The ${other}equation`))).toBe(true);
      expect(finds(`${other.slice(0, 6)}*`, paper(`The ${umlaut} equation`))).toBe(true);
      expect(finds(`author:${other}`, paper('', `Jo ${umlaut}`))).toBe(true);
      expect(finds(`author:"Jo ${umlaut}"`, paper('', `Jo B. ${other}`))).toBe(true);
    }
    expect(finds(dropped, paper(`The ${spelledOut} equation`))).toBe(false);
    expect(finds(spelledOut, paper(`The ${dropped} equation`))).toBe(false);
    expect(finds(`author:${dropped}`, paper('', `Jo ${spelledOut}`))).toBe(false);
  });
});

test('a prefix begins a word written together in either spelling', () => {
  expect(finds('the-Schroed*', paper('TheSchrödinger equation'))).toBe(true);
  expect(finds('theschroed*', paper('The Schrödinger equation'))).toBe(false);
  expect(finds('gröss-ord*', paper('Die Groessordnung'))).toBe(true);
  expect(finds('groessord*', paper('Gröss Ordnung'))).toBe(true);
});

test('umlauts are spelled out all or none', () => {
  expect(finds('Joergmueller', paper('On Jörgmüller'))).toBe(true);
  expect(finds('Joergmuller', paper('On Jörgmüller'))).toBe(false);
});

test('plurals and possessives are read in both spellings', () => {
  expect(finds('Saeule', paper('Zwei Säules'))).toBe(true);
  expect(finds('Hoelder', paper("Hölder's inequality"))).toBe(true);
});

test('an acronym stays one', () => {
  expect(finds('OEPNV', paper('Der ÖPNV'))).toBe(true);
  expect(finds('OEPNV', paper('Der öpnv'))).toBe(false);
});

test('letters that are no umlauts have one spelling', () => {
  expect(finds('Suess', paper('On Süss'))).toBe(true);
  expect(finds('Strasse', paper('Die Straße'))).toBe(true);
  expect(finds('Koeszegi', paper('On Kőszegi'))).toBe(false);
  expect(finds('naïve', paper('A naive guess'))).toBe(true);
  expect(finds('Lukasz', paper('By Łukasz'))).toBe(true);
});
