import { MessageType } from 'discord-api-types/v10';
import type { Channel } from '../world/channel.ts';
import { tellPeople } from '../world/heard.ts';
import type { Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { tellGuild } from './guilds.ts';
import { addMessage } from './messages.ts';

/** Pins a message or takes the pin away; a pin is said in the channel, as Discord does. */
export function setPinned(
  world: World,
  channel: Channel,
  message: Message,
  byUserId: string,
  isPinned: boolean,
): void {
  if (isPinned === (message.pinnedAt !== null)) return;
  message.pinnedAt = isPinned ? world.now() : null;
  tellPeople(world, { kind: 'touched', channelId: channel.id, messageId: message.id });
  tellPins(world, channel);
  if (!isPinned) return;
  const type = MessageType.ChannelPinnedMessage;
  addMessage(world, channel, {
    authorId: byUserId,
    type,
    body: { message_reference: { message_id: message.id } },
  });
}

function tellPins(world: World, channel: Channel): void {
  const guild = world.guilds.get(channel.guildId ?? '');
  if (!guild) return;
  const last = Math.max(0, ...channel.messages.all().map(({ pinnedAt }) => pinnedAt ?? 0));
  tellGuild(world, guild, 'CHANNEL_PINS_UPDATE', {
    guild_id: guild.id,
    channel_id: channel.id,
    last_pin_timestamp: last === 0 ? null : new Date(last).toISOString(),
  });
}
