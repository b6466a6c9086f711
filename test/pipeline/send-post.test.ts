import { describe, expect, it } from 'vitest';
import { FatalError } from '#src/foundation/failure.ts';
import type { ReadBack } from '#src/outbox/receipt.ts';
import { readBack, send } from '#src/pipeline/send-post.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { MINUTE } from '#test/archive/some-papers.ts';
import { HOUR } from '#test/outbox/some-posts.ts';
import { inC, NOON, openCounter } from './some-deliveries.ts';
import { aGateway } from './some-servers.ts';

const go = { mayGo: () => true };
const broken = (error: Error) => () => {
  throw error;
};
const missing = { code: 'permission-missing', reason: phrase('hold.threadLocked') } as const;

describe('a post that is sent', () => {
  it('arrives, with its nonce, within five minutes of now', async () => {
    const counter = await openCounter();
    const post = await counter.packed('card', ['a']);
    await send(counter, post.id, go);
    expect(counter.posted).toMatchObject([{ nonce: post.nonce, sendBefore: NOON + 5 * MINUTE }]);
    expect(await counter.states()).toEqual(['a sent']);
    expect(counter.log.lines).toEqual([
      {
        level: 'debug',
        message: expect.any(String),
        fields: { post: post.id, channel: 'c', by: 'sending', state: 'sent' },
      },
    ]);
    expect(counter.did).toEqual([]);
  });

  it('again leaves while its nonce guards it, and not later', async () => {
    const counter = await openCounter();
    const post = await counter.packed('card', ['a']);
    await send(counter, post.id, { ...go, guardedUntil: NOON + MINUTE });
    expect(counter.posted).toMatchObject([{ sendBefore: NOON + MINUTE }]);
    expect(counter.log.lines).toMatchObject([{ fields: { by: 'resending' } }]);
  });

  it('does not leave, nor counts as attempted, where it may not go any more', async () => {
    const counter = await openCounter();
    const post = await counter.packed('card', ['a']);
    await send(counter, post.id, { mayGo: () => false });
    expect(counter.posted).toEqual([]);
    expect(await counter.outbox.post(post.id)).toMatchObject({ state: 'packed', attempts: 0 });
  });

  it('and refused puts its channel on hold, of which is told at once', async () => {
    const counter = await openCounter();
    counter.answer.post = () => ({ kind: 'refused', ...missing });
    await send(counter, (await counter.packed('card', ['a'])).id, go);
    expect(counter.did).toEqual(['hold channel:c permission-missing']);
    expect(await counter.states()).toEqual(['a held']);
  });

  it('and arrives where there was trouble tells that too', async () => {
    const counter = await openCounter();
    const trouble = { serverId: 's', destination: 'channel:c', since: NOON, last: null, ...missing } as const;
    await counter.outbox.episodes.begin(trouble);
    await send(counter, (await counter.packed('card', ['a'])).id, go);
    expect(counter.did).toEqual(['recovered channel:c']);
  });

  it('keeps the heading of a digest as it was at the first attempt', async () => {
    const counter = await openCounter();
    counter.answer.post = () => ({ kind: 'later', at: NOON, reason: 'busy' });
    const post = await counter.packed('catch-up', ['a', 'b']);
    await send(counter, post.id, go);
    const heading = (await counter.outbox.post(post.id))?.note ?? '';
    expect(inEnglish(heading)).toBe('2 March, 11:00 to 12:00 UTC · 2 papers missed');
    counter.put('s1', inC('s1', { quiet: { from: '01:00', to: '02:00', zone: 'Asia/Tokyo' } }));
    await counter.clock.advance(MINUTE);
    await send(counter, post.id, go);
    const headings = counter.posted.map(({ letter }) => 'view' in letter && letter.view.heading);
    expect(headings).toEqual([heading, heading]);
  });

  it('as a card has no heading', async () => {
    const counter = await openCounter();
    const post = await counter.packed('card', ['a']);
    await send(counter, post.id, go);
    expect((await counter.outbox.post(post.id))?.note).toBeNull();
  });
});

describe('a post that cannot be written', () => {
  it('is kept for an hour, and the operator is told which and why', async () => {
    const counter = await openCounter();
    const post = await counter.packed('card', ['a']);
    const archive = { ...counter.archive, paper: broken(new RangeError('odd')) };
    await send({ ...counter, archive }, post.id, go);
    expect(counter.posted).toEqual([]);
    expect(await counter.outbox.post(post.id)).toMatchObject({ state: 'packed', nextAt: NOON + HOUR });
    expect(inEnglish((await counter.outbox.post(post.id))?.reason ?? '')).toBe('It could not be written');
    expect(counter.log.lines).toMatchObject([
      { level: 'error', fields: { post: post.id, err: { name: 'RangeError' } } },
    ]);
  });

  it('because the database is lost ends the run', async () => {
    const counter = await openCounter();
    const post = await counter.packed('card', ['a']);
    const archive = { ...counter.archive, paper: broken(new FatalError('lost')) };
    await expect(send({ ...counter, archive }, post.id, go)).rejects.toThrow('lost');
  });
});

describe('a post in doubt', () => {
  const written = { from: NOON, until: NOON + MINUTE };
  const check = { kind: 'read-back', written, readTo: '7' } as const;

  async function doubted(found: ReadBack, servers = aGateway()) {
    const counter = await openCounter({ servers });
    const { id } = await counter.packed('card', ['a']);
    await counter.outbox.attempt(id, NOON);
    await counter.outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON);
    const post = await counter.outbox.post(id);
    if (!post) throw new Error('it is gone');
    const sought: object[] = [];
    const find = async (place: object, asked: object) => {
      sought.push({ place, ...asked });
      return found;
    };
    const deps = { ...counter, postman: { ...counter.postman, find } };
    return { ...counter, deps, post, sought };
  }

  it('is looked for by its mark and nonce, in the time in which it may have been written', async () => {
    const { deps, post, sought, states, log } = await doubted({
      kind: 'found',
      messageId: 'm',
      channelId: 'c',
    });
    await readBack(deps, { post, check });
    expect(sought).toEqual([{ place: post.place, mark: post.mark, nonce: post.nonce, written, readTo: '7' }]);
    expect(await states()).toEqual(['a sent']);
    expect(log.lines).toMatchObject([{ level: 'debug', fields: { by: 'reading back', state: 'sent' } }]);
  });

  it('is not asked Discord for where the gateway knows that the place is closed, which is then on hold', async () => {
    const closed = aGateway(undefined, { obstacle: (_, carries) => (carries === 'papers' ? missing : null) });
    const { deps, post, sought, did } = await doubted({ kind: 'absent' }, closed);
    await readBack(deps, { post, check });
    expect(sought).toEqual([]);
    expect(did).toEqual(['hold channel:c permission-missing']);
    expect(await deps.outbox.post(post.id)).toMatchObject({ state: 'unknown', unheard: true });
  });

  it('that is a word to moderators is looked for wherever words may be written', async () => {
    const wordsAlone = aGateway(undefined, {
      obstacle: (_, carries) => (carries === 'papers' ? missing : null),
    });
    const { deps, post, sought } = await doubted({ kind: 'absent' }, wordsAlone);
    await readBack(deps, { post: { ...post, kind: 'notice' }, check });
    expect(sought).toHaveLength(1);
  });

  it('whose nonce guards it is not looked for', async () => {
    const { deps, post, sought, states } = await doubted({ kind: 'absent' });
    await readBack(deps, { post, check: { kind: 'resend', before: NOON } });
    expect([sought, await states()]).toEqual([[], ['a packed']]);
  });
});
