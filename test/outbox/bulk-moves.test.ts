import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import { anOutbox, aPlace, aPromise, HOUR, MINUTE, NOON } from './some-posts.ts';

let db: Database;
let outbox: Outbox;
beforeEach(() => {
  ({ db, outbox } = anOutbox());
});

const MANY = 1500;
const HOLD = { code: 'thread-locked', reason: 'locked' } as const;
const C1 = { channelId: 'c1', serverId: 's1' };
const promiseMany = (dueAt = NOON, lane: 'card' | 'digest' = 'card') =>
  db.transaction(() => {
    for (let n = 0; n < MANY; n++) outbox.promise(aPromise(`p${n}`, { dueAt, lane }));
  });
/** Does what is left to do; returns in how many bits. */
const goOn = (box = outbox, now = NOON): number => {
  let bits = 1;
  while (box.goOn(now)) bits++;
  return bits;
};

describe('moves of many rows', () => {
  it('are done bit by bit when a channel is put on hold, and nothing of it goes meanwhile', () => {
    promiseMany();
    outbox.hold(C1, HOLD, NOON);
    expect(outbox.backlog().due).toBeGreaterThan(0);
    expect(outbox.due(NOON, 10)).toEqual([]);
    expect(outbox.isBusy(NOON)).toBe(false);
    expect(goOn()).toBeGreaterThan(1);
    expect(outbox.backlog()).toMatchObject({ due: 0, held: MANY });
  });

  it('are ended by the next process when one stops in the middle', () => {
    promiseMany();
    outbox.hold(C1, HOLD, NOON);
    const next = openOutbox(db, NOON);
    goOn(next);
    expect(next.backlog()).toMatchObject({ due: 0, held: MANY });
  });

  it('count all that is held when it is released, and make one catch-up of it', () => {
    promiseMany();
    outbox.hold(C1, HOLD, NOON);
    goOn();
    expect(outbox.release('c1', NOON)).toBe(MANY);
    goOn();
    expect(outbox.backlog()).toMatchObject({ due: MANY, held: 0 });
    expect(outbox.due(NOON, 10)).toMatchObject([{ lane: 'catch-up', promises: { length: 250 } }]);
  });

  it('give way to the newest: a channel that is held again while it is released ends held', () => {
    promiseMany();
    outbox.hold(C1, HOLD, NOON);
    goOn();
    outbox.release('c1', NOON);
    outbox.hold(C1, HOLD, NOON);
    goOn();
    expect(outbox.backlog()).toMatchObject({ due: 0, held: MANY });
  });

  it('wake what is due a bit at a time', () => {
    promiseMany(NOON + HOUR, 'digest');
    expect(outbox.goOn(NOON + HOUR)).toBe(true);
    expect(outbox.backlog().waiting).toBeGreaterThan(0);
    goOn(outbox, NOON + HOUR);
    expect(outbox.backlog()).toMatchObject({ waiting: 0, due: MANY });
  });

  it('gather what was missed a bit at a time', () => {
    promiseMany(NOON - HOUR);
    expect(outbox.gather(NOON, NOON)).toBe(true);
    let bits = 1;
    while (outbox.gather(NOON, NOON)) bits++;
    expect(bits).toBeGreaterThan(1);
    expect(outbox.due(NOON, 1)).toMatchObject([{ lane: 'catch-up', promises: { length: 250 } }]);
  });

  it('forget a server a bit at a time, and only that one', () => {
    promiseMany();
    outbox.promise(aPromise('other', { serverId: 's2', channelId: 'c2' }));
    const post = outbox.pack(aPlace(), 'card', ['p0'], NOON);
    outbox.attempt(post?.id ?? 0, NOON);
    outbox.settle(post?.id ?? 0, { kind: 'delivered', messageId: 'm1', channelId: 'c1' }, NOON);
    outbox.purgeServer('s1');
    goOn();
    expect(outbox.ledger({ limit: 5000 }).map(({ paper }) => paper)).toEqual(['other']);
    expect(outbox.post(post?.id ?? 0)).toBeNull();
  });
});

