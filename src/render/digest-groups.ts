import { cut } from './escape-markdown.ts';
import type { ListItem } from './paper-list.ts';

/** The papers that one filter gives to a digest. A paper stands in one group. */
export type DigestGroup = { filter: string; papers: readonly string[] };

/** What stands together on a page; without a heading where the digest has one filter. */
type Part = { filter: string | null; items: readonly ListItem[] };

/** Some papers as text, numbered from `first`. */
type Tell = (items: readonly ListItem[], first: number) => string;

const DESCRIPTION_AT_MOST = 4096;

/** A page's papers as they stand below each other. */
export function partsOf(onPage: readonly ListItem[], groups: readonly DigestGroup[]): Part[] {
  if (groups.length < 2) return [{ filter: null, items: onPage }];
  return groups
    .map(({ filter, papers }) => ({ filter, items: onPage.filter(({ paper }) => papers.includes(paper.id)) }))
    .filter(({ items }) => items.length > 0);
}

/**
 * A page's papers under their filters, numbered from `first`. Where all that is told is too much for Discord, the notes go and
 * every paper stays.
 */
export function pageLines(parts: readonly Part[], first: number, tell: Tell): string {
  const whole = joined(parts, first, tell);
  if (whole.length <= DESCRIPTION_AT_MOST) return whole;
  const bare = parts.map(({ filter, items }) => ({
    filter,
    items: items.map(({ note: _, ...item }) => item),
  }));
  return cut(joined(bare, first, tell), DESCRIPTION_AT_MOST);
}

function joined(parts: readonly Part[], first: number, tell: Tell): string {
  let next = first;
  return parts
    .flatMap(({ filter, items }) => [
      ...(filter === null ? [] : [`**\`${cut(filter.replaceAll('`', 'ˋ'), 80)}\`**`]),
      ...items.map((item) => tell([item], next++)),
    ])
    .join('\n');
}
