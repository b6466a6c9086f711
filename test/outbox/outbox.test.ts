import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import { channelIn, type Destination } from '#src/outbox/destination.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { ReadBack, Receipt } from '#src/outbox/receipt.ts';
import { phrase } from '#src/wording/phrase.ts';
import { anEntry, anOutbox, aPlace, HOUR, MINUTE, NOON, SECOND } from './some-posts.ts';

let db: Database;
let outbox: Outbox;
beforeEach(async () => {
  ({ db, outbox } = await anOutbox());
});

const delivered: Receipt = { kind: 'delivered', messageId: 'm1', channelId: 'c1' };
const unknown: Receipt = { kind: 'unknown', reason: 'time-out' };
const refusedChannel: Receipt = { kind: 'refused', code: 'permission-missing', reason: 'Missing Access' };
const unreadable: ReadBack = { kind: 'unreadable', reason: 'HTTP 503', readTo: null };
const refusedContent: Receipt = { kind: 'refused', code: 'content-refused', reason: 'AutoMod' };

async function packed(papers: string[], kind: 'card' | 'digest' = 'card', place = aPlace()): Promise<Post> {
  const mode = kind;
  for (const paper of papers) await outbox.add(anEntry(paper, { mode, destination: place.destination }));
  const post = await outbox.pack(place, kind, papers, NOON);
  if (!post) throw new Error('nothing to pack');
  return post;
}

async function attempted(
  papers: string[],
  kind: 'card' | 'digest' = 'card',
  place = aPlace(),
): Promise<Post> {
  const post = await packed(papers, kind, place);
  await outbox.attempt(post.id, NOON);
  return post;
}

/** Discord refused it in full; now it is tried plain. */
async function refusedOnce(post: Post): Promise<Post> {
  await outbox.settle(post.id, refusedContent, NOON);
  await outbox.attempt(post.id, NOON);
  return post;
}

const states = async (destination: Destination = 'channel:c1') =>
  Object.fromEntries(
    (await outbox.ledger({ destination, limit: 100 })).map(({ paper, state }) => [paper, state]),
  );

describe('an entry', () => {
  it('is made once for a channel and a paper, whatever is decided later', async () => {
    expect(await outbox.add(anEntry('a'))).toBe(1);
    expect(await outbox.add(anEntry('a', { subscriptions: ['x2'] }))).toBe(0);
    expect(await outbox.add(anEntry('a', { destination: 'channel:c2' }))).toBe(1);
    expect(await outbox.has('channel:c1', 'a')).toBe(true);
    expect(await outbox.has('channel:c1', 'b')).toBe(false);
  });

  it('waits until it is due', async () => {
    await outbox.add(anEntry('a', { dueAt: NOON + HOUR }));
    expect(await states()).toEqual({ a: 'waiting' });
    expect(await outbox.due(NOON + HOUR - 1, 10)).toEqual([]);
    expect(await outbox.due(NOON + HOUR, 10)).toHaveLength(1);
    expect(await states()).toEqual({ a: 'due' });
  });

  it('is packed once: what is on its way is not due any more', async () => {
    await packed(['a']);
    expect(await states()).toEqual({ a: 'packed' });
    expect(await outbox.due(NOON, 10)).toEqual([]);
    expect(await outbox.pack(aPlace(), 'card', ['a'], NOON)).toBeNull();
  });

  it('goes to the digest when it is deferred', async () => {
    await outbox.add(anEntry('a'));
    expect(await outbox.defer('channel:c1', 'a', NOON + HOUR)).toBe(true);
    expect(await outbox.due(NOON, 10)).toEqual([]);
    expect(await outbox.due(NOON + HOUR, 10)).toMatchObject([{ mode: 'digest', entries: [{ paper: 'a' }] }]);
    await attempted(['b']);
    expect(await outbox.defer('channel:c1', 'b', NOON + HOUR)).toBe(false);
  });

  it('can be taken back while it is open, and not once it is on its way; another who wants it gets it after that', async () => {
    await outbox.add(anEntry('a'));
    expect(await outbox.refuse('channel:c1', 'a', 'the subscription was removed', NOON)).toBe(true);
    expect(await states()).toEqual({ a: 'refused' });
    expect(await outbox.has('channel:c1', 'a')).toBe(false);
    await packed(['b']);
    expect(await outbox.refuse('channel:c1', 'b', 'the subscription was removed', NOON)).toBe(false);
    expect(await outbox.add(anEntry('a', { subscriptions: ['other'] }))).toBe(1);
    expect(await outbox.add(anEntry('a'))).toBe(0);
    expect(await outbox.ledger({ paper: 'a', limit: 9 })).toMatchObject([
      { state: 'due', subscriptions: ['other'], settledAt: null, reason: null },
    ]);
  });
});

