import { count } from './count.ts';
import { cut } from './cut.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { type ListItem, openSelect, PAGE_SIZE, pageButtons, paperLines } from './paper-list.ts';

export type TrendingView = {
  period: string;
  topic: string;
  items: readonly ListItem[];
  total: number;
  page: number;
  key: string;
  /** When the lists were last read, UTC ms; null before the first reading. */
  readAt: number | null;
};

/** The hottest papers of a period, each with its reason. */
export function trendingMessage(view: TrendingView): { embeds: object[]; components?: object[] } {
  const about = view.topic === '' ? '' : ` about ${escapeMarkdown(view.topic, 120)}`;
  const period = view.period === 'today' ? 'today' : `in the last ${view.period}`;
  const read =
    view.readAt === null
      ? 'The lists have not been read yet.'
      : `Lists read <t:${Math.floor(view.readAt / 1000)}:R>.`;
  if (view.items.length === 0) {
    return {
      embeds: [
        {
          title: `Nothing is trending ${period}${about}`,
          description: `${read} Votes come in during the day, and none at weekends: try a longer period, such as \`/trending period:week\`.`,
        },
      ],
    };
  }
  const pages = Math.ceil(view.total / PAGE_SIZE);
  return {
    embeds: [
      {
        title: `Trending ${period}${about}: ${count(view.total, 'paper')}`,
        color: 0x2f6fde,
        description: cut(`${paperLines(view.items, view.page * PAGE_SIZE + 1)}\n-# ${read}`, 4096),
        footer: { text: `Hottest first · page ${view.page + 1} of ${pages}` },
      },
    ],
    components: [
      openSelect(view.items),
      ...pageButtons(view.page, pages, (page) => `trending-page:${page}:${view.key}`),
    ],
  };
}
