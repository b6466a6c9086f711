import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { VENUES } from '#src/match/evaluate/venue-list.ts';
import { allCategories, nearestCategory } from '#src/match/language/categories.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { analyseName } from '#src/match/text/analyse.ts';
import { FIGURES } from '#src/paper/figures.ts';
import { sayPhrasePlain } from '#src/render/say.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import type { FindTopics } from './find-topics.ts';
import type { TypedSoFar } from './typed-filter.ts';

type Deps = { archive: Archive; search: PaperSearch; findTopics: FindTopics };

/** What may stand after the field's colon; `told`: what that is, where it does not say so itself. */
type FieldValue = { value: string; told?: Value };

const DAY = 86_400_000;
/** Papers in whose authors and organisations a name is looked for. */
const LOOKED_AT = 30;
const MOST = 20;

/** Completes what follows `topic:`, `cat:`, `venue:`, `author:`, `org:`, a number's field or a date's. Others have none. */
export function createFieldValues(deps: Deps): (typed: TypedSoFar, now: number) => Promise<FieldValue[]> {
  return async ({ field, word, isQuoted }, now) => {
    const wanted = word.trim();
    const quoted = (text: string) => (isQuoted ? text : /[\s,]/.test(text) ? `"${text}"` : text);
    switch (field) {
      case 'topic':
        return isQuoted ? [] : topics(deps.findTopics, wanted);
      case 'cat':
        return isQuoted ? [] : categories(wanted);
      case 'venue':
        return venues(wanted).map((value) => ({ value: quoted(value) }));
      case 'author':
        return (await names(deps, wanted, 'author')).map((value) => ({ value: quoted(value) }));
      case 'org':
        return (await names(deps, wanted, 'org')).map((value) => ({ value: quoted(value) }));
      case 'after':
      case 'before':
        return days(wanted, now);
      case 'age':
        return AGES.filter(({ value }) => value.startsWith(wanted) || value.slice(1).startsWith(wanted));
      default:
        return FIGURES.filter((figure) => figure.field === field).flatMap(({ steps }) =>
          numbers(wanted, steps),
        );
    }
  };
}

async function topics(find: FindTopics, wanted: string): Promise<FieldValue[]> {
  return (await find(wanted)).map(({ name, title }) => ({ value: name, told: title }));
}

function categories(wanted: string): FieldValue[] {
  const lower = wanted.toLowerCase();
  const words = lower.split(/\s/);
  const fits = (name: string) =>
    words.every((one) => name.split(/[\s,-]/).some((word) => word.startsWith(one)));
  const all = allCategories();
  const byCode = all.filter(({ code }) => code.toLowerCase().startsWith(lower));
  const byEnd = all.filter(({ code }) => lower !== '' && code.toLowerCase().split('.')[1]?.startsWith(lower));
  const byName = lower.length < 2 ? [] : all.filter(({ name }) => fits(name));
  const meant = lower.length < 2 ? null : nearestCategory(wanted);
  const near =
    meant === null ? [] : [{ code: meant, name: all.find(({ code }) => code === meant)?.name ?? '' }];
  const ranked = lower === '' ? POPULAR.flatMap((one) => all.filter(({ code }) => code === one)) : [];
  const found = byCode.length > 0 ? [...byCode, ...byName] : [...near, ...byName, ...byEnd];
  return [...ranked, ...found].map(({ code, name }) => ({
    value: code,
    told: name === '' ? undefined : `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  }));
}

/** For a code without its field: `cs.L`. */
export function categoriesBegun(word: string): FieldValue[] {
  return /^(?:[a-z]{2,8}|q)(?:-[a-z]{2,3})?\.[a-z-]{0,10}$/i.test(word) ? categories(word) : [];
}

const POPULAR = ['cs.LG', 'cs.CL', 'cs.CV', 'cs.AI', 'cs.RO', 'cs.IR', 'stat.ML', 'eess.AS'];

function venues(wanted: string): string[] {
  const lower = wanted.toLowerCase();
  const begins = (names: readonly string[]) => names.some((name) => name.toLowerCase().startsWith(lower));
  const called = VENUES.map((line) => line.split('; ').map((name) => name.replace(/^=/, '')));
  return called
    .filter(begins)
    .map(([name]) => name)
    .slice(0, MOST);
}

/** Names of authors or organisations that have these words, the last of them perhaps still being typed. */
async function names({ archive, search }: Deps, wanted: string, field: 'author' | 'org'): Promise<string[]> {
  const words = wanted.split(/[\s,]/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const last = words.at(-1) ?? '';
  if (last.length < 3 && words.length < 2) return [];
  const parts = words.map((text): Filter => ({ kind: 'word', text, field }));
  if (last.length >= 3) parts[parts.length - 1] = { kind: 'prefix', text: last, field };
  else parts.pop();
  const all: Filter = parts.length === 1 ? parts[0] : { kind: 'and', parts };
  const filter: Filter = field === 'author' && parts.length > 1 ? { kind: 'person', filter: all } : all;
  const { hits } = await search.glance(filter, { limit: LOOKED_AT, sort: 'newest', now: 0 });
  const counts = new Map<string, number>();
  for (const { paper } of await archive.papers(hits.map(({ paper }) => paper)))
    for (const name of field === 'author' ? paper.authors : [paper.organization ?? ''])
      if (isCalled(name, words)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name]) => name)
    .filter((name) => !name.includes('"'))
    .slice(0, MOST);
}

/** Whether each word begins one of the name's; a single letter, read as an initial, begins a whole word too. */
export function isCalled(name: string, words: readonly string[]): boolean {
  const folds = analyseName(name).map(({ fold }) => fold);
  const wanted = words.flatMap((word) => analyseName(word).map(({ fold }) => fold.replace('.', '')));
  return wanted.every((one) => folds.some((fold) => fold.startsWith(one)));
}

function numbers(wanted: string, steps: readonly number[]): FieldValue[] {
  const [, number] = /^[<>=]{0,2}(\d{1,9})$/.exec(wanted) ?? [];
  if (number === undefined)
    return steps.map((step) => ({ value: `>=${step}` })).filter(({ value }) => value.startsWith(wanted));
  return [
    { value: `>=${number}`, told: phrase('completion.atLeast', { number }) },
    { value: `<${number}`, told: phrase('completion.fewer', { number }) },
    { value: number, told: phrase('completion.exactly', { number }) },
  ];
}

const AGES: readonly FieldValue[] = [
  { value: '<1d', told: phrase('completion.newer1d') },
  { value: '<3d', told: phrase('completion.newer3d') },
  { value: '<7d', told: phrase('completion.newer7d') },
  { value: '<30d', told: phrase('completion.newer30d') },
  { value: '>30d', told: phrase('completion.older30d') },
];

function days(wanted: string, now: number): FieldValue[] {
  const today = Math.floor(now / DAY) * DAY;
  const date = new Date(today);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const known = [
    [today, phrase('completion.today')],
    [today - 7 * DAY, phrase('completion.weekAgo')],
    [today - 30 * DAY, phrase('completion.monthAgo')],
    [Date.UTC(year, month), phrase('completion.thisMonth')],
    [Date.UTC(year, 0), phrase('completion.thisYear')],
    [Date.UTC(year - 1, 0), phrase('completion.lastYear')],
  ] as const;
  const isCalledSo = (told: Phrase) => sayPhrasePlain(told).includes(wanted.toLowerCase());
  return known
    .map(([at, told]) => ({ value: new Date(at).toISOString().slice(0, 10), told }))
    .filter(({ value, told }) => value.startsWith(wanted) || isCalledSo(told));
}
