import { cut } from './cut.ts';
import { codeSpan, escapeWords } from './escape-markdown.ts';
import { type ListItem, openSelect, PAGE_SIZE, paperLines } from './paper-list.ts';

export type DigestView = {
  /** Plain text: what time it is of, and how many papers. */
  heading: string;
  /** Why a catch-up comes, a sentence. */
  cause?: string;
  items: readonly ListItem[];
  /** The filters whose papers these are, in the order shown. */
  groups: readonly { filter: string; papers: readonly string[] }[];
  mark: string;
  /** Page shown, from 0. The first is posted; the rest is behind buttons, seen by the asker alone. */
  page: number;
};

/** One message: the best papers in rank order, grouped by filter where there are several. */
export function digestMessage(view: DigestView): { embeds: object[]; components: object[] } {
  const pages = Math.max(1, Math.ceil(view.items.length / PAGE_SIZE));
  const shown = view.items.slice(view.page * PAGE_SIZE, (view.page + 1) * PAGE_SIZE);
  return {
    embeds: [
      {
        title: escapeWords(view.heading, 256),
        color: 0x2f6fde,
        description: paperLines(shown, view.page * PAGE_SIZE + 1, (place) => `${place}.`),
        fields: groupFields(view),
        footer: { text: footerOf(view, pages) },
      },
    ],
    components: [openSelect(shown), { type: 1, components: digestButtons(view, pages) }],
  };
}

function footerOf({ cause, page }: DigestView, pages: number): string {
  const paged = pages > 1 ? `Page ${page + 1} of ${pages}` : 'Ranked by trend';
  return cause ? `${cause} ${paged}` : paged;
}

function groupFields(view: DigestView): object[] {
  const number = new Map(view.items.map((item, index) => [item.paper.id, index + 1]));
  const lines = view.groups.slice(0, 8).map(({ filter, papers }) => {
    const places = papers.map((id) => number.get(id)).filter((place) => place !== undefined);
    return `${codeSpan(filter, 80)}: ${cut(places.join(', '), 40)}`;
  });
  return lines.length > 1 ? [{ name: 'By filter', value: cut(lines.join('\n'), 1024) }] : [];
}

function digestButtons(view: DigestView, pages: number): object[] {
  const why = { type: 2, style: 2, label: 'Why here?', custom_id: view.mark };
  const more = {
    type: 2,
    style: 1,
    label: 'More papers',
    custom_id: `more:${view.mark.split(':')[1]}:${view.page + 1}`,
  };
  return view.page + 1 < pages ? [why, more] : [why];
}
