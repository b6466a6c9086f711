import { type APIButtonComponent, ButtonStyle } from 'discord-api-types/v10';
import { channel, instant, lines, markdown, phrase, sentences } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { button } from './parts.ts';
import { say, sayPlain } from './say.ts';

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
export function doubtNotice({ serverId, channelId, isHidden, near, titles, since }: DoubtView): Phrase {
  const at = instant(since);
  const n = titles.length;
  const choice = phrase('doubt.choice', {
    again: phrase('button.sendAgain'),
    leave: phrase('button.leaveIt'),
  });
  if (isHidden)
    return lines(
      phrase('doubt.hiddenChannel', { n, channel: phrase('channel.unnamed', { n: 1 }), at }),
      sentences(phrase('doubt.whoSees'), choice),
    );
  const shown = titles.slice(0, TITLES_SHOWN);
  return lines(
    phrase('doubt.channel', { channel: channel(channelId), at }),
    ...shown.map((title) => phrase('doubt.title', { title: markdown(title, 150) })),
    ...(n > shown.length ? [phrase('doubt.moreTitles', { n: n - shown.length })] : []),
    phrase('doubt.lookThere', { link: `https://discord.com/channels/${serverId}/${channelId}/${near}` }),
    choice,
  );
}

/** `doubt:<nonce>:again` and `doubt:<nonce>:leave`. */
export function doubtButtons(nonce: string): APIButtonComponent[] {
  const answer = (choice: DoubtChoice) => `doubt:${nonce}:${choice}`;
  return [
    button(sayPlain('button.sendAgain'), answer('again'), ButtonStyle.Primary),
    button(sayPlain('button.leaveIt'), answer('leave')),
  ];
}

/** What became of a post in doubt, for the moderator who pressed a button. */
export type DoubtAnswer =
  | { kind: 'again' | 'held' | 'unwanted' | 'left' | 'on-its-way' | 'ended'; channelId: string }
  /** `until`: UTC ms. */
  | { kind: 'quiet'; channelId: string; until: number }
  | { kind: 'there'; channelId: string; link: string };

export function tellDoubt(answer: DoubtAnswer): string {
  const there = { channel: channel(answer.channelId) };
  if (answer.kind === 'quiet')
    return say('doubt.quiet', { ...there, at: instant(Math.ceil(answer.until / 1000) * 1000) });
  if (answer.kind === 'there') return say('doubt.there', { ...there, link: answer.link });
  return say(TOLD[answer.kind], there);
}

const TOLD = {
  again: 'doubt.sentAgain',
  unwanted: 'doubt.unwanted',
  held: 'doubt.held',
  left: 'doubt.left',
  'on-its-way': 'doubt.onItsWay',
  ended: 'doubt.ended',
} as const;
