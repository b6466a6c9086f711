import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Postman, Receipt, Servers } from '#src/pipeline/postman.ts';
import { createRandom } from '../filter-generator.ts';

const SERVERS = ['1', '2'];
const TEXT = 0;

/** Two servers whose channels lose a permission, are deleted and come anew: a Discord without Discord. */
export type Town = {
  postman: Postman;
  servers: Servers;
  /** Those that are there. */
  channels(): string[];
  serverOf(channelId: string): string;
  addChannel(): string;
  deleteChannel(channelId: string): void;
  /** The bot may not, or may again, write there. */
  setClosed(channelId: string, isClosed: boolean): void;
};

export function createTown(channelCount: number, now: () => number): Town {
  const random = createRandom(11);
  const channels = new Set<string>();
  const closed = new Set<string>();
  let made = 0;
  let sent = 0;

  const serverOf = (channelId: string): string => SERVERS[Number(channelId) % SERVERS.length];
  const known = (id: string) => ({ id, serverId: serverOf(id), name: `papers-${id}`, type: TEXT, tags: [] });
  const addChannel = (): string => {
    const id = String(1000 + made++);
    channels.add(id);
    return id;
  };
  for (let i = 0; i < channelCount; i++) addChannel();

  const missing = { code: 'permission-missing', reason: 'Send Messages is missing' } as const;
  const delivered = (channelId: string): Receipt => ({
    kind: 'delivered',
    messageId: String(++sent),
    channelId,
  });

  /** One in a hundred answers is lost, one in two hundred posts is refused for its words. */
  const post = (channelId: string): Receipt => {
    if (!channels.has(channelId)) return { kind: 'refused', code: 'channel-gone', reason: 'Unknown Channel' };
    if (closed.has(channelId)) return { kind: 'refused', ...missing };
    const chance = random();
    if (chance < 0.01) return { kind: 'unknown', reason: 'no answer' };
    if (chance < 0.015) return { kind: 'refused', code: 'content-refused', reason: 'AutoMod' };
    return delivered(channelId);
  };

  return {
    serverOf,
    addChannel,
    channels: () => [...channels],
    deleteChannel: (channelId) => void channels.delete(channelId),
    setClosed: (channelId, isClosed) => void (isClosed ? closed.add(channelId) : closed.delete(channelId)),
    postman: {
      time: () => ({ from: now(), until: now() }),
      post: async ({ place }) => post(channelOfDestination(place)),
      find: async (place) => ({
        kind: 'found',
        messageId: String(++sent),
        channelId: channelOfDestination(place),
      }),
      edit: async (channelId) => delivered(channelId),
      openThread: async (place) => delivered(channelOfDestination(place)),
      remove: async (_, { channelId }) => delivered(channelId),
      publish: async (channelId) => delivered(channelId),
    },
    servers: {
      joinedSince: () => [],
      presence: () => 'here',
      obstacle: (place) => (closed.has(channelOfDestination(place)) ? missing : null),
      channel: (channelId) => (channels.has(channelId) ? known(channelId) : null),
      mention: () => 'rings',
      channels: (serverId) => [...channels].map(known).filter((channel) => channel.serverId === serverId),
      audience: () => 'everybody',
      named: () => ({}),
      ownRooms: (serverId) => ({
        moderators: null,
        system: [...channels].find((id) => serverOf(id) === serverId) ?? null,
      }),
    },
  };
}
