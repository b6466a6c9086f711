import type { APIEmbedField } from 'discord-api-types/v10';
import type { SamePaper } from '#src/decision/same-paper.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { code, instant, phrase, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { cut } from './cut.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { ACCENT, button, type MessageView, rowsOf } from './parts.ts';
import { say, sayPhrase, sayPlain, sayValue, sayValuePlain } from './say.ts';

export type SourceStatus = {
  name: KeptPhrase;
  state: 'on time' | 'late' | 'partial' | 'not read yet';
  lastSuccessAt: number | null;
  /** When it will have something new; null where that is always. */
  nextAt?: number | null;
  /** Why it is late or partial, or what else is to be known of it, each half a sentence. */
  reasons: readonly KeptPhrase[];
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
  held: KeptPhrase | null;
  /** No moderator could be told of it. */
  isUntold: boolean;
  /** What moderators paused. */
  paused: readonly { filter: string; told: Phrase }[];
  /** What of a subscription does not do any more what it is for; whole sentences. */
  lost: readonly { filter: string; sentence: KeptPhrase }[];
  isUnreadable: boolean;
  lastPostAt: number | null;
  postsInFourWeeks: number;
  nextDigestAt: number | null;
  matchedToday: number;
  /** What the server wants of a paper that another channel has. */
  samePaper: SamePaper;
  postedToday: number;
  /** Of the day's papers the one that lacked one clause of a filter of that channel. */
  nearest?: { paper: string; channelId: string; told: Phrase } | null;
};

/** Whether it works, when it looked last, what it found: honest silence. */
export function statusMessage(view: StatusView): MessageView {
  const troubles = troublesIn(view);
  return {
    embeds: [
      {
        title: [sayPlain('status.running'), ...troubles].join('; '),
        color: troubles.length > 0 ? ACCENT.look : ACCENT.saved,
        description: cut(
          [
            checkLine(view),
            todayLine(view),
            say('status.known', { papers: view.papers, posts: view.waiting }),
            ...(view.alsoRead?.length ? [alsoReadLine(view.alsoRead)] : []),
          ].join('\n'),
          2000,
        ),
        fields: [
          ...view.sources.map(sourceField),
          ...(view.channel
            ? [{ name: sayPlain('status.thisChannel'), value: channelLine(view.channel) }]
            : []),
        ],
        footer: { text: sayPlain('status.version', { version: view.version }) },
        timestamp: new Date(view.startedAt).toISOString(),
      },
    ],
    components: rowsOf(whyButtons(view)),
  };
}

/** Under the nearest miss: all that /why tells of it. */
function whyButtons({ channel }: StatusView) {
  if (!channel?.nearest || channel.filters.length === 0) return [];
  const { paper, channelId } = channel.nearest;
  return [button(sayPlain('status.why'), `why-in:${channelId}::${paper}`)];
}

/** What is amber, the channel's own first. */
function troublesIn({ channel, sources }: StatusView): string[] {
  const isLate = sources.some(({ state }) => state === 'late' || state === 'partial');
  return [
    ...(channel ? channelTroubles(channel) : []),
    ...(isLate ? [sayPlain('status.sourceTrouble')] : []),
  ];
}

function channelTroubles({ filters, held, paused, lost, isUnreadable }: ChannelView): string[] {
  const isPaused = held !== null || (filters.length > 0 && paused.length === filters.length);
  return [
    ...(isPaused ? [sayPlain('status.channelPaused')] : []),
    ...(!isPaused && paused.length > 0 ? [sayPlain('status.subscriptionPaused')] : []),
    ...(lost.length > 0 || isUnreadable ? [sayPlain('status.needsModerator')] : []),
  ];
}

function checkLine({ lastRunAt, nextRunAt }: StatusView): string {
  const last =
    lastRunAt === null ? say('status.noSourceRead') : say('status.lastLook', { at: instant(lastRunAt) });
  return nextRunAt === null ? last : `${last} ${say('status.nextLook', { at: instant(nextRunAt) })}`;
}

function todayLine({ readToday: n, channel }: StatusView): string {
  if (channel === null || channel.filters.length === 0) return say('status.today', { n });
  const today = say('status.todayHere', { n, matched: channel.matchedToday, posted: channel.postedToday });
  const { samePaper, nearest } = channel;
  return [
    today,
    ...(nearest ? [say('status.nearestMiss', { miss: nearest.told })] : []),
    ...(samePaper === 'full' ? [] : [say('status.samePaper', { samePaper })]),
  ].join(' ');
}

/** So many categories are named; the others are counted. */
const NAMED = 8;

function alsoReadLine(all: readonly string[]): string {
  const shown = all.slice(0, NAMED).map((one) => code(one, 40));
  const rest = all.length - shown.length;
  const categories = rest > 0 ? [...shown, phrase('list.more', { n: rest })] : shown;
  return say('status.alsoRead', { n: all.length, categories });
}

const STATES = { 'on time': 'onTime', late: 'late', partial: 'partial', 'not read yet': 'notYet' } as const;

function sourceField({ name, state, lastSuccessAt, nextAt, reasons }: SourceStatus): APIEmbedField {
  const fares = say('status.source', {
    state: STATES[state],
    ...{ wasRead: yesNo(lastSuccessAt !== null), readAt: instant(lastSuccessAt ?? 0) },
    ...{ hasNext: yesNo(nextAt != null), nextAt: instant(nextAt ?? 0) },
  });
  const why = reasons.map((reason) => told(reason)).join('; ');
  return {
    name: sayValuePlain(name),
    value: cut(why === '' ? fares : `${fares}\n${why}`, 1024),
    inline: true,
  };
}

/** So many filters are shown; the others are counted. */
const FILTERS_SHOWN = 5;

function channelLine(channel: ChannelView): string {
  const { filters, held, isUntold, paused, lost, isUnreadable } = channel;
  if (isUnreadable) return say('status.unreadable');
  if (filters.length === 0) return say('status.noSubscription');
  const { nextDigestAt } = channel;
  const lines = [
    filtersLine(filters),
    lastPostLine(channel),
    ...(nextDigestAt === null ? [] : [say('status.nextDigest', { at: instant(nextDigestAt, 'f') })]),
    ...(held === null ? [] : [say('status.paused', { reason: told(held, 300) })]),
    ...(isUntold ? [say('subscriptions.nobodyTold')] : []),
    ...paused.map((one) => say('status.onePaused', { filter: codeOf(one.filter), paused: one.told })),
    ...lost.map(({ filter, sentence }) => `${sayValue(codeOf(filter))}: ${sayValue(sentence)}`),
  ];
  return cut(lines.join('\n'), 1024);
}

/** Plain text is somebody else's. */
function told(kept: KeptPhrase, most = Number.POSITIVE_INFINITY): string {
  return typeof kept === 'string' ? escapeMarkdown(kept, most) : cut(sayPhrase(kept), most);
}

function filtersLine(filters: readonly string[]): string {
  const shown = filters.slice(0, FILTERS_SHOWN).map(codeOf);
  const rest = filters.length - shown.length;
  return say('status.filters', { n: filters.length, filters: { list: shown }, rest });
}

function lastPostLine({ lastPostAt, postsInFourWeeks: n }: ChannelView): string {
  if (lastPostAt === null) return say('status.nothingPosted');
  return say('status.lastPost', { at: instant(lastPostAt), n });
}

const codeOf = (filter: string) => code(filter, 80);
