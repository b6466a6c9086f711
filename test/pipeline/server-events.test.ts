import { setImmediate as othersTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { createContain } from '#src/foundation/contain.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import { createServerEvents } from '#src/pipeline/server-events.ts';
import type { ChannelTrouble } from '#src/pipeline/trouble.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { holdWriter, untilAllWait } from '#test/fakes/held-writer.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
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
      welcome: async () => undefined,
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
    const events = createServerEvents({
      welcome: async () => undefined,
      trouble,
      subscriptionStore: aStore([]).subscriptionStore,
      contain,
    });
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

describe('each thing that the gateway tells', () => {
  /** What was done about it, and what was logged where that goes wrong. */
  async function told(tell: (events: ReturnType<typeof createServerEvents>) => void, isBroken = false) {
    const log = createKeptLog();
    const did: unknown[] = [];
    const doing =
      (name: string) =>
      async (...given: unknown[]) => {
        did.push([name, ...given]);
        if (isBroken) throw new RangeError('odd');
      };
    const names = ['onServerLeft', 'onChannelGone', 'onSubscribed', 'probe', 'reconcile'];
    const trouble = { ...noTrouble, ...Object.fromEntries(names.map((name) => [name, doing(name)])) };
    const { subscriptionStore, put } = aStore([aSubscription('old', { serverId: '1', channelId: '10' })]);
    const events = createServerEvents({
      welcome: async () => undefined,
      trouble,
      subscriptionStore,
      contain: createContain(log, () => {}),
    });
    tell(events);
    put('old', aSubscription('old', { serverId: '1', channelId: '10', cap: 3 }));
    put('old', null);
    await events.settled();
    return { did, log, put, events };
  }
  const last = { name: 'x', audience: 'everybody' } as const;

  it.each<[string, Parameters<typeof told>[0], unknown[], object]>([
    ['that a server was left', (events) => events.onServerLeft('1'), ['onServerLeft', '1'], { server: '1' }],
    [
      'that a channel was deleted',
      (events) => events.onChannelGone('1', '10', last),
      ['onChannelGone', '1', '10', last],
      { server: '1', channel: '10' },
    ],
    [
      'that permissions changed',
      (events) => events.onPermissionsChanged('1', '10'),
      ['probe', { serverId: '1', channelId: '10' }],
      { server: '1' },
    ],
    ['that it has told of all servers', (events) => events.onServersKnown?.(), ['reconcile'], {}],
  ])('is dealt with: %s; what goes wrong is told to the operator', async (_, tell, expected, about) => {
    expect((await told(tell)).did).toEqual([expected]);
    const { log } = await told(tell, true);
    expect(log.lines).toMatchObject([{ level: 'error', fields: { ...about, err: { name: 'RangeError' } } }]);
    expect(log.lines[0].message).not.toBe('');
  });

  it('and that something new is subscribed; a change and a removal are none', async () => {
    const { did, put, events, log } = await told(() => {}, true);
    expect(did).toEqual([]);
    put('new', aSubscription('new', { serverId: '2', channelId: '20' }));
    await events.settled();
    expect(did).toEqual([['onSubscribed', '2', '20']]);
    expect(log.lines).toMatchObject([{ level: 'error', fields: { server: '2', channel: '20' } }]);
    expect(log.lines[0].message).not.toBe('');
  });
});
