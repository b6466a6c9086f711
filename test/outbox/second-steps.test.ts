import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { Step } from '#src/outbox/post.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import { anOutbox, aPlace, aPromise, HOUR, MINUTE, NOON, SECOND } from './some-posts.ts';

const delivered: Receipt = { kind: 'delivered', messageId: 'm1', channelId: 'c1' };
const unknown: Receipt = { kind: 'unknown', reason: 'Discord answered 502' };
const missing: Receipt = { kind: 'refused', code: 'permission-missing', reason: 'Missing Access' };
const deleted: Receipt = { kind: 'refused', code: 'message-gone', reason: 'Unknown Message' };
const BOTH: readonly Step[] = ['thread', 'publish'];

describe('what follows a post', () => {
  let db: Database;
  let outbox: Outbox;
  beforeEach(() => {
    ({ db, outbox } = anOutbox());
  });
  const packed = (paper: string, steps = BOTH, channelId = 'c1') => {
    outbox.promise(aPromise(paper, { channelId }));
    const post = outbox.pack(aPlace(channelId), 'card', [paper], NOON, steps);
    outbox.attempt(post?.id ?? 0, NOON);
    return post?.id ?? 0;
  };
  const sent = (paper: string, steps = BOTH, channelId = 'c1') => {
    const id = packed(paper, steps, channelId);
    outbox.settle(id, delivered, NOON);
    return id;
  };
  const stepsAt = (now: number) => outbox.steps(now, 10).map(({ step }) => step);

  it('waits until the post is there, then is done one by one', () => {
    const id = packed('a');
    expect(stepsAt(NOON)).toEqual([]);
    outbox.settle(id, delivered, NOON);
    expect(stepsAt(NOON)).toEqual(['thread']);
    expect(outbox.settleStep(id, delivered, NOON)).toEqual({ to: 'done' });
    expect(stepsAt(NOON)).toEqual(['publish']);
    outbox.settleStep(id, delivered, NOON);
    expect(stepsAt(NOON + 99 * HOUR)).toEqual([]);
    expect(outbox.settleStep(id, delivered, NOON)).toBeNull();
  });

  it('follows also a post that was found by reading back, and after a restart', () => {
    const id = packed('a');
    outbox.settle(id, unknown, NOON);
    outbox.settleReadBack(id, { kind: 'found', messageId: 'm1', channelId: 'c1' }, NOON + 3 * MINUTE);
    expect(openOutbox(db, NOON + HOUR).steps(NOON + HOUR, 10)).toMatchObject([
      { step: 'thread', post: { id, message: { messageId: 'm1' } } },
    ]);
  });

  it('goes with each half of a post that Discord took in halves', () => {
    for (const paper of ['a', 'b']) outbox.promise(aPromise(paper, { lane: 'digest' }));
    const post = outbox.pack(aPlace(), 'digest', ['a', 'b'], NOON, ['publish']);
    for (let time = 0; time < 2; time++) {
      outbox.attempt(post?.id ?? 0, NOON);
      outbox.settle(post?.id ?? 0, { kind: 'refused', code: 'content-refused', reason: 'AutoMod' }, NOON);
    }
    expect(outbox.ready(NOON, 10).map(({ steps }) => steps)).toEqual([['publish']]);
  });

  it('is tried again after growing pauses while Discord does not answer', () => {
    const id = sent('a');
    const pauses = Array.from({ length: 9 }, () => {
      const after = outbox.settleStep(id, unknown, NOON);
      return after?.to === 'again' ? (after.at - NOON) / SECOND : null;
    });
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600]);
    expect(stepsAt(NOON + 600 * SECOND - 1)).toEqual([]);
    expect(stepsAt(NOON + 600 * SECOND)).toEqual(['thread']);
  });

  it('is tried again rarely while Discord refuses it, for a week, then is given up', () => {
    const id = sent('a', ['thread']);
    expect(outbox.settleStep(id, missing, NOON)).toMatchObject({
      at: NOON + 10 * MINUTE,
      refused: 'Missing Access',
    });
    for (let time = 0; time < 9; time++) outbox.settleStep(id, missing, NOON);
    expect(outbox.settleStep(id, missing, NOON)).toMatchObject({ at: NOON + 6 * HOUR });
    expect(outbox.settleStep(id, missing, NOON + 7 * 24 * HOUR + 1)).toEqual({
      to: 'given-up',
      reason: 'Missing Access',
    });
    expect(stepsAt(NOON + 999 * HOUR)).toEqual([]);
  });

  it('waits for the instant that it is put off to, which counts as no failure', () => {
    const id = sent('a', ['publish']);
    const later: Receipt = { kind: 'later', at: NOON + HOUR, reason: 'ten an hour' };
    expect(outbox.settleStep(id, later, NOON)).toMatchObject({ at: NOON + HOUR, tries: 0, refused: null });
    expect(stepsAt(NOON + HOUR - 1)).toEqual([]);
  });

  it('is not wanted for a message that was deleted', () => {
    const id = sent('a', ['thread']);
    expect(outbox.settleStep(id, deleted, NOON)).toEqual({ to: 'done' });
  });

  it('waits while its channel is on hold', () => {
    sent('a');
    outbox.hold({ serverId: 's1', channelId: 'c1' }, { code: 'permission-missing', reason: 'x' }, NOON);
    expect(stepsAt(NOON)).toEqual([]);
    outbox.release('c1', NOON);
    expect(stepsAt(NOON)).toEqual(['thread']);
  });

  const tell = (id: number, at = NOON) => {
    const { channelId } = outbox.post(id)?.place ?? { channelId: '' };
    if (outbox.isStepTold(channelId, 'thread', at)) return null;
    const notice = outbox.packNotice(
      { serverId: 's1', channelId: 'mods', kind: 'message' },
      `${id} ${at}`,
      'x',
      at,
    );
    outbox.noteStepTold(id, 'thread', notice?.id ?? 0);
    return notice;
  };

  it('is told to moderators once a channel, and anew after it worked there', () => {
    const [one, two, other] = [sent('a', ['thread']), sent('b', ['thread']), sent('c', ['thread'], 'c2')];
    const isTold = [one, one, two, other].map((id) => tell(id) !== null);
    expect(isTold).toEqual([true, false, false, true]);
    outbox.settleStep(one, missing, NOON + 8 * 24 * HOUR);
    expect(tell(two)).toBeNull();
    outbox.settleStep(two, delivered, NOON);
    expect(tell(sent('d', ['thread']))).not.toBeNull();
  });

  it('is told again a day after Discord refused the word', () => {
    const id = sent('a', ['thread']);
    const notice = tell(id)?.id ?? 0;
    outbox.attempt(notice, NOON);
    outbox.settle(notice, { kind: 'refused', code: 'permission-missing', reason: 'x' }, NOON);
    expect(tell(id, NOON + HOUR)).toBeNull();
    expect(tell(id, NOON + 25 * HOUR)).not.toBeNull();
  });

  it('does not wait for an hour that a clock which ran ahead had planned', () => {
    const id = sent('a', ['thread']);
    outbox.settleStep(id, missing, NOON + 30 * HOUR);
    outbox.planAnew(NOON);
    expect(stepsAt(NOON)).toEqual(['thread']);
  });
});
