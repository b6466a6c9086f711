import { beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import { createLeftServers, type LeftServers } from '#src/pipeline/left-servers.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import { openVoteStore, type VoteStore } from '#src/reader/vote-store.ts';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import { openSubscriptionStore, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { openUnusualStore, type UnusualStore } from '#src/subscription/unusual-store.ts';
import { createWelcomes } from '#src/subscription/welcomes.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { holdWriter, untilAllWait } from '#test/fakes/held-writer.ts';
import { type InterruptedDatabase, interruptedDatabase } from '#test/fakes/interrupted-database.ts';
import { createKeptLog, type KeptLog } from '#test/fakes/kept-log.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';

let unusualStore: UnusualStore;
let voteStore: VoteStore;
let now: number;
let presence: ReturnType<Servers['presence']>;
let db: InterruptedDatabase;
let subscriptionStore: SubscriptionStore;
let left: LeftServers;
let outbox: Outbox;
let log: KeptLog;

const clock = plainClock({ now: () => now, elapsed: () => now });
const subscribe = (serverId: string) =>
  subscriptionStore.add({ serverId, channelId: `${serverId}1` }, { ...DEFAULTS, filter: 'ocean' }, 'ada');
const openStore = async () => openSubscriptionStore(db, await openKeyv(db, 'subscription'), clock);
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
  outbox = await openOutbox(db, MONDAY);
  log = createKeptLog();
  subscriptionStore = await openStore();
  unusualStore = await openUnusualStore(db);
  voteStore = await openVoteStore(db);
  const servers = { presence: () => presence } as unknown as Servers;
  left = createLeftServers({
    ...{ db, cursors: openCursors(db), outbox, subscriptionStore, servers, clock, log },
    unusualStore,
    voteStore,
  });
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

it('a server of which it is not noted any more that it was left is kept', async () => {
  subscriptionStore.onChange((change) => {
    if (change.after === null && change.before?.serverId === '1') void openCursors(db).remove('left 2');
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

it('a server that its administrators want forgotten is so at once, there or not, however much it had', async () => {
  presence = 'here';
  const entries = Array.from({ length: 6000 }, (_, at) => ({
    ...({ serverId: at % 100 === 99 ? '2' : '1', destination: 'channel:11', mode: 'card' } as const),
    ...{ paper: `2603.${10_000 + at}`, subscriptions: [], why: {}, score: 1, decidedAt: now, dueAt: now },
  }));
  await outbox.add(...entries);
  await left.forgetNow('1');
  expect(await db.all('SELECT server, count(*) AS n FROM entry GROUP BY server')).toEqual([
    { server: '2', n: 60 },
  ]);
  expect([subscriptionStore.inServer('1').length, subscriptionStore.inServer('2').length]).toEqual([0, 1]);
});

describe('a server that is not there any more', () => {
  const leftAt = () => openCursors(db).startingWith('left ');

  it('counts as left from the first look on that does not find it, and the operator is told which', async () => {
    await subscribe('3');
    log.lines.length = 0;
    await left.reviewServers();
    now += DAY;
    await left.reviewServers();
    expect(log.lines).toEqual([{ level: 'info', message: expect.any(String), fields: { server: '3' } }]);
    expect((await leftAt()).find(({ name }) => name === 'left 3')?.value).toBe(MONDAY + 31 * DAY);
  });

  it('is looked for also where nothing is subscribed and something was posted or is on hold there', async () => {
    await outbox.hold(
      { serverId: '4', destination: 'channel:40' },
      { code: 'server-left', reason: 'x' },
      MONDAY,
    );
    await left.reviewServers();
    expect((await leftAt()).map(({ name }) => name)).toContain('left 4');
  });

  it('never counts as left once it is back, nor while Discord cannot reach it', async () => {
    presence = 'away';
    await subscribe('3');
    await left.reviewServers();
    expect((await leftAt()).map(({ name }) => name)).toEqual(['left 1', 'left 2']);
    await left.purge(30);
    expect(subscriptionStore.inServer('1')).toHaveLength(1);
    presence = 'here';
    await left.reviewServers();
    expect(await leftAt()).toEqual([]);
  });

  it('is forgotten after so many days, with all that was noted of its channels and subscriptions', async () => {
    const [one] = subscriptionStore.inServer('1');
    const removed = await subscribe('1');
    await subscriptionStore.remove(removed.id, 'ada');
    const { set } = openCursors(db);
    const noted = [`top ${one.id}`, `top ${removed.id}`, 'told of hold 11', 'told of hold 12'];
    for (const name of [...noted, 'top other', 'told of hold other']) await set(name, MONDAY);
    await outbox.hold(
      { serverId: '1', destination: 'channel:12' },
      { code: 'server-left', reason: 'x' },
      MONDAY,
    );
    now = MONDAY + 30 * DAY - 1;
    await left.purge(30);
    expect(subscriptionStore.inServer('1')).toHaveLength(1);
    now += 1;
    await left.purge(30);
    const names = (await db.all<{ name: string }>('SELECT name FROM cursor')).map(({ name }) => name);
    expect([subscriptionStore.servers(), names.sort()]).toEqual([[], ['told of hold other', 'top other']]);
    expect(await outbox.servers()).toEqual([]);
    expect(log.lines.slice(-2)).toEqual(
      ['1', '2'].map((server) => ({ level: 'info', message: expect.any(String), fields: { server } })),
    );
  });
});

it('what members of a server said of papers goes with it, and no other server’s', async () => {
  const of = (serverId: string) => ({ serverId, channelId: 'c', paper: 'p' });
  for (const serverId of ['1', '2']) await voteStore.add({ ...of(serverId), member: 'ada' }, MONDAY);
  presence = 'here';
  await left.reviewServer('2');
  presence = 'left';
  await left.purge(30);
  expect([await voteStore.count(of('1')), await voteStore.count(of('2'))]).toEqual([0, 1]);
});

it('what was unusual of the subscriptions of a server goes with them, and no other server’s', async () => {
  const quiet = { kind: 'quiet', since: MONDAY - 15 * DAY, at: MONDAY, posts: 0, usual: 5 } as const;
  for (const one of subscriptionStore.all()) await unusualStore.begin(one, quiet);
  presence = 'here';
  await left.reviewServer('2');
  presence = 'left';
  await left.purge(30);
  expect((await unusualStore.all()).map(({ serverId }) => serverId)).toEqual(['2']);
});

it('a server of which nothing but its first words is known is forgotten too', async () => {
  const welcomes = createWelcomes({ cursors: openCursors(db) });
  await welcomes.noteWaiting('3', MONDAY);
  await welcomes.noteWelcomed('4', MONDAY);
  await left.reviewServers();
  now += 31 * DAY;
  await left.purge(30);
  expect(await welcomes.servers()).toEqual([]);
});
