import { ChannelType, SelectMenuDefaultValueType } from 'discord-api-types/v10';
import { channel, phrase } from '#src/wording/phrase.ts';
import { channelSelect, type MessageRow, row } from './parts.ts';
import { say, sayPlain } from './say.ts';

/** Where words to moderators go. Channels that the asker does not see are null. */
export type NoticesView = {
  goTo: string | null;
  chosen: string | null;
  /** `picked`: by Paperboy; `instead`: what was chosen does not take them now; `deleted`: it is no more. */
  how: 'chosen' | 'picked' | 'instead' | 'deleted' | 'nowhere';
  /** Everybody in the server sees that channel. */
  isPublic: boolean;
  mayChange: boolean;
};

/** Whether nobody has chosen a channel: there is nothing to leave to Paperboy. */
export const isLeftToPaperboy = ({ chosen, how }: NoticesView): boolean =>
  how === 'picked' || (how === 'nowhere' && chosen === null);

/** "Notices go to #mods." */
export function noticesLine({ goTo, chosen, how, isPublic }: NoticesView): string {
  const named = (id: string | null) => (id === null ? phrase('notices.hidden') : channel(id));
  const told = say('notices.goTo', { how, channel: named(goTo), chosen: named(chosen) });
  return isPublic ? `${told} ${say('notices.public')}` : told;
}

/** A channel for them; where nothing is selected, Paperboy picks. */
export function noticesSelect({ goTo, mayChange }: NoticesView, customId: string): MessageRow[] {
  if (!mayChange) return [];
  const type = SelectMenuDefaultValueType.Channel as const;
  return [
    row(
      channelSelect({
        ...{ custom_id: customId, placeholder: sayPlain('notices.choose') },
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
        ...(goTo === null ? {} : { default_values: [{ id: goTo, type }] }),
      }),
    ),
  ];
}
