import type { Driver } from './driver/driver.ts';
import type { PermissionName } from './permissions/permission-bits.ts';

export type Populated = { servers: { id: string; owner: string; channels: string[] }[] };

const BOT: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'ReadMessageHistory',
];

/** Makes servers with text channels, each with the bot in it. For benches and kill tests. */
export function populate(driver: Driver, wanted: { servers: number; channels: number }): Populated {
  const servers = Array.from({ length: wanted.servers }, (_, number) => {
    const server = driver.createServer({ name: `Server ${number}` });
    const channels = Array.from(
      { length: wanted.channels },
      (_, place) => driver.createChannel(server.id, { name: `channel-${place}` }).id,
    );
    driver.inviteBot(server.id, BOT);
    return { id: server.id, owner: server.ownerId, channels };
  });
  return { servers };
}
