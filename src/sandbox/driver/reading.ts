import { type APIApplicationCommand, MessageFlags } from 'discord-api-types/v10';
import type { SandboxGateway } from '../gateway/gateway.ts';
import { isThread } from '../world/channel.ts';
import type { Heard } from '../world/heard.ts';
import type { Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { userOf } from './known.ts';
import { offeredCommands } from './offered.ts';
import { channelSeenBy, isOpenTo, isSeenBy } from './people.ts';
import { type SeenMessage, seen } from './seen-message.ts';
import { placesSeenBy, type SeenPlaces } from './seen-places.ts';

/** What people see, and ways to wait for it. `patience` is real ms; 20,000 where absent. */
export type DriverReading = {
  /** A channel as this person sees it, oldest first: ephemerals only to their asker. */
  read(user: string, channel: string): SeenMessage[];
  /** One message as this person sees it; null where they do not. */
  readOne(user: string, channel: string, message: string): SeenMessage | null;
  /** The servers, channels, threads and DMs that this person sees. */
  placesOf(user: string): SeenPlaces;
  /** Everything in a channel whoever looks, oldest first. */
  allMessages(channel: string): SeenMessage[];
  /** Threads and forum posts of a channel, oldest first. */
  threadsOf(channel: string): { id: string; name: string; archived: boolean; tags: readonly string[] }[];
  /** Resolves with the channel's `count` newest messages as soon as it has that many (loading ones not counted). */
  messages(channel: string, count: number): Promise<SeenMessage[]>;
  /** The next message that is written into the channel after this call. */
  nextMessage(channel: string): Promise<SeenMessage>;
  /** Calls `listener` for every message that the bot writes or edits, anywhere. Returns how to stop. */
  onMessage(listener: (message: SeenMessage, kind: 'created' | 'edited') => void): () => void;
  /** Calls `listener` for everything that changes what somebody sees. Returns how to stop. */
  hear(listener: (heard: Heard) => void): () => void;
  /** Resolves when a bot is connected. */
  untilConnected(patience?: number): Promise<void>;
  /** Resolves with its id when a command of this name is registered, global or in a server. */
  untilCommand(name: string, patience?: number): Promise<string>;
  /** Resolves with the first answer of `check` that is not undefined; tried after every change. */
  until<T>(what: string, check: () => T | undefined): Promise<T>;
  /** The commands that a client offers this person here, slash ones and those of menus, in its order. */
  offered(user: string, channel: string): APIApplicationCommand[];
  /** Names of the registered commands. */
  commandNames(): string[];
};

/** The reading part of the driver. */
export function createReading(world: World, gateway: SandboxGateway): DriverReading {
  const { until } = world.bell;
  const logOf = (channel: string) => world.channels.get(channel)?.messages.all() ?? [];
  const commands = () => [...world.commands.values()];

  return {
    read: (user, channel) => {
      const all = channelSeenBy(world, user, channel).messages.all();
      return all.filter((one) => isSeenBy(one, user)).map((one) => seen(world, one, user));
    },
    readOne: (user, channel, id) => {
      const place = world.channels.get(channel);
      const message = place && isOpenTo(world, place, user) ? place.messages.get(id) : undefined;
      return message && isSeenBy(message, user) ? seen(world, message, user) : null;
    },
    placesOf: (user) => placesSeenBy(world, userOf(world, user).id),
    allMessages: (channel) => logOf(channel).map((one) => seen(world, one)),
    threadsOf: (channel) => threadsOf(world, channel),
    messages: (channel, count) => {
      const newest = () => newestComplete(logOf(channel), count)?.map((one) => seen(world, one));
      return until(`${count} messages in ${channel}`, newest);
    },
    nextMessage: (channel) => {
      const already = logOf(channel).length;
      const next = () =>
        logOf(channel)
          .slice(already, already + 1)
          .map((one) => seen(world, one))[0];
      return until(`a message in ${channel}`, next);
    },
    onMessage: (listener) => hearBot(world, listener),
    hear: (listener) => hear(world, listener),
    untilConnected: async (patience) => {
      await until('the bot', () => (gateway.connected > 0 ? true : undefined), patience);
    },
    untilCommand: (name, patience) =>
      until(`the command "${name}"`, () => commands().find(({ body }) => body.name === name)?.id, patience),
    until,
    offered: (user, channel) =>
      offeredCommands(world, userOf(world, user), channelSeenBy(world, user, channel)),
    commandNames: () => commands().map(({ body }) => String(body.name)),
  };
}

function newestComplete(log: readonly Message[], count: number): Message[] | undefined {
  if (log.length < count) return undefined;
  const complete = log.filter((one) => (one.flags & MessageFlags.Loading) === 0);
  return complete.length < count ? undefined : complete.slice(-count);
}

function threadsOf(world: World, parent: string): ReturnType<DriverReading['threadsOf']> {
  const threads = [...world.channels.values()].filter((one) => isThread(one) && one.parentId === parent);
  return threads.map((one) => ({
    id: one.id,
    name: one.name,
    archived: one.thread?.archived ?? false,
    tags: one.thread?.appliedTags ?? [],
  }));
}

function hearBot(world: World, listener: Parameters<DriverReading['onMessage']>[0]): () => void {
  return hear(world, (heard) => {
    if (heard.kind !== 'created' && heard.kind !== 'edited') return;
    const message = world.channels.get(heard.channelId)?.messages.get(heard.messageId);
    if (message?.authorId === world.bot.id) listener(seen(world, message), heard.kind);
  });
}

function hear(world: World, listener: (heard: Heard) => void): () => void {
  world.heard.add(listener);
  return () => world.heard.delete(listener);
}
