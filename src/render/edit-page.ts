import { ButtonStyle } from 'discord-api-types/v10';
import { FORMER_MEMBER } from '#src/foundation/member-records.ts';
import { code, instant, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { tellMemberFirst } from './member.ts';
import { ACCENT, button, embed, type MessageView, row } from './parts.ts';
import { say, sayPlain } from './say.ts';

type Version = { filter: string; terms: Phrase };

/** Somebody else changed it since this edit was begun. */
export type ChangedView = {
  kind: 'changed';
  id: string;
  channelId: string;
  /** Of what is saved now. */
  mark: string;
  /** A member's id, and UTC ms; null: nobody knows. */
  change: { who: string; at: number } | null;
  saved: Version;
  wanted: Version;
};

/** Both versions; `mine`: the key of the edit as one of what is saved now. */
export function changedMessage({ id, change, saved, wanted }: ChangedView, mine: string): MessageView {
  const told = say('edit.changedSince', {
    who: tellMemberFirst(change?.who ?? ''),
    when: instant(change?.at ?? 0),
    isKnown: yesNo(change !== null && change.who !== FORMER_MEMBER),
  });
  const version = ({ filter, terms }: Version) => say('edit.version', { filter: code(filter, 300), terms });
  const text = [
    ...[told, '', `**${say('edit.savedNow')}**`, version(saved)],
    ...['', `**${say('edit.yours')}**`, version(wanted)],
  ].join('\n');
  return {
    embeds: [embed(say('edit.titleChanged'), text, ACCENT.look)],
    components: [
      row(
        button(sayPlain('button.showSaved'), `edit:${id}:here`),
        button(sayPlain('button.useMine'), `preview:${mine}`, ButtonStyle.Primary),
        button(sayPlain('button.cancel'), 'cancel:saved'),
      ),
    ],
  };
}
