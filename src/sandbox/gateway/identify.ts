import { GatewayCloseCodes } from 'discord-api-types/v10';
import { isObject } from '../world/json.ts';
import type { World } from '../world/world.ts';
import { botIsIn } from '../world/world.ts';
import { ALL_INTENTS, PRIVILEGED_INTENTS } from './codes.ts';

type Identify = { token: string; intents: number; shard: readonly [number, number] };

/** Discord wants shards from 2500 guilds on, and no more than that on one. */
const GUILDS_A_SHARD = 2500;

/** The parts of an IDENTIFY that count, or null when it is none. */
export function readIdentify(detail: unknown): Identify | null {
  if (!isObject(detail) || typeof detail.token !== 'string' || typeof detail.intents !== 'number')
    return null;
  const shard = Array.isArray(detail.shard) ? detail.shard.map(Number) : [0, 1];
  return {
    token: detail.token.replace(/^Bot /, ''),
    intents: detail.intents,
    shard: [shard[0] ?? 0, shard[1] ?? 1],
  };
}

/** The close code for an IDENTIFY that Discord refuses; 0 when it is fine. */
export function identifyFault(world: World, asked: Identify | null): number {
  if (!asked) return GatewayCloseCodes.DecodeError;
  if (asked.token !== world.token) return GatewayCloseCodes.AuthenticationFailed;
  const [shard, shards] = asked.shard;
  if (!(Number.isInteger(shard) && Number.isInteger(shards) && shard >= 0 && shard < shards))
    return GatewayCloseCodes.InvalidShard;
  if ((asked.intents & ~ALL_INTENTS) !== 0) return GatewayCloseCodes.InvalidIntents;
  if ((asked.intents & PRIVILEGED_INTENTS) !== 0) return GatewayCloseCodes.DisallowedIntents;
  return guildsOfShard(world, shard, shards) > GUILDS_A_SHARD ? GatewayCloseCodes.ShardingRequired : 0;
}

function guildsOfShard(world: World, shard: number, shards: number): number {
  const isOnShard = (id: string) => Number((BigInt(id) >> 22n) % BigInt(shards)) === shard;
  return [...world.guilds.values()].filter((guild) => botIsIn(world, guild) && isOnShard(guild.id)).length;
}
