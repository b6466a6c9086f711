import { expect, it } from 'vitest';
import { channelIn, channelOfDestination, type Destination, toChannel } from '#src/outbox/destination.ts';
import { nonceOf } from '#src/outbox/nonce.ts';
import { anEntry, anOutbox, HOUR, NOON } from './some-posts.ts';

const ALL: readonly Destination[] = ['channel:7', 'member:7', 'mail:7'];

it('names one channel, member or address: the same id elsewhere is somebody else', async () => {
  const { outbox } = await anOutbox();
  for (const destination of ALL) expect(await outbox.add(anEntry('a', { destination }))).toBe(1);
  for (const destination of ALL) expect(await outbox.add(anEntry('a', { destination }))).toBe(0);

  const addressee = { destination: 'member:7', serverId: 's1' } as const;
  await outbox.hold(addressee, { code: 'permission-missing', reason: 'closed' }, NOON);
  expect((await outbox.held(9)).map(({ destination }) => destination)).toEqual(['member:7']);
  expect((await outbox.due(NOON, 9)).map(({ destination }) => destination)).toEqual(['channel:7', 'mail:7']);
});

it('has a post of its own in hand: one does not wait for the other’s', async () => {
  const { outbox } = await anOutbox();
  for (const destination of ALL) {
    await outbox.add(anEntry('a', { destination }));
    await outbox.pack({ serverId: 's1', destination, kind: 'message' }, 'card', ['a'], NOON);
  }
  const ready = await outbox.ready(NOON, 9);
  expect(ready.map(({ place }) => place.destination)).toEqual(ALL);
  expect(new Set(ready.map(({ nonce }) => nonce)).size).toBe(3);
});

it('that is a channel has the nonces it had before there were others: no notice is written twice', () => {
  expect(nonceOf('channel:c1', 'notice', 'hold c1')).toBe('X5wbgg_EK_DA3nGbCNJ3LEpwT');
});

it('that is no channel is never taken for one', () => {
  expect(toChannel('7')).toBe('channel:7');
  expect(channelIn('channel:7')).toBe('7');
  expect(channelIn('member:7')).toBeNull();
  expect(() => channelOfDestination({ destination: 'mail:a@b.c' })).toThrow(
    new TypeError('mail:a@b.c is no channel'),
  );
});

it('counts what was queued for it since an instant: what waits, is due, held, packed and sent', async () => {
  const { outbox } = await anOutbox();
  const c1 = { destination: 'channel:c1', serverId: 's1' } as const;
  const place = { ...c1, kind: 'message' } as const;
  await outbox.add(
    ...['sent', 'packed', 'due', 'taken back'].map((paper) => anEntry(paper)),
    ...[anEntry('waiting', { dueAt: NOON + HOUR }), anEntry('elsewhere', { destination: 'channel:c2' })],
    anEntry('before', { decidedAt: NOON - 1 }),
  );
  const sent = await outbox.pack(place, 'card', ['sent'], NOON);
  await outbox.attempt(sent?.id ?? 0, NOON);
  await outbox.settle(sent?.id ?? 0, { kind: 'delivered', messageId: '1', channelId: 'c1' }, NOON);
  await outbox.pack(place, 'card', ['packed'], NOON);
  await outbox.refuse(c1.destination, 'taken back', 'nobody wants it', NOON);
  expect(await outbox.addedSince(c1, NOON)).toBe(4);
  await outbox.hold(c1, { code: 'permission-missing', reason: 'closed' }, NOON);
  expect(await outbox.addedSince(c1, NOON)).toBe(4);
});
