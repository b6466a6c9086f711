import { GatewayCloseCodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { isObject, type Json } from '../world/json.ts';
import type { Session } from './session.ts';

/** One socket and, once it has identified or resumed, its session. */
export type SocketLine = { socket: WebSocket; session: Session | null; receivedAt: number[] };

/** https://discord.com/developers/docs/events/gateway#rate-limiting: 120 events in 60 s, each of 4096 bytes at most. */
const LARGEST = 4096;
const EVENTS = 120;
const MINUTE = 60_000;

/** What a client sent, or the code that its socket is closed with. */
export function readEvent(line: SocketLine, text: string, at: number): Json | number {
  if (Buffer.byteLength(text) > LARGEST) return GatewayCloseCodes.DecodeError;
  if (isTooOften(line, at)) return GatewayCloseCodes.RateLimited;
  return parsed(text) ?? GatewayCloseCodes.DecodeError;
}

/** Sends what is no dispatch. */
export function tell(socket: WebSocket, op: number, detail: unknown): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ op, d: detail, s: null, t: null }));
}

function isTooOften(line: SocketLine, at: number): boolean {
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
