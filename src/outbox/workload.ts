import type { Database } from '#src/foundation/database/database.ts';
import type { PostBook } from './post-book.ts';
import type { PromiseBook } from './promise-book.ts';

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

type Parts = { db: Database; promises: PromiseBook; posts: PostBook };

export function openWorkload({ db, promises, posts }: Parts): Workload {
  return {
    backlog: async () => (await db.get<Backlog>(BACKLOG)) as Backlog,
    isBusy: async (at) => (await posts.isBusy(at)) || (await promises.isDue()),
    isOverdue: async (before, at) =>
      (await posts.isOverdue(before)) || (await promises.isOverdue(before, at)),
  };
}

const BACKLOG = `SELECT
  (SELECT count(*) FROM promise WHERE state = 'waiting') AS waiting,
  (SELECT count(*) FROM promise WHERE state = 'due') AS due,
  (SELECT count(*) FROM hold JOIN promise ON promise.destination = hold.destination WHERE promise.state = 'held') AS held,
  (SELECT count(*) FROM post WHERE state = 'packed') AS packed,
  (SELECT count(*) FROM post WHERE state = 'attempted') AS attempted,
  (SELECT count(*) FROM post WHERE state = 'unknown') AS unknown`;
