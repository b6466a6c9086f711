import type { Database } from '#src/foundation/database/database.ts';
import { FIGURE_NAMES, recordOf, sameFigures } from '#src/paper/figures.ts';
import type { Paper, Signals } from '#src/paper/paper.ts';
import type { Look, Sighting, SourceName } from '#src/paper/sighting.ts';
import type { SourceFacts } from '#src/paper/source-facts.ts';
import { authoritiesOn, createMergeFacts, sameFacts } from './merge-facts.ts';
import { FACT_COLUMNS, factValues, type PaperRow, storedPaper } from './paper-row.ts';
import type { Change, StoredPaper } from './stored-paper.ts';

/** What a look or a description did to a paper. */
export type Effect = 'fresh' | 'changed' | 'same';

/** A listed paper without its text: when a list first showed it, and as StoredPaper tells. */
export type Arrival = Pick<StoredPaper, 'newsAt' | 'batchDay'> & {
  paper: string;
  at: number;
  votes: number | null;
};

const DAY = 86_400_000;

/** The table of papers, with the journal of their changes: one sequence number a paper, renewed at every change. */
export type PaperShelf = ReturnType<typeof openPaperShelf>;

export function openPaperShelf(db: Database, sources: readonly SourceFacts[]) {
  const mergeFacts = createMergeFacts(sources);
  const isUncommented = [...authoritiesOn('comment', sources)]
    .map((name) => `AND sources NOT LIKE '%"${name}"%'`)
    .join(' ');
  const rowOf = async (id: string): Promise<PaperRow | undefined> =>
    await db.get<PaperRow>('SELECT * FROM paper WHERE id = ?', id);
  const lastSeq = async (): Promise<number> =>
    (await db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM paper'))?.seq ?? 0;

  const insert = async (paper: Paper, source: SourceName, at: number): Promise<void> => {
    const marks = FACT_COLUMNS.map(() => '?').join(', ');
    const seq = (await lastSeq()) + 1;
    await db.run(
      `INSERT INTO paper (id, ${FACT_COLUMNS.join(', ')}, figures_at, first_seen_at, looked_up_at, batch_days, sources,
       seq, facts_seq) VALUES (?, ${marks}, 0, ?, ?, '[]', ?, ?, ?)`,
      paper.id,
      ...factValues(paper),
      at,
      at,
      JSON.stringify([source]),
      seq,
      seq,
    );
  };

  const writeFacts = async (ref: number, paper: Paper): Promise<void> => {
    const assignments = FACT_COLUMNS.map((column) => `${column} = ?`).join(', ');
    const seq = (await lastSeq()) + 1;
    await db.run(
      `UPDATE paper SET ${assignments}, seq = ?, facts_seq = ? WHERE ref = ?`,
      ...factValues(paper),
      ...[seq, seq, ref],
    );
  };

  const noteSource = async (row: PaperRow, source: SourceName): Promise<void> => {
    const sources: SourceName[] = JSON.parse(row.sources);
    if (sources.includes(source)) return;
    await db.run('UPDATE paper SET sources = ? WHERE ref = ?', JSON.stringify([...sources, source]), row.ref);
  };

  const resequence = async (id: string): Promise<void> => {
    await db.run('UPDATE paper SET seq = ? WHERE id = ?', (await lastSeq()) + 1, id);
  };

  /** Merges what `source` says of a paper. Changed facts take the next number in the journal. */
  const learn = async (
    says: Paper,
    source: SourceName,
    at: number,
  ): Promise<{ row: PaperRow; effect: Effect }> => {
    const known = await rowOf(says.id);
    if (!known) {
      await insert(says, source, at);
      return { row: (await rowOf(says.id)) as PaperRow, effect: 'fresh' };
    }
    const before = storedPaper(known);
    const merged = mergeFacts(before.paper, before.sources, says, source);
    await noteSource(known, source);
    if (sameFacts(before.paper, merged)) return { row: known, effect: 'same' };
    await writeFacts(known.ref, merged);
    return { row: known, effect: 'changed' };
  };

  const noteFigures = async (row: PaperRow, sighting: Sighting, look: Look): Promise<boolean> => {
    // A look that arrives late must not put old figures over newer ones.
    if (look.seenAt < row.figures_at) return false;
    const figures = newestFigures(row, sighting, look);
    if (sameFigures(row, figures) && row.trending_rank === figures.trendingRank) return false;
    await db.run(
      `UPDATE paper SET ${FIGURE_NAMES.map((name) => `${name} = ?, `).join('')}trending_rank = ?, figures_at = ? WHERE ref = ?`,
      ...FIGURE_NAMES.map((name) => figures[name]),
      ...[figures.trendingRank, look.seenAt, row.ref],
    );
    return true;
  };

  const noteBatchDay = async (row: PaperRow, day: string | null): Promise<boolean> => {
    const days: string[] = JSON.parse(row.batch_days);
    if (day === null || days.includes(day)) return false;
    const sorted = JSON.stringify([...days, day].sort());
    await db.run('UPDATE paper SET batch_days = ? WHERE ref = ?', sorted, row.ref);
    return true;
  };

  /** The first list that shows it, whether it is news, and that it is no mere look-up any more. */
  const noteListed = async (row: PaperRow, look: Look, newsAt: number | null): Promise<boolean> => {
    if (row.first_listed_at !== null) return false;
    await db.run(
      'UPDATE paper SET first_listed_at = ?, listed_by = ?, news_at = ?, looked_up_at = NULL WHERE ref = ?',
      look.seenAt,
      look.source,
      newsAt,
      row.ref,
    );
    return true;
  };

  return {
    lastSeq,
    resequence,

    /** Everything one sighting tells: facts, figures, batch day, and with `newsAt` of a list that it is listed. */
    async keep(
      sighting: Sighting,
      look: Look,
      newsAt: number | null,
    ): Promise<{ ref: number; effect: Effect }> {
      const { row, effect } = await learn(sighting.paper, look.source, look.seenAt);
      const figuresChanged = await noteFigures(row, sighting, look);
      const featured = await noteBatchDay(row, sighting.batchDay);
      const listed = look.list !== 'lookup' && (await noteListed(row, look, newsAt));
      if (effect === 'fresh') return { ref: row.ref, effect };
      if (effect === 'same' && !figuresChanged && !featured && !listed) return { ref: row.ref, effect };
      if (effect === 'same') await resequence(row.id);
      return { ref: row.ref, effect: 'changed' };
    },

    /** Its rises up to that instant were there before. */
    async noteOldRises(ref: number, until: number): Promise<void> {
      await db.run(
        'UPDATE paper SET rises_since = max(coalesce(rises_since, 0), ?) WHERE ref = ?',
        until,
        ref,
      );
    },

    /** Whether the paper still has this number. */
    async holds(ref: number, id: string): Promise<boolean> {
      return (await db.get('SELECT 1 FROM paper WHERE ref = ? AND id = ?', ref, id)) !== undefined;
    },

    /** Somebody asked for it, noted once a day, while no list has shown it. */
    async noteLookedUp(id: string, at: number): Promise<void> {
      const sql = `UPDATE paper SET looked_up_at = ? WHERE id = ? AND first_listed_at IS NULL
        AND (looked_up_at IS NULL OR looked_up_at <= ? - ${DAY})`;
      await db.run(sql, at, id, at);
    },

    /** Facts alone; a paper not known yet is left out, because nobody has seen it in a list. */
    async describe(paper: Paper, source: SourceName): Promise<Effect> {
      if (!(await rowOf(paper.id))) return 'same';
      return (await learn(paper, source, 0)).effect;
    },

    /**
     * New versions were announced: of known papers, whether this one withdraws them; arXiv is asked for the rest again.
     * Returns the ids of those that are withdrawn by it.
     */
    async noteReplaced(
      papers: readonly Paper[],
      { source, seenAt }: Pick<Look, 'source' | 'seenAt'>,
    ): Promise<string[]> {
      const note = 'UPDATE paper SET replaced_at = ? WHERE id = ?';
      const withdrawn: string[] = [];
      for (const says of papers) {
        const known = await rowOf(says.id);
        if (!known) continue;
        await db.run(note, seenAt, says.id);
        if (says.withdrawn === null) continue;
        const { paper } = storedPaper(known);
        const { effect } = await learn({ ...paper, withdrawn: says.withdrawn }, source, seenAt);
        if (effect === 'changed') withdrawn.push(says.id);
      }
      return withdrawn;
    },

    /**
     * Papers that left Hugging Face's trending list lose their rank: all that are absent from a complete list, in a
     * cut list those whose place it shows taken by another. Returns their ids.
     */
    async dropRanks(look: Look): Promise<string[]> {
      const present = new Set(look.sightings.map(({ paper }) => paper.id));
      const shown = look.complete
        ? Number.MAX_SAFE_INTEGER
        : Math.max(0, ...look.sightings.map(({ place }) => place));
      const ranked = await db.all<{ id: string }>(
        'SELECT id FROM paper WHERE trending_rank <= ? AND figures_at <= ?',
        shown,
        look.seenAt,
      );
      const gone = ranked.map(({ id }) => id).filter((id) => !present.has(id));
      for (const id of gone) {
        await db.run('UPDATE paper SET trending_rank = NULL WHERE id = ?', id);
        await resequence(id);
      }
      return gone;
    },

    async paper(id: string): Promise<StoredPaper | null> {
      const row = await rowOf(id);
      return row ? storedPaper(row) : null;
    },

    async changesAfter(seq: number, limit: number): Promise<Change[]> {
      const rows = await db.all<PaperRow>(
        'SELECT * FROM paper WHERE seq > ? ORDER BY seq LIMIT ?',
        seq,
        limit,
      );
      return rows.map((row) => ({ seq: row.seq, factsSeq: row.facts_seq, paper: storedPaper(row) }));
    },

    async arrivedSince(at: number, limit: number): Promise<StoredPaper[]> {
      const sql =
        'SELECT * FROM paper WHERE first_listed_at >= ? ORDER BY first_listed_at DESC, ref DESC LIMIT ?';
      return (await db.all<PaperRow>(sql, at, limit)).map(storedPaper);
    },

    async arrivedBetween(from: number, until: number): Promise<number> {
      const sql = 'SELECT count(*) AS n FROM paper WHERE first_listed_at >= ? AND first_listed_at < ?';
      return (await db.get<{ n: number }>(sql, from, until))?.n ?? 0;
    },

    async *arrivals(since: number): AsyncGenerator<Arrival> {
      const pageFrom = (at: number, ref: number) =>
        db.all<Arrival & { ref: number }>(ARRIVALS, since, at, ref, PAGE);
      let page = await pageFrom(Number.MAX_SAFE_INTEGER, 0);
      while (page.length > 0) {
        yield* page;
        const { at, ref } = page[page.length - 1];
        page = await pageFrom(at, ref);
      }
    },

    /** Asked again after 1, 2, 4 and 8 days, then no more. What was asked in the future was asked by a wrong clock. */
    async lackingCategories(limit: number, now: number): Promise<string[]> {
      const sql = `SELECT id FROM paper WHERE categories = '[]' AND times_asked < 5
        AND (asked_at IS NULL OR asked_at > ?1 OR asked_at <= ?1 - (${DAY} << (times_asked - 1)))
        ORDER BY asked_at, ref DESC LIMIT ?2`;
      return (await db.all<{ id: string }>(sql, now, limit)).map(({ id }) => id);
    },

    /**
     * Feeds have no comments, and Hugging Face neither: who has categories from a feed is asked for once, while it is new,
     * and again when it was replaced: a comment changes with the version, and may withdraw the paper or bring it back.
     */
    async lackingComments(limit: number, now: number): Promise<string[]> {
      const wasReplaced = 'replaced_at > coalesce(asked_at, 0) AND coalesce(asked_at, 0) < ?2';
      const sql = `SELECT id, first_listed_at, ref FROM paper WHERE categories <> '[]' AND first_listed_at > ?1
          AND (times_asked = 0 ${isUncommented} OR ${wasReplaced})
        UNION SELECT id, first_listed_at, ref FROM paper WHERE withdrawn = 1 AND ${wasReplaced}
        ORDER BY first_listed_at DESC, ref DESC LIMIT ?3`;
      return (await db.all<{ id: string }>(sql, now - COMMENTS_WANTED, now - ANSWER_HOLDS, limit)).map(
        ({ id }) => id,
      );
    },

    async noteAsked(ids: readonly string[], at: number): Promise<void> {
      const note = 'UPDATE paper SET asked_at = ?, times_asked = times_asked + 1 WHERE id = ?';
      for (const id of ids) await db.run(note, at, id);
    },
  };
}

/** An older paper is not asked for: thousands of them would stand before what is new. */
const COMMENTS_WANTED = 7 * DAY;
/** The answer to an earlier question is believed for a day (source/day-memory.ts). */
const ANSWER_HOLDS = 1.1 * DAY;
const PAGE = 500;
const ARRIVALS = `SELECT id AS paper, ref, first_listed_at AS at, news_at AS newsAt,
    batch_days ->> '$[#-1]' AS batchDay, votes FROM paper
  WHERE first_listed_at >= ?1 AND (first_listed_at, ref) < (?2, ?3)
  ORDER BY first_listed_at DESC, ref DESC LIMIT ?4`;

function newestFigures(row: PaperRow, sighting: Sighting, look: Look): Signals {
  return {
    ...recordOf(FIGURE_NAMES, (name) => sighting[name] ?? row[name]),
    trendingRank: look.list === 'trending' ? sighting.place : row.trending_rank,
  };
}
