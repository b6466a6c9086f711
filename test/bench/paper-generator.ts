/**
 * Makes papers for the search benchmarks from recorded ones: the title of one, the first half of one abstract and the
 * second half of another, so that a word occurs in about as many papers as in real ones. Every second paper brings a name
 * that no other has, as new methods do; a vocabulary that stood still would be too easy. The same seed makes the same papers.
 */

import { mayBeginJoined } from '#src/match/evaluate/term.ts';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { createRandom } from './filter-generator.ts';

const CATEGORIES = ['cs.LG', 'cs.CL', 'cs.CV', 'cs.AI', 'cs.RO', 'stat.ML', 'cs.IR', 'eess.AS'];
const DAY = 86_400_000;
const FIRST_DAY = Date.parse('2015-01-01');
const SYLLABLES = [
  'zor',
  'va',
  'net',
  'li',
  'quo',
  'ther',
  'mi',
  'pra',
  'xen',
  'du',
  'gal',
  'oth',
  'ry',
  'sem',
  'bo',
  'ka',
];

export function generatePapers(
  sources: readonly MatchDocument[],
  count: number,
  seed: number,
): MatchDocument[] {
  const random = createRandom(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const abstracts = sources.map(({ abstract }) => abstract.match(/[^.!?]+[.!?]+/g) ?? []);
  return Array.from({ length: count }, (_, number) => {
    const name = number % 2 === 0 ? `${coin(one)}: ` : '';
    const [first, second] = [one(abstracts), one(abstracts)];
    const abstract = [...first.slice(0, first.length / 2), ...second.slice(second.length / 2)]
      .join('')
      .trim();
    return {
      ...one(sources),
      id: `${1000 + Math.floor(number / 90_000)}.${String(number % 90_000).padStart(5, '0')}`,
      title: `${name}${one(sources).title}`,
      abstract: name === '' ? abstract : `${abstract} We call it ${name.slice(0, -2)}.`,
      categories: [one(CATEGORIES), one(CATEGORIES)],
      publishedAt: FIRST_DAY + Math.floor(random() * 4000) * DAY,
    };
  });
}

function coin(one: <T>(list: readonly T[]) => T): string {
  return Array.from({ length: 4 }, () => one(SYLLABLES)).join('');
}

export type Query = { words: string[]; prefix: string | null; category: string | null; after: string | null };

/** Words of one paper, as somebody looks for what they have seen: one to three, four letters or more, no function words. */
export function generateQueries(
  papers: readonly MatchDocument[],
  count: number,
  seed: number,
  kind: 'words' | 'prefix' | 'filtered',
): Query[] {
  const random = createRandom(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const queries: Query[] = [];
  while (queries.length < count) {
    const { title, abstract, categories } = one(papers);
    const known = `${title} ${abstract}`.toLowerCase().match(/\b[a-z]{4,}\b/g) ?? [];
    const telling = known.filter((word) => mayBeginJoined(word));
    if (telling.length < 20) continue;
    const words = Array.from({ length: 1 + Math.floor(random() * 3) }, () => one(telling));
    const prefix = kind === 'prefix' ? (words.pop() ?? '').slice(0, 3 + Math.floor(random() * 3)) : null;
    const isFiltered = kind === 'filtered';
    queries.push({
      words,
      prefix,
      category: isFiltered ? categories[0] : null,
      after: isFiltered ? '2022-01-01' : null,
    });
  }
  return queries;
}
