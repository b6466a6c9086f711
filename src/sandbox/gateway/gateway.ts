import type { Server } from 'node:http';
import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { systemClock } from '#src/foundation/clock.ts';
import type { World } from '../world/world.ts';
import { readEvent, type SocketLine, tell } from './line.ts';
import { identify, isOpen, resume, type Sessions } from './sessions.ts';

export type SandboxGatewayOptions = {
  /** Default: Discord's 41,250 ms. */
  heartbeatMs?: number;
  /** Discord allows one IDENTIFY in 5 s; too early ones get op 9. Default 0: not kept, so that tests may restart at once. */
  identifyEveryMs?: number;
};

export type SandboxGateway = {
  /** Sessions with an open socket. */
  readonly connected: number;
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

/** Serves gateway v10 (JSON, uncompressed) on `/gateway` of the server. `admits`: false while Discord is down. */
export function openSandboxGateway(
  world: World,
  server: Server,
  options: SandboxGatewayOptions,
  admits: () => boolean,
): SandboxGateway {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const sessions: Sessions = {
    all: new Map(),
    identifies: 0,
    lastIdentifyAt: Number.NEGATIVE_INFINITY,
    refuseNextWith: 0,
  };
  const hall: Hall = {
    world,
    sockets,
    sessions,
    acknowledges: true,
    spacingMs: options.identifyEveryMs ?? 0,
  };

  server.on('upgrade', (request, socket, head) => {
    if (!admits() || !request.url?.startsWith('/gateway')) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) =>
      greet(hall, accepted, options.heartbeatMs ?? 41_250),
    );
  });

  world.dispatch = (dispatch) => {
    for (const session of sessions.all.values()) {
      if (session.takes(dispatch)) session.dispatch(dispatch.event, dispatch.payload);
    }
  };
  return controlsOf(hall);
}

type Hall = {
  world: World;
  sockets: WebSocketServer;
  sessions: Sessions;
  acknowledges: boolean;
  spacingMs: number;
};

function greet(hall: Hall, socket: WebSocket, heartbeatMs: number): void {
  const line: SocketLine = { socket, session: null, receivedAt: [] };
  socket.on('error', () => socket.terminate());
  socket.on('message', (raw) => {
    const event = readEvent(line, String(raw), systemClock.now());
    if (typeof event === 'number') socket.close(event);
    else act(hall, line, Number(event.op), event.d);
  });
  tell(socket, GatewayOpcodes.Hello, { heartbeat_interval: heartbeatMs });
}

const FOR_SESSIONS: readonly number[] = [
  GatewayOpcodes.PresenceUpdate,
  GatewayOpcodes.VoiceStateUpdate,
  GatewayOpcodes.RequestGuildMembers,
];

function act(hall: Hall, line: SocketLine, op: number, detail: unknown): void {
  const { world, sessions } = hall;
  if (op === GatewayOpcodes.Heartbeat) pollInterval(hall, line, detail);
  else if (op === GatewayOpcodes.Identify) identify(world, sessions, line, detail, hall.spacingMs);
  else if (op === GatewayOpcodes.Resume) resume(world, sessions, line, detail);
  else if (!FOR_SESSIONS.includes(op)) line.socket.close(GatewayCloseCodes.UnknownOpcode);
  else if (!line.session) line.socket.close(GatewayCloseCodes.NotAuthenticated);
}

function pollInterval(hall: Hall, line: SocketLine, seq: unknown): void {
  if (typeof seq === 'number') line.session?.confirm(seq);
  if (hall.acknowledges) tell(line.socket, GatewayOpcodes.HeartbeatAck, null);
}

function controlsOf(hall: Hall): SandboxGateway {
  const { sessions, sockets } = hall;
  return {
    get connected() {
      return [...sessions.all.values()].filter(isOpen).length;
    },
    get identifies() {
      return sessions.identifies;
    },
    cut: () => {
      for (const client of sockets.clients) client.terminate();
    },
    close: (code) => {
      for (const client of sockets.clients) client.close(code);
    },
    askReconnect: () => {
      for (const client of sockets.clients) tell(client, GatewayOpcodes.Reconnect, null);
    },
    invalidate: (resumable) => {
      if (!resumable) sessions.all.clear();
      for (const client of sockets.clients) tell(client, GatewayOpcodes.InvalidSession, resumable);
    },
    acknowledgeHeartbeats: (answer) => {
      hall.acknowledges = answer;
    },
    refuseNextIdentify: (code) => {
      sessions.refuseNextWith = code;
    },
    stop: () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}
