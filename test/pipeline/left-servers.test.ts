import { beforeEach, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createLeftServers, type LeftServers } from '#src/pipeline/left-servers.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import { createSubscriptionStore, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { holdWriter, untilAllWait } from '#test/fakes/held-writer.ts';
import { type InterruptedDatabase, interruptedDatabase } from '#test/fakes/interrupted-database.ts';

let now: number;
let presence: ReturnType<Servers['presence']>;
let db: InterruptedDatabase;
let subscriptionStore: SubscriptionStore;
let left: LeftServers;

const clock = { now: () => now, elapsed: () => now, sleep: async () => {} };
const subscribe = (serverId: string) =>
  subscriptionStore.add({ serverId, channelId: `${serverId}1` }, { ...DEFAULTS, filter: 'ocean' }, 'ada');
const openStore = async () => createSubscriptionStore(await openKeyv(db, 'subscription'), clock);
/** How many subscriptions there are, as the next start reads them. */
const stored = async () => {
  const next = await openStore();
  await next.load();
  return [...next.all()].length;
};

beforeEach(async () => {
  now = MONDAY;
  presence = 'left';
  db = interruptedDatabase(await openDatabase(':memory:'));
  await openArchive(db, []);
  const outbox = await openOutbox(db, MONDAY);
  subscriptionStore = await openStore();
  const servers = { presence: () => presence } as unknown as Servers;
  left = createLeftServers({ db, cursors: openCursors(db), outbox, subscriptionStore, servers, clock, log });
  for (const serverId of ['1', '2']) {
    await subscribe(serverId);
    await left.onServerLeft(serverId);
  }
  now += 31 * DAY;
});

it('a server that comes back and is left anew, while others are forgotten, is kept for another 30 days', async () => {
  subscriptionStore.onChange((change) => {
    // The first is being forgotten.
    if (change.after === null && change.before?.serverId === '1') void left.onServerLeft('2');
  });
  await left.purge(30);
  expect([subscriptionStore.inServer('1').length, subscriptionStore.inServer('2').length]).toEqual([0, 1]);
});

it('a server that comes back while it is about to be forgotten keeps all it had', async () => {
  const looksForMarks = db.hold(/FROM cursor WHERE name >=/, 1);
  const purging = left.purge(30);
  await looksForMarks;
  const writer = holdWriter(db);
  await db.release();
  await untilAllWait();
  presence = 'here';
  await writer.release();
  await purging;
  expect([
    subscriptionStore.inServer('1').length,
    subscriptionStore.inServer('2').length,
    await stored(),
  ]).toEqual([1, 1, 2]);
});

it('a server of which something cannot be deleted keeps the rest too, until it is all deleted the next time', async () => {
  db.fail(/DELETE FROM hold/);
  await expect(left.purge(30)).rejects.toThrow('made to fail');
  expect([subscriptionStore.inServer('1').length, await stored()]).toEqual([1, 2]);
  await left.purge(30);
  expect([subscriptionStore.servers(), await stored(), await db.all('SELECT name FROM cursor')]).toEqual([
    [],
    0,
    [],
  ]);
});
