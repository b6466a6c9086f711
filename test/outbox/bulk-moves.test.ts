import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import type { Destination } from '#src/outbox/destination.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import { anEntry, anOutbox, aPlace, HOUR, MINUTE, NOON } from './some-posts.ts';

let db: Database;
let outbox: Outbox;
beforeEach(async () => {
  ({ db, outbox } = await anOutbox());
});

const MANY = 1500;
const HOLD = { code: 'thread-locked', reason: 'locked' } as const;
const C1 = { destination: 'channel:c1', serverId: 's1' } as const;
const addMany = (dueAt = NOON, mode: 'card' | 'digest' = 'card') =>
  db.transaction(async () => {
    for (let n = 0; n < MANY; n++) await outbox.add(anEntry(`p${n}`, { dueAt, mode }));
  });
/** Does what is left to do; returns in how many bits. */
const goOn = async (box = outbox, now = NOON): Promise<number> => {
  let bits = 1;
  while (await box.goOn(now)) bits++;
  return bits;
};

describe('moves of many rows', () => {
  it('are done bit by bit when a channel is put on hold, and nothing of it goes meanwhile', async () => {
    await addMany();
    await outbox.hold(C1, HOLD, NOON);
    expect((await outbox.backlog()).due).toBeGreaterThan(0);
    expect(await outbox.due(NOON, 10)).toEqual([]);
    expect(await outbox.isBusy(NOON)).toBe(false);
    expect(await goOn()).toBeGreaterThan(1);
    expect(await outbox.backlog()).toMatchObject({ due: 0, held: MANY });
  });

  it('are ended by the next process when one stops in the middle', async () => {
    await addMany();
    await outbox.hold(C1, HOLD, NOON);
    const next = await openOutbox(db, NOON);
    await goOn(next);
    expect(await next.backlog()).toMatchObject({ due: 0, held: MANY });
  });

  it('count all that is held when it is released, and make one catch-up of it', async () => {
    await addMany();
    await outbox.hold(C1, HOLD, NOON);
    await goOn();
    expect(await outbox.release('channel:c1', NOON)).toBe(MANY);
    await goOn();
    expect(await outbox.backlog()).toMatchObject({ due: MANY, held: 0 });
    expect(await outbox.due(NOON, 10)).toMatchObject([{ mode: 'catch-up', entries: { length: 250 } }]);
  });

  it('give way to the newest: a channel that is held again while it is released ends held', async () => {
    await addMany();
    await outbox.hold(C1, HOLD, NOON);
    await goOn();
    await outbox.release('channel:c1', NOON);
    await outbox.hold(C1, HOLD, NOON);
    await goOn();
    expect(await outbox.backlog()).toMatchObject({ due: 0, held: MANY });
  });

  it('wake what is due a bit at a time', async () => {
    await addMany(NOON + HOUR, 'digest');
    expect(await outbox.goOn(NOON + HOUR)).toBe(true);
    expect((await outbox.backlog()).waiting).toBeGreaterThan(0);
    await goOn(outbox, NOON + HOUR);
    expect(await outbox.backlog()).toMatchObject({ waiting: 0, due: MANY });
  });

  it('gather what was missed a bit at a time', async () => {
    await addMany(NOON - HOUR);
    expect(await outbox.gather(NOON, NOON)).toBe(true);
    let bits = 1;
    while (await outbox.gather(NOON, NOON)) bits++;
    expect(bits).toBeGreaterThan(1);
    expect(await outbox.due(NOON, 1)).toMatchObject([{ mode: 'catch-up', entries: { length: 250 } }]);
  });

  it('forget a server a bit at a time, and only that one', async () => {
    await addMany();
    await outbox.add(anEntry('other', { serverId: 's2', destination: 'channel:c2' }));
    const post = await outbox.pack(aPlace(), 'card', ['p0'], NOON);
    await outbox.attempt(post?.id ?? 0, NOON);
    await outbox.settle(post?.id ?? 0, { kind: 'delivered', messageId: 'm1', channelId: 'c1' }, NOON);
    await outbox.purgeServer('s1');
    await goOn();
    expect((await outbox.ledger({ limit: 5000 })).map(({ paper }) => paper)).toEqual(['other']);
    expect(await outbox.post(post?.id ?? 0)).toBeNull();
  });
});

