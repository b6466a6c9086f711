import type { Database } from '#src/foundation/database/database.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';
import type { SourceFacts } from '#src/paper/source-facts.ts';
import { noteSighted } from './note-sighted.ts';
import { openPaperArrivals } from './paper-arrivals.ts';
import { type Effect, openPaperFacts } from './paper-facts.ts';
import { openPaperQuestions } from './paper-questions.ts';
import { storedPaper } from './paper-row.ts';
import { openPaperTable, type PaperTable } from './paper-table.ts';
import type { StoredPaper } from './stored-paper.ts';

const DAY = 86_400_000;

/** Papers: what polls do to them, what is said of them, when they came, and what arXiv is to be asked. */
export type PaperStore = ReturnType<typeof openPaperStore>;

export function openPaperStore(db: Database, sources: readonly SourceFacts[]) {
  const table = openPaperTable(db);
  const facts = openPaperFacts(db, table, sources);

  return {
    lastSeq: table.lastSeq,
    resequence: table.resequence,
    changesAfter: table.changesAfter,
    describe: facts.describe,
    noteReplaced: facts.noteReplaced,
    ...openPaperArrivals(db),
    ...openPaperQuestions(db, sources),

    /** Everything one sighting tells: facts, figures, batch day, and with `newsAt` of a list that it is listed. */
    async keep(
      sighting: Sighting,
      poll: Poll,
      newsAt: number | null,
    ): Promise<{ ref: number; effect: Effect }> {
      const { row, effect } = await facts.learn(sighting.paper, poll.source, poll.seenAt);
      const isChanged = await noteSighted(db, row, { sighting, poll, newsAt });
      if (effect === 'fresh' || (effect === 'same' && !isChanged)) return { ref: row.ref, effect };
      if (effect === 'same') await table.resequence(row.id);
      return { ref: row.ref, effect: 'changed' };
    },

    dropRanks: (poll: Poll): Promise<string[]> => dropRanks(db, table, poll),

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

    async paper(id: string): Promise<StoredPaper | null> {
      const row = await table.rowOf(id);
      return row ? storedPaper(row) : null;
    },
  };
}

/**
 * Papers that left Hugging Face's trending list lose their rank: all that are absent from a complete list, in a
 * cut list those whose place it shows taken by another. Returns their ids.
 */
async function dropRanks(db: Database, table: PaperTable, poll: Poll): Promise<string[]> {
  const present = new Set(poll.sightings.map(({ paper }) => paper.id));
  const shown = poll.complete
    ? Number.MAX_SAFE_INTEGER
    : Math.max(0, ...poll.sightings.map(({ place }) => place));
  const ranked = await db.all<{ id: string }>(
    'SELECT id FROM paper WHERE trending_rank <= ? AND figures_at <= ?',
    shown,
    poll.seenAt,
  );
  const gone = ranked.map(({ id }) => id).filter((id) => !present.has(id));
  for (const id of gone) {
    await db.run('UPDATE paper SET trending_rank = NULL WHERE id = ?', id);
    await table.resequence(id);
  }
  return gone;
}
