import type { APIComponentInMessageActionRow } from 'discord-api-types/v10';
import { channel, code, instant } from '#src/wording/phrase.ts';
import { escapeMarkdown, escapeWords, plain } from './escape-markdown.ts';
import type { CardView } from './paper-card.ts';
import { ACCENT, button, embed, type MessageView, rowsOf, select, TEXT } from './parts.ts';
import { say, sayPlain } from './say.ts';

/** One entry of a post, as it was decided. */
export type WhyView = {
  /** Its id. */
  paper: string;
  title: string;
  /** The filters that matched, as written. */
  filters: readonly string[];
  /** The words that matched, in the paper's own spelling. */
  words: readonly string[];
  /** The channel in which it stands in full, or stood until a moderator deleted it there. */
  elsewhere: { channelId: string; isDeleted: boolean } | null;
  /** For moderators: by which mute it would not come now. */
  muted: { text: string; at: number } | null;
  /** Why it counted as newly trending, or that it was new. */
  reason: string;
  decidedAt: number;
  sentAt: number | null;
};

/** So many papers of a post are explained; the others are counted. */
export const WHYS_SHOWN = 8;

export type WhyPage = {
  /** Names the post. */
  nonce: string;
  /** At most WHYS_SHOWN. */
  shown: readonly WhyView[];
  /** Papers of the post. */
  total: number;
};

/** What was decided, from what, and when. */
export function whyMessage({ nonce, shown, total }: WhyPage): MessageView {
  const rest = total > shown.length ? [say('list.andMore', { n: total - shown.length })] : [];
  const text = [...shown.map(whyTold), ...rest].join('\n\n');
  return {
    embeds: [embed(sayPlain('button.why'), text, ACCENT.paper)],
    components: rowsOf(notForUs(nonce, shown)),
  };
}

/** Of one paper a button, of several a select. */
function notForUs(nonce: string, shown: readonly WhyView[]): APIComponentInMessageActionRow[] {
  const label = sayPlain('button.notForUs');
  if (shown.length === 0) return [];
  if (shown.length === 1) return [button(label, `wrong:${nonce}:${shown[0].paper}`)];
  const options = shown.map(({ paper, title }) => ({ label: plain(title, 100) || paper, value: paper }));
  return [select({ custom_id: `wrong:${nonce}`, placeholder: label, options })];
}

function whyTold({ title, reason, ...view }: WhyView): string {
  return [
    `**${escapeWords(title, 120)}**`,
    ...askedFor(view),
    escapeMarkdown(reason),
    ...inFull(view),
    ...mutedSince(view),
    decided(view),
  ].join('\n');
}

/** Why it is a line here. */
const inFull = ({ elsewhere }: Pick<WhyView, 'elsewhere'>): string[] =>
  elsewhere === null
    ? []
    : [
        say(elsewhere.isDeleted ? 'why.elsewhereDeleted' : 'why.elsewhere', {
          channel: channel(elsewhere.channelId),
        }),
      ];

const mutedSince = ({ muted }: Pick<WhyView, 'muted'>): string[] =>
  muted === null ? [] : [say('why.muted', { mute: code(muted.text, 100), at: instant(muted.at, 'f') })];

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
        title: escapeWords(view.paper.title, 256),
        url: view.page,
        description: escapeMarkdown(view.paper.abstract, TEXT) || say('paper.noAbstract'),
      },
    ],
  };
}
