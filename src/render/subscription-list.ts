import type { APIButtonComponent, ChannelType } from 'discord-api-types/v10';
import { channel, code, instant, yesNo } from '#src/wording/phrase.ts';
import { cut } from './cut.ts';
import { codeSpan, plain } from './escape-markdown.ts';
import { pageButtons } from './paper-list.ts';
import {
  ACCENT,
  button,
  channelSelect,
  lineField,
  type MessageRow,
  type MessageView,
  type ModalForm,
  row,
  rowsOf,
  select,
  TEXT,
} from './parts.ts';
import { say, sayPhrase, sayPhrasePlain, sayPlain } from './say.ts';
import { plainChannel, type SubscriptionView, tellHidden } from './subscription-page.ts';

/** What of a channel stands above and under its subscriptions. */
export type ChannelFigures = {
  lastPostAt: number | null;
  /** Posts in four weeks; null: it is too young to have a usual. */
  usual: number | null;
  /** Of the last seven days. */
  matched: number;
  posted: number;
  /** What is queued by now. */
  waiting: number;
};

export type SubscriptionsView = {
  /** A page of them, a channel's one after the other. */
  items: readonly SubscriptionView[];
  /** Of the channels on this page, by their ids. */
  channels: ReadonlyMap<string, ChannelFigures>;
  /** Papers that were read in the last seven days. */
  read: number;
  /** Those that the asker sees. */
  total: number;
  /** Those in channels that the asker cannot see. */
  hidden: number;
  page: number;
  unreadable: number;
  /** There is trouble of which no moderator could be told. */
  isUntold?: boolean;
};

/** What was just done, above the list; `undo`: the key of the way back. */
type Done = { told: string; undo: string | null };

export const SUBSCRIPTIONS_PER_PAGE = 10;

const DAY = 86_400_000;

/** The server's subscriptions by channel, a page, with what can be done about them; above it what was just done. */
export function subscriptionsMessage(
  view: SubscriptionsView,
  done: Done | null = null,
): MessageView & { content?: string } {
  const told = done ? { content: done.told } : {};
  const undo =
    done && done.undo !== null
      ? [button(sayPlain('button.undo'), `undo:${done.undo}:list:${view.page}`)]
      : [];
  if (view.total === 0) {
    const description = [`${noneLine(view)} ${say('subscriptions.begin')}`, ...notesOf(view)].join('\n\n');
    return {
      ...{ ...told, embeds: [{ title: say('subscriptions.titleNone'), description }] },
      components: rowsOf(undo),
    };
  }
  const notes = notesOf(view).map((note) => `\n\n${note}`);
  const pages = Math.ceil(view.total / SUBSCRIPTIONS_PER_PAGE);
  const isAmber = view.items.some(({ unusual, held, lost }) => unusual || held || lost.length > 0);
  return {
    ...told,
    embeds: [
      {
        title: say('subscriptions.title', { n: view.total }),
        color: isAmber ? ACCENT.look : ACCENT.paper,
        description: fittedGroups(view, TEXT - notes.join('').length) + notes.join(''),
      },
    ],
    components: [
      pickSelect(view),
      ...unusualRow(view),
      row(
        button(sayPlain('button.history'), 'history:0'),
        button(sayPlain('button.serverSettings'), 'server-settings'),
        ...(view.items.some(({ held }) => held) ? [button(sayPlain('button.doctor'), 'doctor:open::0')] : []),
        ...undo,
      ),
      ...pageButtons(view.page, pages, (page) => `subscriptions:${page}`),
    ],
  };
}

function notesOf({ hidden, unreadable, isUntold, total }: SubscriptionsView): string[] {
  return [
    ...(hidden > 0 ? [tellHidden(hidden)] : []),
    ...(unreadable > 0 ? [say('subscriptions.unreadable', { n: unreadable })] : []),
    ...(isUntold && total > 0 ? [say('subscriptions.nobodyTold')] : []),
  ];
}

function noneLine({ hidden, unreadable }: SubscriptionsView): string {
  if (unreadable > 0) return say('subscriptions.noneShown');
  return say(hidden > 0 ? 'subscriptions.noneSeen' : 'subscriptions.none');
}

/** Each entry with its number in the whole list. */
const numbered = ({ items, page }: SubscriptionsView) =>
  items.map((item, index) => ({ item, n: page * SUBSCRIPTIONS_PER_PAGE + index + 1 }));

/** So much of each filter is shown: the most with which all entries have room. */
const OF_FILTERS = [150, 80, 40] as const;

function fittedGroups(view: SubscriptionsView, room: number): string {
  const [most, ...less] = OF_FILTERS.map((ofFilter) => groupsOf(view, ofFilter).join('\n'));
  return [most, ...less].find((text) => text.length <= room) ?? cut(less.at(-1) ?? most, room);
}

