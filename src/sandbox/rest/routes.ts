import { addressOf } from '../gateway/sessions.ts';
import type { Route } from '../http/router.ts';
import type { World } from '../world/world.ts';
import { botIsIn } from '../world/world.ts';
import { channelRoutes } from './channel-routes.ts';
import { commandPermissionRoutes } from './command-permission-routes.ts';
import { commandRoutes } from './command-routes.ts';
import { gatewayRoutes } from './gateway-routes.ts';
import { guildRoutes } from './guild-routes.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { pinRoutes } from './pin-routes.ts';
import { pollRoutes } from './poll-routes.ts';
import { threadRoutes } from './thread-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** How many guilds Discord recommends for a shard. */
const GUILDS_A_SHARD = 2000;

/** All of REST. `identifiesLeft`: of the 1000 a day. */
export function routesOf(world: World, identifiesLeft: () => number): readonly Route[] {
  const guilds = () => [...world.guilds.values()].filter((guild) => botIsIn(world, guild)).length;
  return [
    ...gatewayRoutes(
      () => addressOf(world),
      () => Math.max(1, Math.ceil(guilds() / GUILDS_A_SHARD)),
      identifiesLeft,
    ),
    // Before those of single messages, whose ids would take its name.
    ...pinRoutes,
    ...messageRoutes,
    ...pollRoutes,
    ...threadRoutes,
    ...channelRoutes,
    ...guildRoutes,
    // Before those of single commands, whose ids would take its name.
    ...commandPermissionRoutes,
    ...commandRoutes,
    ...interactionRoutes,
    ...webhookRoutes,
  ];
}