describe('what is due', () => {
  const turns = async (limit: number) =>
    (await outbox.due(NOON, limit)).map(
      ({ serverId, destination }) => `${serverId} ${channelIn(destination)}`,
    );

  it('comes fairly: a server with a flood does not hold up the single paper of another', async () => {
    for (let i = 0; i < 50; i++)
      await outbox.add(anEntry('a', { destination: `channel:c${i}`, dueAt: NOON - HOUR }));
    await outbox.add(anEntry('single', { serverId: 's2', destination: 'channel:d' }));
    const servers = (await outbox.due(NOON, 4)).map(({ serverId }) => serverId);
    expect(servers).toEqual(['s1', 's2', 's1']);
  });

  it('goes round: every server has its turn when there are more of them than places', async () => {
    for (let i = 0; i < 7; i++)
      await outbox.add(anEntry('a', { serverId: `s${i}`, destination: `channel:c${i}` }));
    expect([await turns(3), await turns(3), await turns(3)]).toEqual([
      ['s0 c0', 's1 c1', 's2 c2'],
      ['s3 c3', 's4 c4', 's5 c5'],
      ['s6 c6', 's0 c0', 's1 c1'],
    ]);
  });

  it('goes round among the channels of a server too, each with its longest waiting paper', async () => {
    for (const destination of ['channel:c0', 'channel:c1', 'channel:c2'] as const) {
      await outbox.add(anEntry('new', { destination, dueAt: NOON - 1 }));
      await outbox.add(anEntry('old', { destination, dueAt: NOON - HOUR }));
    }
    expect([await turns(2), await turns(2)]).toEqual([
      ['s1 c0', 's1 c1'],
      ['s1 c2', 's1 c0'],
    ]);
    expect((await outbox.due(NOON, 3)).map(({ entries }) => entries[0].paper)).toEqual(['old', 'old', 'old']);
  });

  it('waits while its channel has a post packed or under way, and comes after it', async () => {
    const post = await attempted(['first']);
    await outbox.add(anEntry('second'));
    expect(await turns(5)).toEqual([]);
    await outbox.settle(post.id, delivered, NOON);
    expect(await turns(5)).toEqual(['s1 c1']);
  });

  it('does not come while enough is packed already', async () => {
    await packed(['a']);
    await packed(['a'], 'card', aPlace('channel:c2'));
    await outbox.add(anEntry('b', { destination: 'channel:c3' }));
    expect(await turns(2)).toEqual([]);
    expect(await turns(3)).toEqual(['s1 c3']);
  });

  it("takes a channel's digest as one, ranked by score", async () => {
    await outbox.add(anEntry('low', { mode: 'digest', score: 1 }));
    await outbox.add(anEntry('high', { mode: 'digest', score: 9 }));
    await outbox.add(anEntry('tomorrow', { mode: 'digest', dueAt: NOON + HOUR }));
    const [digest, ...others] = await outbox.due(NOON, 10);
    expect(others).toEqual([]);
    expect(digest.entries.map(({ paper }) => paper)).toEqual(['high', 'low']);
  });
});

