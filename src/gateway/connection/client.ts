/**
 * The connection to Discord's gateway. discord.js reconnects and resumes by itself; what it cannot mend (docs: topics/
 * opcodes-and-status-codes.mdx "Gateway Close Event Codes") it only mentions in an event, and the process would stay
 * alive and deaf: here it becomes a FatalError.
 */

import { type Client, DiscordjsErrorCodes, Events, RESTEvents } from 'discord.js';
import { GatewayCloseCodes, GatewayDispatchEvents } from 'discord-api-types/v10';
import { type Clock, wallIn } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import { settled } from '#src/foundation/settled.ts';
import type { ServerEvents } from '#src/pipeline/server-events.ts';
import type { DiscordTime } from './discord-time.ts';
import { guardPackets } from './guard-packets.ts';
import { createLightClient } from './light-client.ts';
import { type GatewayLine, watchLine } from './line-watch.ts';
import { listenToServers } from './server-events.ts';
import { createGatewayServers, type GatewayServers } from './servers.ts';
import { type SessionStarts, usedUpStarts } from './session-starts.ts';
import { tellConnection } from './tell-connection.ts';

export type ConnectOptions = {
  token: string;
  /** REST base without version, e.g. `https://discord.com/api`; it names the gateway's address. */
  apiUrl: string;
  clock: Clock;
  log: Log;
  events: ServerEvents;
  /** Hears the date of what Discord answers while the bot logs in: before anything is sent. */
  time: DiscordTime;
  /** An interaction, as Discord sent it. Must not throw. */
  onInteraction(interaction: unknown): void;
  /** How long to try before giving up. Default: a minute. */
  loginTimeoutMs?: number;
};

export type DiscordConnection = {
  applicationId: string;
  /** The bot's own user id. */
  botId: string;
  botName: string;
  servers: GatewayServers;
  line(): GatewayLine;
  /** Tells of every event from now on. The listener must not throw. */
  listen(listener: (event: string, told: unknown) => void): void;
  /** Never resolves; rejects with FatalError when the connection is lost for good. */
  lost: Promise<never>;
  close(): Promise<void>;
};

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Resolves when the bot is ready: connected, and its servers known. Tries again while Discord cannot be reached, and waits
 * as long as Discord allows no more session starts.
 * Throws FatalError when the token is refused, the gateway closes for good, or the login takes too long.
 */