describe('a channel that is gone', () => {
  const abandon = () => {
    outbox.abandon(C1, 'the channel was deleted', NOON);
    goOn();
  };

  it('is owed nothing: what is open, packed, held or in doubt there is refused with the reason', () => {
    for (const paper of ['open', 'packed', 'doubted']) outbox.promise(aPromise(paper));
    outbox.promise(aPromise('tomorrow', { dueAt: NOON + HOUR }));
    const doubted = outbox.pack(aPlace(), 'card', ['doubted'], NOON);
    outbox.attempt(doubted?.id ?? 0, NOON);
    outbox.settle(doubted?.id ?? 0, { kind: 'unknown', reason: 'time-out' }, NOON);
    outbox.pack(aPlace(), 'card', ['packed'], NOON);
    outbox.promise(aPromise('elsewhere', { channelId: 'c2' }));
    abandon();
    const refused = outbox.ledger({ channelId: 'c1', limit: 10 });
    expect(refused.map(({ state, reason }) => [state, reason])).toEqual(
      Array(4).fill(['refused', 'the channel was deleted']),
    );
    expect(outbox.backlog()).toEqual({ waiting: 0, due: 1, held: 0, packed: 0, attempted: 0, unknown: 0 });
  });

  it('is found again while something is promised to it', () => {
    outbox.hold(C1, { code: 'channel-gone', reason: 'gone' }, NOON);
    expect(outbox.gone('channel-gone', NOON + 1, 10)).toEqual([]);
    outbox.promise(aPromise('late'));
    expect(outbox.gone('channel-gone', NOON, 10)).toEqual([]);
    expect(outbox.gone('channel-gone', NOON + 1, 10)).toMatchObject([{ channelId: 'c1', serverId: 's1' }]);
    abandon();
    expect(outbox.gone('channel-gone', NOON + 1, 10)).toEqual([]);
  });
});

describe('whose turn it is', () => {
  const doubt = (serverId: string, channelId: string) => {
    outbox.promise(aPromise('a', { serverId, channelId }));
    const post = outbox.pack({ serverId, channelId, kind: 'message' }, 'card', ['a'], NOON);
    outbox.attempt(post?.id ?? 0, NOON);
    outbox.settle(post?.id ?? 0, { kind: 'unknown', reason: 'time-out' }, NOON);
  };

  it('among doubts goes round the servers: those of one crowd out nobody', () => {
    for (let n = 0; n < 50; n++) doubt('s1', `c${n}`);
    doubt('s2', 'd');
    const servers = outbox.unsettled(NOON + MINUTE, 4).map(({ post }) => post.place.serverId);
    expect(servers).toContain('s2');
  });

  it('among packed posts is one for each channel: words for one room hold up nobody', () => {
    for (let n = 0; n < 50; n++) outbox.packNotice(aPlace('mods'), `k${n}`, 'Text.', NOON);
    outbox.promise(aPromise('a', { channelId: 'c2' }));
    expect(outbox.due(NOON, 2)).toHaveLength(1);
    outbox.pack(aPlace('c2'), 'card', ['a'], NOON);
    expect(outbox.ready(NOON, 2).map(({ place }) => place.channelId)).toEqual(['mods', 'c2']);
  });

  it('is no reason to be busy while a doubt waits for its next check, or its channel is held', () => {
    doubt('s1', 'c1');
    expect(outbox.isBusy(NOON)).toBe(false);
    expect(outbox.isBusy(NOON + MINUTE)).toBe(true);
    outbox.hold(C1, HOLD, NOON);
    expect(outbox.isBusy(NOON + MINUTE)).toBe(false);
  });

  it('comes for what is packed also when the clock is set back', () => {
    outbox.promise(aPromise('a'));
    outbox.pack(aPlace(), 'card', ['a'], NOON);
    expect(outbox.ready(NOON - HOUR, 1)).toHaveLength(1);
  });
});
