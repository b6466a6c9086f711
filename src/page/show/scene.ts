import type { Channel } from '#src/sandbox/world/channel.ts';
import type { Guild } from '#src/sandbox/world/guild.ts';
import type { World } from '#src/sandbox/world/world.ts';
import type { Person, Place, Server } from '../protocol.ts';
import { placesIn, showPlace } from './places.ts';
import { seesPlace, showPerson } from './sight.ts';

/** The servers that the viewer is in, with what they see of them and nothing else. */
export function showServers(world: World, viewerId: string): Server[] {
  return [...world.guilds.values()]
    .filter((guild) => guild.members.has(viewerId) && !guild.unavailable)
    .map((guild) => ({
      id: guild.id,
      name: guild.name,
      places: placesIn(world, channelsOf(world, guild), viewerId),
      roles: rolesOf(guild),
      members: membersOf(world, guild),
    }));
}

/** The viewer's direct messages. */
export function showDirects(world: World, viewerId: string): Place[] {
  return [...world.dms.values()]
    .filter((channel) => seesPlace(world, channel, viewerId))
    .flatMap((channel) => showPlace(world, channel, viewerId) ?? []);
}

function channelsOf(world: World, guild: Guild): Channel[] {
  return [...guild.channelIds, ...guild.threadIds].flatMap((id) => world.channels.get(id) ?? []);
}

/** The highest first; everybody has the server's own. */
function rolesOf(guild: Guild): Server['roles'] {
  return [...guild.roles.values()]
    .filter(({ id }) => id !== guild.id)
    .toSorted((a, b) => b.position - a.position)
    .map(({ id, name }) => ({ id, name }));
}

function membersOf(world: World, guild: Guild): Person[] {
  return [...guild.members.keys()]
    .flatMap((id) => world.users.get(id) ?? [])
    .map(showPerson)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}
