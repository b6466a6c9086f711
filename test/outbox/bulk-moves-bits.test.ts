import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { phrase } from '#src/wording/phrase.ts';
import { anEntry, anOutbox, aPlace, HOUR, NOON } from './some-posts.ts';

let db: Database;
let outbox: Outbox;
beforeEach(async () => {
  ({ db, outbox } = await anOutbox());
});

const HOLD = { code: 'thread-locked', reason: 'locked' } as const;
const C1 = { destination: 'channel:c1', serverId: 's1' } as const;
/** Does what is left to do. */
const goOn = async (now = NOON): Promise<void> => {
  while (await outbox.goOn(now));
};

describe('one bit of a move', () => {
  /** What it may move at most, so that nobody else waits for long. */
  const BIT = 400;
  const queued = (count: number, rest: object = {}, of = 'p') =>
    db.transaction(async () => {
      for (let n = 0; n < count; n++) await outbox.add(anEntry(`${of}${n}`, rest));
    });
  const digestsOfTwo = async (count: number) => {
    await queued(2 * count, { mode: 'digest' });
    for (let n = 0; n < count; n++)
      await outbox.pack(aPlace(), 'digest', [`p${2 * n}`, `p${2 * n + 1}`], NOON);
  };

  it('of a hold takes what is due, then what waits', async () => {
    await queued(BIT - 100);
    await queued(200, { dueAt: NOON + HOUR }, 'w');
    await outbox.hold(C1, HOLD, NOON);
    expect(await outbox.backlog()).toMatchObject({ due: 0, waiting: 100, held: BIT });
  });

  it('of a hold takes packed posts apart first, whole ones, and stops when it has enough', async () => {
    await digestsOfTwo(140);
    await queued(10, {}, 'due');
    await outbox.hold(C1, HOLD, NOON);
    // 134 posts, each with its two papers.
    expect(await outbox.backlog()).toMatchObject({ packed: 6, held: 268, due: 10 });
    await goOn();
    expect(await outbox.backlog()).toMatchObject({ packed: 0, held: 290, due: 0 });
    const reasons = (await outbox.ledger({ limit: 9 * BIT })).map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set([HOLD.reason]));
  });

  it('of a hold takes apart no post more than it has room for', async () => {
    await queued(BIT / 2 + 10);
    for (let n = 0; n < BIT / 2 + 10; n++) await outbox.pack(aPlace(), 'card', [`p${n}`], NOON);
    await outbox.hold(C1, HOLD, NOON);
    expect(await outbox.backlog()).toMatchObject({ packed: 10, held: BIT / 2 });
  });

  it('of a hold fills up with what is due', async () => {
    await digestsOfTwo(100);
    await queued(200, {}, 'due');
    await outbox.hold(C1, HOLD, NOON);
    expect(await outbox.backlog()).toMatchObject({ packed: 0, held: 200 + BIT - 300, due: 100 });
  });

  it('of an end takes what is due, what waits, then what is held', async () => {
    await queued(BIT + 60);
    await queued(100, { dueAt: NOON + HOUR }, 'w');
    await outbox.hold(C1, HOLD, NOON);
    await outbox.abandon(C1, 'the channel was deleted', NOON);
    expect(await outbox.backlog()).toMatchObject({ due: 0, waiting: 0, held: BIT - 240 });
    await goOn();
    expect(await outbox.backlog()).toMatchObject({ held: 0 });
  });

  it('of an end takes posts first, and leaves the papers that it has no room for', async () => {
    await digestsOfTwo(140);
    await queued(10, {}, 'due');
    await outbox.abandon(C1, 'the channel was deleted', NOON);
    expect(await outbox.backlog()).toMatchObject({ packed: 6, due: 10 });
    await goOn();
    expect(await outbox.backlog()).toMatchObject({ packed: 0, due: 0 });
  });

  it('keeps the reason and the instant of the first for all that follow', async () => {
    await queued(2 * BIT + 1);
    const reason = phrase('hold.deleted');
    await outbox.abandon(C1, reason, NOON);
    await goOn(NOON + HOUR);
    const told = await outbox.ledger({ limit: 9 * BIT });
    expect(told.filter((one) => one.settledAt === NOON)).toHaveLength(2 * BIT + 1);
    expect(new Set(told.map((one) => JSON.stringify(one.reason)))).toEqual(new Set([JSON.stringify(reason)]));
  });

  it('forgets a server however far apart its entries lie, and however many its posts are', async () => {
    await queued(2);
    await db.run("UPDATE entry SET id = 17000 WHERE paper = 'p1'");
    for (let n = 0; n < BIT + 50; n++) await outbox.packNotice(aPlace(), `k${n}`, 'Text.', NOON);
    await outbox.purgeServer('s1');
    await goOn();
    expect(await outbox.ledger({ limit: 9 })).toEqual([]);
    expect(await outbox.servers()).toEqual([]);
  });
});

describe('words to moderators', () => {
  const packed = async () => (await outbox.packNotice(aPlace(), 'k', 'Text.', NOON))?.id ?? 0;
  const state = async (id: number) => (await outbox.post(id))?.state;

  it('stay packed when their channel is held, and end when nothing is owed to it any more', async () => {
    const id = await packed();
    await outbox.hold(C1, HOLD, NOON);
    expect(await state(id)).toBe('packed');
    await outbox.abandon(C1, 'the channel was deleted', NOON);
    expect(await outbox.post(id)).toMatchObject({ state: 'refused', reason: 'the channel was deleted' });
  });

  it('are not gathered', async () => {
    const id = await packed();
    await outbox.gather(NOON + HOUR, NOON + HOUR);
    expect(await state(id)).toBe('packed');
  });
});

it('a packed post that was missed says so, and only one that was packed before the instant', async () => {
  await outbox.add(anEntry('a'));
  const id = (await outbox.pack(aPlace(), 'card', ['a'], NOON))?.id ?? 0;
  expect(await outbox.gather(NOON, NOON + HOUR)).toBe(false);
  expect(await outbox.post(id)).toMatchObject({ state: 'packed' });
  await outbox.gather(NOON + 1, NOON + HOUR);
  expect(await outbox.post(id)).toMatchObject({ state: 'dissolved', reason: phrase('post.overdue') });
  expect(await outbox.ledger({ limit: 1 })).toMatchObject([{ dueAt: NOON + HOUR, reason: null }]);
});
