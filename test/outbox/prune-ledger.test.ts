import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { anOutbox, aPlace, aPromise, MINUTE, NOON } from './some-posts.ts';

const DAY = 86_400_000;
const AFTER = NOON + 91 * DAY;
const delivered = { kind: 'delivered', messageId: 'm1', channelId: 'c1' } as const;

let db: Database;
let outbox: Outbox;
beforeEach(() => {
  ({ db, outbox } = anOutbox());
});

const why = {
  filters: ['diffusion'],
  news: { kind: 'new', at: NOON },
  votes: 4,
  stars: 100,
  repository: true,
};
const promise = (paper: string, rest = {}) => outbox.promise(aPromise(paper, { why, ...rest }));
const send = (...papers: string[]) => {
  const post = outbox.pack(aPlace(), papers.length === 1 ? 'card' : 'digest', papers, NOON);
  if (!post) throw new Error('nothing to pack');
  outbox.attempt(post.id, NOON);
  outbox.settle(post.id, delivered, NOON);
  return post;
};
const shorten = (full: unknown) => ({ filters: (full as typeof why).filters });
const prune = (now = AFTER) => {
  while (outbox.prune(now, shorten) > 0);
};
const ledgerOf = (paper: string) => outbox.ledger({ channelId: 'c1', paper, limit: 1 })[0];
const posts = () => db.prepare<{ state: string; kind: string }>('SELECT state, kind FROM post').all();

describe('what was sent', () => {
  it('stays for ever as a short row, and never goes to that channel again', () => {
    promise('a');
    const { id, nonce } = send('a');
    outbox.noteShown(id, '{"votes":9}');
    prune();
    expect(promise('a')).toBe('already');
    expect(ledgerOf('a')).toMatchObject({
      state: 'sent',
      why: { filters: ['diffusion'] },
      subscriptions: [],
    });
    expect(Object.keys(ledgerOf('a').why as object)).toEqual(['filters']);
    expect(outbox.postByNonce(nonce)).toMatchObject({ papers: ['a'], state: 'sent', shown: null });
    expect(outbox.postByNonce(nonce)?.message).toEqual({ channelId: 'c1', messageId: 'm1' });
  });

  it('keeps the papers of a digest, for its further pages', () => {
    for (const paper of ['a', 'b', 'c']) promise(paper, { lane: 'digest' });
    const { nonce } = send('a', 'b', 'c');
    prune();
    expect(outbox.postByNonce(nonce)?.papers).toEqual(['a', 'b', 'c']);
  });

  it('is kept in full for 90 days', () => {
    promise('a');
    send('a');
    prune(NOON + 89 * DAY);
    expect(ledgerOf('a').why).toEqual(why);
  });
});

describe('what was never sent', () => {
  it('goes after 90 days, refused or held', () => {
    promise('refused');
    outbox.refuse('c1', 'refused', 'AutoMod', NOON);
    outbox.hold({ channelId: 'c1', serverId: 's1' }, { code: 'permission-missing', reason: 'r' }, NOON);
    promise('held');
    prune(NOON + 89 * DAY);
    expect(outbox.ledger({ channelId: 'c1', paper: 'refused', limit: 1 })).toHaveLength(1);
    prune();
    expect(outbox.ledger({ channelId: 'c1', paper: 'refused', limit: 1 })).toHaveLength(0);
    expect(outbox.isPromised('c1', 'held')).toBe(false);
  });

  it('goes with its post, and with posts that were dissolved', () => {
    promise('a');
    const refused = outbox.pack(aPlace(), 'card', ['a'], NOON);
    // Refused as it is, and plainer.
    for (let attempt = 0; attempt < 2; attempt++) {
      outbox.attempt(refused?.id ?? 0, NOON);
      outbox.settle(refused?.id ?? 0, { kind: 'refused', code: 'content-refused', reason: 'AutoMod' }, NOON);
    }
    promise('b');
    outbox.pack(aPlace(), 'card', ['b'], NOON);
    outbox.hold({ channelId: 'c1', serverId: 's1' }, { code: 'permission-missing', reason: 'r' }, NOON);
    expect(posts().map(({ state }) => state)).toEqual(['refused', 'dissolved']);
    prune();
    expect(posts()).toEqual([]);
  });

  it('stays while it is still on its way', () => {
    promise('waiting', { lane: 'digest', dueAt: AFTER + DAY });
    promise('a');
    outbox.pack(aPlace(), 'card', ['a'], NOON);
    prune();
    expect(outbox.isPromised('c1', 'waiting')).toBe(true);
    expect(posts()).toEqual([{ state: 'packed', kind: 'card' }]);
  });
});

it('words to moderators go after 90 days', () => {
  const notice = outbox.packNotice(aPlace(), 'key', 'text', NOON);
  outbox.attempt(notice?.id ?? 0, NOON);
  outbox.settle(notice?.id ?? 0, delivered, NOON);
  prune();
  expect(posts()).toEqual([]);
});

it('is done in slices, and the rest by the next process', () => {
  for (let i = 0; i < 1200; i++) promise(`p${i}`, { decidedAt: NOON + i });
  outbox.hold({ channelId: 'c1', serverId: 's1' }, { code: 'permission-missing', reason: 'r' }, NOON);
  while (outbox.goOn(NOON));
  expect(outbox.prune(AFTER, shorten)).toBe(500);
  expect(outbox.isPromised('c1', 'p499')).toBe(false);
  expect(outbox.isPromised('c1', 'p500')).toBe(true);
  prune(NOON + 90 * DAY + 700);
  expect(outbox.isPromised('c1', 'p699')).toBe(false);
  expect(outbox.isPromised('c1', 'p700')).toBe(true);
  promise('young', { decidedAt: AFTER - MINUTE });
  prune();
  expect(db.prepare('SELECT paper FROM promise').all()).toEqual([{ paper: 'young' }]);
});
