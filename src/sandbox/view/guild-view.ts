import { permissionsInChannel } from '../permissions/permissions.ts';
import type { Channel } from '../world/channel.ts';
import type { Guild, Role } from '../world/guild.ts';
import type { Json } from '../world/json.ts';
import type { World } from '../world/world.ts';
import { channelView } from './channel-view.ts';
import { memberView } from './user-view.ts';

/** https://discord.com/developers/docs/topics/permissions#role-object */
export function roleView(role: Role): Json {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position: role.position,
    managed: role.managed,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    mentionable: role.mentionable,
    flags: 0,
  };
}

/** https://discord.com/developers/docs/resources/guild#guild-object */
export function guildView(guild: Guild): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: guild.ownerId,
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: guild.systemChannelId,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: guild.publicUpdatesChannelId,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    application_id: null,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.locale,
    features: [],
    emojis: [],
    stickers: [],
    roles: [...guild.roles.values()].map(roleView),
  };
}

/** GUILD_CREATE: the guild with all its channels, the threads that are open, and, without the members intent, the bot alone. */
export function guildCreateView(world: World, guild: Guild): Json {
  const bot = guild.members.get(world.bot.id);
  const channels = [...guild.channelIds].flatMap((id) => world.channels.get(id) ?? []);
  const threads = [...guild.threadIds]
    .flatMap((id) => world.channels.get(id) ?? [])
    .filter(isOpenToBot(world, guild));
  return {
    ...guildView(guild),
    joined_at: new Date(bot?.joinedAt ?? 0).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: bot ? [memberView(bot, world.bot)] : [],
    channels: channels.map((one) => channelView(one, world.users, world.bot.id)),
    threads: threads.map((one) => channelView(one, world.users, world.bot.id)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

function isOpenToBot(world: World, guild: Guild): (thread: Channel) => boolean {
  return (thread) => {
    const parent = world.channels.get(thread.parentId ?? '') ?? thread;
    return !thread.thread?.archived && permissionsInChannel(guild, thread, parent, world.bot.id) !== 0n;
  };
}
