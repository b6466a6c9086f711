import { type Call, ok, type RestAnswer, type Route } from '../http/router.ts';
import { refusal } from '../rules/discord-error.ts';
import { commandPermissionsView } from '../view/command-view.ts';
import type { Guild } from '../world/guild.ts';
import { guildFor } from './access.ts';

const COMMANDS = '/applications/{application_id}/guilds/{guild_id}/commands';

/**
 * Who may use commands, as a server's Integrations page says.
 * https://discord.com/developers/docs/interactions/application-commands#get-guild-application-command-permissions
 */
export const commandPermissionRoutes: readonly Route[] = [
  { method: 'GET', path: `${COMMANDS}/permissions`, answer: allOf },
  { method: 'GET', path: `${COMMANDS}/{command_id}/permissions`, answer: oneOf },
  {
    method: 'PUT',
    path: `${COMMANDS}/{command_id}/permissions`,
    answer: () => {
      // That takes a member's own token.
      throw refusal.botsCannot();
    },
  },
];

function allOf(call: Call): RestAnswer {
  const guild = guildOf(call);
  return ok([...guild.commandPermissions.keys()].map((id) => commandPermissionsView(call.world, guild, id)));
}

function oneOf(call: Call): RestAnswer {
  const guild = guildOf(call);
  const id = call.params.command_id;
  if (!guild.commandPermissions.has(id)) throw refusal.unknownCommandPermissions();
  return ok(commandPermissionsView(call.world, guild, id));
}

function guildOf({ world, params }: Call): Guild {
  if (params.application_id !== world.applicationId) throw refusal.unknownApplication();
  return guildFor(world, params.guild_id);
}
