import { type Client, Events, RESTEvents } from 'discord.js';
import type { Log } from '#src/foundation/log.ts';

/**
 * Logs what discord.js tells of the connection, until the function that is returned is called: a connection that we leave
 * is not lost.
 */
export function tellConnection(client: Client, log: Log): () => void {
  let isLeaving = false;
  client.on(Events.Debug, (text) => log.debug({ text: firstLine(text) }, 'discord.js'));
  client.on(Events.Warn, (text) => log.warn({ text: firstLine(text) }, 'discord.js warns'));
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js reports an error'));
  client.on(Events.ShardError, (error, shard) => {
    if (!isLeaving) log.warn({ err: error, shard }, 'Gateway error');
  });
  client.on(Events.ShardReconnecting, (shard) => {
    if (!isLeaving) log.info({ shard }, 'Gateway connection lost; reconnecting');
  });
  client.on(Events.ShardResume, (shard, replayed) =>
    log.info({ shard, replayed }, 'Gateway connection resumed'),
  );
  client.rest.on(RESTEvents.RateLimited, ({ method, route, retryAfter, global }) =>
    log.warn({ method, route, waitMs: retryAfter, global }, 'Discord limits requests'),
  );
  client.rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) =>
    log.warn({ count, remainingMs: remainingTime }, 'Many requests were refused by Discord'),
  );
  return () => {
    isLeaving = true;
  };
}

const firstLine = (text: string): string => text.split('\n', 1)[0];
