import { beforeEach, describe, expect, it } from 'vitest';
import type { Outbox } from '#src/outbox/outbox.ts';
import {
  anEntry,
  anOutbox,
  aPlace,
  DELIVERED,
  HOUR,
  MINUTE,
  NOON,
  packPaper,
  TIMED_OUT,
  tryPaper,
} from './some-posts.ts';

const C1 = { destination: 'channel:c1', serverId: 's1' } as const;
const LOCKED = { code: 'thread-locked', reason: 'locked' } as const;

let outbox: Outbox;
beforeEach(async () => {
  ({ outbox } = await anOutbox());
});

/** Put off by Discord for an hour. */
const putOff = () => tryPaper(outbox, 'put off', { kind: 'later', at: NOON + HOUR, reason: '429' });
const hold = () => outbox.hold(C1, LOCKED, NOON);

describe('what is overdue', () => {
  const isOverdue = (before = NOON + 1) => outbox.isOverdue(before, NOON + MINUTE);
  const caughtUp = async () => {
    await outbox.add(anEntry('a'));
    await hold();
    await outbox.release('channel:c1', NOON);
  };

  it('is nothing while nothing is queued', async () => {
    expect(await isOverdue()).toBe(false);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a card that is due', () => outbox.add(anEntry('a'))],
    ['a catch-up that is due', caughtUp],
    [
      'a digest whose hour came, though nobody looked',
      () => outbox.add(anEntry('a', { decidedAt: NOON - 1 })),
    ],
  ])('is %s since before an instant, and not one that came at it', async (_, happens) => {
    await happens();
    expect(await isOverdue()).toBe(true);
    expect(await isOverdue(NOON)).toBe(false);
  });

  it('is a packed post whose time came, until it is attempted or its channel is on hold', async () => {
    const notice = await outbox.packNotice(aPlace('channel:c2'), 'k', 'Text.', NOON);
    await outbox.attempt(notice?.id ?? 0, NOON);
    await outbox.settle(notice?.id ?? 0, { kind: 'later', at: NOON + HOUR, reason: '429' }, NOON);
    expect(await isOverdue()).toBe(false);
    expect(await isOverdue(NOON + HOUR)).toBe(false);
    expect(await isOverdue(NOON + HOUR + 1)).toBe(true);
    await outbox.attempt(notice?.id ?? 0, NOON + HOUR);
    expect(await isOverdue(NOON + HOUR + 1)).toBe(false);
  });

  it('is not what is held', async () => {
    await packPaper(outbox, 'a');
    expect(await isOverdue()).toBe(true);
    await outbox.add(anEntry('b'));
    await hold();
    expect(await isOverdue()).toBe(false);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['is under way', () => tryPaper(outbox, 'before')],
    ['was put off by Discord', putOff],
  ])('is not what waits behind a post that %s', async (_, happens) => {
    await happens();
    await outbox.add(anEntry('due'), anEntry('waits', { decidedAt: NOON - 1 }));
    await outbox.add(anEntry('missed', { mode: 'catch-up' }));
    expect(await isOverdue()).toBe(false);
  });

  it('is what waits behind a post in doubt, or one that was sent', async () => {
    await tryPaper(outbox, 'sent', DELIVERED);
    await tryPaper(outbox, 'doubted', TIMED_OUT);
    await outbox.add(anEntry('due'));
    expect(await isOverdue()).toBe(true);
  });
});

describe('whether there is anything to do', () => {
  it('is not so while nothing is queued, or waits for its hour', async () => {
    expect(await outbox.isBusy(NOON)).toBe(false);
    await outbox.add(anEntry('a', { dueAt: NOON + HOUR }));
    await putOff();
    expect(await outbox.isBusy(NOON)).toBe(false);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['something is due', () => outbox.add(anEntry('a'))],
    ['a post is packed', () => packPaper(outbox, 'a')],
    ['a post is under way', () => tryPaper(outbox, 'a')],
    ['the hour of one that was put off has come', putOff],
  ])('is so while %s', async (_, happens) => {
    await happens();
    expect(await outbox.isBusy(NOON + HOUR)).toBe(true);
  });

  it('is not so while all waits for a channel on hold, but for a word', async () => {
    await outbox.add(anEntry('a'));
    await hold();
    expect(await outbox.isBusy(NOON)).toBe(false);
    await outbox.packNotice(aPlace(), 'k', 'Text.', NOON);
    expect(await outbox.isBusy(NOON)).toBe(true);
  });
});
