import { type Client, Events, type Guild, type GuildBasedChannel } from 'discord.js';
import { GatewayDispatchEvents, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Carries, PostPlace, PostRefusal } from '#src/pipeline/postman.ts';
import { channelOfDestination } from '#src/pipeline/postman.ts';
import { tellMissing } from '#src/render/missing-permissions.ts';
import { type Lacked, namedPermission, type PostPermission } from '#src/render/tell-lacked.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { deniedBy } from './denied-by.ts';
import { ownPermissionsIn } from './member-permissions.ts';
import { BITS, missingPermissions } from './permissions.ts';

/** Why nothing can be posted at a place, as far as the bot can see without asking. */
export type Obstacle = { code: PostRefusal; reason: KeptPhrase };

type Known = (channelId: string) => GuildBasedChannel | null;

/**
 * What hinders a post at a place. Working out permissions takes a while, and a fan-out asks for many posts: an answer is
 * kept until the gateway tells something new. `now`: UTC ms, by which a time-out ends.
 */
export function rememberObstacles(
  client: Client<true>,
  known: Known,
  now: () => number,
): (place: PostPlace, carries?: Carries) => Obstacle | null {
  const remembered = new Map<string, Obstacle | null>();
  client.on(Events.Raw, ({ t: event }: { t: string | null }) => {
    if (event !== GatewayDispatchEvents.InteractionCreate) remembered.clear();
  });
  return (place, carries = 'papers') => {
    // Its end comes without a word from the gateway.
    const silenced = timedOutUntil(client.guilds.cache.get(place.serverId), now());
    if (silenced !== null) return timedOut(silenced);
    const key = `${channelOfDestination(place)} ${place.kind} ${carries}`;
    const earlier = remembered.get(key);
    if (earlier !== undefined) return earlier;
    const obstacle = findObstacle(client, known, place, carries);
    remembered.set(key, obstacle);
    return obstacle;
  };
}

function findObstacle(client: Client, known: Known, place: PostPlace, carries: Carries): Obstacle | null {
  // A direct message.
  if (place.serverId === '') return null;
  const server = client.guilds.cache.get(place.serverId);
  if (!server) return { code: 'server-left', reason: phrase('hold.serverLeft') };
  const channel = known(channelOfDestination(place));
  return server.available && channel ? obstacleIn(channel, place, carries) : null;
}

/** Until when a moderator has timed the bot out; null: not. Who administers a server cannot be timed out. */
function timedOutUntil(server: Guild | undefined, now: number): number | null {
  const me = server?.available ? server.members.me : null;
  const until = me?.communicationDisabledUntilTimestamp ?? null;
  if (until === null || until <= now || me?.permissions.has(PermissionFlagsBits.Administrator)) return null;
  return until;
}

const timedOut = (until: number): Obstacle => ({
  code: 'timed-out',
  reason: phrase('hold.timedOut', { until: new Date(until).toISOString().slice(0, 16).replace('T', ' ') }),
});

/** Its reason is shown to people who may not know the channel: it never has the channel's name. */
function obstacleIn(channel: GuildBasedChannel, place: PostPlace, carries: Carries): Obstacle | null {
  if (channel.isThread() && channel.locked)
    return { code: 'thread-locked', reason: phrase('hold.threadLocked') };
  const lacked = lackedIn(channel, place.kind, carries);
  if (lacked.length === 0) return null;
  return {
    code: 'permission-missing',
    reason: tellMissing(lacked.map(({ permission }) => namedPermission(permission))),
  };
}

/** What such posts need there and the bot lacks; nothing while its permissions are unknown. `held`: as Discord just told them. */
export function lackedIn(
  channel: GuildBasedChannel,
  kind: PostPlace['kind'],
  carries: Carries = 'papers',
  held: bigint | null = ownPermissionsIn(channel),
): Lacked[] {
  if (held === null) return [];
  const own = ownPermissionsIn(channel);
  return missingPermissions(channel.isThread() ? 'in-thread' : kind, held, carries)
    .filter((permission) => !isImplied(permission, held, own))
    .map((permission) => ({ permission, by: deniedBy(channel, BITS[permission]) }));
}

/**
 * Whether nobody denies it, and it is only gone with another (topics/permissions.mdx, "Implicit Permissions"): what Discord
 * tells of a channel has those taken off, what the gateway's roles and overwrites say has not.
 */
function isImplied(permission: PostPermission, held: bigint, own: bigint | null): boolean {
  if (own === null || !(own & BITS[permission])) return false;
  if (!(held & BITS.viewChannel)) return permission !== 'viewChannel';
  return permission === 'embedLinks' && !(held & BITS.sendMessages);
}
