import type { Archive } from '#src/archive/archive.ts';
import type { FirstSight } from '#src/archive/first-sight.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import type { Story } from '#src/decision/news.ts';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { FIGURE_NAMES, type FigureName } from '#src/paper/figures.ts';

/** What is known of a paper, and what was known of it at any instant (UTC ms). */
export type PaperPast = {
  stored: StoredPaper;
  sight: FirstSight | null;
  story: Story;
  /** What had happened to it by then. */
  storyAt(at: number): Story;
  /** As filters saw it: with the figures of then. Of a text the newest is kept. */
  documentAt(at: number): MatchDocument;
};

export async function readPaperPast(
  archive: Pick<Archive, 'sightings' | 'trendEvents' | 'firstSight'>,
  stored: StoredPaper,
): Promise<PaperPast> {
  const paper = stored.paper.id;
  const sightings = await archive.sightings(paper);
  const trendEvents = await archive.trendEvents(paper);
  const { firstSeenAt, newsAt, risesSince } = stored;
  const story = { paper, firstSeenAt, newsAt, risesSince, trendEvents };
  const figureAt = (name: FigureName, at: number): number | null => {
    const told = sightings.filter((sighting) => sighting[name] !== null);
    if (told.length === 0) return stored.signals[name];
    return told.findLast((sighting) => sighting.at <= at)?.[name] ?? null;
  };
  return {
    stored,
    sight: await archive.firstSight(paper),
    story,
    storyAt: (at) => ({ ...story, trendEvents: trendEvents.filter((rise) => rise.at <= at) }),
    documentAt(at) {
      const figures = Object.fromEntries(FIGURE_NAMES.map((name) => [name, figureAt(name, at)]));
      return documentOf({ ...stored, signals: { ...stored.signals, ...figures } });
    },
  };
}