describe('a post', () => {
  it('has its papers fixed before the first attempt, and the same nonce for the same papers', async () => {
    const post = await packed(['a', 'b'], 'digest');
    expect(post).toMatchObject({ state: 'packed', papers: ['a', 'b'], queuedAt: NOON });
    expect(post.nonce).toMatch(/^[\w-]{25}$/);
    expect(post.mark).toBe(`why:${post.nonce}`);
    expect((await outbox.postByNonce(post.nonce))?.id).toBe(post.id);
    expect((await packed(['a', 'b'], 'digest', aPlace('channel:c2'))).nonce).not.toBe(post.nonce);
  });

  it('is sent when Discord has delivered it', async () => {
    const post = await attempted(['a']);
    expect(await outbox.settle(post.id, delivered, NOON + SECOND)).toEqual({ state: 'sent', hold: null });
    expect((await outbox.post(post.id))?.message).toEqual({ channelId: 'c1', messageId: 'm1' });
    expect(await states()).toEqual({ a: 'sent' });
    expect(await outbox.attempt(post.id, NOON + MINUTE)).toBeNull();
  });

  it('that Discord puts off waits until then', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, { kind: 'later', at: NOON + MINUTE, reason: '429' }, NOON);
    expect(await outbox.ready(NOON + MINUTE - 1, 10)).toEqual([]);
    expect(await outbox.ready(NOON + MINUTE, 10)).toMatchObject([
      { id: post.id, state: 'packed', attempts: 1 },
    ]);
  });

  it('of unknown fate is sent again with its nonce while the nonce guards it', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON + 10 * SECOND);
    expect(await outbox.unsettled(NOON + 11 * SECOND, 10)).toMatchObject([
      { post: { id: post.id, nonce: post.nonce }, check: { kind: 'resend', before: NOON + 2 * MINUTE } },
    ]);
    expect(await outbox.attempt(post.id, NOON + 11 * SECOND)).toMatchObject({
      state: 'attempted',
      attempts: 2,
    });
    expect(await outbox.settle(post.id, delivered, NOON + 12 * SECOND)).toEqual({
      state: 'sent',
      hold: null,
    });
  });

  it('of unknown fate is looked for in its channel once the nonce guards it no more', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON + 10 * SECOND);
    expect(await outbox.unsettled(NOON + 2 * MINUTE, 10)).toMatchObject([
      {
        check: {
          kind: 'read-back',
          written: { from: NOON - MINUTE, until: NOON + 10 * MINUTE },
          readTo: null,
        },
      },
    ]);
    await outbox.settleReadBack(
      post.id,
      { kind: 'found', messageId: 'm9', channelId: 'c1' },
      NOON + 2 * MINUTE,
    );
    expect(await states()).toEqual({ a: 'sent' });
  });

  it('is guarded by its nonce from the first attempt that may have been sent, whatever came after', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    await outbox.attempt(post.id, NOON + 100 * SECOND);
    await outbox.settle(post.id, unknown, NOON + 100 * SECOND);
    expect(await outbox.unsettled(NOON + 119 * SECOND, 10)).toMatchObject([
      { check: { before: NOON + 2 * MINUTE } },
    ]);
    expect(await outbox.unsettled(NOON + 121 * SECOND, 10)).toMatchObject([{ check: { kind: 'read-back' } }]);
  });

  it('that is not found in its channel is sent again', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    await outbox.settleReadBack(post.id, { kind: 'absent' }, NOON + 3 * MINUTE);
    expect(await outbox.ready(NOON + 3 * MINUTE, 10)).toMatchObject([{ id: post.id, doubtSince: null }]);
  });

  it('stays in doubt while its channel cannot be read', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    await outbox.settleReadBack(post.id, unreadable, NOON + 3 * MINUTE);
    expect(await outbox.unsettled(NOON + 3 * MINUTE, 10)).toEqual([]);
    expect(await outbox.unsettled(NOON + 4 * MINUTE, 10)).toMatchObject([{ check: { kind: 'read-back' } }]);
  });

  it('is looked for ever more rarely while its channel cannot be read', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    const pauses: number[] = [];
    for (let check = 0; check < 9; check++) {
      await outbox.settleReadBack(post.id, unreadable, NOON);
      pauses.push((((await outbox.post(post.id))?.nextAt ?? 0) - NOON) / MINUTE);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('is asked for at once when Paperboy is started again, and pauses grow anew', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    for (let check = 0; check < 9; check++) await outbox.settleReadBack(post.id, unreadable, NOON);
    const next = await openOutbox(db, NOON + 10 * MINUTE);
    expect((await next.post(post.id))?.nextAt).toBe(NOON + 10 * MINUTE);
    await next.settleReadBack(post.id, unreadable, NOON + 10 * MINUTE);
    expect((await next.post(post.id))?.nextAt).toBe(NOON + 11 * MINUTE);
  });

  it('does not wait for an hour that a clock which ran ahead had planned', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    const later: ReadBack = { kind: 'later', at: NOON + 3 * HOUR, reason: 'not certain', readTo: null };
    await outbox.settleReadBack(post.id, later, NOON + 2 * HOUR);
    expect(await outbox.planAnew(NOON + MINUTE)).toBe(1);
    expect((await outbox.post(post.id))?.nextAt).toBe(NOON + MINUTE);
    await outbox.settleReadBack(post.id, later, NOON + 2 * HOUR);
    expect((await (await openOutbox(db, NOON + MINUTE)).post(post.id))?.nextAt).toBe(NOON + MINUTE);
  });

  it('is given up when nobody could tell for ninety days; a word to moderators after one', async () => {
    const notice = await outbox.packNotice(aPlace('channel:mods'), 'k', 'Text.', NOON);
    const post = await attempted(['a']);
    await outbox.attempt(notice?.id ?? 0, NOON);
    for (const id of [post.id, notice?.id ?? 0]) await outbox.settle(id, unknown, NOON);
    const state = async (id = 0, hours = 0) =>
      (await outbox.settleReadBack(id, unreadable, NOON + hours * HOUR))?.state;
    expect([await state(notice?.id, 23), await state(notice?.id, 24)]).toEqual(['unknown', 'refused']);
    expect([await state(post.id, 90 * 24 - 1), await state(post.id, 90 * 24)]).toEqual([
      'unknown',
      'refused',
    ]);
  });

  it.each<[string, ReadBack, number]>([
    ['nothing at all', { ...unreadable, silent: true }, 0],
    ['that it could not be asked', { kind: 'later', at: NOON, reason: 'Silent', readTo: null }, 0],
    ['something that settles nothing', unreadable, 1],
    ['that nobody may read there', { kind: 'later', at: NOON, reason: '?', readTo: null, asked: true }, 1],
    ['a part of the history', { kind: 'partly', readTo: '77' }, 1],
  ])(
    'holds back its channel’s next while Discord is silent: reading back tells %s',
    async (_, found, next) => {
      const post = await attempted(['a']);
      await outbox.settle(post.id, unknown, NOON);
      await outbox.add(anEntry('b'));
      expect(await outbox.due(NOON + MINUTE, 10)).toEqual([]);
      await outbox.settleReadBack(post.id, found, NOON + MINUTE);
      await outbox.settleReadBack(post.id, { ...unreadable, silent: true }, NOON + MINUTE);
      expect(await outbox.due(NOON + MINUTE, 10)).toHaveLength(next);
    },
  );

  it('is looked for on from where the last reading ended', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    await outbox.settleReadBack(post.id, { kind: 'partly', readTo: '77' }, NOON + 3 * MINUTE);
    expect(await outbox.unsettled(NOON + 4 * MINUTE, 10)).toMatchObject([{ check: { readTo: '77' } }]);
    await outbox.settleReadBack(post.id, unreadable, NOON + 4 * MINUTE);
    expect(await outbox.post(post.id)).toMatchObject({ readTo: null, checks: 1 });
  });

  it('puts its channel on hold when that takes no questions, and is looked for rarely then', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    const found: ReadBack = {
      kind: 'refused',
      code: 'permission-missing',
      reason: 'Missing Access',
      asked: true,
    };
    expect(await outbox.settleReadBack(post.id, found, NOON)).toMatchObject({
      state: 'unknown',
      hold: { code: 'permission-missing' },
    });
    await outbox.release('channel:c1', NOON);
    expect(await outbox.unsettled(NOON + 9 * MINUTE, 10)).toEqual([]);
    expect(await outbox.unsettled(NOON + 10 * MINUTE, 10)).toHaveLength(1);
  });

  it('is guarded by its nonce by Discord’s clock, not by ours', async () => {
    const there = (from: number) => ({ from, until: from + SECOND });
    const post = await packed(['a']);
    await outbox.attempt(post.id, NOON, there(NOON + HOUR));
    await outbox.settle(post.id, unknown, NOON);
    const kinds = async (minutes: number) =>
      (await outbox.unsettled(NOON + MINUTE, 1, there(NOON + HOUR + minutes * MINUTE))).map(
        ({ check }) => check.kind,
      );
    expect([await kinds(1), await kinds(2), await kinds(-5)]).toEqual([
      ['resend'],
      ['read-back'],
      ['read-back'],
    ]);
  });

  it('is looked for in the time of Discord’s clock, from its first attempt in doubt to its last', async () => {
    const post = await packed(['a']);
    await outbox.attempt(post.id, NOON, { from: NOON - HOUR, until: NOON - HOUR + SECOND });
    await outbox.settle(post.id, unknown, NOON);
    await outbox.attempt(post.id, NOON, { from: NOON - 30 * MINUTE, until: NOON - 29 * MINUTE });
    await outbox.settle(post.id, unknown, NOON);
    expect(await outbox.unsettled(NOON + MINUTE, 1)).toMatchObject([
      { check: { written: { from: NOON - 61 * MINUTE, until: NOON - 19 * MINUTE } } },
    ]);
  });

  it('in a thread or forum carries no nonce, so it is always looked for first', async () => {
    const post = await attempted(['a'], 'card', aPlace('channel:c1', 'forum'));
    await outbox.settle(post.id, unknown, NOON + SECOND);
    expect(await outbox.unsettled(NOON + SECOND, 10)).toEqual([]);
    expect(await outbox.unsettled(NOON + 15 * SECOND, 10)).toMatchObject([{ check: { kind: 'read-back' } }]);
  });

  it('that was being sent when the process died is in doubt at the next start', async () => {
    const post = await attempted(['a']);
    await packed(['b']);
    const next = await openOutbox(db, NOON + 30 * SECOND);
    expect(await next.unsettled(NOON + 31 * SECOND, 10)).toMatchObject([
      { post: { id: post.id }, check: { kind: 'resend' } },
    ]);
    expect(await next.ready(NOON + 30 * SECOND, 10)).toMatchObject([{ papers: ['b'] }]);
  });

  it('is looked for, and not sent again, when the clock was set back', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    await db.run('UPDATE post SET next_at = 0');
    expect(await outbox.unsettled(NOON - HOUR, 10)).toMatchObject([
      { post: { id: post.id }, check: { kind: 'read-back' } },
    ]);
  });

  it('refused for its words goes once more without its ornaments, under the same nonce', async () => {
    const post = await attempted(['a']);
    expect(await outbox.settle(post.id, refusedContent, NOON)).toEqual({ state: 'packed', hold: null });
    expect(await outbox.ready(NOON, 10)).toMatchObject([{ id: post.id, plain: true, nonce: post.nonce }]);
  });

  it('refused for its words though it is plain is refused for good when it holds one paper', async () => {
    const post = await refusedOnce(await attempted(['a']));
    expect(await outbox.settle(post.id, refusedContent, NOON)).toEqual({ state: 'refused', hold: null });
    expect(await outbox.ledger({ paper: 'a', limit: 1 })).toMatchObject([
      { state: 'refused', reason: 'AutoMod' },
    ]);
  });

  it('refused for its words though it is plain is halved, so that one paper does not take the others with it', async () => {
    const post = await refusedOnce(await attempted(['a', 'b', 'c'], 'digest'));
    expect(await outbox.settle(post.id, refusedContent, NOON)).toEqual({ state: 'dissolved', hold: null });
    const [first] = await outbox.ready(NOON, 10);
    expect(first).toMatchObject({ papers: ['a', 'b'], plain: false });
    await outbox.attempt(first.id, NOON);
    expect(await outbox.ready(NOON, 10)).toMatchObject([{ papers: ['c'], plain: false }]);
    await outbox.settle(first.id, { kind: 'later', at: NOON, reason: '429' }, NOON);
    expect(await states()).toEqual({ a: 'packed', b: 'packed', c: 'packed' });
  });

  it('in doubt is not given up by a later refusal: the earlier attempt may stand in the channel', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    await outbox.attempt(post.id, NOON + SECOND);
    expect(await outbox.settle(post.id, refusedContent, NOON + SECOND)).toEqual({
      state: 'unknown',
      hold: null,
    });
    expect(await outbox.unsettled(NOON + 2 * MINUTE, 10)).toMatchObject([{ check: { kind: 'read-back' } }]);
  });

  it('ignores a receipt that comes when it is not under way', async () => {
    const post = await packed(['a']);
    expect(await outbox.settle(post.id, delivered, NOON)).toBeNull();
    expect(await outbox.settle(999, delivered, NOON)).toBeNull();
    expect(await outbox.settleReadBack(post.id, { kind: 'absent' }, NOON)).toBeNull();
  });
});

