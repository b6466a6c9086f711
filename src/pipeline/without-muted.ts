import type { Archive } from '#src/archive/archive.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import type { OutboxEntry } from '#src/outbox/entry.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Matcher } from './matcher.ts';
import type { StillWanted } from './still-wanted.ts';

// What a server mutes comes to none of its channels. It is asked here and nowhere else: when a paper is matched, for alerts, digests
// and the best of a day, and of what waits, when it goes.

const MUTED = phrase('post.muted');

/** Nobody matches what their server mutes. */
export function matcherWithoutMuted(matcher: Matcher, mutes: Pick<Mutes, 'mutedIn'>): Matcher {
  return {
    ...matcher,
    mutedIn: mutes.mutedIn,
    match(document, now, hasRisen) {
      const found = matcher.match(document, now, hasRisen);
      const muted = found.length === 0 ? null : mutes.mutedIn(document, now);
      return muted && muted.size > 0 ? found.filter(({ serverId }) => !muted.has(serverId)) : found;
    },
  };
}

type Deps = { archive: Pick<Archive, 'paper'>; mutes: Pick<Mutes, 'mutedBy'> };

/** Nobody wants what their server mutes by now. */
export function stillWantedWithoutMuted(stillWanted: StillWanted, { archive, mutes }: Deps): StillWanted {
  const isMuted = async ({ serverId, paper }: OutboxEntry, now: number): Promise<boolean> => {
    const stored = await archive.paper(paper);
    return stored !== null && mutes.mutedBy(serverId, documentOf(stored), now) !== null;
  };
  return {
    ...stillWanted,
    wanting: async (entry, now) => ((await isMuted(entry, now)) ? [] : stillWanted.wanting(entry, now)),
    whyUnwanted: async (entry, now) =>
      (await isMuted(entry, now)) ? MUTED : stillWanted.whyUnwanted(entry, now),
  };
}
