import { type APIButtonComponent, ButtonStyle } from 'discord-api-types/v10';
import { channel, code, quoted, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { escapeWords } from './escape-markdown.ts';
import { ACCENT, button, embed, type MessageView, row, rowsOf, type ShownMessage } from './parts.ts';
import { say, sayPhrasePlain, sayPlain } from './say.ts';
import { allSubscriptions } from './subscription-page.ts';
import { type TunedView, tunedMessage } from './tune-page.ts';

/** What "Not for us" answers. `isOld`: the member said so before. */
export type WrongView = { kind: 'noted'; isOld: boolean } | ChangesView;

/** What of a channel can be changed so that such a paper does not come again. */
export type ChangesView = {
  kind: 'changes';
  /** Of what is behind the buttons. */
  key: string;
  channelId: string;
  title: string;
  /** The subscription that is changed: the oldest for which it came; null where none of them is there any more. */
  matched: { filter: string; terms: Phrase } | null;
  /** The filters of others for which it came. */
  others: readonly string[];
  /** How many members said that it is not for them. */
  votes: number;
  /** What was tried on the last days; null where nothing can be. */
  tried: {
    days: number;
    posts: number;
    exclude: { word: string; less: number } | null;
    stricter: { name: Phrase; stay: number } | null;
    digest: { messages: number } | null;
  } | null;
  /** A word that the asker can mute in the whole server. */
  mute: string | null;
  /** By which mute of the server such a paper does not come any more; null: by none. */
  muted: string | null;
  /** Papers of the post. */
  papers: number;
  isDeleted: boolean;
};

/** What was done. `isOld`: it was so before. */
export type MendedView =
  | { kind: 'changed'; view: TunedView }
  | MutedView
  | { kind: 'confirm'; key: string; channelId: string; papers: number }
  | { kind: 'gone'; channelId: string; isExample: boolean }
  /** `hasThread`: what members wrote under it stays. `lines`: so many channels have a line that led to it. */
  | { kind: 'deleted'; channelId: string; isExample: boolean; hasThread: boolean; lines: number };

type MutedView = { kind: 'muted' | 'unmuted'; word: string; isOld: boolean; key: string };

const FILTERS_TOLD = 5;

export function wrongMessage(view: WrongView): ShownMessage {
  if (view.kind === 'noted') return { content: say(view.isOld ? 'wrong.notedAlready' : 'wrong.noted') };
  const title = say('wrong.title', { channel: channel(view.channelId) });
  return {
    embeds: [embed(title, tellChanges(view), ACCENT.look)],
    components: rowsOf(changeButtons(view)),
  };
}

function tellChanges({ title, matched, others, votes, tried, muted, isDeleted }: ChangesView): string {
  const by = matched
    ? say('wrong.cameBy', { filter: code(matched.filter, 300), terms: matched.terms })
    : say('wrong.nobodyAsks');
  const filters = others.slice(0, FILTERS_TOLD).map((filter) => code(filter, 150));
  return [
    `**${escapeWords(title, 200)}**`,
    by,
    ...(filters.length > 0 ? [say('wrong.others', { filters, n: others.length })] : []),
    ...(votes > 0 ? [say('wrong.votes', { n: votes })] : []),
    ...(muted === null ? [] : [say('wrong.isMuted', { mute: code(muted, 100) })]),
    ...(tried ? [say('wrong.days', { days: tried.days, posts: tried.posts })] : []),
    ...(matched && !tried ? [say('wrong.unreadable')] : []),
    ...(isDeleted ? [say('wrong.isDeleted')] : []),
  ].join('\n');
}

function changeButtons({ key, tried, mute, papers, isDeleted }: ChangesView): APIButtonComponent[] {
  const { posts = 0, exclude, stricter, digest } = tried ?? {};
  const change = (label: string, mend: string) => button(label, `mend:${key}:${mend}`);
  return [
    ...(exclude
      ? [
          change(
            sayPlain('wrong.exclude', { word: quoted(exclude.word, 30), less: exclude.less, posts }),
            'exclude',
          ),
        ]
      : []),
    ...(stricter
      ? [
          change(
            sayPlain('wrong.stricter', { name: sayPhrasePlain(stricter.name), stay: stricter.stay, posts }),
            'stricter',
          ),
        ]
      : []),
    ...(digest ? [change(sayPlain('wrong.digest', { posts, messages: digest.messages }), 'digest')] : []),
    ...(mute && exclude
      ? [change(sayPlain('wrong.mute', { word: quoted(mute, 30), less: exclude.less, posts }), 'mute')]
      : []),
    ...(isDeleted
      ? []
      : [button(sayPlain('wrong.delete', { papers }), `mend:${key}:delete`, ButtonStyle.Danger)]),
  ];
}

/** In the place of what was offered. */
export function mendedMessage(view: MendedView): MessageView {
  if (view.kind === 'changed') return tunedMessage(view.view);
  if ('word' in view) return mutedMessage(view);
  if (view.kind === 'confirm') return confirmMessage(view);
  const there = { channel: channel(view.channelId), isExample: yesNo(view.isExample) };
  if (view.kind === 'gone') return doneMessage(say('wrong.goneTitle'), [say('wrong.gone', there)]);
  return doneMessage(say('wrong.deletedTitle'), [
    say('wrong.deleted', there),
    ...(view.hasThread ? [say('wrong.threadStays')] : []),
    ...(view.lines > 0 ? [say('wrong.lines', { n: view.lines })] : []),
  ]);
}

const doneMessage = (title: string, lines: readonly string[]): MessageView => ({
  embeds: [embed(title, lines.join('\n'), ACCENT.saved)],
  components: [row(allSubscriptions())],
});

function mutedMessage({ kind, word, isOld, key }: MutedView): MessageView {
  const isMuted = kind === 'muted';
  const title = isMuted
    ? say(isOld ? 'tune.savedAlready' : 'tune.saved')
    : say(isOld ? 'undo.titleAlready' : 'undo.title');
  const undo = isMuted ? [button(sayPlain('button.undo'), `mend:${key}:unmute`, ButtonStyle.Danger)] : [];
  const told = say(isMuted ? 'wrong.muted' : 'serverSettings.unmuted', { mute: code(word) });
  return { embeds: [embed(title, told, ACCENT.saved)], components: [row(...undo, allSubscriptions())] };
}

function confirmMessage({ key, channelId, papers }: Extract<MendedView, { kind: 'confirm' }>): MessageView {
  const asks = say('wrong.confirm', { channel: channel(channelId), papers });
  const sure = sayPlain('wrong.deleteAll', { papers });
  return {
    embeds: [embed(say('wrong.confirmTitle'), asks, ACCENT.look)],
    components: [row(button(sure, `mend:${key}:delete-all`, ButtonStyle.Danger), allSubscriptions())],
  };
}
