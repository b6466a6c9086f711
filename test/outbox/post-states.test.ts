import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { PostRefusal, ReadBack, Receipt } from '#src/outbox/receipt.ts';
import { phrase } from '#src/wording/phrase.ts';
import {
  anOutbox,
  aPlace,
  DELIVERED,
  HOUR,
  MINUTE,
  NOON,
  packPaper,
  SECOND,
  TIMED_OUT,
  tryPaper,
} from './some-posts.ts';

const DAY = 24 * HOUR;
const FORUM = { place: aPlace('channel:c1', 'forum') };
const later = (at: number): Receipt => ({ kind: 'later', at, reason: '429' });
const readLater = (at: number): ReadBack => ({ kind: 'later', at, reason: 'asked too often', readTo: '55' });
const refusedBy = (code: PostRefusal, asked: boolean): ReadBack => ({
  kind: 'refused',
  code,
  reason: 'Missing Access',
  asked,
});

let db: Database;
let outbox: Outbox;
beforeEach(async () => {
  ({ db, outbox } = await anOutbox());
});

const post = async (id: number): Promise<Post> => {
  const found = await outbox.post(id);
  if (!found) throw new Error('no such post');
  return found;
};
/** How long after noon, in seconds, it is looked at again. */
const pauseOf = async (id: number) => ((await post(id)).nextAt - NOON) / SECOND;

describe('a post of which nobody knows whether it was sent', () => {
  it('is sent again after 1, 2, 4 ... 64 seconds while nothing answers', async () => {
    const { id } = await packPaper(outbox, 'a');
    const pauses: number[] = [];
    for (let time = 0; time < 8; time++) {
      await outbox.attempt(id, NOON);
      await outbox.settle(id, TIMED_OUT, NOON);
      pauses.push(await pauseOf(id));
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 64]);
  });

  it('is in doubt since its first attempt that may have been sent, however late that was told', async () => {
    const id = await tryPaper(outbox, 'a');
    await outbox.settle(id, TIMED_OUT, NOON + 10 * SECOND);
    await outbox.attempt(id, NOON + 20 * SECOND);
    await outbox.settle(id, TIMED_OUT, NOON + 30 * SECOND);
    expect(await post(id)).toMatchObject({ doubtSince: NOON, reason: 'time-out', unheard: true });
  });

  it('in a forum is looked for 15 seconds after the attempt, or at once where that is past', async () => {
    const id = await tryPaper(outbox, 'a', null, FORUM);
    await outbox.settle(id, TIMED_OUT, NOON + SECOND);
    expect(await pauseOf(id)).toBe(15);
    await outbox.attempt(id, NOON + MINUTE);
    await outbox.settle(id, TIMED_OUT, NOON + 2 * MINUTE);
    expect(await pauseOf(id)).toBe(120);
  });

  it('is not looked for before its last attempt had time to arrive, though its nonce guards it no more', async () => {
    const id = await tryPaper(outbox, 'a', TIMED_OUT);
    await outbox.attempt(id, NOON + 119 * SECOND);
    await outbox.settle(id, TIMED_OUT, NOON + 119 * SECOND);
    const kinds = async (seconds: number) =>
      (await outbox.unsettled(NOON + seconds * SECOND, 9)).map(({ check }) => check.kind);
    expect([await kinds(133), await kinds(134)]).toEqual([[], ['read-back']]);
  });

  it('is sent again up to the last moment of its nonce, and looked for from then on', async () => {
    const id = await tryPaper(outbox, 'a', TIMED_OUT);
    const kinds = async (at: number) => (await outbox.unsettled(at, 9)).map(({ check }) => check.kind);
    expect([await kinds(NOON + 2 * MINUTE - 1), await kinds(NOON + 2 * MINUTE)]).toEqual([
      ['resend'],
      ['read-back'],
    ]);
    expect(await outbox.unsettled(NOON + 2 * MINUTE, 9)).toMatchObject([{ post: { id } }]);
  });

  it('was being sent when Paperboy stopped: it says so, since the attempt', async () => {
    const id = await tryPaper(outbox, 'a');
    outbox = await openOutbox(db, NOON + HOUR);
    expect(await post(id)).toMatchObject({
      ...{ state: 'unknown', doubtSince: NOON, nextAt: NOON + HOUR + SECOND },
      reason: phrase('post.stoppedMeanwhile'),
    });
  });

  it('waits until Discord takes the next attempt, and stays in doubt', async () => {
    const id = await tryPaper(outbox, 'a', TIMED_OUT);
    await outbox.attempt(id, NOON + SECOND);
    expect(await outbox.settle(id, later(NOON + MINUTE), NOON + SECOND)).toEqual({
      state: 'unknown',
      hold: null,
    });
    expect(await post(id)).toMatchObject({ doubtSince: NOON, nextAt: NOON + MINUTE, reason: '429' });
  });

  it('is looked for once its nonce guards it no more where Discord refuses the next attempt', async () => {
    const id = await tryPaper(outbox, 'a', TIMED_OUT);
    await outbox.attempt(id, NOON + SECOND);
    await outbox.settle(id, { kind: 'refused', code: 'malformed', reason: '50035' }, NOON + SECOND);
    expect(await post(id)).toMatchObject({ doubtSince: NOON, nextAt: NOON + 2 * MINUTE, reason: '50035' });
    expect(await outbox.holdOf('channel:c1')).toBeNull();
  });

  it('that is a word does not put its channel on hold where Discord refuses the next attempt', async () => {
    const id = (await outbox.packNotice(aPlace(), 'k', 'Text.', NOON))?.id ?? 0;
    await outbox.attempt(id, NOON);
    await outbox.settle(id, TIMED_OUT, NOON);
    await outbox.attempt(id, NOON);
    const refused: Receipt = { kind: 'refused', code: 'permission-missing', reason: 'no' };
    expect(await outbox.settle(id, refused, NOON)).toEqual({ state: 'unknown', hold: null });
  });
});

