import type { Kept } from '#src/archive/keep-poll.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Happenings } from '#src/foundation/happenings.ts';
import type { SourceName } from '#src/paper/sighting.ts';
import { labelOf } from '#src/source/sources.ts';
import { phrase, words, yesNo } from '#src/wording/phrase.ts';

/** One reading of a source, for whoever looks on. */
type TellReading = {
  /** A list was kept: told where it showed something new. */
  kept(kept: Pick<Kept, 'fresh' | 'poll'>): Promise<void>;
  failed(reason: string): Promise<void>;
};

/** What a list showed longer ago is retold: it is told as one with what the source shows today. */
const RETOLD_AFTER = 60_000;

export function createTellReading(
  { happenings, clock }: { happenings: Happenings; clock: Clock },
  source: SourceName,
): TellReading {
  let shown = new Set<string>();
  let fresh = 0;
  return {
    kept: (kept) =>
      happenings.tell(() => {
        const { poll } = kept;
        for (const { paper } of poll.sightings) shown.add(paper.id);
        fresh += kept.fresh.length;
        if (fresh === 0) shown = new Set();
        if (fresh === 0 || poll.seenAt < clock.now() - RETOLD_AFTER) return [];
        const figures = { papers: shown.size, fresh, isAll: yesNo(fresh === shown.size) };
        shown = new Set();
        fresh = 0;
        return [{ kind: 'read', what: phrase('happening.read', { source: labelOf(source), ...figures }) }];
      }),
    failed: (reason) =>
      happenings.tell(() => [
        {
          kind: 'read',
          what: phrase('happening.unread', { source: labelOf(source), reason: words(reason, 200) }),
        },
      ]),
  };
}
