import { type APIButtonComponent, ButtonStyle } from 'discord-api-types/v10';
import { channel, code, phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { cut } from './cut.ts';
import { codeSpan, escapeWords, plain } from './escape-markdown.ts';
import { pageButtons } from './paper-list.ts';
import {
  ACCENT,
  button,
  embed,
  type MessageRow,
  type MessageView,
  row,
  rowsOf,
  select,
  TEXT,
} from './parts.ts';
import { say, sayPhrase, sayPhrasePlain, sayPlain } from './say.ts';

/** A subscription as people read it. */
export type SubscriptionView = {
  id: string;
  channelId: string;
  /** The filter as written. */
  filter: string;
  /** "newly trending (balanced), as it happens, at most 10 a day". */
  terms: Phrase;
  paused: Phrase | null;
  /** A moderator paused it: what Discord hinders cannot be resumed. */
  isResumable?: boolean;
  /** What of it does not do any more what it is for: whole sentences. */
  lost: readonly Phrase[];
  /** It fell silent, or became loud. */
  unusual?: { kind: 'quiet' | 'loud'; told: Phrase };
  /** As Discord calls it, where mentions are not rendered; null: unknown, or gone. */
  channelName?: string | null;
};

/** A channel where mentions are not rendered. */
export const plainChannel = (name: string | null): string =>
  name === null ? sayPlain('channel.deleted') : `#${name}`;

/** What was done in the list of subscriptions. */
export type ListNote = {
  what: 'removed' | 'paused' | 'resumed';
  /** Those that it was done to. */
  to: readonly { channelId: string; filter: string }[];
  /** So many of those that were chosen were no longer there. */
  gone: number;
  /** The key of what is behind Undo; null: nothing. */
  undo: string | null;
};

/** What a filter would have posted in the last 30 days. */
export type BackTestView = {
  days: number;
  posts: number;
  /** The newest, as markdown links. */
  examples: readonly { title: string; url: string; at: number }[];
  /** Posts with each sensitivity, for filters on trending papers. */
  sensitivities: readonly { name: 'sure' | 'balanced' | 'early' | 'wide'; posts: number }[];
  /** How many came on each day, the oldest first. */
  perDay?: readonly number[];
  /** What `posts` counts is every paper, not those at one sensitivity. */
  countsAll?: boolean;
  hints: readonly Phrase[];
};

/** A button that takes a filter as it was probably meant: "Use diffusion". */
export type Correction = { customId: string; label: string };

/** What was saved: green; amber where its writer should look at something. */
const colourOf = (isAmber: boolean | undefined): number => (isAmber ? ACCENT.look : ACCENT.saved);

export const correctionButton = ({ customId, label }: Correction): APIButtonComponent =>
  button(label, customId, ButtonStyle.Primary);

/** Leads to the first page of the list. */
export const allSubscriptions = (): APIButtonComponent =>
  button(sayPlain('button.allSubscriptions'), 'subscriptions:0');

export type SubscribedView = {
  subscription: SubscriptionView;
  backTest: BackTestView;
  /** It stood there before. */
  isOld?: boolean;
  /** There is something that its writer should look at. */
  isAmber?: boolean;
  correction?: Correction | null;
};

/** The confirmation, with the history and a way back. */
export function subscribedMessage(view: SubscribedView): MessageView {
  const { subscription, backTest, isOld, isAmber, correction } = view;
  const { channelId, filter, terms } = subscription;
  const undo = button(sayPlain('button.undo'), `unsubscribe:${subscription.id}`, ButtonStyle.Danger);
  const saved = say('subscribe.saved', { channel: channel(channelId), filter: code(filter) });
  return {
    embeds: [
      {
        ...embed(
          say(isOld ? 'subscribe.titleAlready' : 'subscribe.title'),
          `${saved}\n${sayPhrase(terms)}\n\n${backTestText(backTest)}`,
          colourOf(isAmber),
        ),
        footer: { text: sayPlain(isOld ? 'subscribe.nothingChanged' : 'subscribe.startsNow') },
      },
    ],
    components: [
      row(
        ...(correction ? [correctionButton(correction)] : []),
        ...(isOld ? [] : [undo]),
        allSubscriptions(),
      ),
    ],
  };
}

/** "The last 30 days: 14 posts, 0.5 a day. The newest five: ..." `beside`: lines under its first. */
export function backTestText(test: BackTestView, beside: readonly string[] = []): string {
  const { days, posts: papers } = test;
  const head = `**${say('preview.found', { days, papers, ...rateOf(papers, days) })}**`;
  const examples = test.examples.map(
    ({ title, url, at }) => `- [${escapeWords(title, 120)}](${url}) <t:${Math.floor(at / 1000)}:d>`,
  );
  const sensitivities = test.sensitivities.length > 0 ? [tellSensitivities(test)] : [];
  return [head, ...beside, ...examples, ...sensitivities, ...hintLines(test.hints)].join('\n');
}

/** What the writer of a filter should know of it, small. */
export const hintLines = (hints: readonly Phrase[]): string[] => hints.map((hint) => `-# ${sayPhrase(hint)}`);

function rateOf(papers: number, days: number): { per: 'day' | 'week' | 'none'; rate: string } {
  const aDay = papers / days;
  if (papers === 0 || days === 1) return { per: 'none', rate: '' };
  return aDay >= 0.1 ? { per: 'day', rate: aDay.toFixed(1) } : { per: 'week', rate: (aDay * 7).toFixed(1) };
}

function tellSensitivities({ sensitivities, countsAll }: BackTestView): string {
  const counts = sensitivities.map(({ name, posts: papers }) =>
    phrase('preview.atSensitivity', { sensitivity: phrase(`sensitivity.${name}`), papers }),
  );
  return say('preview.sensitivities', { of: countsAll ? 'all' : 'others', counts: { list: counts } });
}

export type SubscriptionsView = {
  items: readonly SubscriptionView[];
  /** Those that the asker sees. */
  total: number;
  /** Those in channels that the asker cannot see. */
  hidden: number;
  page: number;
  unreadable: number;
  /** There is trouble of which no moderator could be told. */
  isUntold?: boolean;
};

export const SUBSCRIPTIONS_PER_PAGE = 10;

/** The server's subscriptions, a page, with what can be done about them; above it what was just done. */
export function subscriptionsMessage(
  view: SubscriptionsView,
  done: { told: string; undo: string | null } | null = null,
): MessageView & { content?: string } {
  const undo = done && done.undo !== null ? [button(sayPlain('button.undo'), `undo:${done.undo}:list`)] : [];
  const told = done ? { content: done.told } : {};
  const unreadable =
    view.unreadable > 0 ? `\n\n${say('subscriptions.unreadable', { n: view.unreadable })}` : '';
  const hidden = view.hidden > 0 ? `\n\n${tellHidden(view.hidden)}` : '';
  if (view.total === 0) {
    const description = `${noneLine(view)} ${say('subscriptions.begin')}${hidden}${unreadable}`;
    const embeds = [{ title: say('subscriptions.titleNone'), description }];
    return { ...told, embeds, components: rowsOf(undo) };
  }
  const untold = view.isUntold ? `\n\n${say('subscriptions.nobodyTold')}` : '';
  const notes = hidden + unreadable + untold;
  const first = view.page * SUBSCRIPTIONS_PER_PAGE;
  const lines = view.items.map((item, index) => `**${first + index + 1}.** ${lineOf(item)}`);
  const pages = Math.ceil(view.total / SUBSCRIPTIONS_PER_PAGE);
  return {
    ...told,
    embeds: [
      {
        title: say('subscriptions.title', { n: view.total }),
        color: view.items.some(({ unusual }) => unusual) ? ACCENT.look : ACCENT.paper,
        description: cut(lines.join('\n'), TEXT - notes.length) + notes,
      },
    ],
    components: [
      listSelect('pause', sayPlain('subscriptions.pauseOne'), view, ({ id, isResumable }) =>
        isResumable ? `resume:${id}` : id,
      ),
      listSelect(
        'unsubscribe',
        sayPlain('subscriptions.removeSome'),
        view,
        (item) => item.id,
        view.items.length,
      ),
      ...unusualRow(view),
      row(
        button(sayPlain('button.history'), 'history:0'),
        button(sayPlain('button.serverSettings'), 'server-settings'),
        ...undo,
      ),
      ...pageButtons(view.page, pages, (page) => `subscriptions:${page}`),
    ],
  };
}

function lineOf({ channelId, filter, terms, paused, lost, unusual }: SubscriptionView): string {
  const pause = paused && say('subscriptions.paused', { reason: cut(sayPhrase(paused), 150) });
  return [
    `<#${channelId}> ${codeSpan(filter, 150)}`,
    sayPhrase(terms),
    ...(pause === null ? [] : [`⏸ ${pause}`]),
    ...(unusual ? [`⚠ ${sayPhrase(unusual.told)}.`] : []),
    ...lost.map((sentence) => `⚠ ${cut(sayPhrase(sentence), 300)}`),
  ].join('\n');
}

/** So many entries have their buttons under the list. */
const WITH_BUTTONS = 2;

/** What can be done about entries that are not as usual: a few by buttons, of more one is chosen first. */
function unusualRow(view: SubscriptionsView): MessageRow[] {
  const first = view.page * SUBSCRIPTIONS_PER_PAGE;
  const all = view.items.flatMap((item, index) => (item.unusual ? [{ item, n: first + index + 1 }] : []));
  if (all.length <= WITH_BUTTONS)
    return rowsOf(all.flatMap(({ item, n }) => unusualButtons(item, all.length === 1 ? null : n)));
  const options = all.map(({ item, n }) => ({
    label: plain(`${n}. ${plainChannel(item.channelName ?? null)} · ${item.filter}`, 100),
    value: item.id,
    description: plain(item.unusual ? sayPhrasePlain(item.unusual.told) : '', 100),
  }));
  return [row(select({ custom_id: 'unusual', placeholder: sayPlain('unusual.choose'), options }))];
}

/** `n`: the entry's number, where others have such buttons too. */
function unusualButtons({ id, unusual }: SubscriptionView, n: number | null): APIButtonComponent[] {
  const isQuiet = unusual?.kind === 'quiet';
  const change = isQuiet ? 'widen' : 'narrow';
  const label = n === null ? sayPlain(`button.${change}`) : sayPlain(`unusual.${change}One`, { n });
  return [
    button(label, `tune:${id}:${isQuiet ? 'wider' : 'narrower'}`),
    button(n === null ? sayPlain('button.fine') : sayPlain('unusual.fineOne', { n }), `fine:${id}`),
  ];
}

/** One entry, with what can be done about it where it is not as usual. */
export function unusualMessage(view: SubscriptionView): MessageView {
  const buttons = view.unusual ? unusualButtons(view, null) : [];
  return {
    embeds: [{ color: view.unusual ? ACCENT.look : ACCENT.paper, description: lineOf(view) }],
    components: [row(...buttons, allSubscriptions())],
  };
}

/** Entries that the asker is not shown. */
export const tellHidden = (n: number): string => say('subscriptions.hidden', { n });

/** What was done, above the list. */
export function tellDone({ what, to, gone }: ListNote): string {
  const [only] = to;
  const isOne = to.length === 1 && only;
  return [
    ...(isOne ? [say(DONE[what], { channel: channel(only.channelId), filter: code(only.filter, 300) })] : []),
    ...(to.length > 1 ? [say('subscriptions.doneMany', { n: to.length, what })] : []),
    ...(gone > 0
      ? [say(to.length > 0 ? 'subscriptions.someGone' : 'subscriptions.allGone', { n: gone })]
      : []),
  ].join(' ');
}

const DONE = {
  removed: 'subscriptions.doneRemoved',
  paused: 'subscriptions.donePaused',
  resumed: 'subscriptions.doneResumed',
} as const;

/** In the place of the confirmation, once it was taken back. */
export function takenBackMessage(isDone: boolean): MessageView {
  const title = say(isDone ? 'subscribe.titleTakenBackAlready' : 'subscribe.titleTakenBack');
  return { embeds: [{ title, description: say('subscribe.takenBack') }], components: [] };
}

function noneLine({ hidden, unreadable }: SubscriptionsView): string {
  if (unreadable > 0) return say('subscriptions.noneShown');
  return say(hidden > 0 ? 'subscriptions.noneSeen' : 'subscriptions.none');
}

function listSelect(
  id: string,
  placeholder: string,
  view: SubscriptionsView,
  chosen: (item: SubscriptionView) => string,
  most = 1,
): MessageRow {
  const first = view.page * SUBSCRIPTIONS_PER_PAGE;
  const options = view.items.map((item, index) => ({
    label: plain(`${first + index + 1}. ${plainChannel(item.channelName ?? null)} · ${item.filter}`, 100),
    value: chosen(item),
    description: plain(
      sayPhrasePlain(
        item.paused === null ? item.terms : phrase('subscriptions.paused', { reason: item.paused }),
      ),
      100,
    ),
  }));
  return row(select({ custom_id: id, placeholder, max_values: most, options }));
}
