import type { Channel } from '../world/channel.ts';
import type { Guild, Member, Role } from '../world/guild.ts';
import type { User } from '../world/user.ts';
import type { World } from '../world/world.ts';

/* Ids that the driver was given, as what they stand for; unknown ones throw an Error, a fault of the test. */

export function knownGuild(world: World, id: string): Guild {
  return known(world.guilds.get(id), 'server', id);
}

export function knownChannel(world: World, id: string): Channel {
  return known(world.channels.get(id), 'channel', id);
}

export function userOf(world: World, id: string): User {
  return known(world.users.get(id), 'user', id);
}

export function roleOf(guild: Guild, id: string): Role {
  return known(guild.roles.get(id), 'role', id);
}

export function memberOf(guild: Guild, id: string): Member {
  return known(guild.members.get(id), 'member', id);
}

function known<T>(found: T | undefined, kind: string, id: string): T {
  if (found === undefined) throw new Error(`There is no ${kind} ${id} in the sandbox.`);
  return found;
}
