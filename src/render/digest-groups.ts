import { codeSpan } from './escape-markdown.ts';
import type { ListItem } from './paper-list.ts';
import { TEXT } from './parts.ts';

/** The papers that one filter gives to a digest; '' where none is known. A paper stands in one group. */
export type DigestGroup = { filter: string; papers: readonly string[] };

/** What stands together on a page; without a heading where the digest has one filter. */
type Part = { heading: string | null; items: readonly ListItem[] };

/** One paper as text with its number, in at most so many characters. */
type Tell = (item: ListItem, number: number, room: number) => string;

/** A page's papers as they stand below each other. */
export function pagePartsOf(onPage: readonly ListItem[], groups: readonly DigestGroup[]): Part[] {
  if (groups.length < 2) return [{ heading: null, items: onPage }];
  return groups
    .map(({ filter, papers }) => ({
      heading: filter === '' ? null : `**${codeSpan(filter, 80)}**`,
      items: onPage.filter(({ paper }) => papers.includes(paper.id)),
    }))
    .filter(({ items }) => items.length > 0);
}

/** A page's papers under their filters, numbered from `first`, at most 4,096 characters: none is crowded out. */
export function pageLines(parts: readonly Part[], first: number, tell: Tell): string {
  const headings = parts.reduce((sum, { heading }) => sum + (heading === null ? 0 : heading.length + 1), 0);
  const papers = parts.reduce((sum, { items }) => sum + items.length, 0);
  const room = Math.floor((TEXT - headings) / Math.max(1, papers)) - 1;
  let next = first;
  return parts
    .flatMap(({ heading, items }) => [
      ...(heading === null ? [] : [heading]),
      ...items.map((item) => tell(item, next++, room)),
    ])
    .join('\n');
}
