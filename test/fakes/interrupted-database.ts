import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Database } from '#src/foundation/database/database.ts';

/** A database some of whose statements wait, or fail, on demand; all others go to the real one. */
export type InterruptedDatabase = Database & {
  /** The next statement with such a text, after `times` others, waits until `release`. Resolves when it is there, and waits. */
  hold(text: RegExp, times?: number): Promise<void>;
  /** Lets it go on, once all others have come as far as they can. */
  release(): Promise<void>;
  /** The next statement with such a text fails, after `times` others. */
  fail(text: RegExp, times?: number): void;
};

/** More than any work here gives way. */
const TURNS = 20;

export function interruptedDatabase(database: Database): InterruptedDatabase {
  let held: { text: RegExp; times: number; arrived(): void } | null = null;
  let failing: { text: RegExp; times: number } | null = null;
  let released = Promise.withResolvers<void>();

  const before = async (sql: string): Promise<void> => {
    if (failing?.text.test(sql) && failing.times-- === 0) {
      failing = null;
      throw new Error('this statement was made to fail');
    }
    if (!held?.text.test(sql) || held.times-- > 0) return;
    held.arrived();
    held = null;
    await released.promise;
  };

  return {
    ...database,
    async get<Row>(...[sql, ...values]: Parameters<Database['get']>) {
      await before(sql);
      return database.get<Row>(sql, ...values);
    },
    async all<Row>(...[sql, ...values]: Parameters<Database['all']>) {
      await before(sql);
      return database.all<Row>(sql, ...values);
    },
    async run(sql, ...values) {
      await before(sql);
      return database.run(sql, ...values);
    },
    async insert(sql, rows) {
      await before(sql);
      return database.insert(sql, rows);
    },
    hold(text, times = 0) {
      released = Promise.withResolvers<void>();
      return new Promise((resolve) => {
        held = { text, times, arrived: resolve };
      });
    },
    async release() {
      for (let turn = 0; turn < TURNS; turn++) await othersTurn();
      released.resolve();
    },
    fail(text, times = 0) {
      failing = { text, times };
    },
  };
}