describe('moderators’ word on a post in doubt', () => {
  const doubted = async (): Promise<Post> => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    return post;
  };
  const day = NOON + 24 * HOUR;

  it('is asked for after a day, once', async () => {
    const post = await doubted();
    expect(await outbox.longDoubted(NOON, 10, 0)).toEqual([]);
    expect(await outbox.longDoubted(day, 10, 0)).toMatchObject([{ id: post.id }]);
    await outbox.noteNotified(post.id, day);
    expect(await outbox.longDoubted(day, 10, 0)).toEqual([]);
  });

  it('is for moderators to hear of again a day after Discord refused the word', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    const day = 24 * HOUR;
    const room = aPlace('channel:mods');
    const word = async (key: string) =>
      (await outbox.packNotice(room, key, 'Is it there?', NOON + day + 1, post.nonce))?.id ?? 0;
    const first = await word('first');
    await outbox.noteNotified(post.id, NOON + day + 1);
    await outbox.attempt(first, NOON + day + 1);
    await outbox.settle(first, refusedChannel, NOON + day + 1);
    expect(await outbox.longDoubted(NOON + day, 10, 0)).toEqual([]);
    expect(await outbox.longDoubted(NOON + day + 2, 10, 0)).toMatchObject([{ id: post.id }]);
    await outbox.settle((await outbox.attempt(await word('second'), NOON))?.id ?? 0, delivered, NOON);
    expect(await outbox.longDoubted(NOON + 9 * day, 10, 0)).toEqual([]);
  });

  it('makes it go again, as if it had never been tried', async () => {
    const post = await doubted();
    expect(await outbox.decide(post.id, 'again', '', day)).toEqual({ state: 'packed', hold: null });
    expect(await outbox.attempt(post.id, day)).toMatchObject({
      doubtSince: null,
      attempted: { from: day, until: day },
    });
    expect(await outbox.decide(post.id, 'leave', '', day)).toBeNull();
  });

  it('makes it wait with the others where its channel is on hold', async () => {
    const post = await doubted();
    await outbox.hold(
      { destination: 'channel:c1', serverId: 's1' },
      { code: 'thread-locked', reason: 'locked' },
      NOON,
    );
    expect(await outbox.decide(post.id, 'again', '', day)).toEqual({ state: 'dissolved', hold: null });
    expect(await states()).toEqual({ a: 'held' });
  });

  it('ends it with the reason', async () => {
    const post = await doubted();
    expect(await outbox.decide(post.id, 'leave', 'left', day)).toEqual({ state: 'refused', hold: null });
    expect(await outbox.ledger({ limit: 1 })).toMatchObject([{ state: 'refused', reason: 'left' }]);
  });
});

