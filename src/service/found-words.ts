import { own } from '#src/foundation/own.ts';
import type { MatchDocument, TermMatch } from '#src/match/language/filter.ts';

/** The words of the paper that filters found, as they are spelt there. */
export const foundWords = (document: MatchDocument, found: readonly TermMatch[]): string[] => [
  ...new Set(found.map((place) => spelling(document, place))),
];

function spelling(document: MatchDocument, { field, item, start, end }: TermMatch): string {
  const text: Record<string, string | undefined> = {
    title: document.title,
    abstract: document.abstract,
    author: document.authors[item],
    org: document.organization ?? '',
    keyword: document.keywords[item],
    category: document.categories[item],
  };
  return (own(text, field) ?? '').slice(start, end);
}
