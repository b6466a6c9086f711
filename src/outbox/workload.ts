import type { Database } from '#src/foundation/database/database.ts';
import type { EntryStore } from './entry-store.ts';
import type { PostStore } from './post-store.ts';

type Backlog = {
  waiting: number;
  due: number;
  packed: number;
  attempted: number;
  unknown: number;
  held: number;
};

/** How much there is to do. */
export type Workload = {
  backlog(): Promise<Backlog>;
  /** Whether anything is under way, or could go or be made sure of now. What waits for a held channel is not. */
  isBusy(now: number): Promise<boolean>;
  /** Whether something has been due since before that instant that nothing hinders from going now. */
  isOverdue(before: number, now: number): Promise<boolean>;
};

type Deps = { db: Database; entries: EntryStore; posts: PostStore };

export function openWorkload({ db, entries, posts }: Deps): Workload {
  return {
    backlog: async () => (await db.all<Backlog>(BACKLOG))[0],
    isBusy: async (at) => (await posts.isBusy(at)) || (await entries.isDue()),
    isOverdue: async (before, at) => (await posts.isOverdue(before)) || (await entries.isOverdue(before, at)),
  };
}

const BACKLOG = `SELECT
  (SELECT count(*) FROM entry WHERE state = 'waiting') AS waiting,
  (SELECT count(*) FROM entry WHERE state = 'due') AS due,
  (SELECT count(*) FROM hold JOIN entry ON entry.destination = hold.destination WHERE entry.state = 'held') AS held,
  (SELECT count(*) FROM post WHERE state = 'packed') AS packed,
  (SELECT count(*) FROM post WHERE state = 'attempted') AS attempted,
  (SELECT count(*) FROM post WHERE state = 'unknown') AS unknown`;
