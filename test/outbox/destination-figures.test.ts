import { beforeEach, expect, it } from 'vitest';
import type { Outbox } from '#src/outbox/outbox.ts';
import { anEntry, anOutbox, aPlace, DELIVERED, HOUR, NOON, TIMED_OUT, tryPaper } from './some-posts.ts';

let outbox: Outbox;
beforeEach(async () => {
  ({ outbox } = await anOutbox());
});

const noticeSent = async (at: number) => {
  const notice = await outbox.packNotice(aPlace(), `word ${at}`, 'Text.', at);
  await outbox.attempt(notice?.id ?? 0, at);
  await outbox.settle(notice?.id ?? 0, DELIVERED, at);
};

it('of a channel tell when a post of papers reached it last', async () => {
  expect(await outbox.lastSentAt('channel:c1')).toBeNull();
  await tryPaper(outbox, 'later', DELIVERED, { at: NOON + HOUR });
  await tryPaper(outbox, 'first', DELIVERED);
  await tryPaper(outbox, 'doubted', TIMED_OUT, { at: NOON + 2 * HOUR });
  await tryPaper(outbox, 'elsewhere', DELIVERED, { place: aPlace('channel:c2'), at: NOON + 2 * HOUR });
  await noticeSent(NOON + 3 * HOUR);
  expect(await outbox.lastSentAt('channel:c1')).toBe(NOON + HOUR);
});

it('of a channel count posts that reached it since an instant, and the papers in them', async () => {
  expect(await outbox.tally('channel:c1', NOON)).toEqual({ posts: 0, papers: 0 });
  for (const paper of ['a', 'b', 'c']) await outbox.add(anEntry(paper, { mode: 'digest' }));
  const digest = await outbox.pack(aPlace(), 'digest', ['a', 'b', 'c'], NOON);
  await outbox.attempt(digest?.id ?? 0, NOON);
  await outbox.settle(digest?.id ?? 0, DELIVERED, NOON);
  await tryPaper(outbox, 'd', DELIVERED, { at: NOON + HOUR });
  await tryPaper(outbox, 'doubted', TIMED_OUT, { at: NOON + HOUR });
  await noticeSent(NOON + HOUR);
  expect(await outbox.tally('channel:c1', NOON)).toEqual({ posts: 2, papers: 4 });
  expect(await outbox.tally('channel:c1', NOON + 1)).toEqual({ posts: 1, papers: 1 });
  expect(await outbox.tally('channel:c2', NOON)).toEqual({ posts: 0, papers: 0 });
});

it('of a channel tell when the first of what waits there goes', async () => {
  expect(await outbox.nextWaitingAt('channel:c1')).toBeNull();
  await outbox.add(
    ...[anEntry('due'), anEntry('evening', { dueAt: NOON + 6 * HOUR })],
    ...[anEntry('soon', { dueAt: NOON + HOUR })],
    anEntry('elsewhere', { destination: 'channel:c2', dueAt: NOON + 1 }),
  );
  expect(await outbox.nextWaitingAt('channel:c1')).toBe(NOON + HOUR);
});

it('of some channels of a server tell all that a list shows of them, in one question', async () => {
  await tryPaper(outbox, 'old', DELIVERED, { at: NOON - 2 * HOUR });
  await tryPaper(outbox, 'sent', DELIVERED, { at: NOON + HOUR });
  await tryPaper(outbox, 'doubted', TIMED_OUT, { at: NOON + 2 * HOUR });
  await outbox.add(anEntry('due', { decidedAt: NOON, dueAt: NOON }));
  await outbox.add(anEntry('later', { mode: 'digest', decidedAt: NOON, dueAt: NOON + HOUR }));
  await outbox.add(anEntry('other', { destination: 'channel:c2', decidedAt: NOON, dueAt: NOON }));
  const server = anEntry('x').serverId;
  const asked = { since: NOON, usualSince: NOON - 3 * HOUR };
  const reached = await outbox.reached(
    server,
    ['channel:c1', 'channel:c2', 'channel:c3', 'channel:c1'],
    asked,
  );
  expect([...reached]).toEqual([
    ['channel:c1', { lastSentAt: NOON + HOUR, usualPosts: 2, matched: 4, posted: 1, waiting: 3 }],
    ['channel:c2', { lastSentAt: null, usualPosts: 0, matched: 1, posted: 0, waiting: 1 }],
    ['channel:c3', { lastSentAt: null, usualPosts: 0, matched: 0, posted: 0, waiting: 0 }],
  ]);
  const { matched, posted } = reached.get('channel:c1') ?? {};
  const destination = 'channel:c1';
  expect(matched).toBe(await outbox.addedSince({ destination, serverId: server }, NOON));
  expect(posted).toBe((await outbox.tally(destination, NOON)).papers);
});

it('of a subscription tell whether anything that was decided for it is still to go', async () => {
  const { serverId } = anEntry('x');
  const channel = { destination: 'channel:c1', serverId } as const;
  const awaited = (subscription: string) => outbox.isAwaited(channel, subscription);
  await tryPaper(outbox, 'sent', DELIVERED);
  expect(await awaited('s1')).toBe(false);
  await outbox.add(anEntry('waits', { subscriptions: ['s1', 's2'], mode: 'digest', dueAt: NOON + HOUR }));
  expect(await Promise.all(['s1', 's2', 's3'].map(awaited))).toEqual([true, true, false]);
  const post = await outbox.pack(aPlace(), 'digest', ['waits'], NOON);
  expect(await awaited('s2')).toBe(true);
  await outbox.attempt(post?.id ?? 0, NOON);
  await outbox.settle(post?.id ?? 0, TIMED_OUT, NOON);
  expect(await awaited('s2')).toBe(true);
  await outbox.attempt(post?.id ?? 0, NOON);
  await outbox.settle(post?.id ?? 0, DELIVERED, NOON);
  expect(await awaited('s2')).toBe(false);
});