function groupsOf(view: SubscriptionsView, ofFilter: number): string[] {
  const groups = Map.groupBy(numbered(view), ({ item }) => item.channelId);
  return [...groups].map(([channelId, entries]) => {
    const figures = view.channels.get(channelId);
    const held = entries.find(({ item }) => item.held)?.item.held;
    return [
      ...(figures ? [`### ${headOf(channelId, figures)}`] : []),
      ...(held ? [tellHeld(held)] : []),
      ...entries.map(({ item, n }) => `**${n}.** ${linesOf(item, ofFilter)}`),
      ...(figures ? [`-# ${weekOf(view.read, figures)}`] : []),
    ].join('\n');
  });
}

function tellHeld({ since, told, mend }: NonNullable<SubscriptionView['held']>): string {
  const held = say('subscriptions.held', { at: instant(since, 'f'), trouble: told });
  return `⚠ ${[held, ...mend.map((one) => sayPhrase(one))].join(' ')}`;
}

function headOf(channelId: string, { lastPostAt, usual }: ChannelFigures): string {
  const last =
    lastPostAt === null
      ? say('subscriptions.noPost')
      : say('subscriptions.lastPost', { at: instant(lastPostAt) });
  return [`<#${channelId}>`, last, ...(usual === null ? [] : [tellUsual(usual)])].join(' · ');
}

/** By the week from one a week on; what is rarer by the four weeks that were counted. */
function tellUsual(posts: number): string {
  return posts >= 4
    ? say('subscriptions.usualWeek', { n: Math.round(posts / 4) })
    : say('subscriptions.usualMonth', { n: posts });
}

const weekOf = (read: number, { matched, posted, waiting }: ChannelFigures): string =>
  say('subscriptions.week', { read, matched, posted, waiting });

/** An entry with what is to be known of it; its channel stands above. */
function linesOf(
  { filter, differences = [], paused, lost, unusual }: SubscriptionView,
  ofFilter: number,
): string {
  const differs = differences.map((one) => sayPhrase(one)).join(', ');
  return [
    [codeSpan(filter, ofFilter), ...(differs === '' ? [] : [differs])].join(' · '),
    ...(paused ? [`⏸ ${sayPhrase(paused)}`] : []),
    ...(unusual ? [`⚠ ${sayPhrase(unusual.told)}.`] : []),
    ...lost.map((sentence) => `⚠ ${cut(sayPhrase(sentence), 300)}`),
  ].join('\n');
}

function pickSelect(view: SubscriptionsView): MessageRow {
  const options = numbered(view).map(({ item, n }) => optionOf(item, n, tellShortly(item)));
  return row(
    select({ custom_id: `pick:${view.page}`, placeholder: sayPlain('subscriptions.pick'), options }),
  );
}

function optionOf(item: SubscriptionView, n: number, description: string) {
  return {
    label: plain(`${n}. ${plainChannel(item.channelName ?? null)} · ${item.filter}`, 100),
    value: item.id,
    ...(description === '' ? {} : { description: plain(description, 100) }),
  };
}

/** Where marks of Discord are not rendered. */
function tellShortly({ differences = [], paused, held }: SubscriptionView): string {
  if (paused) return sayPlain('subscriptions.pausedByModerator');
  if (held) return sayPlain('subscriptions.isHeld');
  return differences.map((one) => sayPhrasePlain(one)).join(', ');
}

/** So many entries have their buttons under the list. */
const WITH_BUTTONS = 2;

/** What can be done about entries that are not as usual: a few by buttons, of more one is picked first. */
function unusualRow(view: SubscriptionsView): MessageRow[] {
  const all = numbered(view).filter(({ item }) => item.unusual);
  if (all.length <= WITH_BUTTONS)
    return rowsOf(all.flatMap(({ item, n }) => unusualButtons(item, view.page, all.length === 1 ? null : n)));
  const options = all.map(({ item, n }) =>
    optionOf(item, n, item.unusual ? sayPhrasePlain(item.unusual.told) : ''),
  );
  return [row(select({ custom_id: 'unusual', placeholder: sayPlain('unusual.choose'), options }))];
}

/** `n`: the entry's number, where others have such buttons too. */
function unusualButtons(
  { id, unusual }: SubscriptionView,
  page: number,
  n: number | null,
): APIButtonComponent[] {
  if (!unusual) return [];
  const isQuiet = unusual.kind === 'quiet';
  const change = isQuiet ? 'widen' : 'narrow';
  const label = n === null ? sayPlain(`button.${change}`) : sayPlain(`unusual.${change}One`, { n });
  return [
    button(label, `tune:${id}:${isQuiet ? 'wider' : 'narrower'}`),
    button(n === null ? sayPlain('button.fine') : sayPlain('unusual.fineOne', { n }), `fine:${id}:${page}`),
  ];
}

/** The way back to the page of the list that somebody came from. */
const backTo = (page: number): APIButtonComponent =>
  button(sayPlain('button.allSubscriptions'), `subscriptions:${page}`);

