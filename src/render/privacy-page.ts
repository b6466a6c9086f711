import { ButtonStyle } from 'discord-api-types/v10';
import type { RecordKind } from '#src/foundation/member-records.ts';
import { words, yesNo } from '#src/wording/phrase.ts';
import {
  ACCENT,
  button,
  embed,
  lineField,
  type MessageView,
  type ModalForm,
  row,
  type ShownMessage,
} from './parts.ts';
import { say, sayPlain } from './say.ts';

type About = 'me' | 'server';

const OF_SERVER = [
  'settings',
  'subscriptions',
  'mutes',
  'changes',
  'papers',
  'posts',
  'votes',
  'troubles',
] as const;
const OF_MEMBER = [
  'vote',
  'typed',
  'change',
  'others',
  'subscription',
  'mute',
  'channel',
  'unread',
] as const satisfies readonly RecordKind[];

/** How much of each kind is stored. */
export type Stored = Partial<Record<RecordKind | (typeof OF_SERVER)[number], number>>;

/** `contact`: of whoever runs the bot; `most`: an export holds no more of a kind. */
export type StoredView = { about: About; stored: Stored; contact: string | null; most: number };

/** The word that is typed before everything of a server is deleted; the same in every language. */
const WORD = 'delete';

/** Whether somebody typed it. */
export const isTyped = (text: string): boolean => text.trim().toLowerCase() === WORD;

/** What is stored about the asker, or of the server, in sentences. */
export function storedMessage(view: StoredView): MessageView {
  const { about } = view;
  const lines = linesOf(view);
  if (lines.length === 0)
    return { embeds: [embed(say(`privacy.title.${about}`), none(view))], components: [] };
  return {
    embeds: [embed(say(`privacy.title.${about}`), [...lines, '', restOf(view)].join('\n'), ACCENT.paper)],
    components: [
      row(
        button(sayPlain('privacy.export'), `privacy:export:${about}`),
        button(sayPlain(`privacy.delete.${about}`), `privacy:ask:${about}`),
      ),
    ],
  };
}

/** The file, with what is in it. */
export function storedFileMessage({ text, ...view }: StoredView & { text: string }): ShownMessage {
  const { about, stored, most } = view;
  const left = Object.values(stored).reduce((sum, count) => sum + Math.max(0, count - most), 0);
  const told = [say(`privacy.exported.${about}`), ...(left > 0 ? [say('privacy.cut', { most, left })] : [])];
  return { content: told.join(' '), files: [{ name: `paperboy-${about}.json`, text }] };
}

/** Asks once more. */
export function askMessage(view: StoredView): MessageView {
  const { about } = view;
  const lines = linesOf(view);
  if (lines.length === 0)
    return { embeds: [embed(say(`privacy.title.${about}`), none(view))], components: [] };
  const next = about === 'me' ? 'privacy:delete:me' : 'privacy:form:server';
  return {
    embeds: [
      embed(
        say(`privacy.ask.${about}`),
        [...lines, '', say(`privacy.means.${about}`)].join('\n'),
        ACCENT.look,
      ),
    ],
    components: [
      row(
        button(sayPlain(`privacy.delete.${about}`), next, ButtonStyle.Danger),
        button(sayPlain('button.cancel'), 'privacy:keep'),
      ),
    ],
  };
}

/** The form in which the word is typed. */
export function deleteForm(): ModalForm {
  const label = {
    label: sayPlain('privacy.field', { word: WORD }),
    description: sayPlain('privacy.field.description'),
  };
  return {
    modal: {
      title: sayPlain('privacy.delete.server'),
      custom_id: 'privacy:delete:server',
      components: [lineField(label, { custom_id: 'word', max_length: 20, required: true })],
    },
  };
}

/** `isLogEmpty`: the bytes are gone too. */
export function deletedMessage({ about, isLogEmpty }: { about: About; isLogEmpty: boolean }): MessageView {
  const told = say(`privacy.deleted.${about}`, { isLogEmpty: yesNo(isLogEmpty) });
  return { embeds: [embed(say('privacy.deleted'), told, ACCENT.saved)], components: [] };
}

function linesOf({ about, stored }: StoredView): string[] {
  const kinds = about === 'me' ? OF_MEMBER : OF_SERVER;
  return kinds.flatMap((kind) => {
    const n = stored[kind] ?? 0;
    return n === 0 ? [] : [`- ${say(`privacy.kind.${kind}`, { n })}`];
  });
}

const none = (view: StoredView): string => `${say(`privacy.none.${view.about}`)} ${restOf(view)}`;

const restOf = ({ about, contact }: StoredView): string =>
  say(`privacy.rest.${about}`, { hasContact: yesNo(contact !== null), contact: words(contact ?? '', 200) });
