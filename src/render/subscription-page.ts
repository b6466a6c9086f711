import { own } from '#src/foundation/own.ts';
import { count } from './count.ts';
import { cut } from './cut.ts';
import { codeSpan, escapeMarkdown, escapeWords, plain } from './escape-markdown.ts';
import { pageButtons } from './paper-list.ts';
import { SENSITIVITY } from './sensitivity.ts';
import { wording } from './wording.ts';

/** A subscription as people read it. */
export type SubscriptionView = {
  id: string;
  channelId: string;
  /** The filter as written. */
  filter: string;
  /** "newly trending (balanced), as it happens, at most 10 a day". */
  terms: string;
  paused: string | null;
  /** A moderator paused it: what Discord hinders cannot be resumed. */
  isResumable?: boolean;
  /** What of it does not do any more what it is for: whole sentences. */
  lost: readonly string[];
  /** As Discord calls it, where mentions are not rendered; null: unknown, or gone. */
  channelName?: string | null;
};

/** A channel where mentions are not rendered. */
export const plainChannel = (name: string | null): string => (name === null ? 'deleted channel' : `#${name}`);

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
  sensitivities: readonly { name: string; posts: number }[];
  /** What `posts` counts is every paper, not those at one sensitivity. */
  countsAll?: boolean;
  hints: readonly string[];
};

/** A button that takes a filter as it was probably meant: "Use diffusion". */
export type Correction = { customId: string; label: string };

/** What was saved: green; amber where its writer should look at something. */
export const colourOf = (isAmber: boolean | undefined): number => (isAmber ? 0xe0a030 : 0x3ba55d);

export const correctionButton = ({ customId, label }: Correction): object => ({
  ...{ type: 2, style: 1, label, custom_id: customId },
});

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
export function subscribedMessage(view: SubscribedView): { embeds: object[]; components: object[] } {
  const { subscription, backTest, isOld, isAmber, correction } = view;
  const undo = { type: 2, style: 4, label: 'Undo', custom_id: `unsubscribe:${subscription.id}` };
  return {
    embeds: [
      {
        title: isOld ? 'Subscribed already' : 'Subscribed',
        color: colourOf(isAmber),
        description: cut(
          `<#${subscription.channelId}> gets papers that match ${codeSpan(subscription.filter)}\n${subscription.terms}\n\n${backTestText(backTest)}`,
          4096,
        ),
        footer: {
          text: isOld
            ? 'Nothing was changed.'
            : 'Nothing of the past is posted: it starts with the next paper.',
        },
      },
    ],
    components: [
      {
        type: 1,
        components: [
          ...(correction ? [correctionButton(correction)] : []),
          ...(isOld ? [] : [undo]),
          { type: 2, style: 2, label: 'All subscriptions', custom_id: 'subscriptions:0' },
        ],
      },
    ],
  };
}

/** "The last 30 days: 14 posts, 0.5 a day. The newest five: ..." */
export function backTestText(test: BackTestView): string {
  const rate = test.posts === 0 || test.days === 1 ? '' : `, ${tellRate(test.posts / test.days)}`;
  const head = `**The last ${count(test.days, 'day')}: ${count(test.posts, 'paper')}${rate}.**`;
  const examples = test.examples.map(
    ({ title, url, at }) => `- [${escapeWords(title, 120)}](${url}) <t:${Math.floor(at / 1000)}:d>`,
  );
  const sensitivities =
    test.sensitivities.length > 0
      ? [
          `${test.countsAll ? 'Newly trending of these' : 'With another sensitivity'}: ${test.sensitivities.map(({ name, posts }) => `${own(SENSITIVITY, name) ?? name} ${posts}`).join(', ')}.`,
        ]
      : [];
  return [head, ...examples, ...sensitivities, ...test.hints.map((hint) => `-# ${hint}`)].join('\n');
}

