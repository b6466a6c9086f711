import { type Client, Events } from 'discord.js';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { z } from 'zod';
import type { ServerEvents } from '#src/pipeline/server-events.ts';
import { audienceOf, namedIn } from './audience.ts';

export function listenToServers(client: Client, events: ServerEvents): void {
  client.on(Events.GuildDelete, (server) => events.onServerLeft(server.id));
  client.on(Events.GuildCreate, () => client.isReady() && events.onServerJoined?.());
  client.on(Events.ChannelDelete, (channel) => {
    if (channel.isDMBased()) return;
    const last = { name: channel.name, audience: audienceOf(channel), named: namedIn(channel) };
    events.onChannelGone(channel.guildId, channel.id, last);
  });
  client.on(Events.ThreadDelete, (thread) => events.onChannelGone(thread.guildId, thread.id, null));
  client.on(Events.ShardReady, () => events.onServersKnown?.());
  listenToPermissions(client, (id, channelId) => events.onPermissionsChanged(id, channelId));
  client.ws.on(GatewayDispatchEvents.Ready, (raw: unknown, shardId: number) => {
    const ready = readyShape.safeParse(raw);
    if (!ready.success) return;
    for (const id of forgetLeftServers(client, ready.data.guilds, shardId)) events.onServerLeft(id);
  });
}

const readyShape = z.object({ guilds: z.array(z.object({ id: z.string() })) });

type OnChange = (serverId: string, channelId: string | null) => void;

function listenToPermissions(client: Client, onChange: OnChange): void {
  // While it connects, Discord tells of every server: that is no change.
  const changed = (serverId: string, channelId: string | null = null) =>
    client.isReady() && onChange(serverId, channelId);
  client.on(Events.GuildCreate, ({ id }) => changed(id));
  client.on(Events.GuildAvailable, ({ id }) => changed(id));
  client.on(Events.GuildUpdate, ({ id }) => changed(id));
  client.on(Events.GuildRoleUpdate, ({ guild }) => changed(guild.id));
  client.on(Events.GuildRoleDelete, ({ guild }) => changed(guild.id));
  client.on(Events.GuildMemberUpdate, ({ guild }) => changed(guild.id));
  client.on(Events.ThreadUpdate, ({ guildId, id }) => changed(guildId, id));
  client.on(Events.ChannelCreate, ({ guildId, id }) => changed(guildId, id));
  client.on(Events.ChannelUpdate, (channel) => {
    if (!channel.isDMBased()) changed(channel.guildId, channel.id);
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
