import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import type { Destination } from '#src/outbox/destination.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { SecondStep } from '#src/outbox/post.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import { anEntry, anOutbox, aPlace, HOUR, MINUTE, NOON, SECOND } from './some-posts.ts';

const delivered: Receipt = { kind: 'delivered', messageId: 'm1', channelId: 'c1' };
const unknown: Receipt = { kind: 'unknown', reason: 'Discord answered 502' };
const missing: Receipt = { kind: 'refused', code: 'permission-missing', reason: 'Missing Access' };
const deleted: Receipt = { kind: 'refused', code: 'message-gone', reason: 'Unknown Message' };
const BOTH: readonly SecondStep[] = ['thread', 'publish'];

describe('what follows a post', () => {
  let db: Database;
  let outbox: Outbox;
  beforeEach(async () => {
    ({ db, outbox } = await anOutbox());
  });
  const packed = async (paper: string, steps = BOTH, destination: Destination = 'channel:c1') => {
    await outbox.add(anEntry(paper, { destination }));
    const post = await outbox.pack(aPlace(destination), 'card', [paper], NOON, steps);
    await outbox.attempt(post?.id ?? 0, NOON);
    return post?.id ?? 0;
  };
  const sent = async (paper: string, steps = BOTH, destination: Destination = 'channel:c1') => {
    const id = await packed(paper, steps, destination);
    await outbox.settle(id, delivered, NOON);
    return id;
  };
  const stepsAt = async (now: number) => (await outbox.steps(now, 10)).map(({ step }) => step);

  it('waits until the post is there, then is done one by one', async () => {
    const id = await packed('a');
    expect(await stepsAt(NOON)).toEqual([]);
    await outbox.settle(id, delivered, NOON);
    expect(await stepsAt(NOON)).toEqual(['thread']);
    expect(await outbox.settleStep(id, delivered, NOON)).toEqual({ to: 'done' });
    expect(await stepsAt(NOON)).toEqual(['publish']);
    await outbox.settleStep(id, delivered, NOON);
    expect(await stepsAt(NOON + 99 * HOUR)).toEqual([]);
    expect(await outbox.settleStep(id, delivered, NOON)).toBeNull();
  });

  it('is nothing once a moderator deleted it, also after a restart; its paper stays sent', async () => {
    const id = await sent('a');
    await outbox.noteDeleted(id, NOON + 1);
    expect(await stepsAt(NOON + HOUR)).toEqual([]);
    const next = await openOutbox(db, NOON + HOUR);
    expect(await next.steps(NOON + HOUR, 10)).toEqual([]);
    expect(await next.post(id)).toMatchObject({ state: 'sent', deletedAt: NOON + 1, steps: [] });
    expect(await next.has('channel:c1', 'a')).toBe(true);
    const [entry] = await next.ledger({ paper: 'a', limit: 1 });
    expect(entry).toMatchObject({ state: 'sent', post: { deletedAt: NOON + 1 } });
  });

  it('follows also a post that was found by reading back, and after a restart', async () => {
    const id = await packed('a');
    await outbox.settle(id, unknown, NOON);
    await outbox.settleReadBack(id, { kind: 'found', messageId: 'm1', channelId: 'c1' }, NOON + 3 * MINUTE);
    expect(await (await openOutbox(db, NOON + HOUR)).steps(NOON + HOUR, 10)).toMatchObject([
      { step: 'thread', post: { id, message: { messageId: 'm1' } } },
    ]);
  });

  it('goes with each half of a post that Discord took in halves', async () => {
    for (const paper of ['a', 'b']) await outbox.add(anEntry(paper, { mode: 'digest' }));
    const post = await outbox.pack(aPlace(), 'digest', ['a', 'b'], NOON, ['publish']);
    for (let time = 0; time < 2; time++) {
      await outbox.attempt(post?.id ?? 0, NOON);
      await outbox.settle(
        post?.id ?? 0,
        { kind: 'refused', code: 'content-refused', reason: 'AutoMod' },
        NOON,
      );
    }
    expect((await outbox.ready(NOON, 10)).map(({ steps }) => steps)).toEqual([['publish']]);
  });

  it('is tried again after growing pauses while Discord does not answer', async () => {
    const id = await sent('a');
    const pauses: (number | null)[] = [];
    for (let time = 0; time < 9; time++) {
      const after = await outbox.settleStep(id, unknown, NOON);
      pauses.push(after?.to === 'again' ? (after.at - NOON) / SECOND : null);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600]);
    expect(await stepsAt(NOON + 600 * SECOND - 1)).toEqual([]);
    expect(await stepsAt(NOON + 600 * SECOND)).toEqual(['thread']);
  });

  it('is tried again rarely while Discord refuses it, for a week, then is given up', async () => {
    const id = await sent('a', ['thread']);
    expect(await outbox.settleStep(id, missing, NOON)).toMatchObject({
      at: NOON + 10 * MINUTE,
      refused: 'Missing Access',
    });
    for (let time = 0; time < 9; time++) await outbox.settleStep(id, missing, NOON);
    expect(await outbox.settleStep(id, missing, NOON)).toMatchObject({ at: NOON + 6 * HOUR });
    expect(await outbox.settleStep(id, missing, NOON + 7 * 24 * HOUR + 1)).toEqual({
      to: 'given-up',
      reason: 'Missing Access',
    });
    expect(await stepsAt(NOON + 999 * HOUR)).toEqual([]);
  });

  it('waits for the instant that it is put off to, which counts as no failure', async () => {
    const id = await sent('a', ['publish']);
    const later: Receipt = { kind: 'later', at: NOON + HOUR, reason: 'ten an hour' };
    expect(await outbox.settleStep(id, later, NOON)).toMatchObject({
      at: NOON + HOUR,
      tries: 0,
      refused: null,
    });
    expect(await stepsAt(NOON + HOUR - 1)).toEqual([]);
  });

  it('is not tried again sooner than in a second, however early Discord would take it', async () => {
    const id = await sent('a', ['publish']);
    await outbox.settleStep(id, { kind: 'later', at: NOON - HOUR, reason: 'now' }, NOON);
    expect(await stepsAt(NOON + SECOND - 1)).toEqual([]);
    expect(await stepsAt(NOON + SECOND)).toEqual(['publish']);
  });

  it('is given up after the week also where Discord only puts it off, and not before', async () => {
    const id = await sent('a', ['publish']);
    const week = NOON + 7 * 24 * HOUR;
    const later: Receipt = { kind: 'later', at: week, reason: 'ten an hour' };
    expect(await outbox.settleStep(id, later, week)).toMatchObject({ to: 'again' });
    expect(await outbox.settleStep(id, later, week + 1)).toEqual({ to: 'given-up', reason: 'ten an hour' });
  });

  it('gives way to the next where there is nothing to do any more, which begins anew', async () => {
    const id = await sent('a');
    for (let time = 0; time < 3; time++) await outbox.settleStep(id, unknown, NOON);
    expect(await outbox.settleStep(id, null, NOON)).toEqual({ to: 'done' });
    expect(await outbox.settleStep(id, unknown, NOON)).toMatchObject({ at: NOON + 5 * SECOND, tries: 1 });
  });

  it('of several posts comes in the order of their time, no more than are asked for', async () => {
    const ids = [await sent('a'), await sent('b'), await sent('c')];
    for (const [index, id] of ids.entries())
      await outbox.settleStep(id, { kind: 'later', at: NOON + (9 - index) * MINUTE, reason: 'x' }, NOON);
    const posts = (await outbox.steps(NOON + HOUR, 2)).map(({ post }) => post.id);
    expect(posts).toEqual([ids[2], ids[1]]);
  });

  it('is not wanted for a message that was deleted', async () => {
    const id = await sent('a', ['thread']);
    expect(await outbox.settleStep(id, deleted, NOON)).toEqual({ to: 'done' });
  });

  it('waits while its channel is on hold', async () => {
    await sent('a');
    await outbox.hold(
      { serverId: 's1', destination: 'channel:c1' },
      { code: 'permission-missing', reason: 'x' },
      NOON,
    );
    expect(await stepsAt(NOON)).toEqual([]);
    await outbox.release('channel:c1', NOON);
    expect(await stepsAt(NOON)).toEqual(['thread']);
  });

  const tell = async (id: number, at = NOON) => {
    const { destination } = (await outbox.post(id))?.place ?? { destination: 'channel:' };
    if (await outbox.isStepNotified(destination, 'thread', at)) return null;
    const notice = await outbox.packNotice(
      { serverId: 's1', destination: 'channel:mods', kind: 'message' },
      `${id} ${at}`,
      'x',
      at,
    );
    await outbox.noteStepNotified(id, 'thread', notice?.id ?? 0);
    return notice;
  };

  it('is told to moderators once a channel, and anew after it worked there', async () => {
    const [one, two, other] = [
      await sent('a', ['thread']),
      await sent('b', ['thread']),
      await sent('c', ['thread'], 'channel:c2'),
    ];
    const isNotified: boolean[] = [];
    for (const id of [one, one, two, other]) isNotified.push((await tell(id)) !== null);
    expect(isNotified).toEqual([true, false, false, true]);
    await outbox.settleStep(one, missing, NOON + 8 * 24 * HOUR);
    expect(await tell(two)).toBeNull();
    await outbox.settleStep(two, delivered, NOON);
    expect(await tell(await sent('d', ['thread']))).not.toBeNull();
  });

  it('is told again a day after Discord refused the word', async () => {
    const id = await sent('a', ['thread']);
    const notice = (await tell(id))?.id ?? 0;
    await outbox.attempt(notice, NOON);
    await outbox.settle(notice, { kind: 'refused', code: 'permission-missing', reason: 'x' }, NOON);
    expect(await tell(id, NOON + HOUR)).toBeNull();
    expect(await tell(id, NOON + 25 * HOUR)).not.toBeNull();
  });

  it('does not wait for an hour that a clock which ran ahead had planned', async () => {
    const id = await sent('a', ['thread']);
    await outbox.settleStep(id, missing, NOON + 30 * HOUR);
    await outbox.planAnew(NOON);
    expect(await stepsAt(NOON)).toEqual(['thread']);
  });
});
