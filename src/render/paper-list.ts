import type { Paper, Signals } from '#src/paper/paper.ts';
import { cut } from './cut.ts';
import { escapeMarkdown, escapeWords, plain } from './escape-markdown.ts';
import { listedFigures } from './figure-words.ts';
import { button, type MessageRow, row, select } from './parts.ts';
import { say, sayPlain } from './say.ts';

/** One line of a list, digest or search result. */
export type ListItem = {
  paper: Paper;
  signals: Signals;
  /** Where a reader goes first. */
  page: string;
  /** A sentence under the title: why it trends, or the passage that matches (markdown, already escaped). */
  note?: string;
};

/** How many papers one message of a list holds. */
export const PAGE_SIZE = 10;

/** The papers numbered from `first`, one or two lines each, at most `text` characters: none is crowded out by another. */
export function paperLines(items: readonly ListItem[], first: number, text: number): string {
  const room = Math.floor(text / Math.max(1, items.length)) - 1;
  return items.map((item, index) => paperLine(item, `**${first + index}.**`, room)).join('\n');
}

/** One paper with its number, the note cut to what room (characters) is left. */
export function paperLine({ paper, signals, page, note }: ListItem, number: string, room: number): string {
  const title = `${number} [${escapeWords(paper.title, 150) || paper.id}](${page})`;
  const head = [title, ...listedFigures(signals), originOf(paper)].filter((part) => part !== '').join(' · ');
  const below = note ? cut(note, Math.max(0, room - head.length - 1)) : '';
  return below === '' ? head : `${head}\n${below}`;
}

/** "first author, organisation". */
function originOf({ authors, organization }: Paper): string {
  const first = authors.length > 1 ? say('paper.etAl', { author: authors[0] }) : (authors[0] ?? '');
  return escapeMarkdown([first, organization ?? ''].filter((part) => part.trim() !== '').join(', '), 90);
}

/** A select to open one of at most 25 papers as a card. A message has each id once: `open`, `open:authors`. */
export function openSelect(
  items: readonly ListItem[],
  placeholder = sayPlain('paper.open'),
  id = 'open',
): MessageRow {
  const options = items.slice(0, 25).map(({ paper }) => ({
    label: plain(paper.title, 100) || paper.id,
    value: paper.id,
    description: plain(`arXiv:${paper.id} · ${paper.authors[0] ?? ''}`, 100),
  }));
  return row(select({ custom_id: id, placeholder, options }));
}

/** A page that there is (from 0), the nearest to the one asked for: lists have grown shorter since a button was made. */
export function pageWithin(page: number, total: number, size: number): number {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  return Number.isInteger(page) ? Math.min(Math.max(0, page), last) : 0;
}

/** Back and on; `id(page)` makes the custom id, which carries all the state there is. */
export function pageButtons(page: number, pages: number, id: (page: number) => string): MessageRow[] {
  if (pages <= 1) return [];
  const turn = (name: 'previous' | 'next', to: number, disabled: boolean) => ({
    ...button(sayPlain(`button.${name}`), disabled ? `page-none:${name}` : id(to)),
    disabled,
  });
  return [row(turn('previous', page - 1, page <= 0), turn('next', page + 1, page >= pages - 1))];
}
