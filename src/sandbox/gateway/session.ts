import { GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { GatewayEvent } from '../world/world.ts';

/** A bot's session: it outlives its socket, and replays what was missed to a RESUME. */
export type Session = {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly seq: number;
  /** Sends, or keeps until the session is resumed. */
  dispatch(event: string, payload: unknown): void;
  /** The client has everything up to `seq`. */
  confirm(seq: number): void;
  /** Moves to another socket and replays everything after `seq`; false when that is no longer known. */
  resume(socket: WebSocket, seq: number): boolean;
  /** Whether events of this guild belong to the shard; null is shard 0's. https://discord.com/developers/docs/events/gateway#sharding */
  isOfShard(guildId: string | null): boolean;
  /** Whether the shard and the intents let this event through. */
  takes(dispatch: Pick<GatewayEvent, 'guildId' | 'event'>): boolean;
  readonly socket: WebSocket;
};

const COMES_ALWAYS: readonly string[] = ['INTERACTION_CREATE', 'APPLICATION_COMMAND_PERMISSIONS_UPDATE'];
const VOTES: readonly string[] = ['MESSAGE_POLL_VOTE_ADD', 'MESSAGE_POLL_VOTE_REMOVE'];

/** Events of this Discord belong to GUILDS, but for votes. */
function intentOf(event: string, guildId: string | null): number {
  if (!VOTES.includes(event)) return GatewayIntentBits.Guilds;
  return guildId === null ? GatewayIntentBits.DirectMessagePolls : GatewayIntentBits.GuildMessagePolls;
}

/** A session that starts on `socket`. */
export function createSession(
  id: string,
  first: WebSocket,
  intents: number,
  shard: readonly [number, number],
): Session {
  let socket = first;
  let seq = 0;
  let confirmed = 0;
  const kept: { seq: number; text: string }[] = [];

  const send = (text: string) => {
    if (socket.readyState === socket.OPEN) socket.send(text);
  };

  const dispatch = (event: string, payload: unknown) => {
    seq++;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s: seq, d: payload });
    kept.push({ seq, text });
    send(text);
  };

  const confirm = (upTo: number) => {
    confirmed = Math.max(confirmed, Math.min(upTo, seq));
    while (kept.length > 0 && kept[0].seq <= confirmed) kept.shift();
  };

  const resume = (next: WebSocket, from: number): boolean => {
    if (from < confirmed || from > seq) return false;
    socket = next;
    for (const one of kept) if (one.seq > from) send(one.text);
    dispatch('RESUMED', {});
    return true;
  };

  const isOfShard = (guildId: string | null) =>
    Number(guildId === null ? 0n : (BigInt(guildId) >> 22n) % BigInt(shard[1])) === shard[0];
  const asksFor = ({ event, guildId }: Pick<GatewayEvent, 'guildId' | 'event'>) =>
    COMES_ALWAYS.includes(event) || (intents & intentOf(event, guildId)) !== 0;

  return {
    id,
    shard,
    dispatch,
    confirm,
    resume,
    isOfShard,
    takes: ({ guildId, event }) => isOfShard(guildId) && asksFor({ guildId, event }),
    get seq() {
      return seq;
    },
    get socket() {
      return socket;
    },
  };
}
