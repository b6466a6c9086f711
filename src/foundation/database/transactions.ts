import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { ClosedError } from '../failure.ts';
import { WriterQueue } from './writer-queue.ts';

/** How long a transaction may hold others up before it is taken for one that waits for them. */
const PATIENCE_MS = 30_000;

/** The writer itself, a transaction, or one nested in it: what is done in it is done one after the other. */
type Scope = {
  readonly turns: WriterQueue;
  readonly outer: Scope | null;
  /** What still runs in it then belongs to the outer one. */
  ended: boolean;
  /** Shared by a transaction and all that is nested in it. */
  readonly whole: Whole;
};

type Whole = {
  /** Nothing of it is kept any more, so nothing more may be written in it. */
  failure: unknown;
  /** Undoes it while its work still waits. */
  cut(failure: unknown): void;
};

type Words = { begin: string; keep: string; undo: string };
const OUTERMOST: Words = { begin: 'BEGIN IMMEDIATE', keep: 'COMMIT', undo: 'ROLLBACK' };
const NESTED: Words = {
  begin: 'SAVEPOINT nested',
  keep: 'RELEASE nested',
  undo: 'ROLLBACK TO nested; RELEASE nested',
};

type TransactionsOptions = {
  /** Times a transaction that holds up others. */
  clock: Clock;
  /** What the disk is asked for, as `PRAGMA synchronous` names it. */
  synchronous: 'FULL' | 'OFF';
  /** Makes SQLite's failures into sentences. */
  explain(error: unknown): unknown;
};

