import type { Database } from '#src/foundation/database/database.ts';
import type { Destination } from './destination.ts';

/** Every server in the outbox, by leaps through an index: its posts are many. A direct message has none. */
export async function readServers(db: Database): Promise<string[]> {
  const next = 'SELECT server AS id FROM post WHERE server > ? ORDER BY server LIMIT 1';
  const servers = new Set(
    (await db.all<{ id: string }>('SELECT DISTINCT server AS id FROM hold')).map(({ id }) => id),
  );
  for (
    let id = (await db.get<{ id: string }>(next, ''))?.id;
    id !== undefined;
    id = (await db.get<{ id: string }>(next, id))?.id
  )
    servers.add(id);
  servers.delete('');
  return [...servers];
}

/** The channels of a server that something was posted in, or that are on hold. */
export async function readDestinations(db: Database, serverId: string): Promise<Destination[]> {
  return (
    await db.all<{ id: Destination }>(
      'SELECT destination AS id FROM post WHERE server = ?1 UNION SELECT destination FROM hold WHERE server = ?1',
      serverId,
    )
  ).map(({ id }) => id);
}
