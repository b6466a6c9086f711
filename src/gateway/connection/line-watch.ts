import { type Client, Events } from 'discord.js';
import type { Clock } from '#src/foundation/clock.ts';

/** Whether every connection to the gateway is READY, and for how long that has been so, in ms. */
export type GatewayLine = { isReady: boolean; lasted: number };

/** To be called when the bot has just become ready. */
export function watchLine(client: Client, clock: Pick<Clock, 'elapsed'>): () => GatewayLine {
  const silent = new Map<number, number>();
  let readySince = clock.elapsed();
  const onSilence = (shard: number): void => {
    if (!silent.has(shard)) silent.set(shard, clock.elapsed());
  };
  const onReady = (shard: number): void => {
    if (silent.delete(shard) && silent.size === 0) readySince = clock.elapsed();
  };
  client.on(Events.ShardReconnecting, onSilence);
  client.on(Events.ShardDisconnect, (_, shard) => onSilence(shard));
  client.on(Events.ShardReady, onReady);
  client.on(Events.ShardResume, onReady);
  return () => {
    const since = silent.size === 0 ? readySince : Math.min(...silent.values());
    return { isReady: silent.size === 0, lasted: clock.elapsed() - since };
  };
}
