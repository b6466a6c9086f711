import { ApplicationCommandPermissionType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel } from '../world/channel.ts';
import type { RegisteredCommand } from '../world/command.ts';
import type { Guild, GuildCommandPermission } from '../world/guild.ts';
import type { User } from '../world/user.ts';
import type { World } from '../world/world.ts';
import { may, permissionsOf } from './permissions.ts';

/*
 * Whether Discord lets a member use a command: channels first, then people. What is set for the command goes before what is
 * set for the whole application; who is let into the application alone still needs the command's default permissions.
 * https://discord.com/developers/docs/change-log (17 November 2022), interactions/application-commands#permissions
 */

/** False also for who lacks Use Application Commands there. */
export function mayUseCommand(
  world: World,
  guild: Guild,
  channel: Channel,
  user: User,
  command: RegisteredCommand,
) {
  const here = permissionsOf(world, channel, user.id);
  if (may(here, PermissionFlagsBits.Administrator)) return true;
  if (!may(here, PermissionFlagsBits.UseApplicationCommands)) return false;
  const ofCommand = guild.commandPermissions.get(command.id) ?? [];
  const ofApplication = guild.commandPermissions.get(world.applicationId) ?? [];
  const place = (channel.thread && channel.parentId) || channel.id;
  const isOpenHere = saysOfPlace(ofCommand, guild, place) ?? saysOfPlace(ofApplication, guild, place) ?? true;
  if (!isOpenHere) return false;
  const said = saysOfPerson(ofCommand, guild, user);
  if (said !== null) return said;
  return saysOfPerson(ofApplication, guild, user) !== false && hasDefaults(here, command);
}

function saysOfPlace(list: readonly GuildCommandPermission[], guild: Guild, place: string): boolean | null {
  const said = (id: string) =>
    list.find((one) => one.type === ApplicationCommandPermissionType.Channel && one.id === id)?.permission;
  return said(place) ?? said(String(BigInt(guild.id) - 1n)) ?? null;
}

function saysOfPerson(list: readonly GuildCommandPermission[], guild: Guild, user: User): boolean | null {
  const own = list.find(({ id, type }) => type === ApplicationCommandPermissionType.User && id === user.id);
  if (own) return own.permission;
  const held = guild.members.get(user.id)?.roleIds ?? [];
  const ofRoles = list.filter(
    ({ id, type }) => type === ApplicationCommandPermissionType.Role && held.includes(id),
  );
  if (ofRoles.length > 0) return ofRoles.some(({ permission }) => permission);
  return (
    list.find(({ id, type }) => type === ApplicationCommandPermissionType.Role && id === guild.id)
      ?.permission ?? null
  );
}

function hasDefaults(here: bigint, { body }: RegisteredCommand): boolean {
  const needed = body.default_member_permissions;
  if (needed === undefined || needed === null) return true;
  // "0" keeps a command for administrators.
  const bits = BigInt(needed as string | number);
  return bits !== 0n && may(here, bits);
}
