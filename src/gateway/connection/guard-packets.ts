import type { Client } from 'discord.js';
import type { Log } from '#src/foundation/log.ts';

type Packets = { handlePacket(packet?: { t?: unknown }, shard?: unknown): boolean };

/**
 * An event that discord.js cannot read ends with that event. discord.js itself (14.28, WebSocketManager) lets it throw:
 * out of its socket's handler, or, for what came before it was ready, out of a timer, which would end the process.
 */
export function guardPackets(client: Client, log: Log): void {
  // Private in its types; a later version that calls it otherwise fails the test of this file.
  const packets = client.ws as unknown as Packets;
  const handle = packets.handlePacket.bind(packets);
  packets.handlePacket = (packet, shard) => {
    try {
      return handle(packet, shard);
    } catch (error) {
      log.error({ event: packet?.t, err: error }, 'An event of Discord could not be read');
      return true;
    }
  };
}
