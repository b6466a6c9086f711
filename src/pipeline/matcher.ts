import type { Log } from '#src/foundation/log.ts';
import type { MatchDocument, Parsed } from '#src/match/filter.ts';
import { createFilterIndex } from '#src/match/filter-index.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';

/** All subscriptions of all channels as one index, in step with the book. */
export type Matcher = {
  /** The subscriptions whose filters match the paper at `now` (UTC ms), in no order. */
  match(document: MatchDocument, now: number): Subscription[];
};

/**
 * Indexes what the book holds and follows its changes. A filter that can no longer be read (a topic that the catalogue
 * lost) is logged and matches nothing; it stays in the book. `recent`: some hundred papers, to learn which words are rare.
 */
export function createMatcher(
  book: SubscriptionBook,
  parse: (filter: string) => Parsed,
  log: Log,
  recent: Iterable<MatchDocument> = [],
): Matcher {
  const index = createFilterIndex();
  for (const document of recent) index.learn(document);

  const add = ({ id, filter }: Subscription): void => {
    const parsed = parse(filter);
    if (parsed.ok) index.add(id, parsed.filter);
    else log.error({ subscription: id, problem: parsed.error.message }, 'a stored filter cannot be read');
  };

  for (const subscription of book.all()) add(subscription);
  while (index.tend());
  book.onChange((change) => {
    if (change.kind !== 'subscription') return;
    const { before, after } = change;
    if (before?.id === after?.id && before?.filter === after?.filter) return;
    if (before) index.remove(before.id);
    if (after) add(after);
  });
  return {
    match: (document, now) => index.match(document, now).flatMap((id) => book.byId(id) ?? []),
  };
}
