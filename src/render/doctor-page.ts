import type { APIEmbed, ChannelType } from 'discord-api-types/v10';
import { channel, instant, phrase, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { cut } from './cut.ts';
import { isLeftToPaperboy, type NoticesView, noticesLine, noticesSelect } from './notices-line.ts';
import { pageButtons } from './paper-list.ts';
import { ACCENT, button, channelSelect, type MessageRow, type MessageView, row } from './parts.ts';
import { say, sayPhrase, sayPlain } from './say.ts';

/** One channel, and what is to be known of it, the worst first; nothing where all is well. */
export type ChannelReport = {
  channelId: string;
  isGone: boolean;
  findings: readonly { kind: 'stops' | 'costs' | 'paused'; told: Phrase }[];
  /** Papers that wait there. */
  waiting: number;
  /** Since when it takes nothing, UTC ms; null: it does, or nothing was tried. */
  since: number | null;
  isSubscribed: boolean;
  isPublishing: boolean;
};

export type DoctorView = {
  /** The one channel that was asked about; '': all that have subscriptions. */
  asked: string;
  /** A page of those where something is to be known, what stops posts first. */
  channels: readonly ChannelReport[];
  /** How many these are in all. */
  ill: number;
  page: number;
  well: readonly ChannelReport[];
  /** Channels with subscriptions that the asker does not see. */
  hidden: number;
  /** Settings of the whole server that cannot be read. */
  unreadable: number;
  notices: NoticesView;
  /** Types of channels of which one can be looked at here; none where the page has subscriptions to look at. */
  lookIn: readonly ChannelType[];
  /** What was just done; `from`: the channel that was chosen for notices before. */
  done: { what: 'saved'; from: string | null; to: string | null } | { what: 'undone' } | null;
};

export const CHANNELS_PER_PAGE = 4;
/** Of one channel. */
const FINDINGS_SHOWN = 4;
const REPORT_TEXT = 700;
const WELL_NAMED = 12;

const DONE = { saved: 'serverSettings.saved', undone: 'undo.done' } as const;

/** What keeps papers from channels: red what stops them, amber what costs something, green where all is well. */
export function doctorMessage(view: DoctorView): MessageView & { content?: string } {
  const { asked, page, ill, notices, done } = view;
  const pages = Math.ceil(ill / CHANNELS_PER_PAGE);
  const here = (what: string, to = page) => `doctor:${what}:${asked}:${to}`;
  return {
    ...(done === null ? {} : { content: say(DONE[done.what]) }),
    embeds: [...view.channels.map(reportEmbed), ...restEmbed(view), noticesEmbed(notices)],
    components: [
      ...lookSelect(view),
      ...noticesSelect(notices, here('notices')),
      row(
        button(sayPlain('button.lookAgain'), here('look')),
        ...(notices.mayChange && !isLeftToPaperboy(notices)
          ? [button(sayPlain('button.pickNotices'), here('pick'))]
          : []),
        ...(done?.what === 'saved' && done.from !== done.to
          ? [button(sayPlain('button.undo'), `doctor:undo:${done.to ?? ''}:${done.from ?? ''}`)]
          : []),
      ),
      ...pageButtons(page, pages, (to) => here('look', to)),
    ],
  };
}

/** Before anything is subscribed: one channel after the other. */
const lookSelect = ({ lookIn }: DoctorView): MessageRow[] =>
  lookIn.length === 0
    ? []
    : [
        row(
          channelSelect({
            ...{ custom_id: 'doctor:channel', placeholder: sayPlain('doctor.choose') },
            channel_types: [...lookIn],
          }),
        ),
      ];

const COLOURS = { stops: ACCENT.refused, costs: ACCENT.look, paused: ACCENT.look } as const;

function reportEmbed(report: ChannelReport): APIEmbed {
  const { findings, isSubscribed } = report;
  const toMend = findings.filter(({ kind }) => kind !== 'paused').length;
  const shown = findings.slice(0, FINDINGS_SHOWN).map(({ told }) => sayPhrase(told));
  const rest = findings.length - shown.length;
  const lines = [
    ...shown,
    ...(rest > 0 ? [say('list.andMore', { n: rest })] : []),
    ...waitingLine(report),
    ...(isSubscribed ? [] : [say('doctor.notSubscribed')]),
  ];
  return {
    title: say('doctor.title', { channel: named(report), n: toMend }),
    color: COLOURS[findings[0].kind],
    description: cut(lines.join('\n'), REPORT_TEXT),
  };
}

/** A mention of a deleted channel says nothing. */
const named = ({ channelId, isGone }: ChannelReport): Value =>
  isGone ? phrase('channel.deleted') : channel(channelId);

function waitingLine({ findings, waiting, since }: ChannelReport): string[] {
  if (waiting === 0 || since === null || findings[0].kind !== 'stops') return [];
  return [say('doctor.waiting', { n: waiting, since: instant(since, 'f') })];
}

function restEmbed({ well, hidden, unreadable, channels }: DoctorView): APIEmbed[] {
  const isNone = channels.length + well.length + hidden === 0;
  const lines = [
    ...wellLines(well),
    ...(isNone
      ? [`${say('subscriptions.none')} ${say('subscriptions.begin')} ${say('doctor.lookBefore')}`]
      : []),
    ...(hidden > 0 ? [say('doctor.hidden', { n: hidden })] : []),
    ...(unreadable > 0 ? [say('subscriptions.unreadable', { n: unreadable })] : []),
  ];
  if (lines.length === 0) return [];
  const isGreen = well.length > 0 && unreadable === 0;
  return [{ color: isGreen ? ACCENT.saved : ACCENT.paper, description: lines.join('\n') }];
}

function wellLines(well: readonly ChannelReport[]): string[] {
  const [first] = well;
  if (!first) return [];
  if (!first.isSubscribed) return [say('doctor.couldPost', { channel: channel(first.channelId) })];
  const rest = Math.max(0, well.length - WELL_NAMED);
  const channels = [
    ...well.slice(0, WELL_NAMED).map((one) =>
      phrase('doctor.wellChannel', {
        channel: channel(one.channelId),
        isPublishing: yesNo(one.isPublishing),
      }),
    ),
  ];
  const more = phrase('list.more', { n: rest });
  return [say('doctor.well', { channels: rest > 0 ? [...channels, more] : { list: channels } })];
}

function noticesEmbed(notices: NoticesView): APIEmbed {
  const isAmber =
    notices.isPublic || notices.how === 'instead' || notices.how === 'deleted' || notices.how === 'nowhere';
  return { color: isAmber ? ACCENT.look : ACCENT.paper, description: noticesLine(notices) };
}
