import type { SamePaper } from '#src/decision/same-paper.ts';
import { code, instant, words, yesNo } from '#src/wording/phrase.ts';
import { plain } from './escape-markdown.ts';
import { tellMember } from './member.ts';
import { isLeftToPaperboy, type NoticesView, noticesLine, noticesSelect } from './notices-line.ts';
import { ACCENT, button, embed, type MessageRow, type MessageView, row, select } from './parts.ts';
import { say, sayPlain } from './say.ts';
import { allSubscriptions } from './subscription-page.ts';

const CHOICES = ['full', 'line', 'none'] as const satisfies readonly SamePaper[];

type Settings = { samePaper: SamePaper; zone: string | null; notices: string | null };

/** `done`: what was just done; a change tells what there was before. `isOld`: it was so before. */
export type ServerSettingsView = {
  settings: Settings;
  notices: NoticesView;
  done: { what: 'saved'; from: Settings } | { what: 'undone'; isOld: boolean } | null;
  /** What comes to no channel of the server, the oldest first. */
  mutes: readonly MuteShown[];
  /** A mute that was just removed (its way back: a key) or is back again. */
  mute: { text: string; undo: string | null } | null;
  /** What of it cannot be read: the usual settings hold then, and nothing is muted. */
  unread: { settings: boolean; mutes: boolean };
};

/** A mute as it was written, who made it (a member's id) and when (UTC ms). */
type MuteShown = { text: string; who: string; at: number };

/** So many options a select of Discord has: of more mutes there are more selects. */
const MUTES_A_SELECT = 25;
const MUTES_TOLD = 20;

/** A choice as its select and buttons name it; anything else is the way everything was before there was a choice. */
export const samePaperOf = (value: string): SamePaper => CHOICES.find((one) => one === value) ?? 'full';

/** The settings of a server, what they mean, and a way back. */
export function serverSettingsMessage(view: ServerSettingsView): MessageView {
  const { settings, notices, done, mutes, mute, unread } = view;
  const undo = mute?.undo ? `server-settings:mute:${mute.undo}` : undoOf(settings, done);
  return {
    embeds: [
      embed(
        sayPlain('serverSettings.title'),
        [...tellDone(view), ...tellSettings(view), ...tellMutes(mutes)].join('\n\n'),
        accentOf(view),
      ),
    ],
    components: [
      ...(unread.settings
        ? []
        : [samePaperSelect(settings), ...noticesSelect(notices, 'server-settings:notices')]),
      ...muteSelects(mutes),
      row(
        ...(undo === null ? [] : [button(sayPlain('button.undo'), undo)]),
        ...(unread.settings ? [] : [button(sayPlain('button.changeZone'), 'server-settings:zone')]),
        ...(unread.settings || isLeftToPaperboy(notices)
          ? []
          : [button(sayPlain('button.pickNotices'), 'server-settings:pick-notices')]),
        allSubscriptions(),
      ),
    ],
  };
}

function accentOf({ done, mute, unread }: ServerSettingsView): number {
  if (unread.settings || unread.mutes) return ACCENT.look;
  return done || mute ? ACCENT.saved : ACCENT.paper;
}

function tellDone({ settings, done, mute }: ServerSettingsView): string[] {
  if (done?.what === 'undone') return [say(done.isOld ? 'undo.doneAlready' : 'undo.done')];
  if (done) {
    const isOld = undoOf(settings, done) === null;
    return [say(isOld ? 'serverSettings.savedAlready' : 'serverSettings.saved')];
  }
  return tellMuteDone(mute);
}

function tellSettings({ settings: { samePaper, zone }, notices, unread }: ServerSettingsView): string[] {
  const is = say('serverSettings.is', { samePaper });
  return [
    ...(unread.settings ? [say('serverSettings.unreadable')] : []),
    is + (samePaper === 'full' ? '' : `\n-# ${say('serverSettings.first')}`),
    say('serverSettings.zone', { isKnown: yesNo(zone !== null), zone: words(zone ?? '') }) +
      (zone === null ? '' : `\n-# ${say('serverSettings.zoneFromNow')}`),
    noticesLine(notices),
    ...(unread.mutes ? [say('serverSettings.mutesUnreadable')] : []),
  ];
}

function samePaperSelect({ samePaper }: Settings): MessageRow {
  const options = CHOICES.map((value) => ({
    label: sayPlain(`serverSettings.choice.${value}`),
    value,
    default: value === samePaper,
  }));
  const placeholder = sayPlain('serverSettings.samePaper');
  return row(select({ custom_id: 'server-settings:same-paper', placeholder, options }));
}

/** What takes the change back; null where nothing changed. */
function undoOf(now: Settings, done: ServerSettingsView['done']): string | null {
  if (done?.what !== 'saved') return null;
  const before = done.from;
  if (now.samePaper !== before.samePaper) return `server-settings:undo:${now.samePaper}:${before.samePaper}`;
  if (now.notices !== before.notices)
    return `server-settings:undo-notices:${now.notices ?? ''}:${before.notices ?? ''}`;
  if (now.zone !== before.zone) return `server-settings:undo-zone:${now.zone ?? ''}:${before.zone ?? ''}`;
  return null;
}

function tellMuteDone(mute: ServerSettingsView['mute']): string[] {
  if (!mute) return [];
  const is = { mute: code(mute.text, 100) };
  return [mute.undo === null ? say('serverSettings.mutedAgain', is) : say('serverSettings.unmuted', is)];
}

function tellMutes(mutes: readonly MuteShown[]): string[] {
  if (mutes.length === 0) return [];
  const told = mutes
    .slice(-MUTES_TOLD)
    .map(({ text, who, at }) =>
      say('serverSettings.mute', { mute: code(text, 60), who: tellMember(who), at: instant(at, 'D') }),
    );
  const rest = mutes.length - told.length;
  const lines = [
    `**${say('serverSettings.mutes')}**`,
    ...told,
    ...(rest > 0 ? [say('list.andMore', { n: rest })] : []),
  ];
  return [lines.join('\n')];
}

/** All of them, in as many selects as they need. */
function muteSelects(mutes: readonly MuteShown[]): MessageRow[] {
  const selects: MessageRow[] = [];
  for (let first = 0; first < mutes.length; first += MUTES_A_SELECT) {
    const offered = mutes.slice(first, first + MUTES_A_SELECT);
    const isAll = yesNo(offered.length === mutes.length);
    const span = { isAll, from: first + 1, to: first + offered.length, of: mutes.length };
    const options = offered.map(({ text, at }) => ({ label: plain(text, 100), value: String(at) }));
    const placeholder = sayPlain('serverSettings.removeMute', span);
    const customId = `server-settings:unmute${first === 0 ? '' : `:${selects.length}`}`;
    selects.push(row(select({ custom_id: customId, placeholder, options })));
  }
  return selects;
}
