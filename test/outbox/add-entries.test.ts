import { beforeEach, describe, expect, it } from 'vitest';
import type { NewEntry } from '#src/outbox/entry.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { anEntry, anOutbox, aPlace, HOUR, NOON, packPaper } from './some-posts.ts';

let outbox: Outbox;
beforeEach(async () => {
  ({ outbox } = await anOutbox());
});

const evening = (rest: Partial<NewEntry> = {}) =>
  anEntry('a', { mode: 'digest', dueAt: NOON + 6 * HOUR, why: { filters: ['slow'] }, ...rest });
const sooner = (rest: Partial<NewEntry> = {}) =>
  anEntry('a', { subscriptions: ['x2'], why: { filters: ['fast'] }, score: 7, ...rest });
const kept = async () => (await outbox.ledger({ paper: 'a', limit: 9 })).map(({ post, ...entry }) => entry);

describe('a paper that waits for the hour of one subscription', () => {
  it('comes at once for another of the channel, for both and for its reasons', async () => {
    await outbox.add(evening());
    expect(await outbox.add(sooner())).toBe(0);
    expect(await kept()).toEqual([
      {
        ...{ ...sooner(), subscriptions: ['x2', 'x1'], state: 'due' },
        ...{ postId: null, settledAt: null, reason: null },
      },
    ]);
  });

  it('comes at the earlier hour of another, and waits till then', async () => {
    await outbox.add(evening());
    await outbox.add(sooner({ mode: 'digest', dueAt: NOON + HOUR }));
    expect(await kept()).toMatchObject([{ state: 'waiting', dueAt: NOON + HOUR }]);
    expect(await outbox.due(NOON + HOUR - 1, 9)).toEqual([]);
    expect(await outbox.due(NOON + HOUR, 9)).toHaveLength(1);
  });

  it('names everyone who wants it once', async () => {
    await outbox.add(evening({ subscriptions: ['x1', 'x2'] }));
    await outbox.add(sooner({ subscriptions: ['x2', 'x3'] }));
    expect((await kept())[0].subscriptions).toEqual(['x2', 'x3', 'x1']);
  });

  it('comes sooner also where others are queued for the first time with it', async () => {
    await outbox.add(evening());
    expect(await outbox.add(anEntry('b'), sooner())).toBe(1);
    expect(await kept()).toMatchObject([{ state: 'due' }]);
  });

  it.each<[string, NewEntry]>([
    ['the same subscription decides again', sooner({ subscriptions: ['x1'] })],
    ['the other wants it at the same hour', sooner({ dueAt: NOON + 6 * HOUR })],
    ['the other wants it later', sooner({ dueAt: NOON + 7 * HOUR })],
    ['the other wants it in another channel', sooner({ destination: 'channel:c2' })],
    ['the other wants another paper', sooner({ paper: 'b' })],
  ])('keeps its hour where %s', async (_, other) => {
    await outbox.add(evening());
    const [before] = await kept();
    await outbox.add(other);
    expect(await kept()).toContainEqual(before);
  });

  it('goes on waiting in a channel on hold', async () => {
    await outbox.add(evening());
    const hold = { code: 'permission-missing', reason: 'closed' } as const;
    await outbox.hold({ destination: 'channel:c1', serverId: 's1' }, hold, NOON);
    await outbox.add(sooner());
    expect(await kept()).toMatchObject([{ state: 'held', subscriptions: ['x1'] }]);
  });

  it('is told by the instant before which it does not come', async () => {
    await outbox.add(evening());
    const beyond = (at: number, paper = 'a') => outbox.waitsBeyond('channel:c1', paper, at);
    expect([await beyond(NOON + 6 * HOUR - 1), await beyond(NOON + 6 * HOUR)]).toEqual([true, false]);
    expect([await beyond(NOON, 'b'), await outbox.waitsBeyond('channel:c2', 'a', NOON)]).toEqual([
      false,
      false,
    ]);
    await packPaper(outbox, 'b');
    expect(await beyond(0, 'b')).toBe(false);
  });
});

it('a paper whose reasons nobody gave is queued without any', async () => {
  await outbox.add(anEntry('a', { why: undefined }));
  expect(await kept()).toMatchObject([{ why: null, subscriptions: ['x1'] }]);
});

describe('a paper that was taken back', () => {
  it('is not queued again in a channel that was deleted', async () => {
    const c1 = { destination: 'channel:c1', serverId: 's1' } as const;
    await outbox.add(anEntry('a'));
    await outbox.refuse('channel:c1', 'a', 'nobody wants it', NOON);
    await outbox.hold(c1, { code: 'channel-gone', reason: 'deleted' }, NOON);
    expect(await outbox.add(anEntry('a'))).toBe(0);
    expect(await kept()).toMatchObject([{ state: 'refused', reason: 'nobody wants it' }]);
  });

  it('waits in a channel that is on hold for another reason', async () => {
    const c1 = { destination: 'channel:c1', serverId: 's1' } as const;
    await outbox.add(anEntry('a'));
    await outbox.refuse('channel:c1', 'a', 'nobody wants it', NOON);
    await outbox.hold(c1, { code: 'thread-locked', reason: 'locked' }, NOON);
    expect(await outbox.add(anEntry('a'))).toBe(1);
    expect(await kept()).toMatchObject([{ state: 'held', settledAt: null, reason: null }]);
  });

  it('by Discord, in a post, stays refused', async () => {
    const { id } = await packPaper(outbox, 'a');
    for (let time = 0; time < 2; time++) {
      await outbox.attempt(id, NOON);
      await outbox.settle(id, { kind: 'refused', code: 'content-refused', reason: 'AutoMod' }, NOON);
    }
    expect(await outbox.add(anEntry('a'))).toBe(0);
    expect(await outbox.has('channel:c1', 'a')).toBe(true);
    expect(await outbox.pack(aPlace(), 'card', ['a'], NOON)).toBeNull();
  });
});

describe('an open entry', () => {
  it('tells by now who wants it and why; one that is on its way stays as it is', async () => {
    await outbox.add(anEntry('a'));
    await packPaper(outbox, 'b');
    for (const paper of ['a', 'b']) await outbox.decideAnew('channel:c1', paper, ['x9'], { votes: 3 });
    expect(await kept()).toMatchObject([{ subscriptions: ['x9'], why: { votes: 3 }, state: 'due' }]);
    expect(await outbox.ledger({ paper: 'b', limit: 1 })).toMatchObject([{ subscriptions: ['x1'] }]);
  });

  it('is deferred into a mode that is named', async () => {
    await outbox.add(anEntry('a'));
    expect(await outbox.defer('channel:c1', 'a', NOON + HOUR, 'catch-up')).toBe(true);
    expect(await kept()).toMatchObject([{ mode: 'catch-up', state: 'waiting', dueAt: NOON + HOUR }]);
  });
});
