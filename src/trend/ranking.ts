import type { Poll, Sighting } from '#src/paper/sighting.ts';

/** Remembers who was ever among the first places of Hugging Face's own trending list (driven by repository stars). */
type Ranking = {
  /**
   * The papers that are among them for the first time; one without a vote enters with its first. The first list ever seen
   * is only remembered: nobody entered it.
   */
  entered(poll: Poll, hasVote: (sighting: Sighting) => boolean): readonly Sighting[];
  /** Forgets who was last among them before that instant (UTC ms). */
  forgetBefore(at: number): void;
};

export function createRanking(firstPlaces: number): Ranking {
  /** By paper: when it was last among them. */
  const everFirst = new Map<string, number>();
  return {
    entered(poll, hasVote) {
      const isFirstList = everFirst.size === 0;
      const first = poll.sightings.filter(
        (sighting) => sighting.place <= firstPlaces && (isFirstList || hasVote(sighting)),
      );
      const newcomers = first.filter(({ paper }) => !everFirst.has(paper.id));
      for (const { paper } of first) everFirst.set(paper.id, poll.seenAt);
      return isFirstList ? [] : newcomers;
    },
    forgetBefore(at) {
      for (const [paper, seenAt] of everFirst) if (seenAt < at) everFirst.delete(paper);
    },
  };
}
