import { channel, code, instant, phrase, words, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { cut } from './cut.ts';
import { plain } from './escape-markdown.ts';
import { tellMemberFirst } from './member.ts';
import { pageButtons } from './paper-list.ts';
import { ACCENT, embed, type MessageRow, type MessageView, row, select, TEXT } from './parts.ts';
import { say, sayPhrase, sayPlain, sayValue } from './say.ts';
import { allSubscriptions, plainChannel, tellHidden } from './subscription-page.ts';

/** One change. Filters as written; null where there was none before, or is none after. */
export type ChangeView = {
  id: number;
  /** UTC ms. */
  at: number;
  /** A member's id; null where it ended by itself. */
  who: string | null;
  what:
    | 'added'
    | 'changed'
    | 'removed'
    | 'paused'
    | 'resumed'
    | 'undone'
    | 'ended'
    | 'muted'
    | 'unmuted'
    | 'deleted'
    | 'settings';
  channelId: string | null;
  /** As Discord calls it; null: unknown, or gone. */
  channelName: string | null;
  before: string | null;
  after: string | null;
  /** What else is another, as it was and as it is. */
  steps: readonly Phrase[];
  /** When a pause ends by itself, UTC ms. */
  until: number | null;
  /** What was muted; the first title of a post that was deleted. */
  about: string;
};

/** What Paperboy paused by itself; `endedAt` null while it lasts. */
type PauseView = { channelId: string; trouble: Phrase; since: number; endedAt: number | null };

export type HistoryView = {
  /** By members, the newest first. */
  changes: readonly ChangeView[];
  /** By Paperboy itself, the newest first. */
  own: readonly ChangeView[];
  pauses: readonly PauseView[];
  total: number;
  /** Changes in channels that the asker cannot see. */
  hidden: number;
  page: number;
  /** The subscription, or the channel, whose history it is; null: the server's. */
  subscription: string | null;
  channelId: string | null;
  /** The channels that have changes, the most recent first. */
  channels: readonly { channelId: string; name: string | null; changes: number }[];
};

export const CHANGES_PER_PAGE = 10;

/** A select of Discord has so many options. */
const OPTIONS = 25;

/** Who changed what when in a server; what Paperboy did by itself stands apart. */
export function historyMessage(view: HistoryView): MessageView {
  const { changes, own, pauses, total, hidden, page } = view;
  const lines = changes.map(tellLine);
  const ownLines = [...own.map((one, at) => tellLine(one, changes.length + at)), ...pauses.map(tellPause)];
  const around = [
    ...(ownLines.length > 0 ? ['', `**${say('history.byPaperboy')}**`, ...ownLines] : []),
    ...(hidden > 0 ? ['', tellHidden(hidden)] : []),
  ].join('\n');
  const members = [
    ...tellScope(view),
    ...(lines.length > 0 || hidden > 0 ? lines : [say('history.none')]),
  ].join('\n');
  const text = [cut(members, TEXT - around.length - 1), ...(around === '' ? [] : [around])]
    .join('\n')
    .trimStart();
  return {
    embeds: [embed(say('history.title', { n: total }), text, ACCENT.paper)],
    components: [
      ...undoSelect([...changes, ...own], idOf(view, page, 'take-back')),
      ...channelSelect(view),
      row(allSubscriptions()),
      ...pageButtons(page, Math.ceil(total / CHANGES_PER_PAGE), (to) => idOf(view, to)),
    ],
  };
}

const tellScope = ({ subscription, channelId }: HistoryView): string[] => {
  if (subscription !== null) return [`-# ${say('history.ofOne')}`];
  return channelId === null ? [] : [`-# ${say('history.inChannel', { channel: channel(channelId) })}`];
};

const idOf = ({ subscription, channelId }: HistoryView, page: number, prefix = 'history'): string => {
  if (channelId !== null) return `${prefix}:${page}::${channelId}`;
  return subscription === null ? `${prefix}:${page}` : `${prefix}:${page}:${subscription}`;
};

/** What was deleted from Discord does not come back. */
const canBeUndone = ({ what }: ChangeView): boolean => what !== 'deleted';

function undoSelect(changes: readonly ChangeView[], customId: string): MessageRow[] {
  const options = changes.flatMap((change, at) => (canBeUndone(change) ? [optionOf(change, at)] : []));
  if (options.length === 0) return [];
  return [row(select({ custom_id: customId, placeholder: sayPlain('history.undo'), options }))];
}

function optionOf(change: ChangeView, at: number) {
  const { id, what, before, after, about, channelId, channelName } = change;
  const subject = after ?? before ?? about;
  const label = sayPlain('history.option', {
    ...{ n: at + 1, what, hasSubject: yesNo(subject !== ''), subject: words(subject, 60) },
  });
  const where = channelId === null ? sayPlain('history.wholeServer') : plainChannel(channelName);
  return { label: plain(label, 100), value: String(id), description: plain(where, 100) };
}

/** Nothing to choose where all is of one channel. */
function channelSelect({ channels, subscription, channelId }: HistoryView): MessageRow[] {
  const isWhole = subscription === null && channelId === null;
  if (isWhole && channels.length < 2) return [];
  const whole = { label: sayPlain('history.wholeServer'), value: 'server', default: isWhole };
  const options = channels.slice(0, OPTIONS - 1).map((one) => ({
    label: plain(plainChannel(one.name), 100),
    value: one.channelId,
    description: sayPlain('history.changes', { n: one.changes }),
    default: one.channelId === channelId,
  }));
  const placeholder = sayPlain('history.channel');
  return [row(select({ custom_id: 'history:of', placeholder, options: [whole, ...options] }))];
}

const tellLine = (change: ChangeView, at: number): string =>
  `**${at + 1}.** ${sayValue(instant(change.at, 'f'))} ${tellChange(change)}`;

export function tellChange(change: ChangeView): string {
  const { who: member, what, channelId, before, after, about, until } = change;
  const who = tellMemberFirst(member ?? '');
  if (what === 'muted' || what === 'unmuted')
    return say('history.muted', { who, what, mute: code(about, 100) });
  if (what === 'settings') return say('history.settings', { who, steps: stepsOf(change) });
  if (what === 'ended')
    return say('history.ended', { channel: channel(String(channelId)), filter: shown(before) });
  const there = { who, channel: channel(String(channelId)) };
  if (what === 'added') return say('history.added', { ...there, filter: shown(after) });
  if (what === 'deleted') return say('history.deleted', { ...there, title: words(about, 100) });
  if (what === 'removed') return say('history.removed', { ...there, filter: shown(before) });
  if (what === 'undone') return tellUndone(there, change);
  if (what === 'changed') return tellOther(there, change);
  const isUntil = yesNo(until !== null);
  return say('history.paused', {
    ...{ ...there, what, filter: shown(after), isUntil, until: instant(until ?? 0, 'f') },
  });
}

type There = { who: string; channel: Value };

function tellOther(there: There, change: ChangeView): string {
  const { before, after, steps } = change;
  const told = { ...there, steps: stepsOf(change) };
  if (before === after) return say('history.changedTerms', { ...told, filter: shown(after) });
  const hasMore = yesNo(steps.length > 0);
  return say('history.changed', { ...told, before: shown(before), after: shown(after), hasMore });
}

function tellUndone(there: There, change: ChangeView): string {
  const { before, after } = change;
  if (before === null) return say('history.undoneRemoval', { ...there, filter: shown(after) });
  if (after === null) return say('history.undoneAdding', { ...there, filter: shown(before) });
  if (before === after)
    return say('history.undoneTerms', { ...there, filter: shown(after), steps: stepsOf(change) });
  return say('history.undoneFilter', { ...there, before: shown(before), after: shown(after) });
}

const stepsOf = ({ steps }: ChangeView): Value => ({ list: [...steps] });

function tellPause({ channelId, trouble, since, endedAt }: PauseView): string {
  return say('history.pause', {
    channel: channel(channelId),
    since: instant(since, 'f'),
    hasEnded: yesNo(endedAt !== null),
    end: instant(endedAt ?? since, 'f'),
    trouble: cut(sayPhrase(trouble), 150),
  });
}

const shown = (filter: string | null): Value =>
  filter === null ? phrase('history.nothing') : code(filter, 100);
