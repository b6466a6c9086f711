import keyvTestSuite, { keyvIteratorTests } from '@keyv/test-suite';
import { Keyv } from 'keyv';
import * as vitest from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { KeyvStore, openKeyv, openKeyvStore } from '#src/foundation/database/keyv-store.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';

const { describe, expect, it } = vitest;

const db = await openDatabase(':memory:');
await openKeyvStore(db);

describe("Keyv's own test suite over the database", () => {
  const store = () => new KeyvStore(db);
  // The suite is typed against the vitest it was built with.
  keyvTestSuite(vitest as never, Keyv as never, store);
  keyvIteratorTests(vitest as never, Keyv as never, store);
});

describe('settings in the shared file', () => {
  it('keeps a value that is no JSON, and hands it out as unreadable', async () => {
    const db = await openDatabase(':memory:');
    const keyv = await openKeyv(db, 'room');
    await keyv.set('good', { a: 1 });
    await db.run("INSERT INTO keyv (key, value) VALUES ('room:bad', '{cut')");

    expect(await keyv.get('bad')).toEqual({ unreadable: '{cut' });
    const entries: unknown[] = [];
    for await (const entry of keyv.iterator?.(undefined) ?? []) entries.push(entry);
    expect(entries).toEqual([
      ['bad', { unreadable: '{cut' }],
      ['good', { a: 1 }],
    ]);
    expect(await db.get("SELECT value FROM keyv WHERE key = 'room:bad'")).toEqual({ value: '{cut' });
  });

  it('writes many documents together or not at all', async () => {
    const db = await openDatabase(':memory:');
    const keyv = await openKeyv(db, 'room');
    await db.run(
      "CREATE TRIGGER full BEFORE INSERT ON keyv WHEN new.key = 'room:b' BEGIN SELECT RAISE(ABORT, 'no'); END",
    );

    await expect(
      keyv.setMany([
        { key: 'a', value: 1 },
        { key: 'b', value: 2 },
      ]),
    ).rejects.toThrow('no');

    expect(await keyv.get('a')).toBeUndefined();
  });

  it('belongs to the transaction in which it is asked, whatever is asked of it', async () => {
    const db = await openDatabase(':memory:');
    const keyv = await openKeyv(db, 'room');
    await keyv.set('kept', 1);
    await keyv.set('gone', 1);
    const seen: unknown[] = [];
    const read = async () => {
      const all: unknown[] = [];
      for await (const [key] of keyv.iterator?.(undefined) ?? []) all.push(key);
      return [...all, await keyv.has('gone'), await keyv.getMany(['kept', 'a'])];
    };
    const undone = db.transaction(async () => {
      await keyv.set('kept', 2);
      await keyv.setMany([{ key: 'a', value: 1 }]);
      await keyv.delete('gone');
      await keyv.deleteMany(['nothing', 'gone']);
      seen.push(await read());
      await keyv.clear();
      seen.push(await read());
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(seen).toEqual([
      ['a', 'kept', false, [2, 1]],
      [false, [undefined, undefined]],
    ]);
    expect(await read()).toEqual(['gone', 'kept', true, [1, undefined]]);
  });

  it('shows others nothing of a transaction, and holds none of their reads up', async () => {
    const db = await openDatabase(':memory:');
    const keyv = await openKeyv(db, 'room');
    await keyv.set('a', 'before');
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const writing = db.transaction(async () => {
      await keyv.set('a', 'after');
      written.resolve();
      await held;
    });
    await written.promise;
    expect(await keyv.get('a')).toBe('before');
    release();
    await writing;
    expect(await keyv.get('a')).toBe('after');
  });

  it('may be let go of twice: the database is not its own, and stays open', async () => {
    const db = await openDatabase(':memory:');
    const keyv = await openKeyv(db, 'room');
    await keyv.disconnect();
    await keyv.disconnect();
    expect(await db.get('SELECT count(*) AS n FROM keyv')).toEqual({ n: 0 });
  });

  it('throws when the file cannot be read, so that trouble is never taken for absence', async () => {
    const db = await openDatabase(':memory:');
    const keyv = await openKeyv(db, 'room');
    await db.run('DROP TABLE keyv');
    await expect(keyv.get('a')).rejects.toThrow('keyv');
  });

  it('deletes what has expired when it is tidied, of every namespace, and nothing else', async () => {
    const db = await openDatabase(':memory:');
    const now = 1_000_000;
    const store = await openKeyvStore(db, plainClock({ now: () => now, elapsed: () => now }));
    await store.setMany(Array.from({ length: 1234 }, (_, n) => ({ key: `a:${n}`, value: '{}', ttl: 50 })));
    await store.set('b:also', '{}', 50);
    await store.set('b:later', '{}', 51);
    await store.set('b:for ever', '{}');
    expect(await store.prune(now + 49)).toBe(0);

    expect(await store.prune(now + 50)).toBe(1235);

    const left = await db.all('SELECT key FROM keyv ORDER BY key');
    expect(left).toEqual([{ key: 'b:for ever' }, { key: 'b:later' }]);
  });

  it('forgets what has expired, and clears one namespace without touching its neighbours', async () => {
    const db = await openDatabase(':memory:');
    let now = 1_000_000;
    const store = await openKeyvStore(db, plainClock({ now: () => now, elapsed: () => now }));
    await store.set('room:short', '{}', 50);
    await store.set('room:long', '{}');
    await store.set('room2:other', '{}');
    now += 51;
    expect(await store.hasMany(['room:short', 'room:long'])).toEqual([false, true]);

    store.namespace = 'room';
    await store.clear();

    expect(await store.hasMany(['room:long', 'room2:other'])).toEqual([false, true]);
  });
});
