import { count } from './count.ts';
import { cut } from './cut.ts';
import { codeSpan, escapeMarkdown } from './escape-markdown.ts';
import { wording } from './wording.ts';

export type SourceStatus = {
  name: string;
  state: 'on time' | 'late' | 'partial' | 'not read yet';
  lastSuccessAt: number | null;
  /** When it will have something new; null where that is always. */
  nextAt?: number | null;
  /** Why it is late or partial, or what else is to be known of it, for people. */
  reason: string | null;
};

export type StatusView = {
  version: string;
  startedAt: number;
  /** When a source was last read. */
  lastRunAt: number | null;
  nextRunAt: number | null;
  /** Papers that a list showed first since the channel's day began. */
  readToday: number;
  sources: readonly SourceStatus[];
  /** Categories of arXiv that are read because subscriptions name them. */
  alsoRead?: readonly string[];
  papers: number;
  waiting: number;
  /** What the channel where it was asked can know about itself; null outside of servers. */
  channel: ChannelView | null;
};

export type ChannelView = {
  /** Of each subscription, as written. */
  filters: readonly string[];
  /** Why Discord takes nothing here, and what becomes of it. */
  held: string | null;
  /** No moderator could be told of it. */
  isUntold: boolean;
  /** What moderators paused. */
  paused: readonly { filter: string; reason: string }[];
  /** What of a subscription does not do any more what it is for; whole sentences. */
  lost: readonly { filter: string; sentence: string }[];
  isUnreadable: boolean;
  lastPostAt: number | null;
  postsInFourWeeks: number;
  nextDigestAt: number | null;
  matchedToday: number;
  postedToday: number;
};

const time = (at: number, style: 'R' | 'f' = 'R') => `<t:${Math.floor(at / 1000)}:${style}>`;

/** Whether it works, when it looked last, what it found: honest silence. */
export function statusMessage(view: StatusView): { embeds: object[] } {
  const troubles = troublesIn(view);
  return {
    embeds: [
      {
        title: ['Paperboy is running', ...troubles].join('; '),
        color: troubles.length > 0 ? 0xe0a030 : 0x3ba55d,
        description: cut(
          [
            checkLine(view),
            todayLine(view),
            `${count(view.papers, 'paper')} known, ${count(view.waiting, 'post')} waiting in all channels.`,
            ...(view.alsoRead?.length ? [wording.categories.alsoRead(view.alsoRead)] : []),
          ].join('\n'),
          2000,
        ),
        fields: [
          ...view.sources.map(sourceField),
          ...(view.channel ? [{ name: 'This channel', value: channelLine(view.channel) }] : []),
        ],
        footer: { text: `Paperboy ${view.version}, running since` },
        timestamp: new Date(view.startedAt).toISOString(),
      },
    ],
  };
}

/** What is amber, the channel's own first. */
function troublesIn({ channel, sources }: StatusView): string[] {
  const isLate = sources.some(({ state }) => state === 'late' || state === 'partial');
  return [...(channel ? channelTroubles(channel) : []), ...(isLate ? ['a source has trouble'] : [])];
}

function channelTroubles({ filters, held, paused, lost, isUnreadable }: ChannelView): string[] {
  const isPaused = held !== null || (filters.length > 0 && paused.length === filters.length);
  return [
    ...(isPaused ? ['this channel is paused'] : []),
    ...(!isPaused && paused.length > 0 ? ['a subscription here is paused'] : []),
    ...(lost.length > 0 || isUnreadable ? ['this channel needs a moderator'] : []),
  ];
}

function checkLine({ lastRunAt, nextRunAt }: StatusView): string {
  const next = nextRunAt === null ? '' : ` Next look ${time(nextRunAt)}.`;
  return `${lastRunAt === null ? 'No source has been read yet.' : `Last look at the sources ${time(lastRunAt)}.`}${next}`;
}

function todayLine({ readToday, channel }: StatusView): string {
  const read = `Today: ${count(readToday, 'paper')} read`;
  if (channel === null || channel.filters.length === 0) return `${read}.`;
  return `${read}, ${channel.matchedToday} matched here, ${channel.postedToday} posted.`;
}

function sourceField(source: SourceStatus): object {
  const read = source.lastSuccessAt === null ? 'never read' : `read ${time(source.lastSuccessAt)}`;
  const reason = source.reason ? `\n${escapeMarkdown(source.reason)}` : '';
  const next =
    source.nextAt === undefined || source.nextAt === null ? '' : `, next announcement ${time(source.nextAt)}`;
  return { name: source.name, value: cut(`${source.state}, ${read}${next}${reason}`, 1024), inline: true };
}

/** So many filters are shown; the others are counted. */
const FILTERS_SHOWN = 5;

function channelLine(channel: ChannelView): string {
  const { filters, held, isUntold, paused, lost, isUnreadable } = channel;
  if (isUnreadable) return wording.unreadableHere;
  if (filters.length === 0) return 'No subscription here. A moderator can add one with `/subscribe`.';
  const lines = [
    filtersLine(filters),
    lastPostLine(channel),
    ...(channel.nextDigestAt === null ? [] : [`Next digest ${time(channel.nextDigestAt, 'f')}.`]),
    ...(held === null ? [] : [`Paused: ${escapeMarkdown(held, 300)}.`]),
    ...(isUntold ? [wording.nobodyTold] : []),
    ...paused.map(({ filter, reason }) => `Paused: ${code(filter)}, ${escapeMarkdown(reason, 100)}.`),
    ...lost.map(({ filter, sentence }) => `${code(filter)}: ${sentence}`),
  ];
  return cut(lines.join('\n'), 1024);
}

function filtersLine(filters: readonly string[]): string {
  const rest = filters.length - FILTERS_SHOWN;
  const shown = filters.slice(0, FILTERS_SHOWN).map(code).join(', ');
  return `${count(filters.length, 'subscription')}: ${shown}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

function lastPostLine({ lastPostAt, postsInFourWeeks }: ChannelView): string {
  if (lastPostAt === null) return 'Nothing posted yet.';
  return `Last post ${time(lastPostAt)}, ${count(postsInFourWeeks, 'post')} in four weeks.`;
}

const code = (filter: string) => codeSpan(filter, 80);
