import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database.ts';
import { orderedBefore } from '#src/foundation/instants.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import { anOutbox, aPlace, aPromise, HOUR, MINUTE, NOON } from './some-posts.ts';

const DAY = 24 * HOUR;
const AHEAD = NOON + 60 * DAY;
const delivered: Receipt = { kind: 'delivered', messageId: 'm1', channelId: 'c1' };

describe('the outbox of a clock that was set back', () => {
  let db: Database;
  let outbox: Outbox;
  beforeEach(() => {
    ({ db, outbox } = anOutbox());
  });
  /** A post that was packed, and attempted, by the wrong clock. */
  const attemptedAt = (at: number, paper = 'a') => {
    outbox.promise(aPromise(paper, { decidedAt: at, dueAt: at }));
    const post = outbox.pack(aPlace(), 'card', [paper], at);
    if (!post) throw new Error('nothing to pack');
    outbox.attempt(post.id, at);
    return post;
  };

  it('lets a packed post go at once, also one that was to be tried again later', () => {
    outbox.promise(aPromise('a', { decidedAt: AHEAD, dueAt: AHEAD }));
    outbox.pack(aPlace(), 'card', ['a'], AHEAD);
    const later = attemptedAt(AHEAD, 'b');
    outbox.settle(later.id, { kind: 'later', at: AHEAD + HOUR, reason: 'limited' }, AHEAD);
    expect(outbox.ready(NOON, 10)).toEqual([]);
    expect(outbox.planAnew(NOON)).toBe(2);
    expect(outbox.ready(NOON, 10)).toHaveLength(2);
    expect(outbox.planAnew(NOON)).toBe(0);
  });

  it('leaves alone what Discord makes wait, and what waits for its hour', () => {
    const later = attemptedAt(NOON);
    outbox.settle(later.id, { kind: 'later', at: NOON + HOUR, reason: 'limited' }, NOON);
    outbox.promise(aPromise('weekly', { channelId: 'c2', lane: 'digest', dueAt: NOON + 7 * DAY }));
    expect(outbox.planAnew(NOON)).toBe(0);
    expect(outbox.ready(NOON, 10)).toEqual([]);
    expect(outbox.due(NOON, 10)).toEqual([]);
  });

  it('does not let a digest wait for an hour in two months', () => {
    outbox.promise(aPromise('a', { lane: 'digest', decidedAt: AHEAD, dueAt: AHEAD + DAY }));
    expect(outbox.planAnew(NOON)).toBe(1);
    expect(outbox.due(NOON, 10)).toMatchObject([{ lane: 'digest', promises: [{ paper: 'a' }] }]);
  });

  it('reads the place of a doubted post back, for a day, and never trusts its nonce again', () => {
    const { id } = attemptedAt(NOON + 2 * HOUR);
    outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON + 2 * HOUR);
    outbox.planAnew(NOON);
    const check = { kind: 'read-back', since: NOON - DAY - MINUTE };
    expect(outbox.unsettled(NOON, 10)).toMatchObject([{ post: { id }, check }]);
    expect(outbox.unsettled(NOON + 2 * HOUR + MINUTE, 10)).toMatchObject([{ check: { kind: 'read-back' } }]);
  });

  it('does so also with one that was under way while the clock was set', () => {
    const { id } = attemptedAt(NOON + 2 * HOUR);
    outbox.planAnew(NOON);
    outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON);
    expect(outbox.unsettled(NOON + 2 * HOUR + MINUTE, 10)).toMatchObject([{ check: { kind: 'read-back' } }]);
  });

  it('counts the cards that were sent by the wrong clock towards today alone', async () => {
    const { id } = attemptedAt(AHEAD);
    outbox.settle(id, delivered, AHEAD);
    outbox.hold({ channelId: 'c2', serverId: 's1' }, { code: 'permission-missing', reason: 'no' }, AHEAD);
    expect(outbox.ahead(NOON)).toEqual([AHEAD, AHEAD]);
    await outbox.putRight(NOON, orderedBefore(NOON, [AHEAD]));
    expect([outbox.sentSince('c1', NOON - HOUR), outbox.sentSince('c1', NOON)]).toEqual([1, 0]);
    expect(outbox.held(10)[0].since).toBeLessThan(NOON);
    expect(outbox.ahead(NOON)).toEqual([]);
  });

  it('finds what lies ahead by an index, however much was sent', () => {
    const plan = (sql: string) =>
      db
        .prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail)
        .join();
    expect(
      plan("SELECT DISTINCT settled_at FROM post WHERE state = 'sent' AND kind = 'card' AND settled_at > 1"),
    ).toContain('post_living');
  });
});
