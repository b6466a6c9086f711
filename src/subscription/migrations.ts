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
  // What was changed in a server, a row each, in the order in which it happened: change-store.ts.
  `CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT, server TEXT NOT NULL, at INTEGER NOT NULL, who TEXT, what TEXT NOT NULL,
    channel TEXT, subscription TEXT, before TEXT, after TEXT, about TEXT
  ) STRICT;
  CREATE INDEX change_of_server ON change (server);
  CREATE INDEX change_of_channel ON change (server, channel, id, who);
  CREATE INDEX change_of_subscription ON change (subscription) WHERE subscription IS NOT NULL;
  CREATE INDEX change_at ON change (at);`,
  // What stood at an instant is found in this index alone: standing-reader.ts.
  'CREATE INDEX change_of_then ON change (server, channel, subscription, about, at)',
];
