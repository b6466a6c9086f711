import { setImmediate as othersTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { createContain } from '#src/foundation/contain.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import { createServerEvents } from '#src/pipeline/server-events.ts';
import type { ChannelTrouble } from '#src/pipeline/trouble.ts';
import { holdWriter, untilAllWait } from '#test/fakes/held-writer.ts';
import { aStore } from './some-subscriptions.ts';

const noTrouble: ChannelTrouble = {
  onServerLeft: async () => {},
  onChannelGone: async () => {},
  onSubscribed: async () => {},
  probe: async () => {},
  reconcile: async () => {},
  onHold: async () => {},
  notifyBegun: async () => false,
  onRecovered: async () => {},
  purge: async () => {},
};

describe('what the gateway told of a server', () => {
  it('does not hold up the end where it never ends', async () => {
    let told = 0;
    const onServerLeft = async () => {
      await othersTurn();
      told++;
      if (told < 1000) events.onServerLeft('1');
    };
    const contain = createContain(silentLog, () => {});
    const events = createServerEvents({
      trouble: { ...noTrouble, onServerLeft },
      subscriptionStore: aStore([]).subscriptionStore,
      contain,
    });
    events.onServerLeft('1');
    await events.stop();
    expect(told).toBeLessThan(5);
  });

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
    const trouble = { ...noTrouble, onServerLeft: noteTwice, onChannelGone: noteTwice };
    const contain = createContain(log, () => {});
    const events = createServerEvents({ trouble, subscriptionStore: aStore([]).subscriptionStore, contain });
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