export async function connectDiscord(options: ConnectOptions): Promise<DiscordConnection> {
  const { clock, log, loginTimeoutMs = 60_000 } = options;
  let deadline = clock.elapsed() + loginTimeoutMs;
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    const client = createLightClient(options.apiUrl);
    const leave = tellConnection(client, log);
    const attempt = await settled(() => logIn(client, options, deadline));
    if (attempt.status === 'fulfilled') return connection(attempt.value, leave, clock);
    const error: unknown = attempt.reason;
    const starts = await settled(() => usedUpStarts(options, error));
    leave();
    await hangUp(client, clock);
    if (error instanceof FatalError) throw error;
    if (starts.status === 'fulfilled' && starts.value !== null) {
      await waitForStarts(options, starts.value);
      deadline = clock.elapsed() + loginTimeoutMs;
      pause = FIRST_PAUSE_MS;
      continue;
    }
    if (clock.elapsed() + pause >= deadline) throw tooLate(options.apiUrl, error);
    log.warn({ err: error, pauseMs: pause }, 'Discord cannot be reached; trying again');
    await clock.sleep(pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

async function waitForStarts({ clock, log }: ConnectOptions, starts: SessionStarts): Promise<void> {
  const { resetAfterMs, ...counts } = starts;
  const resetsAt = new Date(wallIn(clock, resetAfterMs));
  log.warn(
    { ...counts, resetsAt },
    'Discord allows no more session starts for now; waiting until it renews them',
  );
  await clock.sleep(resetAfterMs);
}

type LoggedIn = { own: Client<true>; lost: Promise<never> };

async function logIn(client: Client, options: ConnectOptions, deadline: number): Promise<LoggedIn> {
  const lost = untilLost(client);
  guardPackets(client, options.log);
  listenToServers(client, options.events);
  client.rest.on(RESTEvents.Response, (_, { headers }) =>
    options.time.heard('date', Date.parse(headers.get('Date') ?? '')),
  );
  // As Discord sent it: discord.js' own objects would answer through its own, limited REST.
  client.ws.on(GatewayDispatchEvents.InteractionCreate, options.onInteraction);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  const loggedIn = client.login(options.token).catch((error) => {
    throw isTokenRefused(error) ? new FatalError(TOKEN_REFUSED, { cause: error }) : error;
  });
  const inTime = new AbortController();
  const late = options.clock.sleep(deadline - options.clock.elapsed(), inTime.signal).then(() => {
    throw tooLate(options.apiUrl);
  });
  try {
    const [own] = await Promise.race([Promise.all([ready, loggedIn]), lost, late]);
    return { own, lost };
  } finally {
    inTime.abort();
  }
}

function connection({ own: client, lost }: LoggedIn, leave: () => void, clock: Clock): DiscordConnection {
  return {
    applicationId: client.application.id,
    botId: client.user.id,
    botName: client.user.username,
    servers: createGatewayServers(client, clock.now),
    line: watchLine(client, clock),
    listen: (listener) =>
      client.on(Events.Raw, ({ t: event, d: told }: { t: string | null; d: unknown }) => {
        if (event !== null) listener(event, told);
      }),
    lost,
    close: () => {
      leave();
      return hangUp(client, clock);
    },
  };
}

const HANGING_UP_MS = 1_000;

/**
 * Ends the connection. Never rejects: whatever becomes of that, somebody has a reason to leave. discord.js waits without an end
 * where a session was just beginning: its own clearing up takes away what would tell it that the line is closed.
 */
async function hangUp(client: Client, clock: Clock): Promise<void> {
  const gone = new AbortController();
  const enough = clock.sleep(HANGING_UP_MS, gone.signal).catch(() => {});
  await Promise.race([settled(() => client.destroy()), enough]);
  gone.abort(GONE);
}

/** A reason of our own: without one each abort makes an error with a stack. */
const GONE = 'gone';

function untilLost(client: Client): Promise<never> {
  return new Promise((_, reject) => {
    client.on(Events.ShardDisconnect, ({ code }) => reject(new FatalError(closeSentence(code))));
  });
}

const TOKEN_REFUSED = 'Discord refuses the token. Copy it anew from the developer portal into DISCORD_TOKEN.';

const CLOSE_SENTENCES: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: TOKEN_REFUSED,
  [GatewayCloseCodes.InvalidShard]:
    'Discord closed the gateway: the shard is not valid (4010). Start one Paperboy only.',
  [GatewayCloseCodes.ShardingRequired]:
    'Discord closed the gateway: the bot is in more servers than one connection may serve (4011).',
  [GatewayCloseCodes.InvalidAPIVersion]:
    'Discord closed the gateway: it no longer speaks this version (4012). Update Paperboy.',
  [GatewayCloseCodes.InvalidIntents]:
    'Discord closed the gateway: it does not know the requested intents (4013). Update Paperboy.',
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord closed the gateway: it does not allow the requested intents (4014).',
};

function closeSentence(code: number): string {
  return CLOSE_SENTENCES[code] ?? `Discord closed the gateway for good (${code}).`;
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DiscordjsErrorCodes.TokenInvalid;
}

function tooLate(apiUrl: string, cause?: unknown): FatalError {
  const sentence = `Discord at ${apiUrl} did not let the bot in within the time allowed.`;
  return new FatalError(`${sentence} Check the network, DISCORD_API_URL and https://discordstatus.com.`, {
    cause,
  });
}
