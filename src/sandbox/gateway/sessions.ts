import { randomBytes } from 'node:crypto';
import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import { systemClock } from '#src/foundation/clock.ts';
import { guildCreateView } from '../view/guild-view.ts';
import { userView } from '../view/user-view.ts';
import { isObject } from '../world/json.ts';
import type { World } from '../world/world.ts';
import { botIsIn } from '../world/world.ts';
import { identifyFault, readIdentify } from './identify.ts';
import { type SocketLine, tell } from './line.ts';
import { createSession, type Session } from './session.ts';

/** Who is connected, and how the next who comes is met. */
export type Sessions = {
  readonly all: Map<string, Session>;
  identifies: number;
  lastIdentifyAt: number;
  /** Close code for the next IDENTIFY; 0: none. */
  refuseNextWith: number;
};

/** Op 2: a new session with READY and a GUILD_CREATE for each guild of the shard, or the socket is closed. */
export function identify(
  world: World,
  sessions: Sessions,
  line: SocketLine,
  detail: unknown,
  spacingMs: number,
): void {
  const asked = readIdentify(detail);
  const fault = line.session
    ? GatewayCloseCodes.AlreadyAuthenticated
    : sessions.refuseNextWith || identifyFault(world, asked);
  sessions.refuseNextWith = 0;
  if (fault !== 0 || !asked) {
    line.socket.close(fault || GatewayCloseCodes.DecodeError);
    return;
  }
  if (systemClock.now() - sessions.lastIdentifyAt < spacingMs) {
    tell(line.socket, GatewayOpcodes.InvalidSession, false);
    return;
  }
  sessions.identifies++;
  sessions.lastIdentifyAt = systemClock.now();
  line.session = createSession(randomBytes(16).toString('hex'), line.socket, asked.intents, asked.shard);
  forgetOlder(sessions, line.session);
  sessions.all.set(line.session.id, line.session);
  welcome(world, line.session);
  world.bell.ring();
}

/** Op 6: what was missed is sent again, or the session is declared invalid. */
export function resume(world: World, sessions: Sessions, line: SocketLine, detail: unknown): void {
  const asked = isObject(detail) ? detail : {};
  const session = sessions.all.get(String(asked.session_id));
  if (asked.token !== world.token) {
    line.socket.close(GatewayCloseCodes.AuthenticationFailed);
    return;
  }
  if (!session) {
    tell(line.socket, GatewayOpcodes.InvalidSession, false);
    return;
  }
  line.session = session;
  if (!session.resume(line.socket, Number(asked.seq))) line.socket.close(GatewayCloseCodes.InvalidSeq);
  world.bell.ring();
}

/** `ws://127.0.0.1:PORT/gateway` */
export function addressOf(world: World): string {
  return `${world.origin.replace('http', 'ws')}/gateway`;
}

// A session whose socket has gone is given up when its shard identifies anew.
function forgetOlder(sessions: Sessions, fresh: Session): void {
  for (const old of [...sessions.all.values()]) {
    if (!isOpen(old) && String(old.shard) === String(fresh.shard)) sessions.all.delete(old.id);
  }
}

/** Whether somebody listens now. */
export function isOpen({ socket }: Session): boolean {
  return socket.readyState === socket.OPEN;
}

function welcome(world: World, session: Session): void {
  const own = [...world.guilds.values()].filter((one) => botIsIn(world, one));
  const guilds = own.filter((one) => session.isOfShard(one.id));
  session.dispatch('READY', {
    v: 10,
    user: { ...userView(world.bot), verified: true, mfa_enabled: true, flags: 0 },
    guilds: guilds.map((one) => ({ id: one.id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: addressOf(world),
    shard: session.shard,
    application: { id: world.applicationId, flags: 0 },
  });
  for (const guild of guilds) {
    const isTold = !guild.unavailable && session.takes({ event: 'GUILD_CREATE', guildId: guild.id });
    if (isTold) session.dispatch('GUILD_CREATE', guildCreateView(world, guild));
  }
}
