import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';

/** A gap shorter than this is no gap, however often a source is usually looked at. */
const SHORTEST_GAP = 2 * 3_600_000;
/** Sources whose lists the trend rule reads. */
const VOTED: ReadonlySet<string> = new Set(['hugging-face', 'sample']);

/**
 * When each source was first and last read, durably. What the first reading finds was there before: it is history,
 * and nobody is told. What is found after a gap was missed: it comes as one digest.
 */
export type Readings = {
  /** How long the source had not been read at `now`, ms; 0 before its first reading. */
  gap(source: string, now: number): number;
  isGap(gap: number, beat: number): boolean;
  /** The source's lists were read; called before anybody is told of them. */
  noteRead(source: string, now: number): void;
  /** Everybody was told of what the reading brought. */
  noteTold(source: string, now: number): void;
  /** What is seen after this instant is news, by where the paper was seen first; Infinity during a first reading. */
  newsSince(stored: StoredPaper): { seen: number; risen: number };
};

export function createReadings(archive: Pick<Archive, 'cursor' | 'setCursor'>): Readings {
  const firstRead = (source: string | undefined): number =>
    (source !== undefined && archive.cursor(`first read of ${source}`)) || Number.POSITIVE_INFINITY;
  return {
    gap: (source, now) => now - (archive.cursor(`last told of ${source}`) || now),
    isGap: (gap, beat) => gap > Math.max(SHORTEST_GAP, 3 * beat),
    noteRead(source, now) {
      if (archive.cursor(`first read of ${source}`) === 0) archive.setCursor(`first read of ${source}`, now);
    },
    noteTold: (source, now) => archive.setCursor(`last told of ${source}`, now),
    newsSince: ({ sources }) => ({
      seen: firstRead(sources[0]),
      risen: firstRead(sources.find((source) => VOTED.has(source))),
    }),
  };
}