/** Who may use the writing connection when, and in which transaction. */
export class Transactions {
  readonly #sqlite: DatabaseSync;
  readonly #options: TransactionsOptions;
  readonly #here = new AsyncLocalStorage<Scope>();
  readonly #root: Scope = {
    turns: new WriterQueue(),
    outer: null,
    ended: false,
    whole: { failure: null, cut() {} },
  };
  #open: Whole | null = null;
  #watch: AbortController | null = null;
  #closing = false;

  constructor(sqlite: DatabaseSync, options: TransactionsOptions) {
    this.#sqlite = sqlite;
    this.#options = options;
  }

  /** Whether the caller stands in a transaction that is still open. */
  get isInside(): boolean {
    return this.#scope() !== this.#root;
  }

  /** Does it at once where nobody else has the turn. */
  async inTurn<T>(act: () => T): Promise<T> {
    const taken = this.#take();
    const scope = taken instanceof Promise ? await taken : taken;
    try {
      if (scope.whole.failure !== null) throw scope.whole.failure;
      return act();
    } catch (error) {
      throw this.#failed(scope, error);
    } finally {
      scope.turns.pass();
    }
  }

  async transaction<T>(work: () => Promise<T>, lasting: 'now' | 'soon'): Promise<T> {
    const taken = this.#take();
    const outer = taken instanceof Promise ? await taken : taken;
    try {
      if (outer.whole.failure !== null) throw outer.whole.failure;
      return await (outer === this.#root ? this.#outermost(work, lasting) : this.#nested(work, outer));
    } finally {
      outer.turns.pass();
    }
  }

  /** Closes when all who waited before have had their turn; at once when nobody has. Nothing the second time. */
  async close(act: () => void): Promise<void> {
    if (this.#closing) return;
    if (this.isInside) throw new TypeError('a database cannot be closed inside a transaction');
    const taken = this.#take();
    this.#closing = true;
    if (taken instanceof Promise) await taken;
    act();
  }

  /** Waits for nobody: what the open transaction has written is undone by that. */
  closeAtOnce(act: () => void): void {
    this.#closing = true;
    // Who waits for a turn is refused in it.
    for (const whole of [this.#root.whole, this.#open]) if (whole) cutWith(whole, new ClosedError());
    act();
  }

  get #isTransaction(): boolean {
    return this.#sqlite.isOpen && this.#sqlite.isTransaction;
  }

  #scope(): Scope {
    let scope = this.#here.getStore() ?? this.#root;
    while (scope.ended && scope.outer) scope = scope.outer;
    return scope;
  }

  #take(): Scope | Promise<Scope> {
    const scope = this.#scope();
    if (scope === this.#root && this.#closing) throw new ClosedError();
    const waiting = scope.turns.take();
    if (!waiting) return scope;
    if (scope === this.#root) this.#watchOpen();
    return waiting.then(() => {
      if (!scope.ended) return scope;
      scope.turns.pass();
      return this.#take();
    });
  }

  async #outermost<T>(work: () => Promise<T>, lasting: 'now' | 'soon'): Promise<T> {
    const isSpared = lasting === 'soon' && this.#options.synchronous === 'FULL';
    const { promise: cut, reject } = Promise.withResolvers<never>();
    const whole: Whole = { failure: null, cut: reject };
    // Without a sync of its own: in WAL mode nothing is torn by that, and the order of commits is kept.
    if (isSpared) this.#sqlite.exec('PRAGMA synchronous = NORMAL');
    this.#open = whole;
    if (this.#root.turns.isAwaited) this.#watchOpen();
    try {
      const within = (scope: Scope) => Promise.race([this.#finished(scope, work), cut]);
      return await this.#kept({ outer: this.#root, whole, words: OUTERMOST }, within);
    } finally {
      this.#open = null;
      this.#watch?.abort();
      this.#watch = null;
      if (isSpared && this.#sqlite.isOpen) this.#sqlite.exec('PRAGMA synchronous = FULL');
    }
  }

  #nested<T>(work: () => Promise<T>, outer: Scope): Promise<T> {
    const within = (scope: Scope) => this.#finished(scope, work);
    return this.#kept({ outer, whole: outer.whole, words: NESTED }, within);
  }

  async #kept<T>(
    { outer, whole, words }: { outer: Scope; whole: Whole; words: Words },
    within: (scope: Scope) => Promise<T>,
  ): Promise<T> {
    const scope: Scope = { turns: new WriterQueue(), outer, ended: false, whole };
    this.#execute(words.begin);
    try {
      const result = await within(scope);
      if (whole.failure !== null) throw whole.failure;
      this.#execute(words.keep);
      return result;
    } catch (error) {
      // A full disk may have rolled everything back by itself. A nested one that comes too late is not in its transaction any more.
      const isOpen = outer === this.#root || whole.failure === null;
      if (isOpen && this.#isTransaction) this.#execute(words.undo);
      throw this.#options.explain(error);
    }
  }

  /** Does the work, then waits for what it began in the transaction and let go. Whoever comes after that is outside. */
  async #finished<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#here.run(scope, work);
    } finally {
      await scope.turns.take();
      scope.ended = true;
      scope.turns.pass();
    }
  }

  #execute(sql: string): void {
    try {
      this.#sqlite.exec(sql);
    } catch (error) {
      throw this.#options.explain(error);
    }
  }

  #failed(scope: Scope, error: unknown): unknown {
    const failure = this.#options.explain(error);
    // Some failures end the whole transaction: what followed would be written for itself.
    if (scope !== this.#root && !this.#isTransaction) scope.whole.failure ??= failure;
    return failure;
  }

  /** Somebody waits: if the transaction that is open waits for just that one, both would wait for ever. */
  #watchOpen(): void {
    const whole = this.#open;
    if (!whole || this.#watch) return;
    this.#watch = new AbortController();
    this.#options.clock.sleep(PATIENCE_MS, this.#watch.signal).then(
      () => {
        const failure = new Error(
          `A transaction was undone that had held up others for ${PATIENCE_MS / 1000} s. What is awaited inside a transaction must not write outside of it.`,
        );
        cutWith(whole, failure);
      },
      // It ended in time.
      () => {},
    );
  }
}

function cutWith(whole: Whole, failure: Error): void {
  whole.failure = failure;
  whole.cut(failure);
}
