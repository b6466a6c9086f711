import { cut } from './cut.ts';
import { codeSpan, escapeMarkdown, escapeWords } from './escape-markdown.ts';
import type { CardView } from './paper-card.ts';

/** One entry of a post, as it was decided. */
export type WhyView = {
  paperId: string;
  title: string;
  /** The filters that matched, as written. */
  filters: readonly string[];
  /** The words that matched, in the paper's own spelling. */
  words: readonly string[];
  /** Why it counted as newly trending, or that it was new. */
  reason: string;
  decidedAt: number;
  sentAt: number | null;
};

/** So many papers of a post are explained; the others are counted. */
export const WHYS_SHOWN = 8;

export type WhyPage = {
  /** At most WHYS_SHOWN. */
  shown: readonly WhyView[];
  /** Papers of the post. */
  total: number;
};

/** What was decided, from what, and when. */
export function whyMessage({ shown, total }: WhyPage): { embeds: object[] } {
  const parts = shown.map((view) => {
    const words =
      view.words.length > 0
        ? `\nWords: ${view.words
            .slice(0, 12)
            .map((word) => `**${escapeWords(word)}**`)
            .join(', ')}`
        : '';
    const filters = view.filters.map((filter) => codeSpan(filter, 120)).join(', ');
    const asked = filters === '' ? '' : `\nFilter: ${filters}${words}`;
    const sent = view.sentAt === null ? '' : `, posted <t:${Math.floor(view.sentAt / 1000)}:f>`;
    return `**${escapeWords(view.title, 120)}**${asked}\n${escapeMarkdown(view.reason)}\nDecided <t:${Math.floor(view.decidedAt / 1000)}:f>${sent}`;
  });
  const rest = total > shown.length ? `\n\nand ${total - shown.length} more` : '';
  return {
    embeds: [{ title: 'Why here?', color: 0x2f6fde, description: cut(parts.join('\n\n') + rest, 4096) }],
  };
}

/** The whole abstract. */
export function abstractMessage(view: CardView): { embeds: object[] } {
  return {
    embeds: [
      {
        title: escapeMarkdown(view.paper.title, 256),
        url: view.page,
        description: escapeMarkdown(view.paper.abstract, 4096) || 'No abstract is known yet.',
      },
    ],
  };
}
