import { ApplicationCommandPermissionType, PermissionFlagsBits } from 'discord-api-types/v10';
import { type PermissionName, toBits } from '#src/sandbox/permissions/permission-bits.ts';
import { botPermissionsIn, may } from '#src/sandbox/permissions/permissions.ts';
import type { Channel } from '#src/sandbox/world/channel.ts';
import type { Answer, PageQuestion } from '../protocol.ts';
import type { PageScene } from './page-scene.ts';
import { DONE, failed } from './refusal.ts';

type Asked<Ask extends PageQuestion['ask']> = Extract<PageQuestion, { ask: Ask }>;

const GONE = failed('This is not here any more. Open another place.');

/** Takes a right from the bot in a channel, or gives it back, by an overwrite for the bot alone. */
export function allowBot({ driver, world }: PageScene, question: Asked<'allow'>): Answer {
  const { channelId, permission, isAllowed } = question;
  const channel = world.channels.get(channelId);
  const name = permissionNamed(permission);
  if (!channel?.guildId) return GONE;
  if (name === null) return failed(`Discord has no permission "${permission}". Choose one from the list.`);
  // A thread has the rights of its channel.
  const holder = (channel.thread && world.channels.get(channel.parentId ?? '')) || channel;
  const bit = toBits([name]);
  const { allow, deny } = holder.overwrites.get(world.bot.id) ?? { allow: 0n, deny: 0n };
  const set = (change: { allow: bigint; deny: bigint }) =>
    driver.setOverwrite(holder.id, { id: world.bot.id, kind: 'member', ...change });
  set({ allow: allow & ~bit, deny: isAllowed ? deny & ~bit : deny | bit });
  if (isAllowed && !may(botPermissionsIn(world, channel), bit))
    set({ allow: allow | bit, deny: deny & ~bit });
  return DONE;
}

/** `Send Messages` or `SendMessages`. */
function permissionNamed(shown: string): PermissionName | null {
  const wanted = shown.replaceAll(' ', '').toLowerCase();
  const names = Object.keys(PermissionFlagsBits) as PermissionName[];
  return names.find((name) => name.toLowerCase() === wanted) ?? null;
}

/** Names are written as Discord writes them: `new papers` becomes `new-papers`. */
export function addChannel({ driver, world }: PageScene, question: Asked<'create channel'>): Answer {
  if (!world.guilds.has(question.serverId)) return GONE;
  const name = question.name.trim().toLowerCase().replaceAll(/\s+/g, '-');
  if (name === '' || name.length > 100)
    return failed('A channel has a name of 1 to 100 characters. Write one.');
  driver.createChannel(question.serverId, { name, type: question.kind });
  return DONE;
}

export function removeChannel({ driver, world }: PageScene, { channelId }: Asked<'delete channel'>): Answer {
  const channel: Channel | undefined = world.channels.get(channelId);
  if (!channel?.guildId) return GONE;
  driver.deleteChannel(channelId);
  return DONE;
}

/** As the Integrations page does: for everyone no, for the role yes. */
export function mapCommand({ driver, world }: PageScene, question: Asked<'map command'>): Answer {
  const { serverId, roleId } = question;
  const [name] = question.command.split(' ');
  const command = [...world.commands.values()].find(
    ({ body, guildId }) => body.name === name && (guildId === null || guildId === serverId),
  );
  const isThere = world.guilds.get(serverId)?.roles.has(roleId ?? serverId);
  if (!command || !isThere) return GONE;
  const { Role } = ApplicationCommandPermissionType;
  const everyone = { id: serverId, type: Role, permission: false };
  const role = { id: roleId ?? serverId, type: Role, permission: true };
  driver.setCommandPermissions(serverId, command.id, roleId === null ? [] : [everyone, role]);
  return DONE;
}
