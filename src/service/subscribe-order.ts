import { ChannelType } from 'discord-api-types/v10';
import type { Asker } from './asker.ts';

/** The types of channels that can be subscribed. */
export const POSTABLE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
] as const;

export type SubscribeOrder = Asker & {
  topic: string;
  keywords: string;
  channel: {
    id: string;
    name: string;
    type: number;
    botPermissions: bigint | null;
    mentionsAll: { byBot: boolean; byAsker: boolean };
  };
  when: string;
  at: string;
  zone: string;
  role: { id: string; mentionable: boolean } | null;
  mention: string;
  what: string;
  sensitivity: string;
  cap: number | null;
  quiet: string;
  place: string;
  silent: boolean;
  publish: boolean;
  /** The last day; absent, or '': it goes on. */
  until?: string;
};
