import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import { createKeyedQueue } from '#src/foundation/keyed-queue.ts';
import type { Log } from '#src/foundation/log.ts';
import { announcedAs, isAnnouncedIn } from '#src/match/language/categories.ts';
import { categoriesAsked } from '#src/match/language/categories-asked.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionStore } from './subscription-store.ts';

/** Categories that are read because subscriptions name them, besides the operator's own. */
export type ExtraCategories = {
  /** Goes through what the store holds, in slices; until then what was read before stays. */
  load(): Promise<void>;
  /** As arXiv announces them, the first read first. */
  read(): Promise<readonly string[]>;
  /** The operator's. */
  own: readonly string[];
  /** How many more may be read. */
  limit: number;
  /** Whether a category that is named next would have no place. */
  isFull(): boolean;
};

type Deps = {
  subscriptionStore: Pick<SubscriptionStore, 'all' | 'onChange'>;
  parse(filter: string): Parsed;
  cursors: Cursors;
  own: readonly string[];
  limit: number;
  /** Who reads them, for the log. */
  source: string;
  clock: Pick<Clock, 'now' | 'elapsed'>;
  log: Log;
  /** A category is read from now on: what its first list shows is history. Awaits the archive alone. */
  onBegin(category: string): Promise<void>;
};

/** `begun`: when it was taken in, which gives it its turn; `unnamed`: since when no subscription names it, 0 while one does. UTC ms. */
type Taken = { begun: number; unnamed: number };

const BEGUN = 'extra category ';
const UNNAMED = 'unnamed category ';
/** Who takes a subscription back, or moves it, does not begin anew. */
const KEPT_UNNAMED = 7 * 86_400_000;

/**
 * The oldest subscription's categories come first, and what is read stays: neither a restart nor a pause nor a change of an
 * older subscription takes its place from a category that somebody names. One that nobody names gives way when its place
 * is wanted, and goes after a week. A whole archive is named as long as one of its categories is, which it brings.
 */
export async function createExtraCategories(deps: Deps): Promise<ExtraCategories> {
  const { subscriptionStore, cursors, own, limit, clock } = deps;
  const named = new Map<string, { createdAt: number; categories: readonly string[] }>();
  const taken = await recall(cursors);
  let isLoaded = false;
  let isSettled = false;

  const name = ({ id, createdAt, filter }: Subscription): void => {
    const categories = categoriesOf(filter, deps);
    if (categories.length > 0) named.set(id, { createdAt, categories });
    else named.delete(id);
  };
  subscriptionStore.onChange((change) => {
    if (change.after) name(change.after);
    else if (change.before) named.delete(change.before.id);
    isSettled = false;
  });

  /** What subscriptions name and nothing of the operator's brings, the oldest first. */
  const wanted = (): string[] => {
    const oldest = [...named.values()].sort((a, b) => a.createdAt - b.createdAt);
    return [...new Set(oldest.flatMap(({ categories }) => categories))].filter(
      (one) => !isAnnouncedIn(one, own),
    );
  };

  /** What is decided in memory at once, and written before anybody is told; each as one. */
  const owed: (() => Promise<void>)[] = [];
  const give = (category: string): void => {
    taken.delete(category);
    owed.push(async () => {
      await cursors.remove(BEGUN + category);
      await cursors.remove(UNNAMED + category);
    });
    deps.log.info({ source: deps.source, category }, 'a category that nobody names is not read any more');
  };
  const take = (category: string, now: number): void => {
    const begun = Math.max(now, ...[...taken.values()].map((one) => one.begun + 1));
    taken.set(category, { begun, unnamed: 0 });
    owed.push(async () => {
      await cursors.set(BEGUN + category, begun);
      await deps.onBegin(category);
    });
    deps.log.info({ source: deps.source, category }, 'a category is read because a subscription names it');
  };
  const noteUnnamed = (category: string, one: Taken, since: number): void => {
    if (one.unnamed === since) return;
    taken.set(category, { ...one, unnamed: since });
    owed.push(() => cursors.set(UNNAMED + category, since));
  };
  const inTurn = createKeyedQueue();
  /** Who comes meanwhile waits until all of it is written. */
  const writeOwed = (): Promise<void> =>
    inTurn('', async () => {
      for (let write = owed[0]; write !== undefined; write = owed[0]) {
        await cursors.asOne(write);
        owed.shift();
      }
    });

  const settle = (): void => {
    const now = clock.now();
    const names = wanted();
    for (const [category, one] of [...taken]) {
      if (names.some((name) => isAnnouncedIn(name, [category]))) noteUnnamed(category, one, 0);
      // An instant ahead is from a clock that was wrong.
      else if (one.unnamed === 0 || one.unnamed > now) noteUnnamed(category, one, now);
      else if (now - one.unnamed > KEPT_UNNAMED) give(category);
    }
    const idle = () =>
      [...taken].filter(([, { unnamed }]) => unnamed > 0).sort((a, b) => a[1].unnamed - b[1].unnamed);
    const last = () => [...taken].sort((a, b) => b[1].begun - a[1].begun);
    while (taken.size > limit) give((idle()[0] ?? last()[0])[0]);
    for (const category of names) {
      if (isAnnouncedIn(category, [...taken.keys()])) continue;
      if (taken.size >= limit && idle().length > 0) give(idle()[0][0]);
      if (taken.size < limit) take(category, now);
    }
    isSettled = idle().length === 0;
  };

  return {
    own,
    limit,
    isFull: () => [...taken.values()].filter(({ unnamed }) => unnamed === 0).length >= limit,
    async load() {
      const breathe = takeBreaths(clock);
      for (const subscription of [...subscriptionStore.all()]) {
        name(subscription);
        await breathe();
      }
      isLoaded = true;
      isSettled = false;
    },
    async read() {
      if (isLoaded && !isSettled) settle();
      await writeOwed();
      return [...taken].sort((a, b) => a[1].begun - b[1].begun).map(([category]) => category);
    },
  };
}

/** Most filters name none, and are not read for it. */
const NAMES_SOME = /cat|topic/i;

function categoriesOf(filter: string, { parse }: Pick<Deps, 'parse'>): string[] {
  if (!NAMES_SOME.test(filter.normalize('NFKC'))) return [];
  const parsed = parse(filter);
  return parsed.ok ? categoriesAsked(parsed.filter).flatMap((pattern) => announcedAs(pattern) ?? []) : [];
}

async function recall(cursors: Cursors): Promise<Map<string, Taken>> {
  const noted = await cursors.startingWith(UNNAMED);
  const unnamed = new Map(noted.map(({ name, value }) => [name.slice(UNNAMED.length), value]));
  return new Map(
    (await cursors.startingWith(BEGUN)).map(({ name, value }) => {
      const category = name.slice(BEGUN.length);
      return [category, { begun: value, unnamed: unnamed.get(category) ?? 0 }];
    }),
  );
}
