/** arXiv's categories: https://arxiv.org/category_taxonomy. Facts only; new ones need no change here to be matched. */

import { LRUCache } from 'lru-cache';
import { nearestOf } from '../text/near-spelling.ts';
import { ARCHIVES, EVERYDAY, UNDIVIDED } from './category-names.ts';

// One category with two names: a paper filed under one of them is found under both.
const ALIASES: readonly (readonly [string, string])[] = [
  ['math.mp', 'math-ph'],
  ['stat.th', 'math.st'],
  ['math.it', 'cs.it'],
  ['q-fin.ec', 'econ.gn'],
  ['cs.sy', 'eess.sy'],
  ['cs.na', 'math.na'],
];

/** All names, in lower case, under which a paper with these categories is filed. */
export function categoryNames(categories: readonly string[]): ReadonlySet<string> {
  const names = new Set(categories.map((category) => category.trim().toLowerCase()));
  for (const [one, other] of ALIASES) {
    if (names.has(one)) names.add(other);
    else if (names.has(other)) names.add(one);
  }
  return names;
}

/** Whether one of the names fits: `cs.LG`, or `cs.*` for all of an archive. */
export function fitsCategory(pattern: string, names: ReadonlySet<string>): boolean {
  const wanted = pattern.toLowerCase();
  if (!wanted.endsWith('.*')) return names.has(wanted);
  for (const name of names) if (isInArchive(name, wanted)) return true;
  return false;
}

/** Whether this single category, by any of its names, fits the pattern. */
export function fitsOneCategory(pattern: string, category: string): boolean {
  return fitsCategory(pattern, categoryNames([category]));
}

// Before an archive was divided its papers were filed under the archive itself: `astro-ph.*` covers astro-ph.
function isInArchive(name: string, pattern: string): boolean {
  return name.startsWith(pattern.slice(0, -1)) || name === pattern.slice(0, -2);
}

const PATTERN = /^[a-z]+(-[a-z]+)*(\.([a-z]{2,}(-[a-z]+)*|\*))?$/i;

/** `CS.lg` as arXiv writes it, `cs.LG`; null when it cannot be a category. */
export function readCategoryPattern(written: string): string | null {
  if (!PATTERN.test(written)) return null;
  const [archive, group] = written.toLowerCase().split('.');
  if (group === undefined) return archive;
  return `${archive}.${group.length === 2 ? group.toUpperCase() : group}`;
}

/** Whether arXiv files papers under it, or under a category of the archive that `cs.*` names. */
export function isCategory(pattern: string): boolean {
  const [archive, group] = pattern.split('.');
  const groups = GROUPS.get(archive) ?? [];
  if (group === undefined) return UNDIVIDED.includes(archive);
  return groups.length > 0 && (group === '*' || groups.includes(group));
}

/** Archives that take papers today, undivided. */
const WHOLE = 'gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph'.split(' ');
/** Its day passes the cut of arXiv's feeds, which drops new papers first. */
export const TOO_WIDE = 'cs.*';

/**
 * Under which name arXiv announces the papers of a category: its own, for one with two names the chief one, for `math.*` the
 * archive. Null where nothing is announced (`cat:astro-ph` is a name of old papers alone), or too much.
 */
export function announcedAs(pattern: string): string | null {
  if (!isCategory(pattern) || pattern === TOO_WIDE) return null;
  const [archive, group] = pattern.split('.');
  if (group === undefined) return WHOLE.includes(archive) ? archive : null;
  if (group === '*') return archive;
  const [, chief = pattern] = ALIASES.find(([alias]) => alias === pattern.toLowerCase()) ?? [];
  return readCategoryPattern(chief);
}

/** Whether papers of today are filed under it no more: `astro-ph`, `cmp-lg`. */
export const isOfOldPapers = (pattern: string): boolean =>
  UNDIVIDED.includes(pattern) && !WHOLE.includes(pattern);

/** Under what papers of today are filed instead: `astro-ph.*`; null where the archive is closed. */
export const dividedInto = (pattern: string): string | null => (GROUPS.has(pattern) ? `${pattern}.*` : null);

/** Whether lists under these names, categories or whole archives, bring all papers of the category or archive. */
export function isAnnouncedIn(pattern: string, lists: readonly string[]): boolean {
  const [archive, group] = pattern.split('.');
  if (lists.includes(archive)) return true;
  if (group === '*') return false;
  const chief = announcedAs(pattern);
  return lists.some((list) => list === pattern || (chief !== null && announcedAs(list) === chief));
}

