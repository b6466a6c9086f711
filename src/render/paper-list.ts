import type { Paper, Signals } from '#src/paper/paper.ts';
import { cut, escapeMarkdown, plain } from './escape-markdown.ts';
import { authorLine, figureLine } from './paper-card.ts';
import { paperPage } from './paper-links.ts';

/** One line of a list, digest or search result. */
export type ListItem = {
  paper: Paper;
  signals: Signals;
  onHuggingFace: boolean;
  /** A sentence under the title: why it trends, or the passage that matches (markdown, already escaped). */
  note?: string;
};

/** How many papers one message of a list holds, whatever their titles: 10 x 400 characters stay under Discord's 4,096. */
export const PAGE_SIZE = 10;

/** The papers numbered from `first`, two or three lines each, at most 4,096 characters. */
export function paperLines(items: readonly ListItem[], first: number): string {
  return cut(items.map((item, index) => paperLine(item, first + index)).join('\n'), 4096);
}

function paperLine({ paper, signals, onHuggingFace, note }: ListItem, number: number): string {
  const title = `**${number}.** [${cut(escapeMarkdown(paper.title), 150)}](${paperPage(paper, onHuggingFace)})`;
  const figures = figureLine(signals);
  const more = paper.authors.length > 1 ? ' et al.' : '';
  const second = `${cut(authorLine(paper.authors.slice(0, 1)), 60)}${more}${figures === '' ? '' : ` · ${figures}`}`;
  return note ? `${title}\n${second}\n${cut(note, 160)}` : `${title}\n${second}`;
}

/** A select to open one of at most 25 papers as a card. */
export function openSelect(items: readonly ListItem[]): object {
  return {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'open',
        placeholder: 'Open a paper',
        options: items.slice(0, 25).map(({ paper }) => ({
          label: plain(paper.title, 100) || paper.id,
          value: paper.id,
          description: plain(`arXiv:${paper.id} · ${paper.authors[0] ?? ''}`, 100),
        })),
      },
    ],
  };
}

/** Back and on; `id(page)` makes the custom id, which carries all the state there is. */
export function pageButtons(page: number, pages: number, id: (page: number) => string): object[] {
  if (pages <= 1) return [];
  const button = (label: string, to: number, disabled: boolean) => ({
    type: 2,
    style: 2,
    label,
    custom_id: disabled ? `page-none:${label}` : id(to),
    disabled,
  });
  return [
    {
      type: 1,
      components: [button('Previous', page - 1, page <= 0), button('Next', page + 1, page >= pages - 1)],
    },
  ];
}
