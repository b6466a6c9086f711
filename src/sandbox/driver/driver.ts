import type { FaultHook, Outage } from '../faults.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { isThread } from '../permissions.ts';
import { type Message, MessageFlag } from '../state/words.ts';
import type { World } from '../state/world.ts';
import type { Traffic, TrafficCounts } from '../traffic.ts';
import { type Asking, createAsking } from './asking.ts';
import { type Building, createBuilding } from './building.ts';
import { channelSeenBy, isSeenBy } from './people.ts';
import { type SeenMessage, seen } from './seen-message.ts';

/** The hands and eyes of people in this Discord, for tests and the demo. Nothing here needs a sleep. */
export type Driver = Building & Asking & Reading & Trouble;

export type Reading = {
  /** A channel as this person sees it, oldest first: ephemerals only to their asker. */
  read(user: string, channel: string): SeenMessage[];
  /** Everything in a channel whoever looks, oldest first. */
  allMessages(channel: string): SeenMessage[];
  /** Threads and forum posts of a channel, oldest first. */
  threadsOf(channel: string): { id: string; name: string; archived: boolean; tags: readonly string[] }[];
  /** Resolves with the channel's `count` newest messages as soon as it has that many (loading ones not counted). */
  messages(channel: string, count: number, patience?: number): Promise<SeenMessage[]>;
  /** The next message that is written into the channel after this call. */
  nextMessage(channel: string, patience?: number): Promise<SeenMessage>;
  /** Calls `listener` for every message that the bot writes or edits, anywhere. Returns how to stop. */
  onMessage(listener: (message: SeenMessage, kind: 'created' | 'edited') => void): () => void;
  /** Resolves when a bot has an open session. */
  untilConnected(patience?: number): Promise<void>;
  /** Resolves when a command of this name is registered, global or in a server. */
  untilCommand(name: string, patience?: number): Promise<void>;
  /** Resolves with the first answer of `check` that is not undefined; tried after every change. */
  until<T>(what: string, check: () => T | undefined, patience?: number): Promise<T>;
  /** Names of the registered commands. */
  commandNames(): string[];
};

export type Trouble = {
  readonly gateway: Omit<Gateway, 'stop'>;
  /** Requests, 429s and invalid requests since the start or the last reset. */
  traffic(): TrafficCounts;
  resetTraffic(): void;
  /** Replaces the fault hook; null takes it away. */
  setFaults(hook: FaultHook | null): void;
  /** Everything answers 503, or connections are refused; sockets are cut. */
  outage(kind: Outage): Promise<void>;
};

export type DriverParts = {
  world: World;
  gateway: Gateway;
  traffic: Traffic;
  setFaults: (hook: FaultHook | null) => void;
  outage: (kind: Outage) => Promise<void>;
  /** Real ms that a first answer to an interaction may take. */
  answerPatience: number;
};

/** Joins the parts of the driver. */
export function createDriver(parts: DriverParts): Driver {
  return {
    ...createBuilding(parts.world),
    ...createAsking(parts.world, parts.answerPatience),
    ...createReading(parts.world, parts.gateway),
    gateway: parts.gateway,
    traffic: () => parts.traffic.counts(),
    resetTraffic: () => parts.traffic.reset(),
    setFaults: parts.setFaults,
    outage: parts.outage,
  };
}

function createReading(world: World, gateway: Gateway): Reading {
  const logOf = (channel: string) => world.channels.get(channel)?.messages.all() ?? [];
  const isComplete = (message: Message) => (message.flags & MessageFlag.loading) === 0;

  const nextMessage: Reading['nextMessage'] = (channel, patience) => {
    const already = logOf(channel).length;
    const next = () => {
      const found = logOf(channel)[already];
      return found && seen(world, found);
    };
    return world.bell.until(`a message in ${channel}`, next, patience);
  };

  return {
    read: (user, channel) =>
      channelSeenBy(world, user, channel)
        .messages.all()
        .filter((one) => isSeenBy(one, user))
        .map((one) => seen(world, one)),
    allMessages: (channel) => logOf(channel).map((one) => seen(world, one)),
    threadsOf: (channel) =>
      [...world.channels.values()]
        .filter((one) => isThread(one) && one.parentId === channel)
        .map((one) => ({
          id: one.id,
          name: one.name,
          archived: one.thread?.archived ?? false,
          tags: one.thread?.appliedTags ?? [],
        })),
    messages: (channel, count, patience) =>
      world.bell.until(
        `${count} messages in ${channel}`,
        () => {
          if (logOf(channel).length < count) return undefined;
          const found = logOf(channel).filter(isComplete);
          return found.length < count ? undefined : found.slice(-count).map((one) => seen(world, one));
        },
        patience,
      ),
    nextMessage,
    onMessage: (listener) => {
      const heard = (one: {
        kind: 'created' | 'edited' | 'deleted';
        channelId: string;
        messageId: string;
      }) => {
        const message = world.channels.get(one.channelId)?.messages.get(one.messageId);
        if (one.kind !== 'deleted' && message?.authorId === world.bot.id)
          listener(seen(world, message), one.kind);
      };
      world.heard.push(heard);
      return () => {
        world.heard.splice(world.heard.indexOf(heard), 1);
      };
    },
    untilConnected: async (patience) => {
      await world.bell.until('the bot', () => (gateway.sessions.length > 0 ? true : undefined), patience);
    },
    untilCommand: async (name, patience) => {
      const isThere = () =>
        [...world.commands.values()].some((one) => one.body.name === name) ? true : undefined;
      await world.bell.until(`the command "${name}"`, isThere, patience);
    },
    until: world.bell.until,
    commandNames: () => [...world.commands.values()].map((one) => String(one.body.name)),
  };
}
