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
  await packed('702', 'channel:c2');
  await packed('701', 'channel:c1');
  await packed('701', 'channel:c3');
  await packed('', 'member:m1');
  await held('703', 'channel:c4');
  await held('701', 'channel:c1');
  await held('', 'member:m2');
  await outbox.add(anEntry('a', { serverId: '704', destination: 'channel:c5' }));
  expect((await outbox.servers()).sort()).toEqual(['701', '702', '703']);
});

it('names the channels of a server that something was posted in, or that are on hold, once', async () => {
  await packed('701', 'channel:c1');
  await packed('701', 'channel:c1', 'b');
  await held('701', 'channel:c1');
  await held('701', 'channel:c2');
  await packed('702', 'channel:c3');
  await held('702', 'channel:c4');
  expect((await outbox.destinationsOf('701')).sort()).toEqual(['channel:c1', 'channel:c2']);
  expect(await outbox.destinationsOf('703')).toEqual([]);
});
