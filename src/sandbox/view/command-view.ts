import { type RegisteredCommand, typeOf } from '../world/command.ts';
import type { Guild } from '../world/guild.ts';
import type { Json } from '../world/json.ts';
import type { World } from '../world/world.ts';

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object */
export function commandView(world: World, { id, guildId, version, body }: RegisteredCommand): Json {
  return {
    id,
    application_id: world.applicationId,
    version,
    type: typeOf(body),
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: body.description ?? '',
    description_localizations: body.description_localizations ?? null,
    options: body.options ?? [],
    default_member_permissions: body.default_member_permissions ?? null,
    dm_permission: body.dm_permission ?? true,
    nsfw: body.nsfw ?? false,
    integration_types: body.integration_types ?? [0],
    contexts: body.contexts ?? null,
    ...(guildId && { guild_id: guildId }),
  };
}

/** https://discord.com/developers/docs/interactions/application-commands#application-command-permissions-object */
export function commandPermissionsView(world: World, guild: Guild, id: string): Json {
  return {
    id,
    application_id: world.applicationId,
    guild_id: guild.id,
    permissions: guild.commandPermissions.get(id) ?? [],
  };
}
