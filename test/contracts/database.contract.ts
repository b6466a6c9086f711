import { setImmediate as othersTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';

/** Opens a new, empty database that times transactions by this clock. */
export type OpenForContract = (clock: FakeClock) => Promise<Database>;

const INSERT = 'INSERT INTO t (a) VALUES (?)';
const TABLE = ['CREATE TABLE t (a TEXT PRIMARY KEY, n INTEGER)'];

/** The promises of src/foundation/database/database.ts, kept by `name`. */
export function keepsDatabaseContract(name: string, open: OpenForContract): void {
  let db: Database;
  let clock: FakeClock;
  beforeEach(async () => {
    clock = createFakeClock(0);
    db = await open(clock);
    await db.migrate('t', TABLE);
    return () => db.close();
  });

  const write = (a: string) => db.run(INSERT, a);
  const rows = async () => (await db.all<{ a: string }>('SELECT a FROM t ORDER BY a')).map(({ a }) => a);
  const failing = async (a: string): Promise<never> => {
    await write(a);
    throw new Error(`${a} failed`);
  };

  describe(`${name}: statements`, () => {
    it('give one row, all rows, or how many they changed', async () => {
      expect(await write('a')).toEqual({ changes: 1 });
      expect(await write('b')).toEqual({ changes: 1 });
      expect(await db.get('SELECT a, n FROM t WHERE a = ?', 'a')).toEqual({ a: 'a', n: null });
      expect(await db.get('SELECT a FROM t WHERE a = ?', 'none')).toBeUndefined();
      expect(await db.run('UPDATE t SET n = ?', 7)).toEqual({ changes: 2 });
      expect(await db.all('SELECT a, n FROM t ORDER BY a')).toEqual([
        { a: 'a', n: 7 },
        { a: 'b', n: 7 },
      ]);
    });

    it('that change rows may give some of them back', async () => {
      expect(await db.get('INSERT INTO t (a) VALUES (?) RETURNING a', 'a')).toEqual({ a: 'a' });
      expect(await db.all('UPDATE t SET n = 1 RETURNING a, n')).toEqual([{ a: 'a', n: 1 }]);
      expect(await rows()).toEqual(['a']);
    });

    it('that give rows back fail also where only the end of the change fails', async () => {
      const child = 'CREATE TABLE child (a TEXT REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED)';
      await db.migrate('child', [child]);
      const orphan = db.get("INSERT INTO child (a) VALUES ('none') RETURNING a");
      await expect(orphan).rejects.toThrow(/foreign key/i);
      expect(await db.all('SELECT a FROM child')).toEqual([]);
    });

    it('that fail reject, and hold up nobody', async () => {
      await write('a');
      await expect(write('a')).rejects.toThrow();
      await expect(db.all('SELECT nothing FROM nowhere')).rejects.toThrow();
      await write('b');
      expect(await rows()).toEqual(['a', 'b']);
    });
  });

  describe(`${name}: a transaction`, () => {
    it('keeps all of its work, and gives what the work gives', async () => {
      const result = await db.transaction(async () => {
        await write('a');
        await write('b');
        return rows();
      });
      expect(result).toEqual(['a', 'b']);
      expect(await rows()).toEqual(['a', 'b']);
    });

    it('that fails keeps nothing', async () => {
      await expect(db.transaction(() => failing('a'))).rejects.toThrow('a failed');
      expect(await rows()).toEqual([]);
    });

    it('is seen by nobody else before it ends, and by its own reads at once', async () => {
      const { promise: goOn, resolve } = Promise.withResolvers<void>();
      const open = db.transaction(async () => {
        await write('a');
        await goOn;
        return rows();
      });
      await othersTurn();
      expect(await rows()).toEqual([]);
      resolve();
      expect(await open).toEqual(['a']);
      expect(await rows()).toEqual(['a']);
    });

    it('belongs to whom began it: what others write meanwhile waits, and stays when it fails', async () => {
      const { promise: goOn, resolve } = Promise.withResolvers<void>();
      const open = db.transaction(async () => {
        await write('mine');
        await goOn;
        throw new Error('undone');
      });
      const other = write('theirs');
      await othersTurn();
      expect(await rows()).toEqual([]);
      resolve();
      await expect(open).rejects.toThrow('undone');
      await other;
      expect(await rows()).toEqual(['theirs']);
    });

    it('comes in the turn in which it was asked for, as a single statement does', async () => {
      const order: string[] = [];
      const done = (name: string) => () => order.push(name);
      const slow = (name: string) => async () => {
        await othersTurn();
        await write(name);
      };
      await Promise.all([
        db.transaction(slow('1')).then(done('1')),
        write('2').then(done('2')),
        db.transaction(slow('3')).then(done('3')),
        db.insert(INSERT, [['4']]).then(done('4')),
        db.transaction(slow('5')).then(done('5')),
      ]);
      expect(order).toEqual(['1', '2', '3', '4', '5']);
    });

    it('may be written soon: all of it or nothing, alone and within another', async () => {
      await db.transaction(() => write('a'), 'soon');
      await expect(db.transaction(() => failing('b'), 'soon')).rejects.toThrow('b failed');
      await db.transaction(async () => {
        await db.transaction(() => write('c'), 'soon');
      });
      expect(await rows()).toEqual(['a', 'c']);
    });
  });

  describe(`${name}: a nested transaction`, () => {
    it('that fails is undone alone when the outer one catches', async () => {
      await db.transaction(async () => {
        await write('outer');
        await expect(db.transaction(() => failing('inner'))).rejects.toThrow('inner failed');
        await write('after');
      });
      expect(await rows()).toEqual(['after', 'outer']);
    });

    it('that fails undoes the outer one too when nobody catches', async () => {
      const open = db.transaction(async () => {
        await write('outer');
        await db.transaction(() => failing('inner'));
      });
      await expect(open).rejects.toThrow('inner failed');
      expect(await rows()).toEqual([]);
    });

    it('that succeeds is undone with the outer one', async () => {
      const open = db.transaction(async () => {
        await db.transaction(() => write('inner'));
        throw new Error('outer failed');
      });
      await expect(open).rejects.toThrow('outer failed');
      expect(await rows()).toEqual([]);
    });

    it('takes turns with those beside it: one that fails takes nothing of theirs along', async () => {
      await db.transaction(async () => {
        const slowly = (a: string) => async () => {
          await write(`${a}1`);
          await othersTurn();
          await write(`${a}2`);
        };
        const fails = async () => {
          await write('b');
          await othersTurn();
          throw new Error('b failed');
        };
        const all = [slowly('a'), fails, slowly('c')].map((work) => db.transaction(work));
        const plain = write('plain');
        const ends = await Promise.allSettled([...all, plain]);
        expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
      });
      expect(await rows()).toEqual(['a1', 'a2', 'c1', 'c2', 'plain']);
    });

    it('that was let go is waited for, and undone with the outer one', async () => {
      const slowly = (a: string) =>
        db.transaction(async () => {
          await othersTurn();
          await write(a);
        });
      const together = db.transaction(() => Promise.all([slowly('a'), db.transaction(() => failing('b'))]));
      await expect(together).rejects.toThrow('b failed');
      expect(await rows()).toEqual([]);

      await db.transaction(async () => void slowly('c'));
      expect(await rows()).toEqual(['c']);
    });
  });

  describe(`${name}: work that outlives its transaction`, () => {
    it('is outside of it: a later one that fails takes nothing of it along', async () => {
      const { promise: later, resolve } = Promise.withResolvers<void>();
      let letGo: Promise<unknown> = Promise.resolve();
      await db.transaction(async () => {
        letGo = later.then(() => write('let go'));
        await write('kept');
      });
      const other = db.transaction(async () => {
        resolve();
        await othersTurn();
        throw new Error('undone');
      });
      await expect(other).rejects.toThrow('undone');
      await letGo;
      expect(await rows()).toEqual(['kept', 'let go']);
    });

    it('is outside of it too when it was asked for while the end waited', async () => {
      const { promise: later, resolve } = Promise.withResolvers<void>();
      let letGo: Promise<unknown> = Promise.resolve();
      const open = db.transaction(async () => {
        const slow = db.transaction(() => later);
        letGo = Promise.all([slow, othersTurn().then(() => write('let go'))]);
        throw new Error('undone');
      });
      const refused = expect(open).rejects.toThrow('undone');
      await othersTurn();
      await othersTurn();
      resolve();
      await refused;
      await letGo;
      expect(await rows()).toEqual(['let go']);
    });

    it('belongs to the outer one after a nested one has ended', async () => {
      const open = db.transaction(async () => {
        const { promise: later, resolve } = Promise.withResolvers<void>();
        let letGo: Promise<unknown> = Promise.resolve();
        await db.transaction(async () => {
          letGo = later.then(() => write('let go'));
        });
        resolve();
        await letGo;
        expect(await rows()).toEqual(['let go']);
        throw new Error('undone');
      });
      await expect(open).rejects.toThrow('undone');
      expect(await rows()).toEqual([]);
    });
  });

  describe(`${name}: a transaction that waits for somebody who waits for it`, () => {
    const stuck = () => {
      const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
      const worker = asked.then(() => write('worker'));
      const open = db.transaction(async () => {
        await write('mine');
        ask();
        await worker;
        await write('too late');
      });
      return { worker, open };
    };

    it('is undone after 30 s with a sentence that tells the rule, and the other one goes on', async () => {
      const { worker, open } = stuck();
      const refused = expect(open).rejects.toThrow(
        'A transaction was undone that had held up others for 30 s. What is awaited inside a transaction must not write outside of it.',
      );
      await othersTurn();
      await clock.advance(30_000);
      await refused;
      await worker;
      await othersTurn();
      expect(await rows()).toEqual(['worker']);
    });

    it('is undone too where the other one stood in line already when it began', async () => {
      const { promise: done, resolve } = Promise.withResolvers<void>();
      const first = db.transaction(() => othersTurn());
      const open = db.transaction(() => done);
      const waiting = write('waiting').then(() => resolve());
      const refused = expect(open).rejects.toThrow('A transaction was undone');
      await first;
      await clock.advance(30_000);
      await refused;
      await waiting;
      expect(await rows()).toEqual(['waiting']);
    });

    it('takes nothing of another one along when what was nested in it ends too late', async () => {
      const { promise: later, resolve: end } = Promise.withResolvers<void>();
      let nested: Promise<unknown> = Promise.resolve();
      const open = db.transaction(async () => {
        nested = db.transaction(async () => {
          await later;
          throw new Error('late');
        });
        await nested;
      });
      const refused = expect(open).rejects.toThrow('A transaction was undone');
      const other = db.transaction(async () => {
        await write('other');
        await db.transaction(async () => {
          await write('nested in the other');
          end();
          await expect(nested).rejects.toThrow('late');
        });
      });
      await clock.advance(30_000);
      await Promise.all([refused, other]);
      expect(await rows()).toEqual(['nested in the other', 'other']);
    });

    it('one that nobody waits for may take its time', async () => {
      const open = db.transaction(async () => {
        await clock.sleep(60_000);
        await write('late');
      });
      await clock.advance(60_000);
      await open;
      expect(await rows()).toEqual(['late']);
    });
  });

  describe(`${name}: many rows at once`, () => {
    it.each([0, 1, 2, 63, 64, 65, 1000])('%i of them', async (count) => {
      const some = Array.from({ length: count }, (_, n) => [`row ${n}`, n]);
      expect(await db.insert('INSERT INTO t (a, n) VALUES (?, ?)', some)).toEqual({ changes: count });
      expect(await db.all('SELECT a, n FROM t ORDER BY n')).toEqual(some.map(([a, n]) => ({ a, n })));
    });

    it('keep what follows the values, and count what was changed', async () => {
      await write('row 5');
      const some = Array.from({ length: 100 }, (_, n) => [`row ${n}`]);
      expect(await db.insert(`${INSERT} ON CONFLICT (a) DO NOTHING`, some)).toEqual({ changes: 99 });
      const doubled = `${INSERT} ON CONFLICT (a) DO UPDATE SET n = coalesce(t.n, 0) + 1`;
      expect(await db.insert(doubled, some)).toEqual({ changes: 100 });
      expect(await db.get('SELECT count(*) AS count, sum(n) AS sum FROM t')).toEqual({
        count: 100,
        sum: 100,
      });
    });

    it('are all kept or none', async () => {
      const some = [...Array.from({ length: 1000 }, (_, n) => [`row ${n}`]), ['row 3']];
      await expect(db.insert(INSERT, some)).rejects.toThrow();
      expect(await rows()).toEqual([]);
      await db.transaction(async () => {
        await write('outer');
        await expect(db.insert(INSERT, some)).rejects.toThrow();
      });
      expect(await rows()).toEqual(['outer']);
    });

    it('are refused when one of them does not fit', async () => {
      await expect(db.insert(INSERT, [['a'], ['b', 'c']])).rejects.toThrow(TypeError);
      expect(await rows()).toEqual([]);
    });
  });

  describe(`${name}: migrations`, () => {
    it('run once each, and later ones when they come', async () => {
      await db.migrate('t', TABLE);
      await db.migrate('t', [...TABLE, 'ALTER TABLE t ADD COLUMN b TEXT']);
      expect(await db.all('SELECT a, b FROM t')).toEqual([]);
    });

    it('are refused when the database has seen more of them', async () => {
      await expect(db.migrate('t', [])).rejects.toThrow('was written by a newer Paperboy');
    });

    it('that fail keep nothing of their room', async () => {
      const steps = ['CREATE TABLE u (a TEXT)', 'ALTER TABLE gone ADD COLUMN b TEXT'];
      await expect(db.migrate('u', steps)).rejects.toThrow('cannot be brought up to date (u 1: ');
      await db.migrate('u', ['CREATE TABLE u (a TEXT)']);
      expect(await db.all('SELECT a FROM u')).toEqual([]);
    });
  });

  describe(`${name}: closing`, () => {
    it('waits for those who asked before, and takes nobody after', async () => {
      const order: string[] = [];
      const open = db.transaction(async () => {
        await othersTurn();
        order.push(...(await rows()), 'open');
      });
      const waiting = write('a').then(() => order.push('waiting'));
      const closing = db.close().then(() => order.push('closed'));
      await expect(write('b')).rejects.toThrow('not open');
      await Promise.all([open, waiting, closing]);
      expect(order).toEqual(['open', 'waiting', 'closed']);
      await db.close();
    });

    it('at once undoes what is open and refuses who waits; who asks later is told that it is closed', async () => {
      await write('before');
      await rows();
      const { promise: later, resolve } = Promise.withResolvers<void>();
      let inside: Promise<unknown> = Promise.resolve();
      const open = db.transaction(async () => {
        await write('open');
        inside = later.then(() => Promise.allSettled([write('late'), db.transaction(() => write('later'))]));
        await later;
      }, 'soon');
      const waiting = [write('waiting'), db.transaction(() => write('waiting too'))];
      const refused = Promise.allSettled([open, ...waiting]);
      await othersTurn();
      const closing = db.close();
      db.closeAtOnce();
      resolve();
      const closed = { status: 'rejected', reason: expect.objectContaining({ name: 'ClosedError' }) };
      expect(await refused).toEqual([closed, closed, closed]);
      expect(await inside).toEqual([closed, closed]);
      const late = [write('after'), rows(), db.transaction(rows), db.insert(INSERT, [['a']])];
      expect(await Promise.allSettled(late)).toEqual([closed, closed, closed, closed]);
      db.closeAtOnce();
      await closing;
    });

    it('is refused inside a transaction, which could never end', async () => {
      await expect(db.transaction(() => db.close())).rejects.toThrow(TypeError);
      await write('goes on');
      expect(await rows()).toEqual(['goes on']);
    });
  });
}
