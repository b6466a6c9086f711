/** The archive's tables. `ref` is a paper's small number, used where many rows name it. */
export const MIGRATIONS = [
  `CREATE TABLE paper (
    ref INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, abstract TEXT NOT NULL, authors TEXT NOT NULL, categories TEXT NOT NULL,
    keywords TEXT NOT NULL, organization TEXT, published_at INTEGER, repository TEXT, project_page TEXT, thumbnail TEXT,
    votes INTEGER, comments INTEGER, stars INTEGER, trending_rank INTEGER, figures_at INTEGER NOT NULL,
    first_seen_at INTEGER NOT NULL, batch_days TEXT NOT NULL, sources TEXT NOT NULL, asked_at INTEGER,
    seq INTEGER NOT NULL, facts_seq INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX paper_seq ON paper (seq);
  CREATE INDEX paper_first_seen ON paper (first_seen_at);
  CREATE INDEX paper_lacking ON paper (asked_at) WHERE categories = '[]';
  CREATE INDEX paper_ranked ON paper (trending_rank) WHERE trending_rank IS NOT NULL;

  CREATE TABLE series (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, list TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (source, list, key)
  ) STRICT;
  CREATE TABLE look (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    series INTEGER NOT NULL REFERENCES series (id),
    seen_at INTEGER NOT NULL, complete INTEGER NOT NULL, malformed INTEGER NOT NULL,
    whole INTEGER NOT NULL, changes INTEGER NOT NULL,
    UNIQUE (series, seen_at)
  ) STRICT;
  CREATE INDEX look_of_series ON look (series, id);
  CREATE INDEX look_whole ON look (series, id) WHERE whole = 1;
  CREATE INDEX look_seen ON look (seen_at);
  CREATE TABLE sighting (
    look INTEGER NOT NULL REFERENCES look (id) ON DELETE CASCADE,
    paper INTEGER NOT NULL REFERENCES paper (ref),
    place INTEGER, votes INTEGER, comments INTEGER, stars INTEGER, batch_day TEXT,
    PRIMARY KEY (look, paper)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sighting_of_paper ON sighting (paper);

  CREATE TABLE rising (
    paper TEXT NOT NULL REFERENCES paper (id),
    at INTEGER NOT NULL, from_heat REAL NOT NULL, heat REAL NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (paper, at, heat)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX rising_at ON rising (at);

  CREATE TABLE cursor (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE health (
    source TEXT NOT NULL, list TEXT NOT NULL,
    succeeded_at INTEGER, failed_at INTEGER, reason TEXT,
    items INTEGER NOT NULL, malformed INTEGER NOT NULL, malformed_ever INTEGER NOT NULL, complete INTEGER NOT NULL,
    PRIMARY KEY (source, list)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE run (
    id INTEGER PRIMARY KEY, started_at INTEGER NOT NULL, finished_at INTEGER NOT NULL,
    checked INTEGER NOT NULL, matched INTEGER NOT NULL, promised INTEGER NOT NULL, problem TEXT
  ) STRICT;`,

  // When a list first showed a paper, and when somebody last asked for one that no list has shown. Of papers that are there
  // already, those that were looked up can be told for as long as polls keep every sighting; the others count as listed.
  `ALTER TABLE paper ADD COLUMN first_listed_at INTEGER;
  ALTER TABLE paper ADD COLUMN looked_up_at INTEGER;
  UPDATE paper SET first_listed_at = first_seen_at WHERE batch_days <> '[]'
    OR first_seen_at < (SELECT max(seen_at) FROM look) - 40 * 86400000
    OR EXISTS (SELECT 1 FROM sighting WHERE sighting.paper = paper.ref)
    OR EXISTS (SELECT 1 FROM rising WHERE rising.paper = paper.id);
  UPDATE paper SET looked_up_at = first_seen_at WHERE first_listed_at IS NULL;
  CREATE INDEX paper_first_listed ON paper (first_listed_at);
  CREATE INDEX paper_looked_up ON paper (looked_up_at) WHERE first_listed_at IS NULL;`,
];
