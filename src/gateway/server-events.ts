import { type Client, Events, GatewayDispatchEvents } from 'discord.js';
import { z } from 'zod';

/**
 * What happens to servers and channels, as far as it can change what the bot may post. Ids are Discord's. None of them
 * may throw: discord.js would not go on with the event.
 */
export type ServerEvents = {
  /** The bot was removed, also while it was not connected. */
  onServerLeft(serverId: string): void;
  /** A channel or thread was deleted. */
  onChannelGone(serverId: string, channelId: string): void;
  /** Roles, overwrites, a thread's lock or the server itself changed: what was refused there may work now. */
  onPermissionsChanged(serverId: string): void;
  /** A new session has begun, and the gateway has told of every server anew: what came before it was not heard. */
  onServersKnown?(): void;
};

export function listenToServers(client: Client, events: ServerEvents): void {
  client.on(Events.GuildDelete, (server) => events.onServerLeft(server.id));
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) events.onChannelGone(channel.guildId, channel.id);
  });
  client.on(Events.ThreadDelete, (thread) => events.onChannelGone(thread.guildId, thread.id));
  client.on(Events.ShardReady, () => events.onServersKnown?.());
  listenToPermissions(client, (id) => events.onPermissionsChanged(id));
  client.ws.on(GatewayDispatchEvents.Ready, (raw: unknown, shardId: number) => {
    const ready = readyShape.safeParse(raw);
    if (!ready.success) return;
    for (const id of forgetLeftServers(client, ready.data.guilds, shardId)) events.onServerLeft(id);
  });
}

const readyShape = z.object({ guilds: z.array(z.object({ id: z.string() })) });

function listenToPermissions(client: Client, onChange: (serverId: string) => void): void {
  // While it connects, Discord tells of every server: that is no change.
  const onPermissionsChanged = (serverId: string) => client.isReady() && onChange(serverId);
  client.on(Events.GuildCreate, ({ id }) => onPermissionsChanged(id));
  client.on(Events.GuildAvailable, ({ id }) => onPermissionsChanged(id));
  client.on(Events.GuildRoleUpdate, ({ guild }) => onPermissionsChanged(guild.id));
  client.on(Events.GuildRoleDelete, ({ guild }) => onPermissionsChanged(guild.id));
  client.on(Events.GuildMemberUpdate, ({ guild }) => onPermissionsChanged(guild.id));
  client.on(Events.ThreadUpdate, ({ guildId }) => onPermissionsChanged(guildId));
  client.on(Events.ChannelUpdate, (channel) => {
    if (!channel.isDMBased()) onPermissionsChanged(channel.guildId);
  });
}

/** A new session lists every server the bot is in; discord.js keeps those that it left meanwhile. */
function forgetLeftServers(client: Client, listed: readonly { id: string }[], shardId: number): string[] {
  const present = new Set(listed.map(({ id }) => id));
  const left = [...client.guilds.cache.values()].filter(
    (server) => server.shardId === shardId && !present.has(server.id),
  );
  for (const { id } of left) client.guilds.cache.delete(id);
  return left.map(({ id }) => id);
}
