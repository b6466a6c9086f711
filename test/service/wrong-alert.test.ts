import { beforeEach, describe, expect, it } from 'vitest';
import { toChannel } from '#src/outbox/destination.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import { openVoteStore } from '#src/reader/vote-store.ts';
import type { ChangesView } from '#src/render/wrong-page.ts';
import { createWrongAlert, type MENDS } from '#src/service/wrong-alert.ts';
import { createMutes } from '#src/subscription/mutes.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { parse } from '#test/pipeline/some-subscriptions.ts';
import { aDesk, MODERATOR, NOBODYS, rightsOf } from './a-desk.ts';
import { idOf, NOON } from './a-library.ts';

const CHANNEL = { serverId: '1', destination: toChannel('5') };
const DELIVERED: Receipt = { kind: 'delivered', messageId: '9', channelId: '5' };
const NO_MANAGER = { ...MODERATOR.rights, managesServer: () => false };
const PAPER = idOf(1);

let desk: Awaited<ReturnType<typeof aDesk>>;
let alert: ReturnType<typeof createWrongAlert>;
let receipt: Receipt;
let removed: string[];
beforeEach(async () => {
  desk = await aDesk(['survey of whales', 'survey of ships', 'waves', 'ice'].map((of) => titled(of)));
  [receipt, removed] = [DELIVERED, []];
  alert = createWrongAlert({
    ...desk,
    mutes: createMutes({ subscriptionStore: desk.subscriptionStore, parse }),
    voteStore: await openVoteStore(desk.db),
    removeMessage: async (_, { messageId }) => {
      removed.push(messageId);
      return receipt;
    },
  });
});
const titled = (of: string) => ({ title: `Ocean ${of}` });

const subscribe = (terms: Partial<SubscriptionDraft> = {}) =>
  desk.subscriptionStore.add(
    { serverId: '1', channelId: '5' },
    { ...DEFAULTS, what: { kind: 'all' }, filter: 'ocean', ...terms },
    'ada',
  );
type Posted = { papers?: string[]; why?: object; place?: 'message' | 'thread'; isSent?: boolean };
/** These papers in a post that was sent for these subscriptions; its nonce. */
async function post(subscriptions: readonly string[], posted: Posted = {}): Promise<string> {
  const { papers = [PAPER], why = {}, place = 'message', isSent = true } = posted;
  const mode = papers.length > 1 ? 'digest' : 'card';
  const of = { ...CHANNEL, subscriptions, why, mode, score: 1, decidedAt: NOON, dueAt: NOON } as const;
  await desk.outbox.add(...papers.map((paper) => ({ ...of, paper })));
  const packed = await desk.outbox.pack({ ...CHANNEL, kind: place }, mode, papers, NOON);
  if (!packed) throw new Error('nothing was packed');
  await desk.outbox.attempt(packed.id, NOON);
  if (isSent) await desk.outbox.settle(packed.id, DELIVERED, NOON);
  return packed.nonce;
}
const notForUs = (nonce: string, asker: object = {}) =>
  alert.notForUs({ ...MODERATOR, nonce, paper: PAPER, ...asker });
async function offered(nonce: string, asker: object = {}): Promise<ChangesView> {
  const view = await notForUs(nonce, asker);
  if (view.kind !== 'changes') throw new Error(`It is ${view.kind}`);
  return view;
}
const mend = async (key: string, wanted: (typeof MENDS)[number], asker: object = {}) =>
  alert.mend({ ...MODERATOR, key, mend: wanted, ...asker });

describe('“Not for us” of a member', () => {
  it('is counted once a member and paper, also of a moderator who may not change that channel', async () => {
    const nonce = await post([(await subscribe()).id]);
    const of = (userId: string, rights: object = NOBODYS) => notForUs(nonce, { userId, rights });
    expect(await of('mia')).toEqual({ kind: 'noted', isOld: false });
    expect(await of('mia')).toEqual({ kind: 'noted', isOld: true });
    expect(await of('moe', rightsOf({ 5: 'manageChannels' }))).toEqual({ kind: 'noted', isOld: false });
    expect((await offered(nonce)).votes).toBe(2);
  });

  it('is nothing of a post of another server, in a channel that they do not see, or of a paper that it has not', async () => {
    const nonce = await post([(await subscribe()).id]);
    await expect(notForUs(nonce, { serverId: '2' })).rejects.toThrow('no longer know anything');
    await expect(notForUs('never sent')).rejects.toThrow('no longer know anything');
    await expect(notForUs(nonce, { paper: idOf(2) })).rejects.toThrow('no longer know anything');
    const blind = { rights: rightsOf({ 5: 'viewChannel' }) };
    await expect(notForUs(nonce, blind)).rejects.toThrow('You cannot see the channel');
  });
});

