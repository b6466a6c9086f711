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
