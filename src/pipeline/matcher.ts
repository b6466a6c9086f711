import { hearsOfRisesAlone } from '#src/decision/news.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import { grown } from '#src/match/arrays/flat-arrays.ts';
import { createFilterIndex } from '#src/match/filters/filter-index.ts';
import type { MatchDocument, Parsed } from '#src/match/language/filter.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import type { Phrase } from '#src/wording/values.ts';

/** All subscriptions of all channels as one index, in step with the store. */
export type Matcher = {
  /**
   * The subscriptions whose filters match the paper at `now` (UTC ms), in no order. Where it never rose, those that hear of
   * rises alone may be left out: they are most, and to look at each would take longer than to find them.
   */
  match(document: MatchDocument, now: number, hasRisen?: boolean): Subscription[];
  /** The servers that mute the paper: none of their subscriptions is told as matching. */
  mutedIn(document: MatchDocument, now: number): ReadonlySet<string>;
  /** Why the filter of a subscription cannot be read, so that it matches nothing; null when it can. */
  problemOf(id: string): Phrase | null;
};

type Deps = {
  subscriptionStore: SubscriptionStore;
  parse(filter: string): Parsed;
  clock: Clock;
  log: Log;
};

/**
 * Indexes what the store holds, in slices, and follows its changes. A filter that can no longer be read (a topic that the
 * catalogue lost) is logged, told of, and matches nothing; it stays in the store. `recent`: some hundred papers, to learn which
 * words are rare.
 */
export async function createMatcher(
  { subscriptionStore, parse, clock, log }: Deps,
  recent: Iterable<MatchDocument> = [],
): Promise<Matcher> {
  const breathe = takeBreaths(clock);
  const index = createFilterIndex();
  for (const document of recent) {
    index.learn(document);
    await breathe();
  }

  const problems = new Map<string, Phrase>();
  /** By their filters' seats: who matches is looked up without its id. */
  const seated: Subscription[] = [];
  let hearsAlways = new Uint8Array(64);
  const seat = (at: number, subscription: Subscription): void => {
    seated[at] = subscription;
    hearsAlways = grown(hearsAlways, at + 1);
    hearsAlways[at] = hearsOfRisesAlone(subscription) ? 0 : 1;
  };
  const add = (subscription: Subscription): void => {
    const { id, filter } = subscription;
    const parsed = parse(filter);
    if (parsed.ok) {
      seat(index.add(id, parsed.filter), subscription);
      return;
    }
    const { message: problem, position } = parsed.error;
    problems.set(id, problem);
    log.error({ subscription: id, position, problem: inEnglish(problem) }, 'a stored filter cannot be read');
  };
  const remove = ({ id }: Subscription): void => {
    problems.delete(id);
    index.remove(id);
  };

  /** Its filter stays. One that is not seated cannot be read, or is read in later. */
  const replace = (subscription: Subscription): void => {
    const at = index.find(subscription.id);
    if (at >= 0) seat(at, subscription);
  };

  // Heard from the start: a filter that changes while the rest is read in is in the index already.
  subscriptionStore.onChange((change) => {
    const { before, after } = change;
    if (after && before?.id === after.id && before.filter === after.filter) return replace(after);
    if (before) remove(before);
    if (after) add(after);
  });
  for (const { id, filter } of [...subscriptionStore.all()]) {
    const subscription = subscriptionStore.byId(id);
    if (subscription?.filter === filter) add(subscription);
    await breathe();
  }
  while (index.refresh()) await breathe();
  return {
    match(document, now, hasRisen = true) {
      const found: Subscription[] = [];
      const hits = index.count(document, now);
      for (let hit = 0; hit < hits; hit++) {
        const at = index.seatOf(hit);
        if (hasRisen || hearsAlways[at] === 1) found.push(seated[at]);
      }
      return found;
    },
    // See without-muted.ts.
    mutedIn: () => new Set(),
    problemOf: (id) => problems.get(id) ?? null,
  };
}
