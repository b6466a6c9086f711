import { ButtonStyle } from 'discord-api-types/v10';
import { channel, code, instant, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { tellMemberFirst } from './member.ts';
import { ACCENT, button, embed, type MessageView, row } from './parts.ts';
import { say, sayPhrase, sayPlain } from './say.ts';

type Version = { filter: string; terms: Phrase; isPaused: boolean };

/** Something else was done since what is to be undone; nothing was overwritten. */
export type ConflictView = {
  kind: 'conflict';
  items: readonly {
    about:
      | { kind: 'subscription'; channelId: string; before: Version | null; now: Version | null }
      | { kind: 'settings'; before: readonly Phrase[]; now: readonly Phrase[] };
    /** What was done to it since, a member's id, and UTC ms; null: nobody knows any more. */
    since: { what: string; who: string | null; at: number } | null;
  }[];
  /** How many more are in the way. */
  more: number;
  /** The key of the same Undo, over what is shown. */
  key: string;
};

type Item = ConflictView['items'][number];

/** What was, what is, who did that; and both ways on. `undo`: the custom id that its key is of. */
export function conflictMessage(
  { items, more, key }: ConflictView,
  undo: 'undo' | 'import-undo' = 'undo',
): MessageView {
  const rest = more > 0 ? [say('list.andMore', { n: more })] : [];
  const text = [...items.map(tellItem), ...rest, say('undo.nothingYet')].join('\n\n');
  return {
    embeds: [embed(say('undo.titleConflict'), text, ACCENT.look)],
    components: [
      row(
        button(sayPlain('button.putBack'), `${undo}:${key}`, ButtonStyle.Danger),
        button(sayPlain('button.leaveIt'), 'history:0'),
      ),
    ],
  };
}

function tellItem({ about, since }: Item): string {
  const [before, now] =
    about.kind === 'subscription'
      ? [tellVersion(about.before), tellVersion(about.now)]
      : [tellSettings(about.before), tellSettings(about.now)];
  const head = about.kind === 'subscription' ? [channelHead(about.channelId)] : [];
  return [
    ...head,
    say('undo.wouldBe', { before }),
    say('undo.isNow', { now }),
    ...(since ? [tellSince(since)] : []),
  ].join('\n');
}

const channelHead = (id: string): string => say('undo.conflictIn', { channel: channel(id) });

const tellVersion = (version: Version | null): string =>
  version === null
    ? say('undo.notThere')
    : say('undo.version', {
        ...{ filter: code(version.filter, 300), terms: version.terms, isPaused: yesNo(version.isPaused) },
      });

const tellSettings = (settings: readonly Phrase[]): string => settings.map(sayPhrase).join('\n');

function tellSince({ what, who, at }: NonNullable<Item['since']>): string {
  const when = instant(at, 'f');
  return say('undo.since', { what, isMember: yesNo(who !== null), who: tellMemberFirst(who ?? ''), when });
}
