import { count } from './count.ts';
import { cut } from './cut.ts';
import { codeSpan, escapeMarkdown } from './escape-markdown.ts';
import { pageButtons } from './paper-list.ts';
import { tellHidden } from './subscription-page.ts';

/** One change by a member. Filters as written; null where there was none before, or is none after. */
export type ChangeView = {
  /** UTC ms. */
  at: number;
  /** A member's id. */
  who: string;
  what: 'added' | 'copied' | 'changed' | 'removed' | 'paused' | 'resumed' | 'muted' | 'unmuted' | 'undone';
  channelId: string | null;
  before: string | null;
  after: string | null;
  mute: string | null;
};

/** What Paperboy paused by itself; `endedAt` null while it lasts. */
export type PauseView = { channelId: string; trouble: string; since: number; endedAt: number | null };

export type HistoryView = {
  /** The newest first. */
  changes: readonly ChangeView[];
  pauses: readonly PauseView[];
  total: number;
  /** Changes in channels that the asker cannot see. */
  hidden: number;
  page: number;
};

export const CHANGES_PER_PAGE = 10;

/** Who changed what when in a server; what Paperboy did by itself stands apart. */
export function historyMessage({ changes, pauses, total, hidden, page }: HistoryView): {
  embeds: object[];
  components: object[];
} {
  const lines = changes.map((change) => `${time(change.at)} <@${change.who}> ${tellChange(change)}`);
  const own = pauses.length > 0 ? ['', '**Paused by Paperboy**', ...pauses.map(tellPause)] : [];
  const rest = hidden > 0 ? ['', tellHidden(hidden)] : [];
  const description = [...(lines.length > 0 ? lines : ['Nobody has changed anything yet.']), ...own, ...rest];
  const back = { type: 2, style: 2, label: 'All subscriptions', custom_id: 'subscriptions:0' };
  return {
    embeds: [
      { title: count(total, 'change'), color: 0x2f6fde, description: cut(description.join('\n'), 4096) },
    ],
    components: [
      { type: 1, components: [back] },
      ...pageButtons(page, Math.ceil(total / CHANGES_PER_PAGE), (to) => `history:${to}`),
    ],
  };
}

function tellChange({ what, channelId, before, after, mute }: ChangeView): string {
  const place = `<#${channelId}>`;
  if (mute !== null) return tellMute(what, code(mute));
  if (what === 'added') return `subscribed ${place} to ${code(after)}`;
  if (what === 'copied') return `copied ${code(after)} to ${place}`;
  if (what === 'removed') return `removed ${code(before)} from ${place}`;
  if (what === 'undone') return tellUndone(place, before, after);
  if (what !== 'changed') return `${what} ${code(after)} in ${place}`;
  if (before === after) return `changed how ${code(after)} is posted in ${place}`;
  return `changed ${code(before)} to ${code(after)} in ${place}`;
}

function tellUndone(place: string, before: string | null, after: string | null): string {
  if (before === null) return `brought ${code(after)} back in ${place}`;
  if (after === null) return `took back that ${place} is subscribed to ${code(before)}`;
  if (before === after) return `took back what was done to ${code(after)} in ${place}`;
  return `took a change back in ${place}: ${code(before)} became ${code(after)}`;
}

const tellMute = (what: ChangeView['what'], mute: string): string =>
  what === 'undone' ? `took the change of the mute ${mute} back` : `${what} ${mute} in the whole server`;

function tellPause({ channelId, trouble, since, endedAt }: PauseView): string {
  const until = endedAt === null ? 'until now' : `until ${time(endedAt)}`;
  return `<#${channelId}> from ${time(since)} ${until}: ${escapeMarkdown(trouble, 150)}`;
}

const time = (at: number): string => `<t:${Math.floor(at / 1000)}:f>`;
const code = (filter: string | null): string => (filter === null ? 'nothing' : codeSpan(filter, 100));
