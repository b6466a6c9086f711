import type { Database } from '#src/foundation/database/database.ts';

/** Every server in the outbox, by leaps through an index: its posts are many. A direct message has none. */
export function readServers(db: Database): string[] {
  const next = db.prepare<{ id: string }>(
    'SELECT server AS id FROM post WHERE server > ? ORDER BY server LIMIT 1',
  );
  const servers = new Set(
    db
      .prepare<{ id: string }>('SELECT DISTINCT server AS id FROM hold')
      .all()
      .map(({ id }) => id),
  );
  for (let id = next.get('')?.id; id !== undefined; id = next.get(id)?.id) servers.add(id);
  servers.delete('');
  return [...servers];
}

/** The channels of a server that something was posted in, or that are on hold. */
export function readChannels(db: Database, serverId: string): string[] {
  return db
    .prepare<{ id: string }>(
      'SELECT channel AS id FROM post WHERE server = ?1 UNION SELECT channel FROM hold WHERE server = ?1',
    )
    .all(serverId)
    .map(({ id }) => id);
}
