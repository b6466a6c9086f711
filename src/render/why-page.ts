import { channel, code, instant } from '#src/wording/phrase.ts';
import { escapeMarkdown, escapeWords } from './escape-markdown.ts';
import type { CardView } from './paper-card.ts';
import { ACCENT, embed, type MessageView, TEXT } from './parts.ts';
import { say, sayPlain } from './say.ts';

/** One entry of a post, as it was decided. */
export type WhyView = {
  title: string;
  /** The filters that matched, as written. */
  filters: readonly string[];
  /** The words that matched, in the paper's own spelling. */
  words: readonly string[];
  /** The channel in which it stands in full. */
  elsewhere: string | null;
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
export function whyMessage({ shown, total }: WhyPage): Pick<MessageView, 'embeds'> {
  const rest = total > shown.length ? [say('list.andMore', { n: total - shown.length })] : [];
  const text = [...shown.map(whyTold), ...rest].join('\n\n');
  return { embeds: [embed(sayPlain('button.why'), text, ACCENT.paper)] };
}

function whyTold({ title, reason, ...view }: WhyView): string {
  return [
    `**${escapeWords(title, 120)}**`,
    ...askedFor(view),
    escapeMarkdown(reason),
    ...inFull(view),
    decided(view),
  ].join('\n');
}

/** Why it is a line here. */
const inFull = ({ elsewhere }: Pick<WhyView, 'elsewhere'>): string[] =>
  elsewhere === null ? [] : [say('why.elsewhere', { channel: channel(elsewhere) })];

/** By which filter, and by which of its words. */
function askedFor({ filters, words }: Pick<WhyView, 'filters' | 'words'>): string[] {
  if (filters.length === 0) return [];
  const filter = say('why.filter', { filters: { list: filters.map((one) => code(one, 120)) } });
  if (words.length === 0) return [filter];
  const found = words.slice(0, 12).map((word) => `**${escapeWords(word)}**`);
  return [filter, say('why.words', { words: { list: found } })];
}

function decided({ decidedAt, sentAt }: Pick<WhyView, 'decidedAt' | 'sentAt'>): string {
  const at = instant(decidedAt, 'f');
  if (sentAt === null) return say('why.decided', { at });
  return say('why.decidedAndPosted', { at, posted: instant(sentAt, 'f') });
}

/** The whole abstract. */
export function abstractMessage(view: CardView): Pick<MessageView, 'embeds'> {
  return {
    embeds: [
      {
        title: escapeMarkdown(view.paper.title, 256),
        url: view.page,
        description: escapeMarkdown(view.paper.abstract, TEXT) || say('paper.noAbstract'),
      },
    ],
  };
}
