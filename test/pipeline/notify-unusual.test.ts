import { beforeEach, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import type { Rhythm } from '#src/decision/unusual.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import { notifyUnusual } from '#src/pipeline/notify-unusual.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openUnusualStore, type UnusualStore } from '#src/subscription/unusual-store.ts';
import { inEnglish, readKept } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { aGateway, textChannel } from './some-servers.ts';
import { aStore } from './some-subscriptions.ts';

const HOUR = DAY / 24;
const channels = [textChannel('staff'), textChannel('ca'), textChannel('cb')];
const one = (id: string, more: Partial<Subscription> = {}) =>
  aSubscription(id, { serverId: 's', channelId: `c${id}`, since: MONDAY - 200 * DAY, ...more });

let outbox: Outbox;
let unusualStore: UnusualStore;
let store: ReturnType<typeof aStore>;
let known: {
  now: number;
  servers: ReturnType<typeof aGateway>;
  lastAt: Record<string, number>;
  onRead(): void;
};
let notify: () => Promise<void>;
let words: () => Promise<string[]>;
let asked: (number | null)[];
beforeEach(async () => {
  const db = await openDatabase(':memory:');
  await openArchive(db, []);
  outbox = await openOutbox(db, MONDAY);
  unusualStore = await openUnusualStore(db);
  store = aStore([one('a'), one('b')]);
  // A paper a day, of ten, until MONDAY.
  known = { now: MONDAY, servers: aGateway(channels), lastAt: {}, onRead: () => {} };
  asked = [];
  const rhythmOf = async ({ id }: Subscription, usualFrom: number | null): Promise<Rhythm> => {
    asked.push(usualFrom);
    if (id === 'a') known.onRead();
    const from = Math.max(known.now - 90 * DAY, usualFrom ?? 0);
    const daily = (until: number) =>
      Array.from({ length: 400 }, (_, day) => MONDAY - (200 - day) * DAY).filter(
        (at) => at > from && at <= until,
      );
    const lastAt = known.lastAt[id] ?? known.now;
    return { from, posts: daily(lastAt), chances: daily(known.now).flatMap((at) => Array(10).fill(at)) };
  };
  notify = () =>
    notifyUnusual({
      ...{ db, outbox, unusualStore, cursors: openCursors(db) },
      subscriptionStore: store.subscriptionStore,
      servers: known.servers,
      clock: plainClock({ now: () => known.now, elapsed: () => 0 }),
      readRhythms: async () => rhythmOf,
    });
  words = async () =>
    (await db.all<{ note: string }>('SELECT note FROM post ORDER BY id')).map(({ note }) =>
      inEnglish(readKept(note)),
    );
});

const pass = async (days: number) => {
  for (let hours = 0; hours < days * 24; hours += 6) {
    known.now += 6 * HOUR;
    await notify();
  }
};
const send = async (receipt: Receipt) => {
  for (const { id } of await outbox.ready(known.now, 9)) {
    await outbox.attempt(id, known.now);
    await outbox.settle(id, receipt, known.now);
  }
};

it('moderators are told once of a subscription that fell silent, with how long and what was usual', async () => {
  known.lastAt = { a: MONDAY };
  await pass(60);
  expect(await words()).toEqual([
    [
      'A subscription is not as usual:',
      '- `ocean` in <#ca>: quiet for 5 days; 5 papers were usual.',
      'Nothing was changed. `/subscriptions` shows what can be done.',
    ].join('\n'),
  ]);
});

it('those of a server come in one notice, and a server has one a day', async () => {
  known.lastAt = { a: MONDAY, b: MONDAY };
  await pass(20);
  expect(await words()).toHaveLength(1);
  expect((await words())[0]).toContain('2 subscriptions are not as usual:');
});

it('what is found within a day of a notice is told when the day is over', async () => {
  known.lastAt = { a: MONDAY };
  await pass(5);
  expect(await words()).toHaveLength(1);
  known.lastAt = { a: MONDAY, b: MONDAY };
  await pass(0.75);
  expect(await unusualStore.openIn('s')).toHaveLength(2);
  expect(await words()).toHaveLength(1);
  await pass(0.5);
  const told = await words();
  expect(told.map((text) => /<#c.>/.exec(text)?.[0])).toEqual(['<#ca>', '<#cb>']);
});

it('who reads the notice does not learn of a channel that is hidden from them', async () => {
  known.servers = aGateway(channels, { audience: (id) => (id === 'ca' ? [] : 'everybody') });
  known.lastAt = { a: MONDAY };
  await pass(10);
  expect(await words()).toEqual([
    expect.stringContaining('one where not everybody here can see the channel'),
  ]);
  expect((await words())[0]).not.toMatch(/<#|ocean/);
});

it('it is over with the next paper; the next silence within 30 days is not told again, a later one is', async () => {
  known.lastAt = { a: MONDAY };
  await pass(10);
  expect(await unusualStore.openIn('s')).toMatchObject([{ subscription: 'a', kind: 'quiet' }]);
  known.lastAt = { a: known.now };
  await pass(1);
  expect(await unusualStore.openIn('s')).toEqual([]);
  await pass(15);
  expect(await unusualStore.openIn('s')).toEqual([]);
  known.lastAt = {};
  await pass(30);
  known.lastAt = { a: known.now };
  await pass(10);
  expect(await words()).toHaveLength(2);
});

it('what is called fine is the usual from then on', async () => {
  known.lastAt = { a: MONDAY };
  await pass(10);
  const [episode] = await unusualStore.openIn('s');
  await unusualStore.accept(episode, known.now);
  asked = [];
  await pass(60);
  expect(asked).toContain(MONDAY);
  expect(await words()).toHaveLength(1);
});

it.each<[string, Partial<Subscription> | null]>([
  ['paused', { paused: { reason: phrase('subscriptions.pausedByModerator'), at: MONDAY } }],
  ['removed', null],
])('of one that was %s nobody hears', async (_, more) => {
  store.put('a', more && one('a', more));
  known.lastAt = { a: MONDAY };
  await pass(20);
  expect(await words()).toEqual([]);
  expect(await unusualStore.all()).toEqual([]);
});

it('of one that is removed while it is looked at nothing is noted', async () => {
  known.lastAt = { a: MONDAY };
  await pass(4.75);
  known.onRead = () => store.put('a', null);
  await pass(0.25);
  expect(await unusualStore.all()).toEqual([]);
});

it('its figures go on while it lasts, without another word', async () => {
  known.lastAt = { a: MONDAY };
  await pass(10);
  expect(await unusualStore.of('a')).toMatchObject({ since: MONDAY, at: MONDAY + 10 * DAY });
  expect(await words()).toHaveLength(1);
});

it('another silence, of what it wants since it was changed, is told within the 30 days', async () => {
  known.lastAt = { a: MONDAY };
  await pass(10);
  store.put('a', one('a', { since: known.now }));
  await pass(2);
  expect(await words()).toHaveLength(2);
});

it('one that wants something else is no longer unusual, and is forgotten once it is removed', async () => {
  known.lastAt = { a: MONDAY };
  known.servers = aGateway([]);
  await pass(10);
  expect(await words()).toEqual([]);
  store.put('a', one('a', { since: known.now }));
  known.servers = aGateway(channels);
  known.lastAt = {};
  await pass(2);
  expect(await words()).toEqual([]);
  store.put('a', null);
  await pass(1);
  expect(await unusualStore.all()).toEqual([]);
});

it('of a server that is not there nobody is told', async () => {
  known.servers = aGateway(channels, { presence: () => 'left' });
  known.lastAt = { a: MONDAY };
  await pass(10);
  expect(await unusualStore.all()).toEqual([]);
});

it('where Discord takes nothing it is told of that instead', async () => {
  await outbox.hold(
    { serverId: 's', destination: toChannel('ca') },
    { code: 'permission-missing', reason: phrase('hold.threadLocked') },
    MONDAY,
  );
  known.lastAt = { a: MONDAY };
  await pass(20);
  expect(await words()).toEqual([]);
});

it('a word that Discord refused is said anew a day later', async () => {
  known.lastAt = { a: MONDAY };
  await pass(6);
  await send({ kind: 'refused', code: 'permission-missing', reason: 'x' });
  await pass(3);
  expect(await words()).toHaveLength(2);
});
