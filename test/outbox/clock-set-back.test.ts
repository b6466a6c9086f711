import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import { orderedBefore } from '#src/foundation/instants.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { InstantSpan, Receipt } from '#src/outbox/receipt.ts';
import { anEntry, anOutbox, aPlace, HOUR, MINUTE, NOON } from './some-posts.ts';

const DAY = 24 * HOUR;
const AHEAD = NOON + 60 * DAY;
const delivered: Receipt = { kind: 'delivered', messageId: 'm1', channelId: 'c1' };

describe('the outbox of a clock that was set back', () => {
  let db: Database;
  let outbox: Outbox;
  beforeEach(async () => {
    ({ db, outbox } = await anOutbox());
  });
  /** A post that was packed, and attempted, by the wrong clock. */
  const attemptedAt = async (at: number, paper = 'a', there?: InstantSpan) => {
    await outbox.add(anEntry(paper, { decidedAt: at, dueAt: at }));
    const post = await outbox.pack(aPlace(), 'card', [paper], at);
    if (!post) throw new Error('nothing to pack');
    await outbox.attempt(post.id, at, there);
    return post;
  };

  it('lets a packed post go at once, also one that was to be tried again later', async () => {
    const later = await attemptedAt(AHEAD, 'b');
    await outbox.settle(later.id, { kind: 'later', at: AHEAD + HOUR, reason: 'limited' }, AHEAD);
    await outbox.add(anEntry('a', { destination: 'channel:c2', decidedAt: AHEAD, dueAt: AHEAD }));
    await outbox.pack(aPlace('channel:c2'), 'card', ['a'], AHEAD);
    expect(await outbox.ready(NOON, 10)).toMatchObject([{ papers: ['a'] }]);
    expect(await outbox.planAnew(NOON)).toBe(1);
    expect(await outbox.ready(NOON, 10)).toHaveLength(2);
    expect(await outbox.planAnew(NOON)).toBe(0);
  });

  it('leaves alone what Discord makes wait, and what waits for its hour', async () => {
    const later = await attemptedAt(NOON);
    await outbox.settle(later.id, { kind: 'later', at: NOON + HOUR, reason: 'limited' }, NOON);
    await outbox.add(anEntry('weekly', { destination: 'channel:c2', mode: 'digest', dueAt: NOON + 7 * DAY }));
    expect(await outbox.planAnew(NOON)).toBe(0);
    expect(await outbox.ready(NOON, 10)).toEqual([]);
    expect(await outbox.due(NOON, 10)).toEqual([]);
  });

  it('does not let a digest wait for an hour in two months', async () => {
    await outbox.add(anEntry('a', { mode: 'digest', decidedAt: AHEAD, dueAt: AHEAD + DAY }));
    expect(await outbox.planAnew(NOON)).toBe(1);
    expect(await outbox.due(NOON, 10)).toMatchObject([{ mode: 'digest', entries: [{ paper: 'a' }] }]);
  });

  const SECOND = 1000;
  const doubted = async () => {
    const { id } = await attemptedAt(NOON + 2 * HOUR, 'a', { from: NOON, until: NOON });
    await outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON + 2 * HOUR);
    await outbox.planAnew(NOON);
    return id;
  };
  const checked = async (now: number, there = now) =>
    (await outbox.unsettled(now, 10, { from: there, until: there })).map(({ check }) => check);

  it('makes sure of a doubted post by Discord’s clock, which nobody set', async () => {
    await doubted();
    expect(await checked(NOON + SECOND)).toMatchObject([{ kind: 'resend' }]);
    expect(await checked(NOON + SECOND, NOON + HOUR)).toEqual([]);
    const written = { from: NOON - MINUTE, until: NOON + 10 * MINUTE };
    expect(await checked(NOON + MINUTE, NOON + HOUR)).toMatchObject([{ kind: 'read-back', written }]);
    expect(await outbox.longDoubted(NOON - DAY, 10, 0)).toEqual([]);
  });

  it('reads the place back, for two days, of one that was attempted when Discord’s clock was not noted', async () => {
    await db.run(`UPDATE post SET seek_from = NULL, seek_until = NULL WHERE id = ${await doubted()}`);
    const written = { from: NOON - 2 * DAY, until: NOON + DAY };
    expect(await checked(NOON + MINUTE)).toMatchObject([{ kind: 'read-back', written }]);
  });

  it('does so also with one that was under way while the clock was set', async () => {
    const { id } = await attemptedAt(NOON + 2 * HOUR, 'a', { from: NOON, until: NOON });
    await outbox.planAnew(NOON);
    await outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON);
    expect(await checked(NOON + 5 * MINUTE)).toMatchObject([{ kind: 'read-back' }]);
  });

  // Attempted while the clock was right: what was planned afterwards, while it ran ahead, tells nothing of that by itself.
  const attemptedBefore = () =>
    attemptedAt(NOON - MINUTE, 'a', { from: NOON - MINUTE, until: NOON - MINUTE });
  const soon = () => checked(NOON + MINUTE, NOON + HOUR);

  it('makes sure soon of a doubt that a start under the wrong clock put off', async () => {
    await attemptedBefore();
    await openOutbox(db, NOON + 2 * HOUR);
    expect(await soon()).toEqual([]);
    expect(await outbox.planAnew(NOON)).toBe(1);
    expect(await soon()).toMatchObject([{ kind: 'read-back' }]);
    expect(await outbox.planAnew(NOON)).toBe(0);
  });

  it('makes sure soon of a doubt that a read-back under the wrong clock put off', async () => {
    const { id } = await attemptedBefore();
    await outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON - MINUTE);
    await outbox.settleReadBack(id, { kind: 'unreadable', reason: 'no', readTo: null }, NOON + 10 * MINUTE);
    expect(await outbox.planAnew(NOON)).toBe(1);
    expect(await soon()).toMatchObject([{ kind: 'read-back' }]);
  });

  it('lets go at once what was to be tried again later than anything is', async () => {
    const { id } = await attemptedBefore();
    await outbox.settle(id, { kind: 'later', at: NOON + 3 * HOUR, reason: 'limited' }, NOON + 2 * HOUR);
    expect(await outbox.planAnew(NOON)).toBe(1);
    expect(await outbox.ready(NOON, 10)).toMatchObject([{ id }]);
  });

  it('leaves alone the pause before a doubt is looked into', async () => {
    const { id } = await attemptedAt(NOON, 'a', { from: NOON, until: NOON });
    await outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON);
    expect(await outbox.planAnew(NOON)).toBe(0);
  });

  it('counts the cards that were sent by the wrong clock towards today alone', async () => {
    const { id } = await attemptedAt(AHEAD);
    await outbox.settle(id, delivered, AHEAD);
    await outbox.hold(
      { destination: 'channel:c2', serverId: 's1' },
      { code: 'permission-missing', reason: 'no' },
      AHEAD,
    );
    expect(await outbox.ahead(NOON)).toEqual([AHEAD, AHEAD]);
    await outbox.putRight(NOON, orderedBefore(NOON, [AHEAD]));
    expect([
      await outbox.sentSince('channel:c1', NOON - HOUR),
      await outbox.sentSince('channel:c1', NOON),
    ]).toEqual([1, 0]);
    expect((await outbox.held(10))[0].since).toBeLessThan(NOON);
    expect(await outbox.ahead(NOON)).toEqual([]);
  });

  it('finds what lies ahead by an index, however much was sent', async () => {
    const plan = async (sql: string) =>
      (await db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)).map(({ detail }) => detail).join();
    expect(
      await plan(
        "SELECT DISTINCT settled_at FROM post WHERE state = 'sent' AND kind = 'card' AND settled_at > 1",
      ),
    ).toContain('post_living');
  });
});
