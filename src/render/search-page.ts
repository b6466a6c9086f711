import { count } from './count.ts';
import { cut } from './cut.ts';
import { codeSpan, escapeWords } from './escape-markdown.ts';
import { type ListItem, openSelect, PAGE_SIZE, pageButtons, paperLines } from './paper-list.ts';

export type SearchView = {
  query: string;
  items: readonly ListItem[];
  total: number;
  page: number;
  /** Key under which the question is kept for turning pages. */
  key: string;
  /** "12 ms" is nobody's business; what the reader should know: hints on the filter, sources asked. */
  hints: readonly string[];
};

/** Results with the matching passages, a select to open one, buttons to turn pages. */
export function searchMessage(view: SearchView): { embeds: object[]; components?: object[] } {
  const hints = view.hints.map((hint) => `-# ${hint}`).join('\n');
  if (view.items.length === 0) {
    return {
      embeds: [
        {
          title: 'No paper found',
          description: cut(
            `Nothing matches ${codeSpan(view.query, 500)}. Try fewer words, \`OR\` between alternatives, or a prefix such as \`diffus*\`.\n${hints}`,
            4096,
          ),
        },
      ],
    };
  }
  const pages = Math.ceil(view.total / PAGE_SIZE);
  const lines = paperLines(view.items, view.page * PAGE_SIZE + 1);
  return {
    embeds: [
      {
        title: `${count(view.total, 'paper')} for “${escapeWords(view.query, 180)}”`,
        color: 0x2f6fde,
        description: cut(hints === '' ? lines : `${lines}\n\n${hints}`, 4096),
        footer: { text: `Page ${view.page + 1} of ${Math.max(1, pages)}` },
      },
    ],
    components: [
      openSelect(view.items),
      ...pageButtons(view.page, pages, (page) => `found:${page}:${view.key}`),
    ],
  };
}