/** arXiv's categories of today with their names, `cs.LG` and `machine learning`; archives without divisions have none. */
export function allCategories(): readonly { code: string; name: string }[] {
  every ??= [
    ...Object.entries(ARCHIVES).flatMap(([archive, groups]) =>
      groups.split('; ').map((group) => {
        const code = group.slice(0, group.indexOf(' '));
        return { code: `${archive}.${code}`, name: group.slice(code.length + 1) };
      }),
    ),
    ...UNDIVIDED.slice(0, UNDIVIDED.indexOf('acc-phys')).map((code) => ({ code, name: '' })),
  ];
  return every;
}

let every: readonly { code: string; name: string }[] | null = null;

/** The category of exactly that code or name, blanks and signs apart; null for none. */
export function categoryNamed(written: string): string | null {
  return names().get(keyOf(written)) ?? null;
}

/** The category meant by its code in some spelling, its name, or an everyday word; null when nothing is near. */
export function nearestCategory(written: string): string | null {
  const key = keyOf(written);
  const known = names().get(key);
  if (known !== undefined) return known;
  const [archive, ...rest] = written
    .trim()
    .toLowerCase()
    .split(/[.:_/]/);
  const groups = GROUPS.get(archive);
  if (groups !== undefined && rest.length > 0) return inArchive(archive, groups, keyOf(rest.join('')));
  return key.length < 4 ? null : nearestName(key);
}

const KEPT_NEAR = 200;
const near = new LRUCache<string, { name: string | null }>({ max: KEPT_NEAR });

/** Looking through all names takes long enough to be done once for a filter that is read several times. */
function nearestName(key: string): string | null {
  const kept = near.get(key);
  if (kept !== undefined) return kept.name;
  const found = names().get(nearestOf(key, names().keys()) ?? '') ?? null;
  near.set(key, { name: found });
  return found;
}

// `cs.NLP` is cs.CL, and what no word tells is somewhere in the archive.
function inArchive(archive: string, groups: readonly string[], group: string): string {
  const word = names().get(group);
  if (word?.startsWith(`${archive}.`)) return word;
  const near = groups.find((one) => keyOf(one) === [...group].reverse().join(''));
  return `${archive}.${near ?? '*'}`;
}

/** The longest name of a category that the text begins with, of two words or more, and its length; null for none. */
export function categoryHere(text: string): { category: string; length: number } | null {
  const ends = [...text.slice(0, 80).matchAll(/(?<![\p{L}-])[\p{L}-]+(?=[\s)]|$)/gu)].map(
    ({ index, 0: word }) => index + word.length,
  );
  for (const length of ends.slice(1, 6).reverse()) {
    const category = names().get(keyOf(text.slice(0, length)));
    if (category !== undefined && /^[\p{L}\s-]+$/u.test(text.slice(0, length))) return { category, length };
  }
  return null;
}

const GROUPS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(ARCHIVES).map(([archive, groups]) => [
    archive,
    groups.split('; ').map((group) => group.slice(0, group.indexOf(' '))),
  ]),
);

let byName: ReadonlyMap<string, string> | null = null;

/** Categories by the keys of their codes and names. Built when one is mistaken first. */
function names(): ReadonlyMap<string, string> {
  byName ??= new Map(allNames().map(([name, category]) => [keyOf(name), category]));
  return byName;
}

// The later of two with one name wins: codes over words, words over names.
function allNames(): (readonly [name: string, category: string])[] {
  const called: (readonly [string, string])[] = [];
  const codes: (readonly [string, string])[] = UNDIVIDED.map((archive) => [archive, archive] as const);
  // An owner of two letters, LG, is the first archive that has them.
  for (const [archive, groups] of Object.entries(ARCHIVES).reverse()) {
    if (!UNDIVIDED.includes(archive) || archive === 'q-bio') codes.push([archive, `${archive}.*`]);
    for (const group of groups.split('; ')) {
      const code = group.slice(0, group.indexOf(' '));
      called.push([group.slice(code.length + 1), `${archive}.${code}`], [code, `${archive}.${code}`]);
      codes.push([`${archive}${code}`, `${archive}.${code}`]);
    }
  }
  const everyday = Object.entries(EVERYDAY).flatMap(([category, words]) =>
    words.split(', ').map((word) => [word, category] as const),
  );
  return [...called, ...everyday, ...codes];
}

function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\band\b|[^\p{L}\p{N}*]/gu, '');
}