describe('reading the place of a doubted post back', () => {
  const doubted = () => tryPaper(outbox, 'a', TIMED_OUT);

  it('goes on where it ended at the instant it is put off to, and counts that as no failure', async () => {
    const id = await doubted();
    await outbox.settleReadBack(id, readLater(NOON + 3 * HOUR), NOON);
    expect(await post(id)).toMatchObject({
      ...{ nextAt: NOON + 3 * HOUR, reason: 'asked too often', readTo: '55', checks: 0 },
    });
  });

  it('does not go on sooner than in five seconds', async () => {
    const id = await doubted();
    await outbox.settleReadBack(id, readLater(NOON), NOON);
    expect(await pauseOf(id)).toBe(5);
    await outbox.settleReadBack(id, { kind: 'partly', readTo: '77' }, NOON + SECOND);
    expect(await post(id)).toMatchObject({
      ...{ nextAt: NOON + 6 * SECOND, reason: phrase('post.readingBack'), readTo: '77', checks: 0 },
    });
  });

  it('is put off after the ninetieth day too: only what nobody can tell ends it', async () => {
    const id = await doubted();
    expect(await outbox.settleReadBack(id, readLater(NOON + 91 * DAY), NOON + 91 * DAY)).toMatchObject({
      state: 'unknown',
    });
  });

  it('waits ten minutes at most in an outage', async () => {
    const id = await doubted();
    const pauses: number[] = [];
    for (let time = 0; time < 6; time++) {
      const silent: ReadBack = { kind: 'unreadable', reason: 'no answer', readTo: '9', silent: true };
      await outbox.settleReadBack(id, silent, NOON);
      pauses.push((await pauseOf(id)) / 60);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 10, 10]);
    expect(await post(id)).toMatchObject({ readTo: '9', checks: 6, reason: 'no answer' });
  });

  it('that Discord refuses is tried ever more rarely, up to six hours; the doubt is as old as before', async () => {
    const id = await doubted();
    const minutes: number[] = [];
    for (let time = 0; time < 8; time++) {
      await outbox.settleReadBack(id, refusedBy('permission-missing', true), NOON + HOUR);
      minutes.push((await pauseOf(id)) / 60 - 60);
    }
    expect(minutes).toEqual([10, 20, 40, 80, 160, 320, 360, 360]);
    expect(await post(id)).toMatchObject({ doubtSince: NOON, checks: 8, reason: 'Missing Access' });
  });

  it('that the gateway knew to be refused costs nothing: it is tried at once after the release', async () => {
    const id = await doubted();
    await outbox.settleReadBack(id, refusedBy('channel-gone', false), NOON + HOUR);
    expect(await post(id)).toMatchObject({ nextAt: NOON + HOUR, checks: 0, readTo: null });
    expect(await outbox.holdOf('channel:c1')).toMatchObject({ code: 'channel-gone' });
  });

  it('lets the channel’s next go once Discord has answered, be it with a refusal', async () => {
    const id = await doubted();
    const isUnheard: boolean[] = [];
    for (const asked of [false, true, false]) {
      await outbox.settleReadBack(id, refusedBy('timed-out', asked), NOON);
      isUnheard.push((await post(id)).unheard);
    }
    expect(isUnheard).toEqual([true, false, false]);
  });

  it('ends a word to moderators that may not be looked for, and holds nothing', async () => {
    const id = (await outbox.packNotice(aPlace(), 'k', 'Text.', NOON))?.id ?? 0;
    await outbox.attempt(id, NOON);
    await outbox.settle(id, TIMED_OUT, NOON);
    expect(await outbox.settleReadBack(id, refusedBy('permission-missing', true), NOON)).toEqual({
      state: 'refused',
      hold: null,
    });
  });
});

