import type { Scope } from '#src/decision/terms.ts';
import {
  announcedAs,
  dividedInto,
  isAnnouncedIn,
  isOfOldPapers,
  TOO_WIDE,
} from '#src/match/language/categories.ts';
import { categoriesAsked, needsCategory } from '#src/match/language/categories-asked.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { wording } from '#src/render/wording.ts';
import type { ExtraCategories } from '#src/subscription/extra-categories.ts';

/** What is read of arXiv. `isBegun`: a list of this category was read before. */
export type CategoriesRead = Pick<ExtraCategories, 'read' | 'own' | 'limit' | 'isFull'> & {
  isBegun(category: string): Promise<boolean>;
};

/** What a filter's writer should know of its categories: sentences on those that are not read, or only from now on. */
export async function unreadCategories(filter: Filter, reading: CategoriesRead): Promise<string[]> {
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
    ...(begun.length > 0 ? [wording.categories.begun(begun)] : []),
    ...(unread.length > 0 && !isFull ? [wording.categories.notYet(unread)] : []),
    ...(unread.length > 0 && isFull ? [wording.categories.full(unread, reading)] : []),
    ...(told.includes(TOO_WIDE) && !isRead(TOO_WIDE)
      ? [wording.categories.tooWide(ofComputing(reading, extra))]
      : []),
    ...told.filter(isOfOldPapers).map((one) => wording.categories.oldPapers(one, dividedInto(one))),
  ];
}

const ofComputing = ({ own }: CategoriesRead, extra: readonly string[]): string[] =>
  [...own, ...extra].filter((one) => one.startsWith('cs.'));

/** Papers become newly trending where Hugging Face lists them, whatever their category. `posts`: of the last `days`. */
export function rarelyTrending(
  filter: Filter,
  scope: Scope,
  past: { posts: number; days: number },
): string[] {
  if (scope.kind !== 'trending' || past.posts > 0 || !needsCategory(filter)) return [];
  return [wording.categories.rarelyTrending(categoriesAsked(filter), past.days)];
}
