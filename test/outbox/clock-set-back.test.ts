import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import { orderedBefore } from '#src/foundation/instants.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { Receipt, Span } from '#src/outbox/receipt.ts';
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
  const attemptedAt = (at: number, paper = 'a', there?: Span) => {
    outbox.promise(aPromise(paper, { decidedAt: at, dueAt: at }));
    const post = outbox.pack(aPlace(), 'card', [paper], at);
    if (!post) throw new Error('nothing to pack');
    outbox.attempt(post.id, at, there);
    return post;
  };

  it('lets a packed post go at once, also one that was to be tried again later', () => {
    const later = attemptedAt(AHEAD, 'b');
    outbox.settle(later.id, { kind: 'later', at: AHEAD + HOUR, reason: 'limited' }, AHEAD);
    outbox.promise(aPromise('a', { channelId: 'c2', decidedAt: AHEAD, dueAt: AHEAD }));
    outbox.pack(aPlace('c2'), 'card', ['a'], AHEAD);
    expect(outbox.ready(NOON, 10)).toMatchObject([{ papers: ['a'] }]);
    expect(outbox.planAnew(NOON)).toBe(1);
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

  const SECOND = 1000;
  const doubted = () => {
    const { id } = attemptedAt(NOON + 2 * HOUR, 'a', { from: NOON, until: NOON });
    outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON + 2 * HOUR);
    outbox.planAnew(NOON);
    return id;
  };
  const checked = (now: number, there = now) =>
    outbox.unsettled(now, 10, { from: there, until: there }).map(({ check }) => check);

  it('makes sure of a doubted post by Discord’s clock, which nobody set', () => {
    doubted();
    expect(checked(NOON + SECOND)).toMatchObject([{ kind: 'resend' }]);
    expect(checked(NOON + SECOND, NOON + HOUR)).toEqual([]);
    const written = { from: NOON - MINUTE, until: NOON + 10 * MINUTE };
    expect(checked(NOON + MINUTE, NOON + HOUR)).toMatchObject([{ kind: 'read-back', written }]);
    expect(outbox.longDoubted(NOON - DAY, 10, 0)).toEqual([]);
  });

  it('reads the place back, for two days, of one that was attempted when Discord’s clock was not noted', () => {
    db.exec(`UPDATE post SET seek_from = NULL, seek_until = NULL WHERE id = ${doubted()}`);
    const written = { from: NOON - 2 * DAY, until: NOON + DAY };
    expect(checked(NOON + MINUTE)).toMatchObject([{ kind: 'read-back', written }]);
  });

  it('does so also with one that was under way while the clock was set', () => {
    const { id } = attemptedAt(NOON + 2 * HOUR, 'a', { from: NOON, until: NOON });
    outbox.planAnew(NOON);
    outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON);
    expect(checked(NOON + 5 * MINUTE)).toMatchObject([{ kind: 'read-back' }]);
  });

  // Attempted while the clock was right: what was planned afterwards, while it ran ahead, tells nothing of that by itself.
  const attemptedBefore = () =>
    attemptedAt(NOON - MINUTE, 'a', { from: NOON - MINUTE, until: NOON - MINUTE });
  const soon = () => checked(NOON + MINUTE, NOON + HOUR);

  it('makes sure soon of a doubt that a start under the wrong clock put off', () => {
    attemptedBefore();
    openOutbox(db, NOON + 2 * HOUR);
    expect(soon()).toEqual([]);
    expect(outbox.planAnew(NOON)).toBe(1);
    expect(soon()).toMatchObject([{ kind: 'read-back' }]);
    expect(outbox.planAnew(NOON)).toBe(0);
  });

  it('makes sure soon of a doubt that a read-back under the wrong clock put off', () => {
    const { id } = attemptedBefore();
    outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON - MINUTE);
    outbox.settleReadBack(id, { kind: 'unreadable', reason: 'no', readTo: null }, NOON + 10 * MINUTE);
    expect(outbox.planAnew(NOON)).toBe(1);
    expect(soon()).toMatchObject([{ kind: 'read-back' }]);
  });

  it('lets go at once what was to be tried again later than anything is', () => {
    const { id } = attemptedBefore();
    outbox.settle(id, { kind: 'later', at: NOON + 3 * HOUR, reason: 'limited' }, NOON + 2 * HOUR);
    expect(outbox.planAnew(NOON)).toBe(1);
    expect(outbox.ready(NOON, 10)).toMatchObject([{ id }]);
  });

  it('leaves alone the pause before a doubt is looked into', () => {
    const { id } = attemptedAt(NOON, 'a', { from: NOON, until: NOON });
    outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON);
    expect(outbox.planAnew(NOON)).toBe(0);
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