describe('a post that Discord refuses', () => {
  it.each<PostRefusal>(['content-refused', 'malformed', 'message-gone'])(
    'for what it is (%s) goes once more at once, plain, and its channel is open',
    async (code) => {
      const id = await tryPaper(outbox, 'a', { kind: 'refused', code, reason: 'no' });
      expect(await post(id)).toMatchObject({ state: 'packed', plain: true, nextAt: 0, reason: 'no' });
      expect(await outbox.holdOf('channel:c1')).toBeNull();
    },
  );

  it.each<PostRefusal>(['channel-gone', 'server-left', 'thread-locked', 'timed-out', 'tag-required'])(
    'for its place (%s) puts the channel on hold for that',
    async (code) => {
      const id = await tryPaper(outbox, 'a', { kind: 'refused', code, reason: 'no' });
      expect(await post(id)).toMatchObject({ state: 'dissolved', reason: 'no', settledAt: NOON });
      expect(await outbox.holdOf('channel:c1')).toMatchObject({ code, reason: 'no' });
    },
  );

  it('stays plain when it is put off, is not found, or is sent again by moderators', async () => {
    const id = await tryPaper(outbox, 'a', { kind: 'refused', code: 'malformed', reason: 'no' });
    await outbox.attempt(id, NOON);
    await outbox.settle(id, later(NOON + MINUTE), NOON);
    expect(await post(id)).toMatchObject({ plain: true, nextAt: NOON + MINUTE, reason: '429' });
    await outbox.attempt(id, NOON);
    await outbox.settle(id, TIMED_OUT, NOON);
    await outbox.settleReadBack(id, { kind: 'absent' }, NOON);
    expect(await post(id)).toMatchObject({ plain: true, state: 'packed', nextAt: 0, reason: null });
    await outbox.attempt(id, NOON);
    await outbox.settle(id, TIMED_OUT, NOON);
    await outbox.decide(id, 'again', 'again', NOON);
    expect(await post(id)).toMatchObject({ plain: true, state: 'packed', nextAt: 0, reason: null });
    await outbox.attempt(id, NOON);
    await outbox.settle(id, DELIVERED, NOON);
    expect(await post(id)).toMatchObject({ state: 'sent', doubtSince: null, reason: null, steps: [] });
  });
});
