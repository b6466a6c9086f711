import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import type { News } from '#src/decision/news.ts';
import type { SourceName } from '#src/paper/sighting.ts';
import { factsOf } from '#src/source/sources.ts';

/** A gap shorter than this is no gap, however often a source is usually looked at. */
const SHORTEST_GAP = 2 * 3_600_000;
const NOT_YET = Number.MAX_SAFE_INTEGER;

/**
 * When each source was last read, durably. What a reading finds after a gap of its source was missed: it comes as one
 * digest, whoever reads the journal then, and also what is only recognised later by its categories. What a list's
 * first reading shows is history: archive/news-rule.ts.
 */
export type Readings = {
  /** A reading of the source's lists begins at `now`; `beat`: how far apart they usually are, ms. */
  begin(source: SourceName, now: number, beat: number): void;
  /** The reading that began at `startedAt` brings what was missed, though there was no gap. */
  noteLate(source: SourceName, startedAt: number): void;
  /** The source's lists were asked for, with whatever success; called before anybody is told of them. */
  noteRead(source: SourceName, now: number): void;
  /** Everybody was told of what the reading brought. */
  noteTold(source: SourceName, now: number): void;
  /** Whether a reading after a gap is under way: what it brings is to come as one digest. */
  isCatchingUp(source: SourceName): boolean;
  /** Whether this news of a paper was found by a reading after a gap. */
  isMissed(stored: StoredPaper, news: News): boolean;
  /** When the gap began in which this news was missed, UTC ms; null where it was not missed, or nobody knows. */
  missedSince(stored: StoredPaper, news: News): number | null;
};

type Rooms = Pick<Archive, 'cursor' | 'setCursor' | 'beginReading' | 'endReading'>;

export function createReadings(archive: Rooms): Readings {
  /** The last reading after a gap; `until` is NOT_YET while it is under way. */
  const missed = (source: string) => ({
    from: archive.cursor(`missed of ${source} from`),
    until: archive.cursor(`missed of ${source} until`),
  });

  const catchUp = (source: SourceName, startedAt: number): void => {
    if (missed(source).until === NOT_YET) return;
    archive.setCursor(`missed of ${source} from`, startedAt);
    archive.setCursor(`missed of ${source} since`, archive.cursor(`last told of ${source}`));
    archive.setCursor(`missed of ${source} until`, NOT_YET);
  };

  /** The source after whose gap this was found; null where there was none. */
  const missingSource = ({ listedBy, sources }: StoredPaper, news: News): SourceName | null => {
    const source = news.kind === 'new' ? listedBy : sources.find((name) => factsOf(name)?.ranksByVotes);
    if (!source) return null;
    const at = news.kind === 'new' ? news.at : news.rising.at;
    const { from, until } = missed(source);
    return from > 0 && at >= from && at <= until ? source : null;
  };

  return {
    begin(source, now, beat) {
      archive.beginReading(source, now);
      const gap = now - (archive.cursor(`last told of ${source}`) || now);
      if (gap > Math.max(SHORTEST_GAP, 3 * beat)) catchUp(source, now);
    },
    noteLate: catchUp,
    noteRead: (source, now) => archive.endReading(source, now),
    noteTold(source, now) {
      if (missed(source).until === NOT_YET) archive.setCursor(`missed of ${source} until`, now);
      archive.setCursor(`last told of ${source}`, now);
    },
    isCatchingUp: (source) => missed(source).until === NOT_YET,
    isMissed: (stored, news) => missingSource(stored, news) !== null,
    missedSince(stored, news) {
      const source = missingSource(stored, news);
      return (source && archive.cursor(`missed of ${source} since`)) || null;
    },
  };
}