describe('what a moderator is offered', () => {
  it('is each change with what it would have done, the mute only to who manages the server', async () => {
    const nonce = await post([(await subscribe()).id]);
    expect(await offered(nonce)).toMatchObject({
      ...{ title: 'Ocean survey of whales', matched: { filter: 'ocean' } },
      ...{ others: [], votes: 0, papers: 1, mute: 'survey', muted: null, isDeleted: false },
      tried: {
        ...{ posts: 4, exclude: { word: 'survey', less: 2 }, stricter: null, digest: { messages: 1 } },
      },
    });
    expect((await offered(nonce, { rights: NO_MANAGER })).mute).toBeNull();
  });

  it('is of the oldest of those it came for; the others are named', async () => {
    const first = await subscribe();
    desk.clock.jump(NOON + 1);
    const ids = [(await subscribe({ filter: 'whales' })).id, first.id];
    await subscribe({ filter: 'waves' });
    expect(await offered(await post(ids))).toMatchObject({
      ...{ matched: { filter: 'ocean' }, others: ['whales'] },
    });
  });

  it('is found by its filter where it is long sent, and is the post alone where nothing is there any more', async () => {
    const { id } = await subscribe({ filter: 'whales' });
    await subscribe();
    const news = { kind: 'new', at: NOON };
    const nonce = await post([], { why: { filters: ['whales'], news, asked: { kind: 'all' } } });
    expect(await offered(nonce)).toMatchObject({ matched: { filter: 'whales' }, others: [] });
    await desk.subscriptionStore.remove(id, 'ada');
    expect(await offered(nonce)).toMatchObject({ matched: null, others: [], tried: null, mute: null });
  });

  it('is nothing tried where only its reason is unknown, nor a subscription that it did not come by', async () => {
    await subscribe();
    expect(await offered(await post([]))).toMatchObject({ matched: null, others: [], tried: null });
  });

  it('says what keeps such a paper away already, and that the post is gone', async () => {
    const nonce = await post([(await subscribe()).id]);
    await desk.subscriptionStore.mute('1', 'whales', 'ada');
    expect((await offered(nonce)).muted).toBe('whales');
    const [sent] = await desk.outbox.ledger({ limit: 1 });
    await desk.outbox.noteDeleted(sent.postId ?? 0, NOON);
    expect((await offered(nonce)).isDeleted).toBe(true);
  });
});

describe('a change that is pressed', () => {
  it.each([
    ['exclude', { filter: 'ocean -survey' }],
    ['digest', { when: { kind: 'daily', at: '09:00', zone: 'UTC' } }],
  ] as const)('%s is saved with a way back; pressed again, nothing changes', async (wanted, terms) => {
    const { id } = await subscribe();
    const { key } = await offered(await post([id]));
    expect(await mend(key, wanted)).toMatchObject({
      ...{ kind: 'changed', view: { channelId: '5', isOld: false, undo: expect.any(String) } },
    });
    expect(desk.subscriptionStore.byId(id)).toMatchObject(terms);
    expect(await mend(key, wanted)).toMatchObject({ view: { isOld: true, undo: expect.any(String) } });
    expect(await desk.subscriptionStore.history('1')).toHaveLength(2);
  });

  it('stricter takes the next sensitivity', async () => {
    const { id } = await subscribe({ what: { kind: 'trending', sensitivity: 'early' } });
    const view = await offered(await post([id]));
    expect(view.tried?.stricter).toMatchObject({ stay: 0, name: { key: 'sensitivity.balanced' } });
    await mend(view.key, 'stricter');
    expect(desk.subscriptionStore.byId(id)?.what).toEqual({ kind: 'trending', sensitivity: 'balanced' });
  });

  it('overwrites nothing that somebody changed since, and makes no twin', async () => {
    const { id } = await subscribe();
    const { key } = await offered(await post([id]));
    const twin = await subscribe({ filter: 'ocean -survey' });
    await expect(mend(key, 'exclude')).rejects.toThrow('ocean -survey');
    await desk.subscriptionStore.remove(twin.id, 'ada');
    await desk.subscriptionStore.change(id, { filter: 'ocean ice' }, 'ada');
    await expect(mend(key, 'digest')).rejects.toThrow('This was changed since');
    expect(desk.subscriptionStore.byId(id)).toMatchObject({ filter: 'ocean ice', when: { kind: 'now' } });
  });

  it('is none that was not offered, and none of what is gone', async () => {
    const { id } = await subscribe();
    const { key } = await offered(await post([id]));
    await expect(mend(key, 'stricter')).rejects.toThrow('no longer there');
    await desk.subscriptionStore.remove(id, 'ada');
    await expect(mend(key, 'exclude')).rejects.toThrow('no longer there');
  });

  it('is for moderators of that server who may change that channel', async () => {
    const { id } = await subscribe();
    const { key } = await offered(await post([id]));
    await expect(mend(key, 'exclude', { serverId: '2' })).rejects.toThrow('too old');
    await expect(mend(key, 'exclude', { rights: NOBODYS })).rejects.toThrow('`/subscriptions`');
    const rights = rightsOf({ 5: 'manageChannels' });
    for (const wanted of ['exclude', 'mute', 'delete'] as const)
      await expect(mend(key, wanted, { rights })).rejects.toThrow('<#5>');
    await expect(mend('another', 'exclude')).rejects.toThrow('too old');
    const strange = await desk.questions.keep({ kind: 'search' });
    await expect(mend(strange, 'exclude')).rejects.toThrow('too old');
    expect(desk.subscriptionStore.byId(id)?.filter).toBe('ocean');
    expect([desk.subscriptionStore.mutes('1'), removed]).toEqual([[], []]);
  });

  it('mutes the word in the whole server, and takes that back', async () => {
    const { key } = await offered(await post([(await subscribe()).id]));
    const texts = () => desk.subscriptionStore.mutes('1').map(({ text, who }) => [text, who]);
    const does = (wanted: 'mute' | 'unmute') => mend(key, wanted);
    expect(await does('mute')).toEqual({ kind: 'muted', word: 'survey', isOld: false, key });
    expect(await does('mute')).toMatchObject({ isOld: true });
    expect(texts()).toEqual([['survey', 'mod']]);
    await expect(mend(key, 'unmute', { rights: NO_MANAGER })).rejects.toThrow('Manage Server');
    expect(await does('unmute')).toEqual({ kind: 'unmuted', word: 'survey', isOld: false, key });
    expect(await does('unmute')).toMatchObject({ isOld: true });
    expect(texts()).toEqual([]);
  });

  it('mutes nothing by the buttons of one to whom no mute was offered', async () => {
    const { key } = await offered(await post([(await subscribe()).id]), { rights: NO_MANAGER });
    await expect(mend(key, 'mute')).rejects.toThrow('too old');
  });
});