describe('a channel that refuses', () => {
  it('is put on hold with its reason: what is open waits, nothing is attempted there', async () => {
    await outbox.add(anEntry('open'));
    await outbox.add(anEntry('tomorrow', { dueAt: NOON + 24 * HOUR }));
    await packed(['packed']);
    const post = await attempted(['a']);
    expect(await outbox.settle(post.id, refusedChannel, NOON)).toEqual({
      state: 'dissolved',
      hold: { code: 'permission-missing', reason: 'Missing Access' },
    });
    expect(await states()).toEqual({ open: 'held', tomorrow: 'held', packed: 'held', a: 'held' });
    expect(await outbox.held(10)).toEqual([
      {
        destination: 'channel:c1',
        serverId: 's1',
        code: 'permission-missing',
        reason: 'Missing Access',
        since: NOON,
      },
    ]);
    await outbox.add(anEntry('new'));
    expect(await states()).toMatchObject({ new: 'held' });
    expect(await outbox.due(NOON + HOUR, 10)).toEqual([]);
    expect(await outbox.ready(NOON + HOUR, 10)).toEqual([]);
  });

  it('is told with the very phrase, wherever it was noted', async () => {
    const reason = phrase('hold.missing', { n: 1, permissions: [phrase('permission.sendMessages')] });
    await outbox.add(anEntry('open'));
    const post = await attempted(['a']);
    const refused = { kind: 'refused', code: 'permission-missing', reason } as const;
    expect(await outbox.settle(post.id, refused, NOON)).toMatchObject({ hold: { reason } });
    expect(await outbox.holdOf('channel:c1')).toMatchObject({ reason });
    expect(await outbox.held(10)).toMatchObject([{ reason }]);
    expect(await outbox.post(post.id)).toMatchObject({ reason });
    expect(await outbox.ledger({ limit: 9 })).toMatchObject([{ reason }, { reason }]);
    const gone = phrase('hold.deleted');
    await outbox.abandon({ destination: 'channel:c1', serverId: 's1' }, gone, NOON);
    expect(await outbox.ledger({ limit: 9 })).toMatchObject([{ reason: gone }, { reason: gone }]);
    expect(await outbox.holdOf('channel:c1')).toMatchObject({ code: 'channel-gone', reason: gone });
  });

  it('gets what was held as one catch-up when it is released', async () => {
    for (const paper of ['a', 'b', 'c']) await outbox.add(anEntry(paper));
    await outbox.hold(
      { destination: 'channel:c1', serverId: 's1' },
      { code: 'thread-locked', reason: 'locked' },
      NOON,
    );
    expect(await outbox.release('channel:c1', NOON + HOUR)).toBe(3);
    expect(await outbox.due(NOON + HOUR, 10)).toMatchObject([
      { mode: 'catch-up', entries: [{ paper: 'a' }, { paper: 'b' }, { paper: 'c' }] },
    ]);
    expect(await outbox.held(10)).toEqual([]);
  });

  it('takes in a post that was under way and put off: it goes with the catch-up too', async () => {
    const post = await attempted(['a']);
    await outbox.hold(
      { destination: 'channel:c1', serverId: 's1' },
      { code: 'channel-gone', reason: 'gone' },
      NOON,
    );
    await outbox.settle(post.id, { kind: 'later', at: NOON + SECOND, reason: '429' }, NOON);
    expect(await states()).toEqual({ a: 'held' });
    expect(await outbox.backlog()).toMatchObject({ packed: 0, held: 1 });
  });

  it('with a word waiting for it does not keep others from their turn', async () => {
    await outbox.hold(
      { destination: 'channel:c1', serverId: 's1' },
      { code: 'channel-gone', reason: 'gone' },
      NOON,
    );
    await outbox.packNotice(aPlace('channel:c1'), 'k', 'Text.', NOON);
    await outbox.add(anEntry('a', { destination: 'channel:c2' }));
    expect(await outbox.due(NOON, 1)).toHaveLength(1);
  });

  it('keeps a post in doubt in doubt, and looks for it after the release', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    await outbox.attempt(post.id, NOON + SECOND);
    expect(await outbox.settle(post.id, refusedChannel, NOON + SECOND)).toMatchObject({
      state: 'unknown',
      hold: { code: 'permission-missing' },
    });
    expect(await outbox.unsettled(NOON + HOUR, 10)).toEqual([]);
    await outbox.release('channel:c1', NOON + HOUR);
    expect(await outbox.unsettled(NOON + HOUR, 10)).toMatchObject([{ check: { kind: 'read-back' } }]);
  });
});

