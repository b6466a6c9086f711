/** The archive's tables. `ref` is a paper's small number, used where many rows name it. */
export const ARCHIVE_MIGRATIONS = [
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
  // What is news. A paper: `first_listed_at`, `listed_by` (NULL: no list has shown it, it was only looked up), `news_at`
  // (NULL: nobody's news; see news-rule.ts), `rises_since` (rises up to then were there before), `looked_up_at` (when
  // somebody last asked for one that no list has shown; such papers are kept for a time only), `times_asked` (how often
  // arXiv answered without knowing its categories). Of papers that are there already, those that were looked up can be
  // told for as long as polls keep every sighting; the others count as listed. A list: when it was first asked for, and first read to its end.
  `ALTER TABLE paper ADD COLUMN first_listed_at INTEGER;
  ALTER TABLE paper ADD COLUMN listed_by TEXT;
  ALTER TABLE paper ADD COLUMN news_at INTEGER;
  ALTER TABLE paper ADD COLUMN rises_since INTEGER;
  ALTER TABLE paper ADD COLUMN looked_up_at INTEGER;
  ALTER TABLE paper ADD COLUMN times_asked INTEGER NOT NULL DEFAULT 0;
  UPDATE paper SET first_listed_at = first_seen_at, listed_by = json_extract(sources, '$[0]')
    WHERE batch_days <> '[]' OR sources LIKE '%arxiv-rss%' OR sources LIKE '%sample%'
      OR first_seen_at < (SELECT max(seen_at) FROM look) - 40 * 86400000
      OR EXISTS (SELECT 1 FROM sighting WHERE sighting.paper = paper.ref)
      OR EXISTS (SELECT 1 FROM rising WHERE rising.paper = paper.id);
  UPDATE paper SET news_at = first_seen_at WHERE first_listed_at IS NOT NULL
    AND first_seen_at > (SELECT value FROM cursor WHERE name = 'first read of ' || json_extract(sources, '$[0]'))
    AND (sources LIKE '%arxiv-rss%' OR sources LIKE '%sample%'
      OR EXISTS (SELECT 1 FROM sighting WHERE sighting.paper = paper.ref));
  UPDATE paper SET rises_since =
    (SELECT max(value) FROM cursor WHERE name IN ('first read of hugging-face', 'first read of sample'));
  UPDATE paper SET looked_up_at = first_seen_at WHERE first_listed_at IS NULL;
  UPDATE paper SET times_asked = 1 WHERE asked_at IS NOT NULL;
  CREATE INDEX paper_first_listed ON paper (first_listed_at);
  CREATE INDEX paper_looked_up ON paper (looked_up_at) WHERE first_listed_at IS NULL;
  DROP INDEX paper_lacking;
  CREATE INDEX paper_lacking ON paper (asked_at) WHERE categories = '[]' AND times_asked < 5;

  ALTER TABLE series ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE series ADD COLUMN whole_at INTEGER;
  UPDATE series SET whole_at = coalesce((SELECT min(seen_at) FROM look WHERE look.series = series.id), 0);
  UPDATE series SET asked_at = whole_at;

  INSERT INTO cursor SELECT 'first day of ' || substr(name, 15), value / 86400000 FROM cursor WHERE name LIKE 'first read of %';
  DELETE FROM cursor WHERE name LIKE 'first read of %';`,
  // Where a paper was accepted or published, in the words of arXiv. NULL: nobody knows; of papers that are there, too.
  `ALTER TABLE paper ADD COLUMN comment TEXT;
  ALTER TABLE paper ADD COLUMN journal_ref TEXT;`,
  // Whether its authors withdrew it (1; NULL: not as far as is known), and when; when its newest known version came.
  // `replaced_at`: when a list last announced a new version.
  `ALTER TABLE paper ADD COLUMN withdrawn INTEGER;
  ALTER TABLE paper ADD COLUMN withdrawn_at INTEGER;
  ALTER TABLE paper ADD COLUMN updated_at INTEGER;
  ALTER TABLE paper ADD COLUMN replaced_at INTEGER;
  CREATE INDEX paper_withdrawn ON paper (replaced_at) WHERE withdrawn = 1;`,
  // Tables and columns are called as the code calls them.
  `ALTER TABLE look RENAME TO poll;
  ALTER TABLE sighting RENAME COLUMN look TO poll;
  ALTER TABLE rising RENAME TO trend_event;
  ALTER TABLE trend_event RENAME COLUMN from_heat TO from_score;
  ALTER TABLE trend_event RENAME COLUMN heat TO score;
  ALTER TABLE run RENAME COLUMN promised TO added;
  UPDATE cursor SET name = 'ranked poll' WHERE name = 'ranked look';`,
];
