// No index of promises by server: it would cost every promise a page, for a purge that happens once in a server's life.

/** The outbox's tables. Promises stay for ever: their key is what keeps a paper from reaching a channel twice. */
export const OUTBOX_MIGRATIONS = [
  `CREATE TABLE post (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL, channel TEXT NOT NULL, place TEXT NOT NULL, kind TEXT NOT NULL,
    papers TEXT NOT NULL, note TEXT, nonce TEXT NOT NULL, state TEXT NOT NULL,
    packed_at INTEGER NOT NULL, promised_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, first_attempt_at INTEGER, last_attempt_at INTEGER, doubt_since INTEGER,
    next_at INTEGER NOT NULL, settled_at INTEGER, message TEXT, message_channel TEXT, reason TEXT, shown TEXT
  ) STRICT;
  CREATE INDEX post_ready ON post (next_at) WHERE state = 'packed';
  CREATE INDEX post_unsettled ON post (next_at) WHERE state = 'unknown';
  CREATE INDEX post_under_way ON post (id) WHERE state = 'attempted';
  CREATE INDEX post_nonce ON post (nonce);
  CREATE INDEX post_of_channel ON post (channel, settled_at);
  CREATE INDEX post_of_server ON post (server);
  CREATE INDEX post_living ON post (settled_at) WHERE state = 'sent' AND kind = 'card';

  CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    server TEXT NOT NULL, channel TEXT NOT NULL, paper TEXT NOT NULL,
    subscriptions TEXT NOT NULL, why TEXT NOT NULL, score REAL NOT NULL, lane TEXT NOT NULL,
    decided_at INTEGER NOT NULL, due_at INTEGER NOT NULL, state TEXT NOT NULL,
    post INTEGER REFERENCES post (id), settled_at INTEGER, reason TEXT,
    UNIQUE (channel, paper)
  ) STRICT;
  CREATE INDEX promise_due ON promise (server, channel, due_at) WHERE state = 'due';
  CREATE INDEX promise_overdue ON promise (due_at) WHERE state = 'due' AND lane <> 'catch-up';
  CREATE INDEX promise_waiting ON promise (due_at) WHERE state = 'waiting';
  CREATE INDEX promise_parked ON promise (channel) WHERE state = 'waiting' OR state = 'held';
  CREATE INDEX promise_of_post ON promise (post) WHERE post IS NOT NULL;
  CREATE INDEX promise_of_paper ON promise (paper);

  CREATE TABLE hold (
    channel TEXT PRIMARY KEY, server TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL, since INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`,

  // What has not come to the end of its life yet: see prune-ledger.ts.
  `CREATE INDEX promise_full ON promise (decided_at) WHERE subscriptions <> '[]';
  CREATE INDEX post_unsent ON post (settled_at) WHERE state = 'refused' OR state = 'dissolved';
  CREATE INDEX post_notice ON post (settled_at) WHERE state = 'sent' AND kind = 'notice';
  CREATE INDEX post_shown ON post (settled_at) WHERE shown IS NOT NULL;`,
  // What makes a doubt end (by Discord's clock when, how far its place was read, how often, whether moderators know), what
  // a notice asks about, and what is left to do of moves that are too large for one go.
  `ALTER TABLE post ADD COLUMN seek_from INTEGER;
  ALTER TABLE post ADD COLUMN seek_until INTEGER;
  ALTER TABLE post ADD COLUMN read_to TEXT;
  ALTER TABLE post ADD COLUMN checks INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE post ADD COLUMN told_at INTEGER;
  ALTER TABLE post ADD COLUMN about TEXT;
  ALTER TABLE post ADD COLUMN plain INTEGER NOT NULL DEFAULT 0;
  DROP INDEX post_unsettled;
  CREATE INDEX post_unsettled ON post (server, next_at) WHERE state = 'unknown';

  CREATE TABLE chore (
    subject TEXT PRIMARY KEY, kind TEXT NOT NULL, server TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
    done_to INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;`,
  // 1 while a post is in doubt of which Discord has said nothing since it was sent.
  'ALTER TABLE post ADD COLUMN unheard INTEGER NOT NULL DEFAULT 0;',
  // What is to be done to a post once it is there: see second-steps.ts. Null when nothing is left.
  `ALTER TABLE post ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE post ADD COLUMN step_at INTEGER;
  ALTER TABLE post ADD COLUMN step_tries INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE post ADD COLUMN step_told INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX post_step ON post (step_at) WHERE step_at IS NOT NULL;`,
  // Who was told of which channel's trouble: episodes.ts.
  `CREATE TABLE episode (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL, channel TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL,
    since INTEGER NOT NULL, ended_at INTEGER, last TEXT,
    notice INTEGER, tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL DEFAULT 0, pending INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX episode_open ON episode (channel, reason) WHERE ended_at IS NULL;
  CREATE INDEX episode_pending ON episode (channel) WHERE pending = 1;
  CREATE INDEX episode_of_server ON episode (server);`,
  // Which notice told of a step that does not work, and of a post in doubt: one that Discord refused told nobody.
  `ALTER TABLE post ADD COLUMN step_notice INTEGER;
  CREATE INDEX post_step_told ON post (channel) WHERE step_told > 0;
  CREATE INDEX post_about ON post (about) WHERE about IS NOT NULL;`,
  // Who could see a channel that is no more, and which troubles one notice told of.
  `CREATE INDEX episode_last ON episode (channel) WHERE last IS NOT NULL;
  CREATE INDEX episode_notice ON episode (notice) WHERE notice IS NOT NULL;`,
  // Destinations: all there were are channels. A paper's rows lie together now, as they are written; each channel's were a
  // page apart, and there are very many channels.
  `ALTER TABLE promise RENAME TO promise_before;
  CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    server TEXT NOT NULL, destination TEXT NOT NULL, paper TEXT NOT NULL,
    subscriptions TEXT NOT NULL, why TEXT NOT NULL, score REAL NOT NULL, lane TEXT NOT NULL,
    decided_at INTEGER NOT NULL, due_at INTEGER NOT NULL, state TEXT NOT NULL,
    post INTEGER REFERENCES post (id), settled_at INTEGER, reason TEXT,
    UNIQUE (paper, destination)
  ) STRICT;
  INSERT INTO promise SELECT id, server, 'channel:' || channel, paper, subscriptions, why, score, lane, decided_at, due_at,
    state, post, settled_at, reason FROM promise_before;
  DROP TABLE promise_before;
  CREATE INDEX promise_due ON promise (server, destination, due_at) WHERE state = 'due';
  CREATE INDEX promise_overdue ON promise (due_at) WHERE state = 'due' AND lane <> 'catch-up';
  CREATE INDEX promise_waiting ON promise (due_at) WHERE state = 'waiting';
  CREATE INDEX promise_parked ON promise (destination) WHERE state = 'waiting' OR state = 'held';
  CREATE INDEX promise_of_post ON promise (post) WHERE post IS NOT NULL;
  CREATE INDEX promise_full ON promise (decided_at) WHERE subscriptions <> '[]';

  ALTER TABLE post RENAME COLUMN channel TO destination;
  UPDATE post SET destination = 'channel:' || destination;
  ALTER TABLE hold RENAME COLUMN channel TO destination;
  UPDATE hold SET destination = 'channel:' || destination;
  ALTER TABLE episode RENAME COLUMN channel TO destination;
  UPDATE episode SET destination = 'channel:' || destination;
  UPDATE chore SET subject = 'channel:' || subject WHERE kind <> 'purge';`,
  // Tables and columns are called as the code calls them.
  `ALTER TABLE promise RENAME TO entry;
  ALTER TABLE entry RENAME COLUMN lane TO mode;
  ALTER TABLE post RENAME COLUMN promised_at TO queued_at;
  ALTER TABLE post RENAME COLUMN told_at TO notified_at;
  ALTER TABLE post RENAME COLUMN step_told TO step_notified;`,
  // Reasons are kept as names and values, which earlier versions cannot read: nothing but the version changes.
  'SELECT 1',
  // When a post mentioned somebody: some roles are mentioned once an hour at most.
  `ALTER TABLE post ADD COLUMN pinged_at INTEGER;
  CREATE INDEX post_pinged ON post (destination, pinged_at) WHERE pinged_at IS NOT NULL;`,
  // Entries that are settled because another channel of the server has the paper, and settings of servers, are unknown to
  // earlier versions: nothing but the version changes.
  'SELECT 1',
  // When a moderator deleted its message; what is to be done to it ends then.
  'ALTER TABLE post ADD COLUMN deleted_at INTEGER;',
  // Examples are forgotten as notices are; earlier versions would send one as a digest.
  `DROP INDEX post_notice;
  CREATE INDEX post_of_no_entry ON post (settled_at) WHERE state = 'sent' AND kind IN ('notice', 'example');`,
];
