import { beforeEach, expect, it } from 'vitest';
import type { Destination } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { anEntry, anOutbox, NOON, packPaper } from './some-posts.ts';

let outbox: Outbox;
beforeEach(async () => {
  ({ outbox } = await anOutbox());
});

const packed = (serverId: string, destination: Destination, paper = 'a') =>
  packPaper(outbox, paper, { place: { serverId, destination, kind: 'message' } });
const held = (serverId: string, destination: Destination) =>
  outbox.hold({ serverId, destination }, { code: 'thread-locked', reason: 'locked' }, NOON);

it('names every server with a post or a channel on hold once; a direct message has none', async () => {
  expect(await outbox.servers()).toEqual([]);
  await packed('s2', 'channel:c2');
  await packed('s1', 'channel:c1');
  await packed('s1', 'channel:c3');
  await packed('', 'member:m1');
  await held('s3', 'channel:c4');
  await held('s1', 'channel:c1');
  await held('', 'member:m2');
  await outbox.add(anEntry('a', { serverId: 's4', destination: 'channel:c5' }));
  expect((await outbox.servers()).sort()).toEqual(['s1', 's2', 's3']);
});

it('names the channels of a server that something was posted in, or that are on hold, once', async () => {
  await packed('s1', 'channel:c1');
  await packed('s1', 'channel:c1', 'b');
  await held('s1', 'channel:c1');
  await held('s1', 'channel:c2');
  await packed('s2', 'channel:c3');
  await held('s2', 'channel:c4');
  expect((await outbox.destinationsOf('s1')).sort()).toEqual(['channel:c1', 'channel:c2']);
  expect(await outbox.destinationsOf('s3')).toEqual([]);
});
