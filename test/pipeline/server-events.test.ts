import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { createContain } from '#src/foundation/contain.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import { createServerEvents } from '#src/pipeline/server-events.ts';
import { holdWriter, untilAllWait } from '#test/fakes/held-writer.ts';
import { aBook } from './some-subscriptions.ts';

describe('what the gateway told of a server', () => {
  it('is dealt with before the house counts as stopped, and what comes later is left to the next start', async () => {
    const db = await openDatabase(':memory:');
    await openArchive(db, []);
    const cursors = openCursors(db);
    const faults: object[] = [];
    const log = { ...silentLog, error: (fields: object) => void faults.push(fields) };
    const noteTwice = async (server: string) => {
      await cursors.set(`left ${server}`, 1);
      await cursors.set(`left ${server}`, 2);
    };
    const trouble = {
      onServerLeft: noteTwice,
      onChannelGone: noteTwice,
      onSubscribed: async () => {},
      probe: async () => {},
      reconcile: async () => {},
      onHold: async () => {},
      tellBegun: async () => false,
      onRecovered: async () => {},
      purge: async () => {},
    };
    const contain = createContain(log, () => {});
    const events = createServerEvents({ trouble, book: aBook([]).book, contain });
    const { release } = holdWriter(db);
    events.onServerLeft('1');
    const stopping = events.stop().then(() => db.close());
    events.onChannelGone('2', '20', null);
    await untilAllWait();
    const noted = cursors.startingWith('left ');
    await release();
    expect(await noted).toEqual([]);
    await stopping;
    events.onServerLeft('3');
    await untilAllWait();
    expect(faults).toEqual([]);
  });
});
