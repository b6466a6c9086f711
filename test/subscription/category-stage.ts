import { openArchive } from '#src/archive/archive.ts';
import { type Cursors, openCursors, volatileCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { createExtraCategories } from '#src/subscription/extra-categories.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionChange } from '#src/subscription/subscription-store.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

const topics = readTopicCatalogue([]);

/** A filter as a subscription keeps it, with no topics to name. */
export const parseNoTopics = (filter: string) => parseSavedFilter(filter, { topics });

/** Cursors that are still there after a restart, in the order of their names. */
export async function storedCursors(): Promise<Cursors> {
  const db = await openDatabase(':memory:');
  await openArchive(db, []);
  return openCursors(db);
}

/** Subscriptions that name categories, set and removed by hand; `begun`: the categories that were begun, in turn. */
export function stageCategories(cursors: Cursors = volatileCursors()) {
  const clock = createFakeClock('2026-03-10T12:00:00Z');
  const log = createKeptLog();
  const subscriptions = new Map<string, Subscription>();
  const begun: string[] = [];
  let tell = (_: SubscriptionChange): void => {};

  const begin = (limit = 3, own = ['cs.LG', 'cs.CL']) =>
    createExtraCategories({
      subscriptionStore: {
        all: () => subscriptions.values(),
        onChange(listener) {
          tell = listener;
          return () => {};
        },
      },
      parse: parseNoTopics,
      ...{ cursors, own, limit, clock, log, source: 'arxiv-rss' },
      onBegin: async (category) => void begun.push(category),
    });

  return {
    ...{ clock, log, cursors, begun },
    /** Another start, which has not gone through the subscriptions yet. */
    begin,
    /** Another start; of several the last one hears of changes. */
    async open(limit?: number, own?: string[]) {
      const extra = await begin(limit, own);
      await extra.load();
      return extra;
    },
    set(id: string, filter: string | null, more: Partial<Subscription> = {}) {
      const before = subscriptions.get(id) ?? null;
      const createdAt = before?.createdAt ?? clock.now() + subscriptions.size;
      const after =
        filter === null ? null : ({ id, filter, createdAt, paused: null, ...more } as Subscription);
      if (after) subscriptions.set(id, after);
      else subscriptions.delete(id);
      tell({ before, after });
    },
  };
}
