import { kickBot } from '../changes/guilds.ts';
import { type Call, noContent, ok, type RestAnswer, type Route } from '../http/router.ts';
import { refusal } from '../rules/discord-error.ts';
import { channelView } from '../view/channel-view.ts';
import { guildView, roleView } from '../view/guild-view.ts';
import { memberView, ownGuildView, userView } from '../view/user-view.ts';
import type { Json } from '../world/json.ts';
import { compareIds } from '../world/snowflakes.ts';
import { botIsIn } from '../world/world.ts';
import { guildFor } from './access.ts';

/** https://discord.com/developers/docs/resources/guild and /resources/user */
export const guildRoutes: readonly Route[] = [
  { method: 'GET', path: '/guilds/{guild_id}', answer: getGuild },
  { method: 'GET', path: '/guilds/{guild_id}/channels', answer: listChannels },
  { method: 'GET', path: '/guilds/{guild_id}/roles', answer: listRoles },
  { method: 'GET', path: '/guilds/{guild_id}/members/{user_id}', answer: getMember },
  {
    method: 'GET',
    path: '/users/@me',
    answer: ({ world }) =>
      ok({ ...userView(world.bot), verified: true, mfa_enabled: true, locale: 'en-US', flags: 0 }),
  },
  { method: 'GET', path: '/users/@me/guilds', answer: ownGuilds },
  { method: 'DELETE', path: '/users/@me/guilds/{guild_id}', answer: leaveGuild },
  { method: 'GET', path: '/users/{user_id}', answer: getUser },
  {
    method: 'GET',
    path: '/applications/@me',
    answer: ({ world }) => ok(applicationView(world.applicationId, world.bot.username)),
  },
  {
    method: 'GET',
    path: '/oauth2/applications/@me',
    answer: ({ world }) => ok(applicationView(world.applicationId, world.bot.username)),
  },
];

function getGuild({ world, params, query }: Call): RestAnswer {
  const guild = guildFor(world, params.guild_id);
  const counts = query.get('with_counts') === 'true' ? { approximate_member_count: guild.members.size } : {};
  return ok({ ...guildView(guild), ...counts });
}

function listChannels({ world, params }: Call): RestAnswer {
  const guild = guildFor(world, params.guild_id);
  const channels = [...guild.channelIds].flatMap((id) => world.channels.get(id) ?? []);
  return ok(channels.map((one) => channelView(one, world.users, world.bot.id)));
}

function listRoles({ world, params }: Call): RestAnswer {
  return ok([...guildFor(world, params.guild_id).roles.values()].map(roleView));
}

function getMember({ world, params }: Call): RestAnswer {
  const guild = guildFor(world, params.guild_id);
  const id = params.user_id === '@me' ? world.bot.id : params.user_id;
  const member = guild.members.get(id);
  const user = world.users.get(id);
  if (!member || !user) throw refusal.unknownMember();
  return ok(memberView(member, user));
}

function ownGuilds({ world, query }: Call): RestAnswer {
  const limit = Math.min(200, Number(query.get('limit') ?? 200));
  const after = query.get('after') ?? '0';
  const own = [...world.guilds.values()].filter(
    (guild) => botIsIn(world, guild) && compareIds(guild.id, after) > 0,
  );
  return ok(own.slice(0, limit).map((guild) => ownGuildView(guild, world.bot.id)));
}

function leaveGuild({ world, params }: Call): RestAnswer {
  kickBot(world, guildFor(world, params.guild_id));
  return noContent;
}

function getUser({ world, params }: Call): RestAnswer {
  const user = world.users.get(params.user_id);
  if (!user) throw refusal.unknownUser();
  return ok(userView(user));
}

function applicationView(id: string, name: string): Json {
  return {
    id,
    name,
    icon: null,
    description: '',
    summary: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    install_params: null,
    tags: [],
  };
}
