/** Tables of this room; subscriptions themselves are documents of keyv. */
export const SUBSCRIPTION_MIGRATIONS = [
  // What was unusual of a subscription last, a row each: unusual-store.ts.
  `CREATE TABLE unusual (
    subscription TEXT PRIMARY KEY, server TEXT NOT NULL, wanted_since INTEGER NOT NULL,
    kind TEXT NOT NULL, since INTEGER NOT NULL, at INTEGER NOT NULL, posts INTEGER NOT NULL, usual REAL NOT NULL,
    ended_at INTEGER, usual_from INTEGER, notified_at INTEGER, notice INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX unusual_of_server ON unusual (server);
  CREATE INDEX unusual_untold ON unusual (server) WHERE ended_at IS NULL AND notified_at IS NULL;`,
  // Mutes are documents that earlier versions cannot read: nothing but the version changes.
  'SELECT 1',
];
