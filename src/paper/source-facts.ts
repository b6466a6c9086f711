import type { Paper } from './paper.ts';
import type { ListKind, SourceName } from './sighting.ts';

/** What several sources may tell differently. A withdrawal and the day of the newest version have rules of their own. */
export type PaperFact = Exclude<keyof Paper, 'id' | 'withdrawn' | 'updatedAt'>;

/** What is known of a source without opening it. */
export type SourceFacts = {
  /** Stored with everything that it showed, and part of its cursors' names: never changed. */
  readonly name: SourceName;
  /** As people call it; its errors begin with it. */
  readonly label: string;
  /** The kind of its main list; `lookup`: it has none and is only asked. */
  readonly list: ListKind;
  /** How long it may go without an answer before it is late, ms; three intervals where that is longer. */
  readonly quietFor: number;
  /** Its lists tell votes, by which papers rise. */
  readonly ranksByVotes: boolean;
  /** Its word replaces what is known of these; others only fill gaps once it has spoken. */
  readonly authorityOn: readonly PaperFact[];
  /** Address of its own page of a paper that it showed, where a reader goes first. */
  page?(id: string): string;
};
