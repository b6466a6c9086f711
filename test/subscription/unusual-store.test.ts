import { beforeEach, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { isStillSo, openUnusualStore, type UnusualStore } from '#src/subscription/unusual-store.ts';
import { phrase } from '#src/wording/phrase.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const quiet = { kind: 'quiet', since: MONDAY, at: MONDAY + 15 * DAY, posts: 0, usual: 4.6 } as const;
const loud = { kind: 'loud', since: MONDAY + 60 * DAY, at: MONDAY + 67 * DAY, posts: 24, usual: 5 } as const;
const one = (id: string, serverId = 's') => aSubscription(id, { serverId, since: 7 });

let store: UnusualStore;
beforeEach(async () => {
  store = await openUnusualStore(await openDatabase(':memory:'));
});

it('keeps the last of each subscription; what was called fine stays so, and who was told is asked anew', async () => {
  await store.begin(one('a'), quiet);
  await store.noteTold('a', 4, quiet.at);
  const first = await store.of('a');
  expect(first).toEqual({
    ...{ ...quiet, subscription: 'a', serverId: 's', wantedSince: 7 },
    ...{ endedAt: null, usualFrom: null, notifiedAt: quiet.at, notice: 4 },
  });
  if (first) await store.accept(first, quiet.at + DAY);
  await store.begin(one('a'), loud);
  expect(await store.all()).toMatchObject([
    { ...loud, endedAt: null, usualFrom: MONDAY, notifiedAt: null, notice: null },
  ]);
});

it('goes on with new figures only while it is the same, and not over', async () => {
  await store.begin(one('a'), quiet);
  await store.renew('a', { ...quiet, at: quiet.at + DAY, usual: 5 });
  expect(await store.of('a')).toMatchObject({ at: quiet.at + DAY, usual: 5 });
  await store.renew('a', loud);
  expect(await store.of('a')).toMatchObject({ at: quiet.at + DAY, usual: 5 });
  await store.end('a', quiet.at + 2 * DAY);
  await store.end('a', quiet.at + 9 * DAY);
  await store.renew('a', { ...quiet, usual: 9 });
  expect(await store.of('a')).toMatchObject({ usual: 5, endedAt: quiet.at + 2 * DAY });
});

it('tells which servers have one that nobody was told of, and when one was told last', async () => {
  for (const [id, server] of ['as', 'bs', 'ct']) await store.begin(one(id, server), quiet);
  expect(await store.untoldServers()).toEqual(['s', 't']);
  expect(await store.lastToldIn('s')).toBe(0);
  await store.noteTold('a', null, 5);
  await store.noteTold('b', null, 6);
  expect([await store.untoldServers(), await store.lastToldIn('s')]).toEqual([['t'], 6]);
  await store.noteUntold('a');
  expect(await store.untoldServers()).toEqual(['s', 't']);
  await store.end('a', 9);
  expect(await store.untoldServers()).toEqual(['t']);
  expect((await store.openIn('s')).map(({ subscription }) => subscription)).toEqual(['b']);
});

it('forgets a subscription, and a server', async () => {
  for (const [id, server] of ['as', 'bs', 'ct']) await store.begin(one(id, server), quiet);
  await store.forget('a');
  expect((await store.all()).map(({ subscription }) => subscription)).toEqual(['b', 'c']);
  await store.forgetServer('s');
  expect((await store.all()).map(({ subscription }) => subscription)).toEqual(['c']);
});

it('has no instant ahead of a clock that was put right', async () => {
  await store.begin(one('a'), quiet);
  await store.noteTold('a', null, quiet.at);
  const now = MONDAY + DAY;
  expect(await store.ahead(now)).toEqual([quiet.at, quiet.at]);
  await store.putRight(now, (instant) => Math.min(instant, now - 1));
  expect(await store.of('a')).toMatchObject({ since: MONDAY, at: now - 1, notifiedAt: now - 1 });
});

it('holds while the subscription runs and wants the same', async () => {
  const subscription = one('a');
  await store.begin(subscription, quiet);
  const episode = (await store.of('a')) ?? expect.fail();
  expect(isStillSo(episode, subscription)).toBe(true);
  expect(isStillSo(episode, { ...subscription, since: 8 })).toBe(false);
  const paused = { reason: phrase('subscriptions.pausedByModerator'), at: MONDAY };
  expect(isStillSo(episode, { ...subscription, paused })).toBe(false);
  expect(isStillSo({ ...episode, endedAt: 9 }, subscription)).toBe(false);
});
