import type { SamePaper } from '#src/decision/same-paper.ts';
import { code, instant, words, yesNo } from '#src/wording/phrase.ts';
import { plain } from './escape-markdown.ts';
import { ACCENT, button, embed, type MessageRow, type MessageView, row, select } from './parts.ts';
import { say, sayPlain } from './say.ts';
import { allSubscriptions } from './subscription-page.ts';

const CHOICES = ['full', 'line', 'none'] as const satisfies readonly SamePaper[];

type Settings = { samePaper: SamePaper; zone: string | null };

/** `done`: what was just done; a change tells what there was before. */
export type ServerSettingsView = {
  settings: Settings;
  done: { what: 'saved'; from: Settings } | { what: 'undone' } | null;
  /** What comes to no channel of the server, the oldest first. */
  mutes: readonly MuteShown[];
  /** A mute that was just removed (its way back: a key) or is back again. */
  mute: { text: string; undo: string | null } | null;
};

/** A mute as it was written, who made it (a member's id) and when (UTC ms). */
type MuteShown = { text: string; who: string; at: number };

/** So many options a select of Discord has; with fewer, more come after. */
const MUTES_OFFERED = 25;
const MUTES_TOLD = 30;

/** A choice as its select and buttons name it; anything else is the way everything was before there was a choice. */
export const samePaperOf = (value: string): SamePaper => CHOICES.find((one) => one === value) ?? 'full';

/** The settings of a server, what they mean, and a way back. */
export function serverSettingsMessage({ settings, done, mutes, mute }: ServerSettingsView): MessageView {
  const { samePaper, zone } = settings;
  const is = say('serverSettings.is', { samePaper });
  const told = [
    ...(done ? [say(`serverSettings.${done.what}`)] : []),
    ...tellMuteDone(mute),
    is + (samePaper === 'full' ? '' : `\n-# ${say('serverSettings.first')}`),
    say('serverSettings.zone', { isKnown: yesNo(zone !== null), zone: words(zone ?? '') }) +
      (zone === null ? '' : `\n-# ${say('serverSettings.zoneFromNow')}`),
  ];
  const options = CHOICES.map((value) => ({
    label: sayPlain(`serverSettings.choice.${value}`),
    value,
    default: value === samePaper,
  }));
  const undo = mute?.undo ? `server-settings:mute:${mute.undo}` : undoOf(settings, done);
  return {
    embeds: [
      embed(
        sayPlain('serverSettings.title'),
        [...told, ...tellMutes(mutes)].join('\n\n'),
        done || mute ? ACCENT.saved : ACCENT.paper,
      ),
    ],
    components: [
      row(
        select({
          custom_id: 'server-settings:same-paper',
          placeholder: sayPlain('serverSettings.samePaper'),
          options,
        }),
      ),
      ...muteSelect(mutes),
      row(
        ...(undo === null ? [] : [button(sayPlain('button.undo'), undo)]),
        button(sayPlain('button.changeZone'), 'server-settings:zone'),
        allSubscriptions(),
      ),
    ],
  };
}

/** What takes the change back; null where nothing changed. */
function undoOf(now: Settings, done: ServerSettingsView['done']): string | null {
  if (done?.what !== 'saved') return null;
  const before = done.from;
  if (now.samePaper !== before.samePaper) return `server-settings:undo:${now.samePaper}:${before.samePaper}`;
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
      say('serverSettings.mute', { mute: code(text, 60), who: `<@${who}>`, at: instant(at, 'D') }),
    );
  const rest = mutes.length - told.length;
  const lines = [
    `**${say('serverSettings.mutes')}**`,
    ...told,
    ...(rest > 0 ? [say('list.andMore', { n: rest })] : []),
  ];
  return [lines.join('\n')];
}

/** The newest of them. */
function muteSelect(mutes: readonly MuteShown[]): MessageRow[] {
  if (mutes.length === 0) return [];
  const options = mutes.slice(-MUTES_OFFERED).map(({ text, at }) => ({
    label: plain(text, 100),
    value: String(at),
  }));
  const placeholder = sayPlain('serverSettings.removeMute');
  return [row(select({ custom_id: 'server-settings:unmute', placeholder, options }))];
}