describe('a channel that is gone', () => {
  const abandon = async () => {
    await outbox.abandon(C1, 'the channel was deleted', NOON);
    await goOn();
  };

  it('is owed nothing: what is open, packed, held or in doubt there is refused with the reason', async () => {
    for (const paper of ['open', 'packed', 'doubted']) await outbox.add(anEntry(paper));
    await outbox.add(anEntry('tomorrow', { dueAt: NOON + HOUR }));
    const doubted = await outbox.pack(aPlace(), 'card', ['doubted'], NOON);
    await outbox.attempt(doubted?.id ?? 0, NOON);
    await outbox.settle(doubted?.id ?? 0, { kind: 'unknown', reason: 'time-out' }, NOON);
    await outbox.pack(aPlace(), 'card', ['packed'], NOON);
    await outbox.add(anEntry('elsewhere', { destination: 'channel:c2' }));
    await abandon();
    const refused = await outbox.ledger({ destination: 'channel:c1', limit: 10 });
    expect(refused.map(({ state, reason }) => [state, reason])).toEqual(
      Array(4).fill(['refused', 'the channel was deleted']),
    );
    expect(await outbox.backlog()).toEqual({
      waiting: 0,
      due: 1,
      held: 0,
      packed: 0,
      attempted: 0,
      unknown: 0,
    });
  });

  it('is found again while something is queued for it', async () => {
    await outbox.hold(C1, { code: 'channel-gone', reason: 'gone' }, NOON);
    expect(await outbox.gone('channel-gone', NOON + 1, 10)).toEqual([]);
    await outbox.add(anEntry('late'));
    expect(await outbox.gone('channel-gone', NOON, 10)).toEqual([]);
    expect(await outbox.gone('channel-gone', NOON + 1, 10)).toMatchObject([
      { destination: 'channel:c1', serverId: 's1' },
    ]);
    await abandon();
    expect(await outbox.gone('channel-gone', NOON + 1, 10)).toEqual([]);
  });
});

describe('whose turn it is', () => {
  const doubt = async (serverId: string, destination: Destination) => {
    await outbox.add(anEntry('a', { serverId, destination }));
    const post = await outbox.pack({ serverId, destination, kind: 'message' }, 'card', ['a'], NOON);
    await outbox.attempt(post?.id ?? 0, NOON);
    await outbox.settle(post?.id ?? 0, { kind: 'unknown', reason: 'time-out' }, NOON);
  };

  it('among doubts goes round the servers: those of one crowd out nobody', async () => {
    for (let n = 0; n < 50; n++) await doubt('s1', `channel:c${n}`);
    await doubt('s2', 'channel:d');
    const servers = (await outbox.unsettled(NOON + MINUTE, 4)).map(({ post }) => post.place.serverId);
    expect(servers).toContain('s2');
  });

  it('among packed posts is one for each channel: words for one room hold up nobody', async () => {
    for (let n = 0; n < 50; n++) await outbox.packNotice(aPlace('channel:mods'), `k${n}`, 'Text.', NOON);
    await outbox.add(anEntry('a', { destination: 'channel:c2' }));
    expect(await outbox.due(NOON, 2)).toHaveLength(1);
    await outbox.pack(aPlace('channel:c2'), 'card', ['a'], NOON);
    expect((await outbox.ready(NOON, 2)).map(({ place }) => place.destination)).toEqual([
      'channel:mods',
      'channel:c2',
    ]);
  });

  it('is no reason to be busy while a doubt waits for its next check, or its channel is held', async () => {
    await doubt('s1', 'channel:c1');
    expect(await outbox.isBusy(NOON)).toBe(false);
    expect(await outbox.isBusy(NOON + MINUTE)).toBe(true);
    await outbox.hold(C1, HOLD, NOON);
    expect(await outbox.isBusy(NOON + MINUTE)).toBe(false);
  });

  it('comes for what is packed also when the clock is set back', async () => {
    await outbox.add(anEntry('a'));
    await outbox.pack(aPlace(), 'card', ['a'], NOON);
    expect(await outbox.ready(NOON - HOUR, 1)).toHaveLength(1);
  });
});