/** One entry with all its terms, and what can be done about it. */
export function entryMessage(view: SubscriptionView, page: number): MessageView {
  const { id, paused } = view;
  const pause = paused
    ? button(sayPlain('button.resume'), `resume:${id}:${page}`)
    : button(sayPlain('button.pause'), `pause:${id}:${page}`);
  return {
    embeds: [embedOf(view)],
    components: [
      row(
        button(sayPlain('button.edit'), `edit:${id}`),
        pause,
        button(sayPlain('button.copy'), `copy:${id}:${page}`),
        button(sayPlain('button.history'), `history:0:${id}`),
        button(sayPlain('button.remove'), `remove:${id}:${page}`),
      ),
      row(...unusualButtons(view, page, null), backTo(page)),
    ],
  };
}

/** How long a pause that is chosen so lasts, ms; null: until somebody resumes it. */
export const PAUSES: ReadonlyMap<string, number | null> = new Map([
  ['day', DAY],
  ['week', 7 * DAY],
  ['month', 28 * DAY],
  ['open', null],
]);

/** For how long one entry is to be paused. */
export function pauseMessage({ id, channelId, filter }: SubscriptionView, page: number): MessageView {
  const options = (['day', 'week', 'month', 'date', 'open'] as const).map((value) => ({
    label: sayPlain(`subscriptions.pause.${value}`),
    value,
  }));
  const placeholder = sayPlain('subscriptions.pauseFor');
  return {
    embeds: [asking('subscriptions.choosePause', channelId, filter)],
    components: [
      row(select({ custom_id: `pause-for:${id}:${page}`, placeholder, options })),
      row(backTo(page)),
    ],
  };
}

/** The form for the last day of a pause. */
export function pauseForm({ id }: SubscriptionView, page: number): ModalForm {
  const called = { label: sayPlain('form.lastDay'), description: sayPlain('form.lastDayHint') };
  return {
    modal: {
      title: sayPlain('form.pause'),
      custom_id: `pause-until:${id}:${page}`,
      components: [lineField(called, { custom_id: 'until', min_length: 1, max_length: 60, required: true })],
    },
  };
}

/** Where one entry is to be copied to. */
export function copyMessage(
  { id, channelId, filter }: SubscriptionView,
  page: number,
  channelTypes: readonly ChannelType[],
): MessageView {
  const placeholder = sayPlain('subscriptions.copyTo');
  const where = { custom_id: `copy-to:${id}:${page}`, placeholder, channel_types: [...channelTypes] };
  return {
    embeds: [asking('subscriptions.copyWhere', channelId, filter)],
    components: [row(channelSelect(where)), row(backTo(page))],
  };
}

function asking(
  key: 'subscriptions.choosePause' | 'subscriptions.copyWhere',
  channelId: string,
  filter: string,
) {
  const description = say(key, { channel: channel(channelId), filter: code(filter, 300) });
  return { color: ACCENT.paper, description };
}

/** As long as one can be. */
const WHOLE_FILTER = 1000;

function embedOf(view: SubscriptionView) {
  const { channelId, terms, held, unusual } = view;
  const text = [
    `<#${channelId}> ${linesOf({ ...view, differences: [] }, WHOLE_FILTER)}`,
    sayPhrase(terms),
    ...(held ? [tellHeld(held)] : []),
  ];
  return { color: unusual || held ? ACCENT.look : ACCENT.paper, description: text.join('\n') };
}

/** What was done, above the list. */
export type ListNote = {
  what: 'removed' | 'paused' | 'resumed' | 'copied';
  /** Those that it was done to. */
  to: readonly { channelId: string; filter: string }[];
  /** So many of those that were chosen were no longer there. */
  gone: number;
  /** The key of what is behind Undo; null: nothing. */
  undo: string | null;
  /** When a pause ends by itself, UTC ms. */
  until?: number;
  /** A role that the copy does not mention. */
  isWithoutRole?: boolean;
};

export function tellDone({ what, to, gone, until, isWithoutRole }: ListNote): string {
  const [only] = to;
  const isOne = to.length === 1 && only;
  const one = only && { channel: channel(only.channelId), filter: code(only.filter, 300) };
  return [
    ...(isOne && one ? [tellOne(what, one, until)] : []),
    ...(to.length > 1 ? [say('subscriptions.doneMany', { n: to.length, what })] : []),
    ...(isWithoutRole ? [say('subscriptions.copiedWithoutRole')] : []),
    ...(gone > 0
      ? [say(to.length > 0 ? 'subscriptions.someGone' : 'subscriptions.allGone', { n: gone })]
      : []),
  ].join(' ');
}

type There = { channel: ReturnType<typeof channel>; filter: ReturnType<typeof code> };

function tellOne(what: ListNote['what'], there: There, until: number | undefined): string {
  if (what !== 'paused') return say(DONE[what], there);
  const hasEnd = yesNo(until !== undefined);
  return say('subscriptions.donePaused', { ...there, hasEnd, until: instant(until ?? 0, 'f') });
}

const DONE = {
  removed: 'subscriptions.doneRemoved',
  resumed: 'subscriptions.doneResumed',
  copied: 'subscriptions.doneCopied',
} as const;
