import { ChannelType } from 'discord-api-types/v10';
import type { KnownChannel, Servers } from '#src/pipeline/postman.ts';

export const textChannel = (id: string, facts: Partial<KnownChannel> = {}): KnownChannel => ({
  ...{ id, serverId: 's', name: id, type: ChannelType.GuildText, tags: [] },
  ...facts,
});

/** What the gateway knows of server `s` with these channels: nothing hinders there, and everybody sees all of them. */
export const aGateway = (
  channels: readonly KnownChannel[] = [textChannel('c'), textChannel('staff')],
  known: Partial<Servers> = {},
): Servers => ({
  obstacle: () => null,
  joinedSince: () => [],
  presence: () => 'here',
  channel: (id) => channels.find((one) => one.id === id) ?? null,
  channels: () => channels,
  mention: () => 'rings',
  audience: () => 'everybody',
  named: () => ({}),
  ownRooms: () => ({ moderators: 'staff', system: null }),
  ...known,
});
