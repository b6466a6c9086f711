import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { systemClock } from '#src/foundation/clock.ts';
import { isObject } from '../rules/primitives.ts';
import { botIsIn } from '../state/guilds.ts';
import type { Json } from '../state/words.ts';
import type { Dispatch, World } from '../state/world.ts';
import { guildCreateView } from '../view/guild-view.ts';
import { userView } from '../view/user-view.ts';
import { CloseCode, Opcode } from './codes.ts';
import { type Identify, identifyFault, readIdentify } from './identify.ts';
import { createSession, type Session } from './session.ts';

export type GatewayOptions = {
  /** Default: Discord's 41,250 ms. */
  heartbeatMs?: number;
  /** Discord allows one IDENTIFY in 5 s; too early ones get op 9. Default 0: not kept, so that tests may restart at once. */
  identifyEveryMs?: number;
};

export type Gateway = {
  readonly sessions: readonly Session[];
  readonly identifies: number;
  /** Cuts every socket without a close frame. */
  cut(): void;
  close(code: number): void;
  /** Op 7 to every session. */
  askReconnect(): void;
  /** Op 9 to every session; when not resumable they are forgotten. */
  invalidate(resumable: boolean): void;
  /** While false, heartbeats get no ACK. */
  acknowledgeHeartbeats(answer: boolean): void;
  /** The next IDENTIFY is closed with this code. */
  refuseNextIdentify(code: number): void;
  stop(): void;
};

/** A client payload may have 4096 bytes; 120 of them in 60 s. https://discord.com/developers/docs/events/gateway#rate-limiting */
const LARGEST = 4096;
const EVENTS = 120;
const MINUTE = 60_000;

/** Serves gateway v10 (JSON, uncompressed) on `/gateway` of the server. `admits`: false while Discord is down. */
export function openGateway(
  world: World,
  server: Server,
  options: GatewayOptions,
  admits: () => boolean,
): Gateway {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const sessions = new Map<string, Session>();
  const state = { acknowledges: true, refuseWith: 0, identifies: 0, lastIdentify: Number.NEGATIVE_INFINITY };
  const heartbeatMs = options.heartbeatMs ?? 41_250;

  server.on('upgrade', (request, socket, head) => {
    if (!admits() || !request.url?.startsWith('/gateway')) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => greet(accepted));
  });

  const greet = (socket: WebSocket) => {
    const line: Line = { socket, session: null, receivedAt: [] };
    socket.on('error', () => socket.terminate());
    socket.on('message', (raw) => receive(line, String(raw)));
    tell(socket, Opcode.hello, { heartbeat_interval: heartbeatMs });
  };

  const receive = (line: Line, text: string) => {
    if (Buffer.byteLength(text) > LARGEST) return line.socket.close(CloseCode.decodeError);
    if (isTooOften(line, systemClock.now())) return line.socket.close(CloseCode.rateLimited);
    const message = parsed(text);
    if (!message) return line.socket.close(CloseCode.decodeError);
    act(line, Number(message.op), message.d);
  };

  const act = (line: Line, op: number, detail: unknown) => {
    if (op === Opcode.heartbeat) return beat(line, detail);
    if (op === Opcode.identify) return identify(line, readIdentify(detail));
    if (op === Opcode.resume) return resume(line, isObject(detail) ? detail : {});
    if (op === Opcode.presenceUpdate || op === Opcode.voiceStateUpdate || op === Opcode.requestGuildMembers) {
      if (!line.session) line.socket.close(CloseCode.notAuthenticated);
      return;
    }
    line.socket.close(CloseCode.unknownOpcode);
  };

  const beat = (line: Line, seq: unknown) => {
    if (typeof seq === 'number') line.session?.confirm(seq);
    if (state.acknowledges) tell(line.socket, Opcode.heartbeatAck, null);
  };

  const identify = (line: Line, asked: Identify | null) => {
    if (line.session) return line.socket.close(CloseCode.alreadyAuthenticated);
    const fault = state.refuseWith || identifyFault(world, asked);
    state.refuseWith = 0;
    if (fault !== 0 || !asked) return line.socket.close(fault || CloseCode.decodeError);
    if (isTooEarly()) return tell(line.socket, Opcode.invalidSession, false);
    state.identifies++;
    state.lastIdentify = systemClock.now();
    line.session = createSession(randomBytes(16).toString('hex'), line.socket, asked.intents, asked.shard);
    dropOlder(line.session);
    sessions.set(line.session.id, line.session);
    welcome(line.session);
    world.bell.ring();
  };

  const isTooEarly = () => systemClock.now() - state.lastIdentify < (options.identifyEveryMs ?? 0);

  // A session whose socket has gone is given up when its shard identifies anew.
  const dropOlder = (fresh: Session) => {
    for (const old of [...sessions.values()]) {
      const isGone = old.socket.readyState !== old.socket.OPEN && String(old.shard) === String(fresh.shard);
      if (isGone) sessions.delete(old.id);
    }
  };

  const welcome = (session: Session) => {
    const guilds = [...world.guilds.values()].filter(
      (one) => botIsIn(world, one) && session.takes({ guildId: one.id }),
    );
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
      if (!guild.unavailable) session.dispatch('GUILD_CREATE', guildCreateView(world, guild));
    }
  };

  const resume = (line: Line, asked: Json) => {
    const session = sessions.get(String(asked.session_id));
    if (asked.token !== world.token) return line.socket.close(CloseCode.authenticationFailed);
    if (!session) return tell(line.socket, Opcode.invalidSession, false);
    line.session = session;
    if (!session.resume(line.socket, Number(asked.seq))) return line.socket.close(CloseCode.invalidSequence);
    world.bell.ring();
  };

  world.dispatch = (dispatch: Dispatch) => {
    for (const session of sessions.values()) {
      if (session.takes(dispatch)) session.dispatch(dispatch.event, dispatch.payload);
    }
  };

  return {
    get sessions() {
      return [...sessions.values()];
    },
    get identifies() {
      return state.identifies;
    },
    cut: () => {
      for (const client of sockets.clients) client.terminate();
    },
    close: (code) => {
      for (const client of sockets.clients) client.close(code);
    },
    askReconnect: () => {
      for (const client of sockets.clients) tell(client, Opcode.reconnect, null);
    },
    invalidate: (resumable) => {
      if (!resumable) sessions.clear();
      for (const client of sockets.clients) tell(client, Opcode.invalidSession, resumable);
    },
    acknowledgeHeartbeats: (answer) => {
      state.acknowledges = answer;
    },
    refuseNextIdentify: (code) => {
      state.refuseWith = code;
    },
    stop: () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

/** One socket and, once it has identified, its session. */
type Line = { socket: WebSocket; session: Session | null; receivedAt: number[] };

/** `ws://127.0.0.1:PORT/gateway` */
export function addressOf(world: World): string {
  return `${world.origin.replace('http', 'ws')}/gateway`;
}

function tell(socket: WebSocket, op: number, detail: unknown): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ op, d: detail, s: null, t: null }));
}

function isTooOften(line: Line, at: number): boolean {
  line.receivedAt.push(at);
  while (line.receivedAt[0] <= at - MINUTE) line.receivedAt.shift();
  return line.receivedAt.length > EVENTS;
}

function parsed(text: string): Json | null {
  try {
    const message: unknown = JSON.parse(text);
    return isObject(message) ? message : null;
  } catch {
    return null;
  }
}
