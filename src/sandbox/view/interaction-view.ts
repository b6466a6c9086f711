import { permissionsOf } from '../permissions/permissions.ts';
import type { Channel } from '../world/channel.ts';
import type { Guild } from '../world/guild.ts';
import type { Interaction } from '../world/interaction.ts';
import type { Json } from '../world/json.ts';
import { LARGEST_FILE } from '../world/message.ts';
import type { User } from '../world/user.ts';
import type { World } from '../world/world.ts';
import { botIsIn } from '../world/world.ts';
import { channelView } from './channel-view.ts';
import { roleView } from './guild-view.ts';
import { attachmentView } from './message-view.ts';
import { memberView, userView } from './user-view.ts';

/** INTERACTION_CREATE's payload. https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object */
export function interactionView(
  world: World,
  interaction: Interaction,
  channel: Channel,
  user: User,
  data: Json,
): Json {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: channelView(channel, world.users, world.bot.id),
    ...(guild ? guildParts(world, guild, channel, user) : { user: userView(user) }),
    app_permissions: appPermissions(world, channel, guild, user).toString(),
    locale: user.locale,
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: ownersOf(world, guild, user),
    context: contextOf(world, channel),
    attachment_size_limit: LARGEST_FILE,
  };
}

function guildParts(world: World, guild: Guild, channel: Channel, user: User): Json {
  const member = guild.members.get(user.id);
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    ...(member && {
      member: { ...memberView(member, user), permissions: permissionsOf(world, channel, user.id).toString() },
    }),
  };
}

// Where the bot is no member, the app may what the asker may.
function appPermissions(world: World, channel: Channel, guild: Guild | undefined, user: User): bigint {
  const holder = guild && !botIsIn(world, guild) ? user.id : world.bot.id;
  return permissionsOf(world, channel, holder);
}

/** Keys: 0 server install (the guild, or 0 in the bot's DM), 1 user install (the user). */
function ownersOf(world: World, guild: Guild | undefined, user: User): Json {
  const owners: Json = {};
  if (!guild) owners[0] = '0';
  else if (botIsIn(world, guild)) owners[0] = guild.id;
  if (user.hasInstalledApp) owners[1] = user.id;
  return owners;
}

/** 0 server, 1 DM with the bot, 2 other DMs. */
export function contextOf(world: World, channel: Channel): 0 | 1 | 2 {
  if (channel.guildId) return 0;
  return channel.recipientIds.includes(world.bot.id) ? 1 : 2;
}

/** What ids in options and selects stand for; empty kinds are left out. */
export function resolvedView(world: World, asker: User, place: Channel, ids: readonly string[]): Json {
  const guild = world.guilds.get(place.guildId ?? '');
  const resolved: Record<string, Json> = {};
  const put = (kind: string, id: string, view: Json) => {
    resolved[kind] = { ...resolved[kind], [id]: view };
  };
  for (const id of ids) {
    const channel = world.channels.get(id);
    if (channel) put('channels', id, resolvedChannel(world, channel, asker));
    const user = world.users.get(id);
    if (user) put('users', id, userView(user));
    const role = guild?.roles.get(id);
    if (role) put('roles', id, roleView(role));
    const file = world.uploads.get(id);
    if (file) put('attachments', id, { ...attachmentView(world, place.id, file), ephemeral: true });
    const member = guild?.members.get(id);
    if (user && member) put('members', id, { ...memberView(member, user), user: undefined });
  }
  return resolved;
}

function resolvedChannel(world: World, channel: Channel, asker: User): Json {
  return {
    ...channelView(channel, world.users, world.bot.id),
    permissions: permissionsOf(world, channel, asker.id).toString(),
    app_permissions: permissionsOf(world, channel, world.bot.id).toString(),
  };
}
