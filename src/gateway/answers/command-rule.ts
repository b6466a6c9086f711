import { ApplicationCommandPermissionType } from 'discord-api-types/v10';
/**
 * Whom Discord lets use a command: a server's Integrations page says so for single commands or for all of the application's
 * (interactions/application-commands.mdx "Permissions"; change log of 17 November 2022). What is set for the command goes
 * before what is set for the application. Who is let into the application alone still needs what the command asks of
 * members by default.
 */

export type CommandPermission = {
  /** A channel's, member's or role's; the server's id means everyone, the number before it all channels. */
  id: string;
  /** 1 role, 2 member, 3 channel. */
  type: number;
  permission: boolean;
};

/** What a server has set, by the command's id or, for all commands, the application's. */
export type CommandSettings = ReadonlyMap<string, readonly CommandPermission[]>;

export type CommandUse = {
  applicationId: string;
  commandId: string;
  serverId: string;
  /** A thread's parent. */
  channelId: string;
  userId: string;
  roleIds: readonly string[];
};

/** `allowed` and `denied` whatever else the member may; `default`: who has the command's default permissions. */
export function readCommandRule(
  settings: CommandSettings,
  use: CommandUse,
): 'allowed' | 'denied' | 'default' {
  const ofCommand = settings.get(use.commandId) ?? [];
  const ofApplication = settings.get(use.applicationId) ?? [];
  const isOpenHere = saysOfPlace(ofCommand, use) ?? saysOfPlace(ofApplication, use) ?? true;
  if (!isOpenHere) return 'denied';
  const isFor = saysOfPerson(ofCommand, use);
  if (isFor !== null) return isFor ? 'allowed' : 'denied';
  return saysOfPerson(ofApplication, use) === false ? 'denied' : 'default';
}

type Said = readonly CommandPermission[];

function saysOfPlace(list: Said, { serverId, channelId }: CommandUse): boolean | null {
  const allChannels = String(BigInt(serverId) - 1n);
  return (
    saysOf(list, ApplicationCommandPermissionType.Channel, channelId) ??
    saysOf(list, ApplicationCommandPermissionType.Channel, allChannels)
  );
}

function saysOfPerson(list: Said, { serverId, userId, roleIds }: CommandUse): boolean | null {
  return (
    saysOf(list, ApplicationCommandPermissionType.User, userId) ??
    saysOfRoles(list, roleIds) ??
    saysOf(list, ApplicationCommandPermissionType.Role, serverId)
  );
}

/** One role that lets a member in is enough. */
function saysOfRoles(list: Said, roleIds: readonly string[]): boolean | null {
  const said = roleIds.flatMap((id) => saysOf(list, ApplicationCommandPermissionType.Role, id) ?? []);
  return said.length > 0 ? said.includes(true) : null;
}

function saysOf(list: Said, type: number, id: string): boolean | null {
  return list.find((one) => one.type === type && one.id === id)?.permission ?? null;
}
