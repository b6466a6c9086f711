import type { LastKnown } from '#src/pipeline/postman.ts';
import type { Authority, Lack, Rights } from '#src/service/rights.ts';
import { couldSee } from '../connection/audience.ts';
import { type MemberRights, timedOutPermissions } from '../connection/member-permissions.ts';
import {
  ADMINISTRATOR,
  BITS,
  MANAGE_CHANNELS,
  MANAGE_SERVER,
  mayMentionAll,
} from '../connection/permissions.ts';
import type { GatewayServers } from '../connection/servers.ts';
import { type CommandUse, readCommandRule } from './command-rule.ts';
import type { CommandSettingsStore } from './command-settings.ts';
import { isOfCommand, isThreadType, type ReceivedInteraction } from './interaction.ts';

type RightsDeps = {
  applicationId: string;
  servers: Pick<GatewayServers, 'channel' | 'permissionsOf' | 'basePermissionsOf'>;
  commandSettings: Pick<CommandSettingsStore, 'of' | 'idOf'>;
  /** Of a channel that was deleted; null: nothing. */
  lastKnown(channelId: string): Promise<LastKnown | null>;
};

/** What whoever sent an interaction may do. `now`: when it arrived, UTC ms. */
export type RightsOf = (interaction: ReceivedInteraction, now: number) => Rights;

export function createRights(deps: RightsDeps): RightsOf {
  return (interaction, now) => {
    const asker = askerOf(interaction, now);
    if (!asker) return NO_RIGHTS;
    return {
      through: (command) => throughCommand(deps, interaction, asker, command),
      managesServer: () => (asker.here & (ADMINISTRATOR | MANAGE_SERVER)) !== 0n,
      administers: () => (asker.here & ADMINISTRATOR) !== 0n,
      mentionsAll: (channelId) => mayMentionAll(heldIn(deps, interaction, asker, channelId) ?? 0n),
      sees: async (channelId) => (await lackIn(deps, interaction, asker, channelId, false)) !== 'viewChannel',
    };
  };
}

/** In direct messages there is nothing to moderate. */
const NO_RIGHTS: Rights = {
  through: async () => null,
  managesServer: () => false,
  administers: () => false,
  mentionsAll: () => false,
  sees: async () => false,
};

type Asker = MemberRights & {
  serverId: string;
  /** Where the interaction came from, as Discord worked it out. */
  here: bigint;
};

function askerOf({ guild_id: serverId, member }: ReceivedInteraction, now: number): Asker | null {
  if (serverId === undefined || !member) return null;
  const isTimedOut = Date.parse(member.communication_disabled_until ?? '') > now;
  const here = timedOutPermissions(BigInt(member.permissions), { isTimedOut });
  return { serverId, userId: member.user.id, roleIds: member.roles, isTimedOut, here };
}

/** A command that Discord brought is one that the asker may use; of any other it is worked out what Discord would say. */
async function throughCommand(
  deps: RightsDeps,
  interaction: ReceivedInteraction,
  asker: Asker,
  command: string,
): Promise<Authority | null> {
  const as = (needsManage: boolean): Authority => ({
    lacks: (channelId) => lackIn(deps, interaction, asker, channelId, needsManage),
  });
  const isBrought = isOfCommand(interaction) && interaction.data?.name === command;
  const manages = (asker.here & MANAGE_CHANNELS) !== 0n;
  if (asker.here & ADMINISTRATOR) return as(false);
  if (isBrought && !manages) return as(false);
  const rule = await ruleFor(deps, interaction, asker, command);
  const isLetIn = rule === 'allowed' || (rule === 'default' && manages);
  if (!isLetIn && !isBrought) return null;
  // Who came in by managing this channel manages others only where that holds too.
  return as(rule !== 'allowed');
}

async function ruleFor(
  { applicationId, commandSettings }: RightsDeps,
  interaction: ReceivedInteraction,
  { serverId, userId, roleIds }: Asker,
  command: string,
): Promise<ReturnType<typeof readCommandRule>> {
  const commandId = commandSettings.idOf(command);
  const settings = await commandSettings.of(serverId);
  if (settings === null || commandId === null) return 'default';
  const channelId = placeOf(interaction);
  const use: CommandUse = { applicationId, commandId, serverId, channelId, userId, roleIds };
  return readCommandRule(settings, use);
}

/** The channel whose rules count where something was asked: a thread's parent. */
function placeOf({ channel, channel_id }: ReceivedInteraction): string {
  const parent = isThreadType(channel?.type) ? channel?.parent_id : null;
  return parent ?? channel_id ?? '';
}

async function lackIn(
  deps: RightsDeps,
  interaction: ReceivedInteraction,
  asker: Asker,
  channelId: string,
  needsManage: boolean,
): Promise<Lack | null> {
  const { servers } = deps;
  const held = heldIn(deps, interaction, asker, channelId);
  if (held === null) return (await isLeftTo(deps, asker, channelId)) ? null : 'viewChannel';
  if (held & ADMINISTRATOR) return null;
  if (!(held & BITS.viewChannel)) return 'viewChannel';
  const sending = isThreadType(servers.channel(channelId)?.type) ? 'sendMessagesInThreads' : 'sendMessages';
  if (!(held & BITS[sending])) return sending;
  return needsManage && !(held & MANAGE_CHANNELS) ? 'manageChannels' : null;
}

/** Null where the server has no such channel, as far as is known. */
function heldIn(
  { servers }: RightsDeps,
  interaction: ReceivedInteraction,
  asker: Asker,
  channelId: string,
): bigint | null {
  const told = permissionsTold(interaction, asker, channelId);
  return told ?? servers.permissionsOf(asker, asker.serverId, channelId);
}

/**
 * What is left of a deleted channel is for those who manage all channels and could see it; where nobody knows who could,
 * for administrators alone.
 */
async function isLeftTo(
  { servers, lastKnown }: RightsDeps,
  asker: Asker,
  channelId: string,
): Promise<boolean> {
  const held = servers.basePermissionsOf(asker, asker.serverId);
  if (held & ADMINISTRATOR) return true;
  const last = held & MANAGE_CHANNELS ? await lastKnown(channelId) : null;
  return last !== null && couldSee(last, asker);
}

/** Discord works out the rights in the channels that an interaction is about; null for others. */
function permissionsTold(interaction: ReceivedInteraction, asker: Asker, id: string): bigint | null {
  if (id === interaction.channel_id || id === placeOf(interaction)) return asker.here;
  const told = interaction.data?.resolved?.channels?.[id]?.permissions;
  return told === undefined ? null : timedOutPermissions(BigInt(told), asker);
}
