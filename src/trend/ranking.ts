import type { Look, Sighting } from '#src/paper/sighting.ts';

/** Remembers who was ever among the first places of Hugging Face's own trending list (driven by repository stars). */
export type Ranking = {
  /** The papers that are among them for the first time. The first list ever seen is only remembered: nobody entered it. */
  entered(look: Look): readonly Sighting[];
};

export function createRanking(firstPlaces: number): Ranking {
  const everFirst = new Set<string>();
  return {
    entered(look) {
      const isFirstList = everFirst.size === 0;
      const newcomers = look.sightings.filter(
        ({ place, paper }) => place <= firstPlaces && !everFirst.has(paper.id),
      );
      for (const { paper } of newcomers) everFirst.add(paper.id);
      return isFirstList ? [] : newcomers;
    },
  };
}
