import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import { anOutbox, aPlace, DELIVERED, HOUR, NOON, packPaper, TIMED_OUT } from './some-posts.ts';

const C1 = { destination: 'channel:c1', serverId: 's1' } as const;
const NO_RIGHT: Receipt = { kind: 'refused', code: 'permission-missing', reason: 'no' };
const DAY = 24 * HOUR;

let outbox: Outbox;
let db: Database;
beforeEach(async () => {
  ({ db, outbox } = await anOutbox());
});

const pack = (subscription = 'x1', paper = 'a') => outbox.packExample(aPlace(), paper, subscription, NOON);
const tried = async (receipt: Receipt, subscription = 'x1') => {
  const { post } = await pack(subscription);
  await outbox.attempt(post.id, NOON);
  await outbox.settle(post.id, receipt, NOON);
  return post;
};
const stateOf = async ({ id }: { id: number }) => (await outbox.post(id))?.state;

describe('an example', () => {
  it('is there once for a subscription, whatever paper is asked for, until it is deleted', async () => {
    const { post, isNew } = await pack();
    expect([isNew, post.kind, post.papers, post.about]).toEqual([true, 'example', ['a'], 'x1']);
    expect(await pack('x1', 'b')).toEqual({ post, isNew: false });
    expect((await pack('x2')).isNew).toBe(true);
    await outbox.attempt(post.id, NOON);
    await outbox.settle(post.id, DELIVERED, NOON);
    expect(await pack()).toMatchObject({ post: { id: post.id, state: 'sent' }, isNew: false });
    await outbox.noteDeleted(post.id, NOON);
    const next = await pack();
    expect(next.isNew).toBe(true);
    // Discord takes a nonce for that of the message before.
    expect(next.post.nonce).not.toBe(post.nonce);
  });

  it('that may have arrived is not posted a second time', async () => {
    const post = await tried(TIMED_OUT);
    expect(await stateOf(post)).toBe('unknown');
    expect((await pack()).isNew).toBe(false);
  });

  it('is no entry: its paper is not queued by it, and comes as an alert all the same', async () => {
    await tried(DELIVERED);
    expect(await outbox.has('channel:c1', 'a')).toBe(false);
    expect(await outbox.ledger({ limit: 9 })).toEqual([]);
    await packPaper(outbox, 'a');
    expect(await outbox.ledger({ limit: 9 })).toMatchObject([{ paper: 'a', state: 'packed' }]);
  });

  it('counts as no alert', async () => {
    await tried(DELIVERED);
    expect(await outbox.lastSentAt('channel:c1')).toBeNull();
    expect(await outbox.tally('channel:c1', 0)).toEqual({ posts: 0, papers: 0 });
    expect(await outbox.postedSince('channel:c1', 0)).toEqual([]);
    expect(await outbox.sentSince('channel:c1', 0)).toBe(0);
    expect(await outbox.living(0, 9)).toEqual([]);
    // Nobody is told by it that what was held is posted.
    expect(await outbox.hasSentSince('channel:c1', 0)).toBe(false);
    const figures = await outbox.reached('s1', ['channel:c1'], { since: 0, usualSince: 0 });
    expect(figures.get('channel:c1')).toMatchObject({ lastSentAt: null, usualPosts: 0, posted: 0 });
  });

  it('holds its channel where Discord refuses it there, as an alert would, and does not wait for its end', async () => {
    const post = await tried(NO_RIGHT);
    expect(await stateOf(post)).toBe('dissolved');
    expect((await outbox.heldIn('s1')).map(({ code }) => code)).toEqual(['permission-missing']);
    expect((await pack()).isNew).toBe(true);
  });

  it('that is not sent yet goes with its channel: on hold, too late, or gone', async () => {
    const { post: held } = await pack('x1');
    await outbox.hold(C1, { code: 'permission-missing', reason: 'no' }, NOON);
    expect(await stateOf(held)).toBe('dissolved');
    await outbox.release('channel:c1', NOON);
    const { post: late } = await pack('x2');
    await outbox.gather(NOON + HOUR, NOON + HOUR);
    expect(await stateOf(late)).toBe('dissolved');
    const { post: gone } = await pack('x3');
    await outbox.abandon(C1, 'gone', NOON);
    expect(await stateOf(gone)).toBe('refused');
  });

  it('in doubt is given up after a day, and no moderator is asked about it', async () => {
    const { id } = await tried(TIMED_OUT);
    expect(await outbox.longDoubted(NOON + DAY, 9, 0)).toEqual([]);
    const unreadable = { kind: 'unreadable', reason: 'silence', readTo: null } as const;
    await outbox.settleReadBack(id, unreadable, NOON + HOUR);
    expect(await stateOf({ id })).toBe('unknown');
    await outbox.settleReadBack(id, unreadable, NOON + DAY);
    expect(await stateOf({ id })).toBe('refused');
  });

  it('is forgotten after 90 days, and when its server is', async () => {
    const post = await tried(DELIVERED);
    while (await outbox.prune(NOON + 89 * DAY, (why) => why));
    expect(await stateOf(post)).toBe('sent');
    while (await outbox.prune(NOON + 91 * DAY, (why) => why));
    expect(await stateOf(post)).toBeUndefined();
    const other = await tried(DELIVERED);
    await outbox.purgeServer('s1');
    while (await outbox.goOn(NOON));
    expect(await stateOf(other)).toBeUndefined();
  });
  it('is found by an index, by its subscription and when it is to be forgotten', async () => {
    const plan = async (where: string) =>
      JSON.stringify(await db.all(`EXPLAIN QUERY PLAN SELECT id FROM post WHERE ${where}`));
    expect(await plan("about = 'x1' AND kind = 'example'")).toContain('post_about');
    expect(await plan("state = 'sent' AND kind IN ('notice', 'example') AND settled_at < 1")).toContain(
      'post_of_no_entry',
    );
  });
});
