import { ButtonStyle } from 'discord-api-types/v10';
import { channel, code, yesNo } from '#src/wording/phrase.ts';
import { escapeWords } from './escape-markdown.ts';
import { ACCENT, button, embed, type MessageView, row } from './parts.ts';
import { say, sayPlain } from './say.ts';

/** What was posted to show how a subscription's alerts will be. */
export type ExampleView = {
  channelId: string;
  filter: string;
  title: string;
  /** By it the post is found. */
  nonce: string;
  /** False: it was there before. */
  isNew: boolean;
  /** It is of a filter that was changed since. */
  isEarlier: boolean;
  /** What comes comes in digests. */
  isDigest: boolean;
  /** The message; null while it is on its way. */
  url: string | null;
};

/** Leads to the post, and takes it away. */
export function exampleMessage(view: ExampleView): MessageView {
  const { channelId, title, nonce, isNew, url } = view;
  const there = { channel: channel(channelId) };
  const called = escapeWords(title, 200);
  if (url === null)
    return {
      components: [],
      embeds: [
        embed(say('example.underWayTitle'), `${called}\n${say('example.underWay', there)}`, ACCENT.look),
      ],
    };
  const text = [
    `**${say('example.there', { ...there, isNew: yesNo(isNew) })}** [${called}](${url})`,
    tellLooks(view),
  ].join('\n');
  return {
    embeds: [embed(say('example.title'), text, ACCENT.saved)],
    components: [
      row(button(sayPlain('button.deleteExample'), `delete-example:${nonce}`, ButtonStyle.Danger)),
    ],
  };
}

function tellLooks({ filter, isEarlier, isDigest }: ExampleView): string {
  const called = { filter: code(filter, 300) };
  return isEarlier
    ? say('example.earlier', called)
    : say('example.looks', { ...called, isDigest: yesNo(isDigest) });
}