const tellRate = (aDay: number): string =>
  aDay >= 0.1 ? `${aDay.toFixed(1)} a day` : `${(aDay * 7).toFixed(1)} a week`;

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
): { content?: string; embeds: object[]; components: object[] } {
  const undo =
    done && done.undo !== null
      ? [{ type: 2, style: 2, label: 'Undo', custom_id: `undo:${done.undo}:list` }]
      : [];
  const told = done ? { content: done.told } : {};
  const unreadable =
    view.unreadable > 0
      ? `\n\n${count(view.unreadable, 'setting')} of this server cannot be read; the operator’s log says more. They are kept.`
      : '';
  const hidden = view.hidden > 0 ? `\n\n${tellHidden(view.hidden)}` : '';
  if (view.total === 0) {
    const description = `${noneLine(view)} Begin with \`/subscribe keywords:diffusion\`, or \`/subscribe topic:llm when:daily at:09:00\`.${hidden}${unreadable}`;
    const components = undo.length > 0 ? [{ type: 1, components: undo }] : [];
    return { ...told, embeds: [{ title: 'Subscriptions', description }], components };
  }
  const untold = view.isUntold ? `\n\n${wording.nobodyTold}` : '';
  const notes = hidden + unreadable + untold;
  const first = view.page * SUBSCRIPTIONS_PER_PAGE;
  const lines = view.items.map((item, index) => {
    const paused = item.paused === null ? '' : `\n⏸ paused: ${escapeMarkdown(item.paused, 150)}`;
    const lost = item.lost.map((sentence) => `\n⚠ ${cut(sentence, 300)}`).join('');
    return `**${first + index + 1}.** <#${item.channelId}> ${codeSpan(item.filter, 150)}\n${item.terms}${paused}${lost}`;
  });
  const pages = Math.ceil(view.total / SUBSCRIPTIONS_PER_PAGE);
  return {
    ...told,
    embeds: [
      {
        title: count(view.total, 'subscription'),
        color: 0x2f6fde,
        description: cut(lines.join('\n'), 4096 - notes.length) + notes,
      },
    ],
    components: [
      select('pause', 'Pause or resume', view, ({ id, isResumable }) => (isResumable ? `resume:${id}` : id)),
      select('unsubscribe', 'Remove, one or several', view, (item) => item.id, view.items.length),
      {
        type: 1,
        components: [{ type: 2, style: 2, label: 'History', custom_id: 'history:0' }, ...undo],
      },
      ...pageButtons(view.page, pages, (page) => `subscriptions:${page}`),
    ],
  };
}

/** Entries that the asker is not shown. */
export function tellHidden(count: number): string {
  return count === 1 ? '1 more in a channel you cannot see.' : `${count} more in channels you cannot see.`;
}

/** What was done, above the list. */
export function tellDone({ what, to, gone }: ListNote): string {
  const [only] = to;
  const done = to.length === 1 && only ? DONE[what](`<#${only.channelId}>`, codeSpan(only.filter, 300)) : '';
  const many = to.length > 1 ? `${count(to.length, 'subscription')} ${what}.` : '';
  const missing = gone > 0 ? tellGone(gone, to.length) : '';
  return [done, many, missing].filter((sentence) => sentence !== '').join(' ');
}

const DONE = {
  removed: (place: string, filter: string) => `Removed. ${filter} posts nothing in ${place} any more.`,
  paused: (place: string, filter: string) =>
    `Paused. ${filter} posts nothing in ${place} until it is resumed.`,
  resumed: (place: string, filter: string) => `Resumed. ${filter} posts in ${place} what comes from now on.`,
} as const;

function tellGone(gone: number, done: number): string {
  if (done > 0) return `${gone} of those chosen ${gone === 1 ? 'was' : 'were'} no longer there.`;
  return gone === 1
    ? 'That subscription is no longer there. This is the current list.'
    : 'Those subscriptions are no longer there. This is the current list.';
}

/** In the place of the confirmation, once it was taken back. */
export function takenBackMessage(isDone: boolean): { embeds: object[]; components: object[] } {
  const description = 'The subscription is removed again. `/subscriptions` shows the others.';
  return { embeds: [{ title: isDone ? 'Taken back already' : 'Taken back', description }], components: [] };
}

function noneLine({ hidden, unreadable }: SubscriptionsView): string {
  if (unreadable > 0) return 'No subscription can be shown.';
  return `${hidden > 0 ? 'No channel that you can see' : 'No channel of this server'} is subscribed.`;
}

function select(
  id: string,
  placeholder: string,
  view: SubscriptionsView,
  chosen: (item: SubscriptionView) => string,
  most = 1,
): object {
  const first = view.page * SUBSCRIPTIONS_PER_PAGE;
  return {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: id,
        placeholder,
        max_values: most,
        options: view.items.map((item, index) => ({
          label: plain(
            `${first + index + 1}. ${plainChannel(item.channelName ?? null)} · ${item.filter}`,
            100,
          ),
          value: chosen(item),
          description: plain(item.paused === null ? item.terms : `paused: ${item.paused}`, 100),
        })),
      },
    ],
  };
}
