import { beforeEach, describe, expect, it } from 'vitest';
import { channelIn, type Destination } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { anEntry, anOutbox, HOUR, MINUTE, NOON, TIMED_OUT, tryPaper } from './some-posts.ts';

let outbox: Outbox;
beforeEach(async () => {
  ({ outbox } = await anOutbox());
});

describe('what is due', () => {
  const turns = async (limit: number, atOnce?: number) =>
    (await outbox.due(NOON, limit, atOnce)).map(({ destination }) => channelIn(destination));

  it('in a server comes in the order of its waiting', async () => {
    const waits: [Destination, number][] = [
      ['channel:c0', 1],
      ['channel:c1', 3],
      ['channel:c2', 2],
    ];
    for (const [destination, hours] of waits)
      await outbox.add(anEntry('a', { destination, dueAt: NOON - hours * HOUR }));
    expect(await turns(3)).toEqual(['c1', 'c2', 'c0']);
  });

  it('comes a few at once where no more are asked for, and the others in the next turns', async () => {
    for (const destination of ['channel:c0', 'channel:c1', 'channel:c2'] as const)
      await outbox.add(anEntry('a', { destination }));
    expect([await turns(10, 2), await turns(10, 2)]).toEqual([
      ['c0', 'c1'],
      ['c2', 'c0'],
    ]);
  });

  it('keeps whose turn it is while nothing can go', async () => {
    for (const destination of ['channel:c0', 'channel:c1'] as const)
      await outbox.add(anEntry('a', { destination }));
    expect(await turns(1)).toEqual(['c0']);
    const hold = { code: 'thread-locked', reason: 'locked' } as const;
    for (const destination of ['channel:c0', 'channel:c1'] as const)
      await outbox.hold({ destination, serverId: 's1' }, hold, NOON);
    expect(await turns(1)).toEqual([]);
    for (const destination of ['channel:c0', 'channel:c1'] as const) await outbox.release(destination, NOON);
    expect(await turns(1)).toEqual(['c1']);
  });

  it('is nothing where there is no room', async () => {
    await outbox.add(anEntry('a'));
    expect(await turns(0)).toEqual([]);
    expect(await turns(-1)).toEqual([]);
  });
});

describe('posts in doubt', () => {
  const doubt = (serverId: string, id: string, at = NOON) =>
    tryPaper(outbox, 'a', TIMED_OUT, {
      ...{ at, place: { serverId, destination: `channel:${id}`, kind: 'message' } },
    });
  const turns = async (limit: number, now = NOON + MINUTE) =>
    (await outbox.unsettled(now, limit)).map(({ post }) => channelIn(post.place.destination));

  it('are looked into round the servers', async () => {
    for (const n of [0, 1, 2, 3, 4]) await doubt(`70${n}`, `c${n}`);
    expect([await turns(2), await turns(2), await turns(2)]).toEqual([
      ['c0', 'c1'],
      ['c2', 'c3'],
      ['c4', 'c0'],
    ]);
  });

  it('of a server share its turn: those whose time came first, and no more than are asked for', async () => {
    await doubt('s1', 'late', NOON + 2);
    await doubt('s1', 'first');
    await doubt('s1', 'second', NOON + 1);
    await doubt('s2', 'other');
    expect(await turns(4)).toEqual(['first', 'other', 'second']);
    expect(await turns(3)).toEqual(['first', 'other', 'second']);
  });

  it('keep whose turn it is while none has its time', async () => {
    for (const n of [0, 1, 2]) await doubt(`70${n}`, `c${n}`);
    expect(await turns(1)).toEqual(['c0']);
    expect(await turns(1, NOON)).toEqual([]);
    expect(await turns(1)).toEqual(['c1']);
  });
});
