import type { Database } from '#src/foundation/database/database.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll, SourceName } from '#src/paper/sighting.ts';
import type { SourceFacts } from '#src/paper/source-facts.ts';
import { createMergeFacts, sameFacts } from './merge-facts.ts';
import { type PaperRow, storedPaper } from './paper-row.ts';
import type { PaperTable } from './paper-table.ts';

/** What a poll or a description did to a paper. */
export type Effect = 'fresh' | 'changed' | 'same';

/** What sources say of papers, merged: `sources`, which of them are believed about what. */
export function openPaperFacts(db: Database, table: PaperTable, sources: readonly SourceFacts[]) {
  const mergeFacts = createMergeFacts(sources);

  /** Merges what `source` says of a paper. Changed facts take the next number in the journal. */
  const learn = async (
    says: Paper,
    source: SourceName,
    at: number,
  ): Promise<{ row: PaperRow; effect: Effect }> => {
    const known = await table.rowOf(says.id);
    if (!known) {
      await table.insert(says, source, at);
      return { row: (await table.rowOf(says.id)) as PaperRow, effect: 'fresh' };
    }
    const before = storedPaper(known);
    const merged = mergeFacts(before.paper, before.sources, says, source);
    await table.noteSource(known, source);
    if (sameFacts(before.paper, merged)) return { row: known, effect: 'same' };
    await table.writeFacts(known.ref, merged);
    return { row: known, effect: 'changed' };
  };

  return {
    learn,

    /** Facts alone; a paper not known yet is left out, because nobody has seen it in a list. */
    async describe(paper: Paper, source: SourceName): Promise<Effect> {
      if (!(await table.rowOf(paper.id))) return 'same';
      return (await learn(paper, source, 0)).effect;
    },

    /**
     * New versions were announced: of known papers, whether this one withdraws them; arXiv is asked for the rest again.
     * Returns the ids of those that are withdrawn by it.
     */
    async noteReplaced(
      papers: readonly Paper[],
      { source, seenAt }: Pick<Poll, 'source' | 'seenAt'>,
    ): Promise<string[]> {
      const note = 'UPDATE paper SET replaced_at = ? WHERE id = ?';
      const withdrawn: string[] = [];
      for (const says of papers) {
        const known = await table.rowOf(says.id);
        if (!known) continue;
        await db.run(note, seenAt, says.id);
        if (says.withdrawn === null) continue;
        const { paper } = storedPaper(known);
        const { effect } = await learn({ ...paper, withdrawn: says.withdrawn }, source, seenAt);
        if (effect === 'changed') withdrawn.push(says.id);
      }
      return withdrawn;
    },
  };
}