describe('after an outage', () => {
  it('what should have gone hours ago goes as one catch-up; what is fresh goes as it is', async () => {
    await packed(['packed']);
    await outbox.add(anEntry('card', { dueAt: NOON - 5 * HOUR }));
    await outbox.add(anEntry('digest', { mode: 'digest', dueAt: NOON - 3 * HOUR }));
    await outbox.due(NOON, 10);
    const now = NOON + 3 * HOUR;
    await outbox.add(anEntry('fresh', { decidedAt: now, dueAt: now }));

    await outbox.gather(now - 2 * HOUR, now);

    const [missed] = await outbox.due(now, 10);
    expect(missed.mode).toBe('catch-up');
    expect(missed.entries.map(({ paper }) => paper)).toEqual(['packed', 'card', 'digest']);
    await outbox.refuse('channel:c1', 'packed', 'enough', now);
    await outbox.refuse('channel:c1', 'card', 'enough', now);
    await outbox.refuse('channel:c1', 'digest', 'enough', now);
    expect(await outbox.due(now, 10)).toMatchObject([{ mode: 'card', entries: [{ paper: 'fresh' }] }]);
  });

  it('leaves a post in doubt alone', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, unknown, NOON);
    await outbox.gather(NOON + 24 * HOUR, NOON + 24 * HOUR);
    expect((await outbox.post(post.id))?.state).toBe('unknown');
  });
});

