import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { anEntry, anOutbox, aPlace, MINUTE, NOON } from './some-posts.ts';

const DAY = 86_400_000;
const AFTER = NOON + 91 * DAY;
const delivered = { kind: 'delivered', messageId: 'm1', channelId: 'c1' } as const;

let db: Database;
let outbox: Outbox;
beforeEach(async () => {
  ({ db, outbox } = await anOutbox());
});

const why = {
  filters: ['diffusion'],
  news: { kind: 'new', at: NOON },
  votes: 4,
  stars: 100,
  repository: true,
};
const promise = (paper: string, rest = {}) => outbox.add(anEntry(paper, { why, ...rest }));
const send = async (...papers: string[]) => {
  const post = await outbox.pack(aPlace(), papers.length === 1 ? 'card' : 'digest', papers, NOON);
  if (!post) throw new Error('nothing to pack');
  await outbox.attempt(post.id, NOON);
  await outbox.settle(post.id, delivered, NOON);
  return post;
};
const shorten = (full: unknown) => ({ filters: (full as typeof why).filters });
const prune = async (now = AFTER) => {
  while ((await outbox.prune(now, shorten)) > 0);
};
const ledgerOf = async (paper: string) =>
  (await outbox.ledger({ destination: 'channel:c1', paper, limit: 1 }))[0];
const posts = () => db.all<{ state: string; kind: string }>('SELECT state, kind FROM post');

describe('what was sent', () => {
  it('stays for ever as a short row, and never goes to that channel again', async () => {
    await promise('a');
    const { id, nonce } = await send('a');
    await outbox.noteShown(id, '{"votes":9}');
    await prune();
    expect(await promise('a')).toBe(0);
    expect(await ledgerOf('a')).toMatchObject({
      state: 'sent',
      why: { filters: ['diffusion'] },
      subscriptions: [],
    });
    expect(Object.keys((await ledgerOf('a')).why as object)).toEqual(['filters']);
    expect(await outbox.postByNonce(nonce)).toMatchObject({ papers: ['a'], state: 'sent', shown: null });
    expect((await outbox.postByNonce(nonce))?.message).toEqual({ channelId: 'c1', messageId: 'm1' });
  });

  it('keeps the papers of a digest, for its further pages', async () => {
    for (const paper of ['a', 'b', 'c']) await promise(paper, { mode: 'digest' });
    const { nonce } = await send('a', 'b', 'c');
    await prune();
    expect((await outbox.postByNonce(nonce))?.papers).toEqual(['a', 'b', 'c']);
  });

  it('is kept in full for 90 days', async () => {
    await promise('a');
    await send('a');
    await prune(NOON + 89 * DAY);
    expect((await ledgerOf('a')).why).toEqual(why);
  });
});

describe('what was never sent', () => {
  it('goes after 90 days, refused or held', async () => {
    await promise('refused');
    await outbox.refuse('channel:c1', 'refused', 'AutoMod', NOON);
    await outbox.hold(
      { destination: 'channel:c1', serverId: 's1' },
      { code: 'permission-missing', reason: 'r' },
      NOON,
    );
    await promise('held');
    await prune(NOON + 89 * DAY);
    expect(await outbox.ledger({ destination: 'channel:c1', paper: 'refused', limit: 1 })).toHaveLength(1);
    await prune();
    expect(await outbox.ledger({ destination: 'channel:c1', paper: 'refused', limit: 1 })).toHaveLength(0);
    expect(await outbox.has('channel:c1', 'held')).toBe(false);
  });

  it('goes with its post, and with posts that were dissolved', async () => {
    await promise('a');
    const refused = await outbox.pack(aPlace(), 'card', ['a'], NOON);
    // Refused as it is, and plainer.
    for (let attempt = 0; attempt < 2; attempt++) {
      await outbox.attempt(refused?.id ?? 0, NOON);
      await outbox.settle(
        refused?.id ?? 0,
        { kind: 'refused', code: 'content-refused', reason: 'AutoMod' },
        NOON,
      );
    }
    await promise('b');
    await outbox.pack(aPlace(), 'card', ['b'], NOON);
    await outbox.hold(
      { destination: 'channel:c1', serverId: 's1' },
      { code: 'permission-missing', reason: 'r' },
      NOON,
    );
    expect((await posts()).map(({ state }) => state)).toEqual(['refused', 'dissolved']);
    await prune();
    expect(await posts()).toEqual([]);
  });

  it('stays while it is still on its way', async () => {
    await promise('waiting', { mode: 'digest', dueAt: AFTER + DAY });
    await promise('a');
    await outbox.pack(aPlace(), 'card', ['a'], NOON);
    await prune();
    expect(await outbox.has('channel:c1', 'waiting')).toBe(true);
    expect(await posts()).toEqual([{ state: 'packed', kind: 'card' }]);
  });
});

it('words to moderators go after 90 days', async () => {
  const notice = await outbox.packNotice(aPlace(), 'key', 'text', NOON);
  await outbox.attempt(notice?.id ?? 0, NOON);
  await outbox.settle(notice?.id ?? 0, delivered, NOON);
  await prune();
  expect(await posts()).toEqual([]);
});

it('is done in slices, and the rest by the next process', async () => {
  for (let i = 0; i < 1200; i++) await promise(`p${i}`, { decidedAt: NOON + i });
  await outbox.hold(
    { destination: 'channel:c1', serverId: 's1' },
    { code: 'permission-missing', reason: 'r' },
    NOON,
  );
  while (await outbox.goOn(NOON));
  expect(await outbox.prune(AFTER, shorten)).toBe(500);
  expect(await outbox.has('channel:c1', 'p499')).toBe(false);
  expect(await outbox.has('channel:c1', 'p500')).toBe(true);
  await prune(NOON + 90 * DAY + 700);
  expect(await outbox.has('channel:c1', 'p699')).toBe(false);
  expect(await outbox.has('channel:c1', 'p700')).toBe(true);
  await promise('young', { decidedAt: AFTER - MINUTE });
  await prune();
  expect(await db.all('SELECT paper FROM entry')).toEqual([{ paper: 'young' }]);
});
