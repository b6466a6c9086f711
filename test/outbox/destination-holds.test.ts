import { beforeEach, describe, expect, it } from 'vitest';
import type { Addressee } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import {
  anEntry,
  anOutbox,
  aPlace,
  DELIVERED,
  HOUR,
  NOON,
  packPaper,
  TIMED_OUT,
  tryPaper,
} from './some-posts.ts';

const C1: Addressee = { destination: 'channel:c1', serverId: 's1' };
const C2: Addressee = { destination: 'channel:c2', serverId: 's2' };
const LOCKED = { code: 'thread-locked', reason: 'locked' } as const;

let outbox: Outbox;
beforeEach(async () => {
  ({ outbox } = await anOutbox());
});

describe('whether papers wait for a channel', () => {
  const waits = () => outbox.hasWaiting('channel:c1');

  it('is so while any waits for its hour or is held, and not for what is due or elsewhere', async () => {
    expect(await waits()).toBe(false);
    await outbox.add(anEntry('due'), anEntry('there', { destination: 'channel:c2', dueAt: NOON + HOUR }));
    expect(await waits()).toBe(false);
    await outbox.hold(C1, LOCKED, NOON);
    expect(await waits()).toBe(true);
    await outbox.release('channel:c1', NOON);
    expect(await waits()).toBe(false);
    await outbox.add(anEntry('evening', { dueAt: NOON + HOUR }));
    expect(await waits()).toBe(true);
  });
});

describe('whether a post of papers reached a channel', () => {
  it('after an instant is told by what was sent there after it, words left out', async () => {
    await tryPaper(outbox, 'a', DELIVERED);
    await tryPaper(outbox, 'b', TIMED_OUT, { at: NOON + HOUR });
    const notice = await outbox.packNotice(aPlace(), 'k', 'Text.', NOON);
    await outbox.attempt(notice?.id ?? 0, NOON + HOUR);
    await outbox.settle(notice?.id ?? 0, DELIVERED, NOON + HOUR);
    expect(await outbox.hasSentSince('channel:c1', NOON - 1)).toBe(true);
    expect(await outbox.hasSentSince('channel:c1', NOON)).toBe(false);
    expect(await outbox.hasSentSince('channel:c2', NOON - 1)).toBe(false);
  });
});

describe('channels on hold', () => {
  it('come in pages by name, each with why and since when', async () => {
    await outbox.hold(C2, LOCKED, NOON + HOUR);
    await outbox.hold(C1, LOCKED, NOON);
    expect(await outbox.held(1)).toEqual([{ ...C1, ...LOCKED, since: NOON }]);
    expect(await outbox.held(9, 'channel:c1')).toEqual([{ ...C2, ...LOCKED, since: NOON + HOUR }]);
    expect(await outbox.holdOf('channel:c2')).toEqual({ ...C2, ...LOCKED, since: NOON + HOUR });
    expect(await outbox.holdOf('channel:c3')).toBeNull();
  });

  it('keep the first reason until they are released', async () => {
    await outbox.hold(C1, LOCKED, NOON);
    await outbox.hold(C1, { code: 'permission-missing', reason: 'other' }, NOON + HOUR);
    expect(await outbox.holdOf('channel:c1')).toMatchObject({ ...LOCKED, since: NOON });
  });

  it('of a deleted channel, and those of a server that was left, are found while a post is in doubt there', async () => {
    await tryPaper(outbox, 'a', TIMED_OUT);
    await tryPaper(outbox, 'b', TIMED_OUT, { place: { ...C2, kind: 'message' } });
    await outbox.hold(C1, { code: 'channel-gone', reason: 'deleted' }, NOON);
    await outbox.hold(C2, { code: 'server-left', reason: 'left' }, NOON);
    const found = async (code: 'channel-gone' | 'server-left', limit = 9) =>
      (await outbox.gone(code, NOON + 1, limit)).map(({ destination }) => destination);
    expect(await found('channel-gone')).toEqual(['channel:c1']);
    expect(await found('server-left')).toEqual(['channel:c2']);
    expect(await found('server-left', 0)).toEqual([]);
  });

  it('of a server that was left stay so when their channel is given up', async () => {
    await outbox.hold(C1, { code: 'server-left', reason: 'left' }, NOON);
    await outbox.abandon(C1, 'deleted', NOON);
    expect(await outbox.holdOf('channel:c1')).toMatchObject({ code: 'server-left', reason: 'left' });
  });
});

describe('channels in trouble where nothing is left that would show it', () => {
  const began = (code = 'permission-missing') =>
    outbox.episodes.begin({ ...C1, code, reason: 'no', since: NOON, last: null });
  const idle = () => outbox.idleInTrouble(9);

  it('are named once, however many troubles they have', async () => {
    await began();
    await outbox.episodes.begin({ ...C1, code: 'timed-out', reason: 'other', since: NOON, last: null });
    expect(await idle()).toEqual([C1]);
    expect(await outbox.idleInTrouble(0)).toEqual([]);
    await outbox.episodes.end('channel:c1', NOON);
    expect(await idle()).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['it is on hold', () => outbox.hold(C1, LOCKED, NOON)],
    ['a paper is due there', () => outbox.add(anEntry('a'))],
    ['a paper waits for its hour there', () => outbox.add(anEntry('a', { dueAt: NOON + HOUR }))],
    ['a post is packed for it', () => packPaper(outbox, 'a')],
    ['a post is in doubt there', () => tryPaper(outbox, 'a', TIMED_OUT)],
  ])('are not those where %s', async (_, happens) => {
    await began();
    await happens();
    expect(await idle()).toEqual([]);
  });

  it('are also those with nothing but a word on its way, or what is settled', async () => {
    await began();
    await tryPaper(outbox, 'a', { kind: 'refused', code: 'content-refused', reason: 'AutoMod' });
    await outbox.abandon(C1, 'left', NOON);
    await outbox.packNotice(aPlace(), 'k', 'Text.', NOON);
    expect(await idle()).toEqual([C1]);
  });

  it('are not those that were deleted', async () => {
    await began('channel-gone');
    expect(await idle()).toEqual([]);
  });
});
