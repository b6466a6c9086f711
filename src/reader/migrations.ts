/** Tables of this room. */
export const READER_MIGRATIONS = [
  // Who said of which paper that it is not for a channel: vote-store.ts.
  `CREATE TABLE vote (
    server TEXT NOT NULL, channel TEXT NOT NULL, paper TEXT NOT NULL, member TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (server, channel, paper, member)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX vote_at ON vote (at);`,
  // What a member said is shown to them, and deleted with them.
  'CREATE INDEX vote_member ON vote (member)',
];
