import type { What } from '#src/decision/terms.ts';
import {
  announcedAs,
  dividedInto,
  isAnnouncedIn,
  isOfOldPapers,
  TOO_WIDE,
} from '#src/match/language/categories.ts';
import { categoriesAsked, needsCategory } from '#src/match/language/categories-asked.ts';
import type { Filter } from '#src/match/language/filter.ts';
import type { ExtraCategories } from '#src/subscription/extra-categories.ts';
import { code, phrase, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';

/** What is read of arXiv. `isBegun`: a list of this category was read before. */
export type CategoriesRead = Pick<ExtraCategories, 'read' | 'own' | 'limit' | 'isFull'> & {
  isBegun(category: string): Promise<boolean>;
};

/** What a filter's writer should know of its categories: sentences on those that are not read, or only from now on. */
export async function unreadCategories(filter: Filter, reading: CategoriesRead): Promise<Phrase[]> {
  const extra = await reading.read();
  const isRead = (pattern: string) => isAnnouncedIn(pattern, [...reading.own, ...extra]);
  const told = categoriesAsked(filter);
  const begunLists: string[] = [];
  for (const list of extra) if (await reading.isBegun(list)) begunLists.push(list);
  const isBeginning = (one: string) => !isAnnouncedIn(one, reading.own) && !isAnnouncedIn(one, begunLists);
  const begun = told.filter((one) => isRead(one) && isBeginning(one));
  const unread = told.filter((one) => !isRead(one) && announcedAs(one) !== null);
  const isFull = reading.isFull();
  return [
    ...(begun.length > 0 ? [phrase('category.begun', counted(begun))] : []),
    ...(unread.length > 0 && !isFull ? [phrase('category.notYet', counted(unread))] : []),
    ...(unread.length > 0 && isFull ? [noMore(unread, reading)] : []),
    ...(told.includes(TOO_WIDE) && !isRead(TOO_WIDE) ? [tooWide(ofComputing(reading, extra))] : []),
    ...told.filter(isOfOldPapers).map(oldPapers),
  ];
}

const ofComputing = ({ own }: CategoriesRead, extra: readonly string[]): string[] =>
  [...own, ...extra].filter((one) => one.startsWith('cs.'));

/** So many are named; the others are counted. */
const NAMED = 8;

function named(categories: readonly string[]): Value[] {
  const rest = categories.length - NAMED;
  const shown = categories.slice(0, NAMED).map((one) => code(one, 40));
  return rest > 0 ? [...shown, phrase('list.more', { n: rest })] : shown;
}

const counted = (categories: readonly string[]) => ({ n: categories.length, categories: named(categories) });

function noMore(unread: readonly string[], { own, limit }: CategoriesRead): Phrase {
  return limit === 0
    ? phrase('category.ownAlone', { ...counted(unread), own: named(own) })
    : phrase('category.full', { ...counted(unread), limit });
}

const tooWide = (read: readonly string[]): Phrase =>
  phrase('category.tooWide', { n: read.length, read: named(read) });

function oldPapers(category: string): Phrase {
  const instead = dividedInto(category);
  return phrase('category.oldPapers', {
    category: code(category, 40),
    isDivided: yesNo(instead !== null),
    instead: code(`cat:${instead}`),
  });
}

/** Papers become newly trending where Hugging Face lists them, whatever their category. `posts`: of the last `days`. */
export function rarelyTrending(filter: Filter, what: What, past: { posts: number; days: number }): Phrase[] {
  if (what.kind !== 'trending' || past.posts > 0 || !needsCategory(filter)) return [];
  const categories = named(categoriesAsked(filter));
  return [phrase('category.rarelyTrending', { categories, days: past.days })];
}