describe('a word to moderators', () => {
  it('is packed once for its occasion', async () => {
    const first = await outbox.packNotice(aPlace(), 'paused:c9:1', 'Posting in <#9> is paused.', NOON);
    expect(first).toMatchObject({ kind: 'notice', papers: [], note: 'Posting in <#9> is paused.' });
    expect(await outbox.packNotice(aPlace(), 'paused:c9:1', 'Posting in <#9> is paused.', NOON)).toBeNull();
    expect(await outbox.packNotice(aPlace(), 'paused:c9:2', 'Again.', NOON)).not.toBeNull();
    expect((await outbox.backlog()).packed).toBe(2);
  });

  it('refused where it was tried does not put that channel on hold', async () => {
    const notice = await outbox.packNotice(aPlace(), 'k', 'Text.', NOON);
    await outbox.attempt(notice?.id ?? 0, NOON);
    expect(await outbox.settle(notice?.id ?? 0, refusedChannel, NOON)).toEqual({
      state: 'refused',
      hold: null,
    });
  });
});

describe('what can be asked', () => {
  it('how many cards a channel got since its day began, with those on their way', async () => {
    await outbox.settle((await attempted(['sent'])).id, delivered, NOON);
    await attempted(['under-way']);
    await outbox.add(anEntry('open'));
    await outbox.add(anEntry('digest', { mode: 'digest' }));
    expect(await outbox.sentSince('channel:c1', NOON)).toBe(2);
    expect(await outbox.sentSince('channel:c1', NOON + 1)).toBe(1);
    expect(await outbox.sentSince('channel:c2', NOON)).toBe(0);
  });

  it('the whole life of an entry', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, delivered, NOON + SECOND);
    expect(await outbox.ledger({ destination: 'channel:c1', paper: 'a', limit: 5 })).toEqual([
      {
        ...anEntry('a'),
        state: 'sent',
        postId: post.id,
        settledAt: NOON + SECOND,
        reason: null,
        post: {
          kind: 'card',
          state: 'sent',
          attempts: 1,
          firstAttemptAt: NOON,
          lastAttemptAt: NOON,
          channelId: 'c1',
          messageId: 'm1',
          deletedAt: null,
          reason: null,
        },
      },
    ]);
    expect(await outbox.ledger({ serverId: 's1', limit: 5 })).toHaveLength(1);
    expect(await outbox.ledger({ serverId: 's2', limit: 5 })).toEqual([]);
  });

  it('which cards are still to be kept up to date', async () => {
    const post = await attempted(['a']);
    await outbox.settle(post.id, delivered, NOON);
    await outbox.noteShown(post.id, '12 votes');
    expect(await outbox.living(NOON, 10)).toMatchObject([
      { id: post.id, shown: '12 votes', message: { messageId: 'm1' } },
    ]);
    expect(await outbox.living(NOON, 10, (await outbox.living(NOON, 10))[0])).toEqual([]);
    expect(await outbox.living(NOON + 1, 10)).toEqual([]);
  });

  it('how much is waiting', async () => {
    await outbox.add(anEntry('due'));
    await outbox.add(anEntry('waiting', { dueAt: NOON + HOUR }));
    await attempted(['a']);
    await outbox.hold(
      { destination: 'channel:c2', serverId: 's1' },
      { code: 'channel-gone', reason: 'gone' },
      NOON,
    );
    await outbox.add(anEntry('held', { destination: 'channel:c2' }));
    expect(await outbox.backlog()).toEqual({
      waiting: 1,
      due: 1,
      held: 1,
      packed: 0,
      attempted: 1,
      unknown: 0,
    });
  });

  it('to forget a server, and only that one', async () => {
    await outbox.settle((await attempted(['a'])).id, delivered, NOON);
    await outbox.add(anEntry('b', { serverId: 's2', destination: 'channel:c2' }));
    await outbox.purgeServer('s1');
    expect(await outbox.has('channel:c1', 'a')).toBe(false);
    expect(await outbox.has('channel:c2', 'b')).toBe(true);
  });
});
