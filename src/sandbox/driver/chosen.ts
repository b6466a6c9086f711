import type { Channel } from '../world/channel.ts';
import type { World } from '../world/world.ts';

/** What a client offers to choose from by id. */
export type Choosable = 'user' | 'role' | 'mentionable' | 'channel';

/** Throws for an id that a client does not offer in this place: another server's role or channel, or a channel of another type. */
export function refuseChoice(
  world: World,
  place: Channel,
  kind: Choosable,
  id: string,
  channelTypes: unknown,
): void {
  const isUser = world.users.has(id);
  const isRole = world.guilds.get(place.guildId ?? '')?.roles.has(id) ?? false;
  const isOffered = {
    user: isUser,
    role: isRole,
    mentionable: isUser || isRole,
    channel: isChannelOf(world, place, id, channelTypes),
  }[kind];
  if (!isOffered) throw new Error(`A client offers no ${kind} ${id} here.`);
}

function isChannelOf(world: World, place: Channel, id: string, types: unknown): boolean {
  const channel = world.channels.get(id);
  if (!channel || channel.guildId !== place.guildId) return false;
  return !Array.isArray(types) || types.length === 0 || types.includes(channel.type);
}
