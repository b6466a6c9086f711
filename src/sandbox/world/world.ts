import type { Clock } from '#src/foundation/clock.ts';
import { type Bell, createBell } from './bell.ts';
import type { Channel } from './channel.ts';
import type { RegisteredCommand } from './command.ts';
import type { Guild } from './guild.ts';
import type { Heard } from './heard.ts';
import type { Interaction } from './interaction.ts';
import type { Json } from './json.ts';
import type { Attachment } from './message.ts';
import { createNonceStore, type NonceStore } from './nonces.ts';
import { createSnowflakes } from './snowflakes.ts';
import type { User } from './user.ts';

/** One event for the bot. `guildId` chooses the shard; null goes to shard 0. */
export type GatewayEvent = { event: string; guildId: string | null; payload: Json };

/** Everything this Discord knows. changes/ changes it, view/ shows it, rest/ and driver/ ask for changes. */
export type World = {
  readonly clock: Clock;
  readonly now: () => number;
  readonly nextId: () => string;
  readonly bell: Bell;
  readonly bot: User;
  readonly applicationId: string;
  readonly token: string;
  /** `http://127.0.0.1:PORT`: where attachments are served. */
  origin: string;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  /** DM channels by their two users' ids, older first. */
  readonly dms: Map<string, Channel>;
  readonly nonces: NonceStore;
  readonly commands: Map<string, RegisteredCommand>;
  /** Commands created today in each scope, for the 200 a day. */
  readonly commandCreations: Map<string, { day: number; count: number }>;
  readonly interactions: Map<string, Interaction>;
  readonly interactionsByToken: Map<string, Interaction>;
  /** Files that came with options and forms, by their ids. */
  readonly uploads: Map<string, Attachment>;
  readonly settings: WorldSettings;
  /** Set by the gateway. */
  dispatch: (dispatch: GatewayEvent) => void;
  /** Set by the driver: hears of everything that changes what somebody sees. */
  readonly heard: Set<(heard: Heard) => void>;
};

type WorldSettings = {
  /** How long a nonce stays unique. Discord: "the past few minutes". */
  nonceWindowMs: number;
  /** Whether messages read over REST carry their nonce. Discord does not document it. */
  showNonce: boolean;
  /** How long the first answer to an interaction may take. */
  firstAnswerMs: number;
};

/** An empty Discord with one application and its bot. */
export function createWorld(clock: Clock, token: string, settings: WorldSettings): World {
  const nextId = createSnowflakes(() => clock.now());
  const bot = botUser(nextId());
  return {
    clock,
    now: () => clock.now(),
    nextId,
    bell: createBell(),
    bot,
    // An application and its bot user have the same id.
    applicationId: bot.id,
    token,
    origin: '',
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    dms: new Map(),
    nonces: createNonceStore(settings.nonceWindowMs),
    commands: new Map(),
    commandCreations: new Map(),
    interactions: new Map(),
    interactionsByToken: new Map(),
    uploads: new Map(),
    settings,
    dispatch: () => {},
    heard: new Set(),
  };
}

export function botIsIn(world: World, guild: Guild): boolean {
  return guild.members.has(world.bot.id);
}

function botUser(id: string): User {
  return {
    id,
    username: 'paperboy',
    displayName: 'Paperboy',
    bot: true,
    acceptsDms: false,
    hasInstalledApp: false,
    locale: 'en-US',
  };
}
