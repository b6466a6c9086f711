import type { APIButtonComponent } from 'discord-api-types/v10';
import { channel, code, instant, phrase, words, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { cut } from './cut.ts';
import { plain } from './escape-markdown.ts';
import { pageButtons } from './paper-list.ts';
import { ACCENT, button, embed, type MessageView, row } from './parts.ts';
import { say, sayPhrase, sayPlain, sayValue } from './say.ts';
import { allSubscriptions, tellHidden } from './subscription-page.ts';

/** One change by a member. Filters as written; null where there was none before, or is none after. */
export type ChangeView = {
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
    | 'deleted';
  channelId: string | null;
  before: string | null;
  after: string | null;
  /** What was muted; the first title of a post that was deleted. */
  about: string;
  /** The key of the way back, of one that ended and is not there again. */
  back?: string | null;
};

/** What Paperboy paused by itself; `endedAt` null while it lasts. */
type PauseView = { channelId: string; trouble: Phrase; since: number; endedAt: number | null };

export type HistoryView = {
  /** The newest first. */
  changes: readonly ChangeView[];
  pauses: readonly PauseView[];
  total: number;
  /** Changes in channels that the asker cannot see. */
  hidden: number;
  page: number;
  /** The subscription whose history it is; null: the server's. */
  of?: string | null;
};

export const CHANGES_PER_PAGE = 10;

/** Who changed what when in a server; what Paperboy did by itself stands apart. */
export function historyMessage({ changes, pauses, total, hidden, page, of }: HistoryView): MessageView {
  const lines = changes.map((change) => `${sayValue(instant(change.at, 'f'))} ${tellChange(change)}`);
  const own = pauses.length > 0 ? ['', `**${say('history.byPaperboy')}**`, ...pauses.map(tellPause)] : [];
  const rest = hidden > 0 ? ['', tellHidden(hidden)] : [];
  const description = [...(lines.length > 0 ? lines : [say('history.none')]), ...own, ...rest];
  return {
    embeds: [embed(say('history.title', { n: total }), description.join('\n'), ACCENT.paper)],
    components: [
      row(...changes.flatMap(backButton).slice(0, BUTTONS_BESIDE), allSubscriptions()),
      ...pageButtons(page, Math.ceil(total / CHANGES_PER_PAGE), (to) =>
        of ? `history:${to}:${of}` : `history:${to}`,
      ),
    ],
  };
}

/** A row has five buttons. */
const BUTTONS_BESIDE = 4;

function backButton({ back, before }: ChangeView): APIButtonComponent[] {
  if (!back) return [];
  return [
    button(plain(sayPlain('history.bringBack', { filter: code(before ?? '', 60) }), 80), `undo:${back}`),
  ];
}

function tellChange({ who: member, what, channelId, before, after, about }: ChangeView): string {
  const who = `<@${member}>`;
  if (what === 'muted' || what === 'unmuted')
    return say('history.muted', { who, what, mute: code(about, 100) });
  if (what === 'ended')
    return say('history.ended', { channel: channel(String(channelId)), filter: shown(before) });
  const there = { who, channel: channel(String(channelId)) };
  if (what === 'added') return say('history.added', { ...there, filter: shown(after) });
  if (what === 'deleted') return say('history.deleted', { ...there, title: words(about, 100) });
  if (what === 'removed') return say('history.removed', { ...there, filter: shown(before) });
  if (what === 'undone') return tellUndone(there, before, after);
  if (what !== 'changed') return say('history.paused', { ...there, what, filter: shown(after) });
  if (before === after) return say('history.changedTerms', { ...there, filter: shown(after) });
  return say('history.changed', { ...there, before: shown(before), after: shown(after) });
}

type There = { who: string; channel: Value };

function tellUndone(there: There, before: string | null, after: string | null): string {
  if (before === null) return say('history.undoneRemoval', { ...there, filter: shown(after) });
  if (after === null) return say('history.undoneAdding', { ...there, filter: shown(before) });
  if (before === after) return say('history.undoneTerms', { ...there, filter: shown(after) });
  return say('history.undoneFilter', { ...there, before: shown(before), after: shown(after) });
}

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