describe('“Delete this post”', () => {
  it('takes the message away once, and notes who did it', async () => {
    const { key } = await offered(await post([(await subscribe()).id], { place: 'thread' }));
    expect(await mend(key, 'delete')).toEqual({
      ...{ kind: 'deleted', isExample: false, channelId: '5', hasThread: true, lines: 0 },
    });
    expect(await mend(key, 'delete')).toEqual({ kind: 'gone', channelId: '5', isExample: false });
    expect(removed).toEqual(['9']);
    const deeds = (await desk.subscriptionStore.history('1')).map(({ what, who, about }) => [
      what,
      who,
      about,
    ]);
    expect(deeds.at(-1)).toEqual(['deleted', 'mod', 'Ocean survey of whales']);
  });

  it('asks first where it has several papers', async () => {
    const nonce = await post([(await subscribe()).id], { papers: [PAPER, idOf(2)] });
    const { key, papers } = await offered(nonce);
    expect(papers).toBe(2);
    expect(await mend(key, 'delete')).toEqual({ kind: 'confirm', key, channelId: '5', papers: 2 });
    expect(removed).toEqual([]);
    expect(await mend(key, 'delete-all')).toMatchObject({ kind: 'deleted', hasThread: false });
  });

  it('says that it is gone where somebody deleted the message, or its channel', async () => {
    const { key } = await offered(await post([(await subscribe()).id]));
    receipt = { kind: 'refused', code: 'message-gone', reason: 'gone' };
    expect(await mend(key, 'delete')).toEqual({ kind: 'gone', channelId: '5', isExample: false });
    expect((await desk.subscriptionStore.history('1')).map(({ what }) => what)).toEqual(['added']);
  });

  it('says why it is still there, and can be pressed again', async () => {
    const { key } = await offered(await post([(await subscribe()).id]));
    receipt = { kind: 'refused', code: 'permission-missing', reason: 'closed *today*' };
    await expect(mend(key, 'delete')).rejects.toThrow('The post is still in <#5>: closed *today*');
    receipt = DELIVERED;
    expect(await mend(key, 'delete')).toMatchObject({ kind: 'deleted' });
  });

  it('waits where it is not known whether it arrived', async () => {
    const { key } = await offered(await post([(await subscribe()).id], { isSent: false }));
    await expect(mend(key, 'delete')).rejects.toThrow('not known yet whether that post arrived');
  });

  it('tells in how many channels a line led to it', async () => {
    const { key } = await offered(await post([(await subscribe()).id]));
    for (const [channelId, messageId] of [
      ['6', '9'],
      ['7', '8'],
    ]) {
      const destination = toChannel(channelId);
      const why = {
        ...{ filters: ['ocean'], news: { kind: 'new', at: NOON }, asked: { kind: 'all' } },
        elsewhere: { channelId: '5', messageChannelId: '5', messageId },
      };
      const entry = {
        serverId: '1',
        destination,
        paper: PAPER,
        subscriptions: [],
        why,
        mode: 'card',
      } as const;
      await desk.outbox.add({ ...entry, score: 1, decidedAt: NOON, dueAt: NOON });
      const place = { serverId: '1', destination, kind: 'message' } as const;
      const packed = await desk.outbox.pack(place, 'card', [PAPER], NOON);
      await desk.outbox.attempt(packed?.id ?? 0, NOON);
      await desk.outbox.settle(packed?.id ?? 0, { ...DELIVERED, messageId: `1${channelId}` }, NOON);
    }
    expect(await mend(key, 'delete')).toMatchObject({ kind: 'deleted', lines: 1 });
  });
});
