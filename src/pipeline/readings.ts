import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import type { News } from '#src/decision/news.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
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
  /** A reading of the source's lists begins at `now`; `interval`: how far apart they usually are, ms. */
  begin(source: SourceName, now: number, pollInterval: number): Promise<void>;
  /** The reading that began at `startedAt` brings what was missed, though there was no gap. */
  noteLate(source: SourceName, startedAt: number): Promise<void>;
  /** The source's lists were asked for, with whatever success; called before anybody is told of them. */
  noteRead(source: SourceName, now: number): Promise<void>;
  /** Everybody was told of what the reading brought. */
  noteNotified(source: SourceName, now: number): Promise<void>;
  /** Whether a reading after a gap is under way: what it brings is to come as one digest. */
  isCatchingUp(source: SourceName): Promise<boolean>;
  /** What of the paper's news was missed. */
  missedOf(stored: StoredPaper): Promise<Missed>;
};

/** News of one paper that a reading after a gap found. */
export type Missed = {
  has(news: News): boolean;
  /** When the gap began, UTC ms; null where the news was not missed, or nobody knows. */
  since(news: News): number | null;
};

type Deps = { archive: Pick<Archive, 'beginReading' | 'endReading'>; cursors: Cursors };

/** The last reading after a gap; `until` is NOT_YET while it is under way. */
type Gap = { from: number; until: number; since: number };

export function createReadings({ archive, cursors }: Deps): Readings {
  const isUnderWay = async (source: string): Promise<boolean> =>
    (await cursors.get(untilOf(source))) === NOT_YET;

  const catchUp = (source: SourceName, startedAt: number): Promise<void> =>
    cursors.asOne(async () => {
      if (await isUnderWay(source)) return;
      await cursors.set(fromOf(source), startedAt);
      await cursors.set(sinceOf(source), await cursors.get(toldOf(source)));
      await cursors.set(untilOf(source), NOT_YET);
    });

  /** The last gap of each, as they stand together. */
  const gapsOf = async (sources: readonly string[]): Promise<Map<string, Gap>> => {
    const names = sources.flatMap((source) => [fromOf(source), untilOf(source), sinceOf(source)]);
    const values = names.length > 0 ? await cursors.getAll(names) : [];
    return new Map(
      sources.map((source, index) => {
        const [from, until, since] = values.slice(index * 3);
        return [source, { from, until, since }];
      }),
    );
  };

  return {
    begin: (source, now, pollInterval) =>
      cursors.asOne(async () => {
        await archive.beginReading(source, now);
        const gap = now - ((await cursors.get(toldOf(source))) || now);
        if (gap > Math.max(SHORTEST_GAP, 3 * pollInterval)) await catchUp(source, now);
      }),
    noteLate: catchUp,
    noteRead: (source, now) => archive.endReading(source, now),
    noteNotified: (source, now) =>
      cursors.asOne(async () => {
        if (await isUnderWay(source)) await cursors.set(untilOf(source), now);
        await cursors.set(toldOf(source), now);
      }),
    isCatchingUp: isUnderWay,
    async missedOf({ listedBy, sources }) {
      const voted = sources.find((name) => factsOf(name)?.ranksByVotes);
      const gaps = await gapsOf([listedBy, voted].filter((name) => name != null));
      /** The gap after which this was found; null where there was none. */
      const gapBefore = (news: News): Gap | null => {
        const gap = gaps.get((news.kind === 'new' ? listedBy : voted) ?? '');
        const at = news.kind === 'new' ? news.at : news.trendEvent.at;
        return gap && gap.from > 0 && at >= gap.from && at <= gap.until ? gap : null;
      };
      return {
        has: (news) => gapBefore(news) !== null,
        since: (news) => gapBefore(news)?.since || null,
      };
    },
  };
}

const toldOf = (source: string) => `last told of ${source}`;
const fromOf = (source: string) => `missed of ${source} from`;
const sinceOf = (source: string) => `missed of ${source} since`;
const untilOf = (source: string) => `missed of ${source} until`;
