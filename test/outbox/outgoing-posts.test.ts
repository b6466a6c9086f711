import { beforeEach, describe, expect, it } from 'vitest';
import type { Outbox } from '#src/outbox/outbox.ts';
import {
  anEntry,
  anOutbox,
  aPlace,
  DELIVERED,
  HOUR,
  NOON,
  packPaper,
  TIMED_OUT,
  tryPaper,
} from './some-posts.ts';

const C1 = { destination: 'channel:c1', serverId: 's1' } as const;

let outbox: Outbox;
beforeEach(async () => {
  ({ outbox } = await anOutbox());
});

describe('a post that was packed', () => {
  it('has nothing behind it yet', async () => {
    const post = await packPaper(outbox, 'a', { kind: 'digest' });
    expect(post).toEqual({
      ...{ id: post.id, place: aPlace(), kind: 'digest', papers: ['a'], note: null },
      ...{ nonce: post.nonce, mark: post.mark, about: null, state: 'packed', plain: false },
      ...{ packedAt: NOON, queuedAt: NOON, nextAt: 0, attempts: 0, firstAttemptAt: null },
      ...{ lastAttemptAt: null, attempted: null, doubtSince: null, readTo: null, checks: 0, unheard: false },
      ...{
        settledAt: null,
        message: null,
        reason: null,
        shown: null,
        deletedAt: null,
        steps: [],
        stepTries: 0,
      },
    });
    expect(await outbox.post(post.id)).toEqual(post);
  });

  it('was queued when the oldest of its papers was; those that are not open are left out', async () => {
    await outbox.add(anEntry('b', { decidedAt: NOON - 1 }), anEntry('a', { decidedAt: NOON - HOUR }));
    await outbox.add(anEntry('c'), anEntry('gone', { decidedAt: NOON - 2 * HOUR }));
    await outbox.refuse('channel:c1', 'gone', 'nobody wants it', NOON);
    const post = await outbox.pack(aPlace(), 'catch-up', ['c', 'gone', 'a', 'b'], NOON);
    expect(post).toMatchObject({ papers: ['c', 'a', 'b'], queuedAt: NOON - HOUR, packedAt: NOON });
  });

  it('is taken apart: its papers are due again, each in its mode, and say why', async () => {
    const { id } = await packPaper(outbox, 'a', { kind: 'digest' });
    await outbox.unpack(id, 'nobody may post now', NOON + HOUR);
    expect(await outbox.post(id)).toMatchObject({ state: 'dissolved', reason: 'nobody may post now' });
    expect(await outbox.ledger({ paper: 'a', limit: 1 })).toMatchObject([
      { state: 'due', mode: 'digest', postId: null, dueAt: NOON + HOUR, reason: null },
    ]);
    expect(await outbox.pack(aPlace(), 'digest', ['a'], NOON)).not.toBeNull();
  });

  it('is not taken apart once it is under way, in doubt or sent', async () => {
    const underWay = await tryPaper(outbox, 'a');
    const doubted = await tryPaper(outbox, 'b', TIMED_OUT);
    const sent = await tryPaper(outbox, 'c', DELIVERED);
    for (const id of [underWay, doubted, sent, 999]) await outbox.unpack(id, 'no', NOON);
    const states: (string | undefined)[] = [];
    for (const id of [underWay, doubted, sent]) states.push((await outbox.post(id))?.state);
    expect(states).toEqual(['attempted', 'unknown', 'sent']);
  });

  it('is not attempted while its channel is on hold, but for a word', async () => {
    const { id } = await packPaper(outbox, 'a');
    const doubted = await tryPaper(outbox, 'b', TIMED_OUT);
    const word = await outbox.packNotice(aPlace(), 'k', 'Text.', NOON);
    await outbox.hold(C1, { code: 'thread-locked', reason: 'locked' }, NOON);
    expect([await outbox.attempt(id, NOON), await outbox.attempt(doubted, NOON)]).toEqual([null, null]);
    expect(await outbox.ready(NOON, 9)).toMatchObject([{ id: word?.id }]);
    expect(await outbox.attempt(word?.id ?? 0, NOON)).toMatchObject({ state: 'attempted', attempts: 1 });
  });

  it('keeps when it was attempted first and last', async () => {
    const id = await tryPaper(outbox, 'a', TIMED_OUT);
    await outbox.attempt(id, NOON + HOUR);
    expect(await outbox.post(id)).toMatchObject({
      ...{ attempts: 2, firstAttemptAt: NOON, lastAttemptAt: NOON + HOUR, doubtSince: NOON },
      attempted: { from: NOON, until: NOON + HOUR },
    });
  });
});

describe('a word to moderators', () => {
  it('is of no paper, wants no further step, and asks about a post in doubt', async () => {
    const word = await outbox.packNotice(aPlace(), 'k', 'Is it there?', NOON, 'the nonce');
    expect(word).toMatchObject({ papers: [], steps: [], about: 'the nonce', note: 'Is it there?' });
    expect(await outbox.packNotice(aPlace('channel:c2'), 'k', 'Text.', NOON)).toMatchObject({ about: null });
  });

  it('is let go before what is packed later in its channel', async () => {
    const { id } = await packPaper(outbox, 'a');
    await outbox.packNotice(aPlace(), 'k', 'Text.', NOON);
    expect(await outbox.ready(NOON, 9)).toMatchObject([{ id }]);
  });
});

describe('what a post shows', () => {
  it('is a heading for a digest, and none for a card', async () => {
    const card = await packPaper(outbox, 'a');
    const digest = await packPaper(outbox, 'b', { kind: 'digest' });
    for (const { id } of [card, digest]) await outbox.noteHeading(id, 'Two papers today');
    expect((await outbox.post(card.id))?.note).toBeNull();
    expect((await outbox.post(digest.id))?.note).toBe('Two papers today');
  });

  it('is kept for cards that were sent, which come in pages, the oldest first', async () => {
    const ids: number[] = [];
    for (const [paper, at] of [['a', NOON + 1] as const, ['b', NOON] as const, ['c', NOON] as const])
      ids.push(await tryPaper(outbox, paper, DELIVERED, { at }));
    await tryPaper(outbox, 'digest', DELIVERED, { kind: 'digest' });
    await tryPaper(outbox, 'doubted', TIMED_OUT);
    const page = await outbox.living(NOON, 2);
    expect(page.map(({ id }) => id)).toEqual([ids[1], ids[2]]);
    expect((await outbox.living(NOON, 2, page[1])).map(({ id }) => id)).toEqual([ids[0]]);
  });
});

it('the ledger tells the newest first, by paper, channel and server, and no more than is asked', async () => {
  await outbox.add(anEntry('a'), anEntry('b'), anEntry('a', { destination: 'channel:c2' }));
  await outbox.add(anEntry('a', { destination: 'channel:c3', serverId: 's2' }));
  const told = async (query: object) =>
    (await outbox.ledger({ limit: 9, ...query })).map(
      ({ destination, paper, post }) => `${destination} ${paper} ${post}`,
    );
  expect(await told({ limit: 1 })).toEqual(['channel:c3 a null']);
  expect(await told({ paper: 'a', serverId: 's1' })).toEqual(['channel:c2 a null', 'channel:c1 a null']);
  expect(await told({ destination: 'channel:c1' })).toEqual(['channel:c1 b null', 'channel:c1 a null']);
});
