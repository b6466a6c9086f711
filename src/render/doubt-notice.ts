import { count } from './count.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { wording } from './wording.ts';

/** What moderators choose for a post of which nobody knows whether it arrived. */
export type DoubtChoice = 'again' | 'leave';

export type DoubtView = {
  serverId: string;
  channelId: string;
  /** Not everybody who reads this sees that channel. */
  isHidden?: boolean;
  /** An id of about the time at which it may have been written; the link leads there. */
  near: string;
  titles: readonly string[];
  /** When it was tried first, UTC ms. */
  since: number;
};

const TITLES_SHOWN = 3;

/** Asks moderators to look for themselves. At most 2,000 characters. Of a hidden channel it tells nothing but that. */
export function doubtNotice({ serverId, channelId, isHidden, near, titles, since }: DoubtView): string {
  const tried = `(tried <t:${Math.floor(since / 1000)}:R>), and I cannot make sure by reading that channel.`;
  if (isHidden)
    return [
      `Discord did not say whether ${count(titles.length, 'paper')} reached ${wording.unnamedChannel} ${tried}`,
      `Who sees the channel may look there. ${CHOICE}`,
    ].join('\n');
  const shown = titles.slice(0, TITLES_SHOWN).map((title) => `- ${escapeMarkdown(title, 150)}`);
  const rest = titles.length > shown.length ? [`- and ${titles.length - shown.length} more`] : [];
  return [
    `Discord did not say whether this reached <#${channelId}> ${tried}`,
    ...shown,
    ...rest,
    `Look there: https://discord.com/channels/${serverId}/${channelId}/${near}`,
    CHOICE,
  ].join('\n');
}

const CHOICE =
  'If it is missing, press “Send again”; I do not look any more then, so it comes twice if it is there. If it is there, or nobody needs it, press “Leave it”.';

/** `doubt:<nonce>:again` and `doubt:<nonce>:leave`. */
export function doubtButtons(nonce: string): object[] {
  const button = (style: number, label: string, choice: DoubtChoice) => ({
    ...{ type: 2, style, label },
    custom_id: `doubt:${nonce}:${choice}`,
  });
  return [button(1, 'Send again', 'again'), button(2, 'Leave it', 'leave')];
}

/** What became of a post in doubt, for the moderator who pressed a button. */
export type DoubtAnswer =
  | { kind: 'again' | 'held' | 'unwanted' | 'left' | 'on-its-way' | 'ended'; channelId: string }
  /** `until`: UTC ms. */
  | { kind: 'quiet'; channelId: string; until: number }
  | { kind: 'there'; channelId: string; link: string };

export function tellDoubt(answer: DoubtAnswer): string {
  const where = `<#${answer.channelId}>`;
  if (answer.kind === 'again') return `It is sent to ${where} again now.`;
  if (answer.kind === 'quiet')
    return `${where} has quiet hours now. It goes when they end, <t:${Math.ceil(answer.until / 1000)}:R>.`;
  if (answer.kind === 'unwanted')
    return `No subscription of ${where} wants it any more, so it is not sent again. See /subscriptions.`;
  if (answer.kind === 'held')
    return `I cannot post in ${where} at the moment. It goes with what waits there, as soon as that works again.`;
  if (answer.kind === 'left') return `Left as it is: I do not send it to ${where} again.`;
  if (answer.kind === 'on-its-way') return `It is on its way to ${where} already; nothing was changed.`;
  if (answer.kind === 'there') return `It is in ${where}: ${answer.link}. Nothing was changed.`;
  return `This was settled already: it is not sent to ${where} any more. Nothing was changed.`;
}
