import { cut, escapeMarkdown } from './escape-markdown.ts';
import { type ListItem, openSelect, PAGE_SIZE, paperLines } from './paper-list.ts';
import { count } from './reason.ts';

export type DigestView = {
  /** What kind of digest: the heading says why it comes now. */
  heading: 'digest' | 'catch-up';
  items: readonly ListItem[];
  /** The filters whose papers these are, in the order shown. */
  groups: readonly { filter: string; papers: readonly string[] }[];
  mark: string;
  /** Page shown, from 0. The first is posted; the rest is behind buttons, seen by the asker alone. */
  page: number;
};

const HEADINGS = {
  digest: 'Papers for you',
  'catch-up': 'What was missed',
} as const;

/** One message: the best papers in rank order, grouped by filter where there are several. */
export function digestMessage(view: DigestView): { embeds: object[]; components: object[] } {
  const pages = Math.max(1, Math.ceil(view.items.length / PAGE_SIZE));
  const shown = view.items.slice(view.page * PAGE_SIZE, (view.page + 1) * PAGE_SIZE);
  return {
    embeds: [
      {
        title: `${HEADINGS[view.heading]}: ${count(view.items.length, 'paper')}`,
        color: 0x2f6fde,
        description: paperLines(shown, view.page * PAGE_SIZE + 1),
        fields: groupFields(view),
        footer: { text: pages > 1 ? `Page ${view.page + 1} of ${pages}` : 'Ranked by trend' },
      },
    ],
    components: [openSelect(shown), { type: 1, components: digestButtons(view, pages) }],
  };
}

function groupFields(view: DigestView): object[] {
  const number = new Map(view.items.map((item, index) => [item.paper.id, index + 1]));
  const lines = view.groups.slice(0, 8).map(({ filter, papers }) => {
    const places = papers.map((id) => number.get(id)).filter((place) => place !== undefined);
    return `\`${cut(filter.replaceAll('`', 'ˋ'), 80)}\`: ${cut(escapeMarkdown(places.join(', ')), 40)}`;
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
