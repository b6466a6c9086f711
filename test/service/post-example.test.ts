import { describe, expect, it } from 'vitest';
import { toChannel } from '#src/outbox/destination.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import { exampleMessage } from '#src/render/example-page.ts';
import type { MessageView } from '#src/render/parts.ts';
import { mendedMessage } from '#src/render/wrong-page.ts';
import { createPostExample } from '#src/service/post-example.ts';
import { createMutes } from '#src/subscription/mutes.ts';
import { UserError } from '#src/wording/user-error.ts';
import { parse } from '#test/pipeline/some-subscriptions.ts';
import { blocksOf } from '#test/read-message.ts';
import { aDesk, anOrder, MODERATOR, NOBODYS, rightsOf } from './a-desk.ts';
import { idOf, type Listed, NOON } from './a-library.ts';

const OCEANS: Listed[] = [
  { title: 'Desert wind' },
  { title: 'Ocean ice', daysAgo: 3 },
  { title: 'Ocean waves', daysAgo: 1 },
];

/** A desk with one subscription of channel 5, whose posts end as `answer` says. */
async function aTable(papers: readonly Listed[] = OCEANS, order: Parameters<typeof anOrder>[0] = {}) {
  const desk = await aDesk(papers);
  await desk.subscribeChannel(anOrder(order));
  const [{ id }] = desk.subscriptionStore.inChannel('5');
  const state: {
    answer: Receipt;
    kind: 'message' | 'thread';
    stopped: boolean;
    removed: string[];
    deletedByHand: string[];
  } = {
    ...{ answer: { kind: 'delivered', messageId: 'm', channelId: '5' }, kind: 'message' },
    ...{ stopped: false, removed: [], deletedByHand: [] },
  };
  const deliver = async () => {
    for (const { id: post } of await desk.outbox.ready(NOON, 9)) {
      await desk.outbox.attempt(post, NOON);
      await desk.outbox.settle(post, state.answer, NOON);
    }
  };
  const services = createPostExample({
    ...desk,
    ...{ parse, mutes: createMutes({ subscriptionStore: desk.subscriptionStore, parse }) },
    placeOf: (serverId, channelId) => ({ serverId, destination: toChannel(channelId), kind: state.kind }),
    obstacle: () => (state.stopped ? { code: 'permission-missing', reason: 'no' } : null),
    deliver: () => void deliver(),
    findMessage: async (_, { mark }) =>
      state.deletedByHand.includes(mark) ? { kind: 'absent' } : { kind: 'partly', readTo: null },
    removeMessage: async (_, { messageId }) => {
      state.removed.push(messageId);
      return { kind: 'delivered', messageId, channelId: '5' };
    },
  });
  const press = (asker: Partial<typeof MODERATOR> = {}) =>
    desk.clock.settle(services.postExample({ ...MODERATOR, ...asker, id }));
  return { desk, state, services, press, id };
}

const examplesOf = ({ db }: Awaited<ReturnType<typeof aDesk>>) =>
  db.all("SELECT papers, steps, state, about FROM post WHERE kind = 'example' ORDER BY id");
const saidBy = (message: MessageView) => blocksOf({ content: '', ...message })[0]?.text ?? '';

describe('Post an example here', () => {
  it('posts the newest paper that the subscription would have posted, once', async () => {
    const { press, desk, id } = await aTable();
    const first = await press();
    expect(first).toEqual({
      ...{ channelId: '5', filter: 'ocean', title: 'Ocean waves', isNew: true },
      ...{ isEarlier: false, isDigest: false },
      ...{ nonce: expect.any(String), url: 'https://discord.com/channels/1/5/m' },
    });
    expect(await press({ userId: 'another' })).toEqual({ ...first, isNew: false });
    expect(await examplesOf(desk)).toEqual([
      { papers: `["${idOf(3)}"]`, steps: '[]', state: 'sent', about: id },
    ]);
  });

  it('posts another where somebody deleted the message in Discord', async () => {
    const { press, desk, state } = await aTable();
    const { nonce } = await press();
    const post = await desk.outbox.postByNonce(nonce);
    state.deletedByHand.push(post?.mark ?? '');
    const second = await press();
    expect(second.isNew).toBe(true);
    expect(second.nonce).not.toBe(nonce);
    expect(await press()).toEqual({ ...second, isNew: false });
  });

  it('rather posts one that the channel has not had, else that again', async () => {
    const { press, desk } = await aTable();
    const had = (paper: string) =>
      desk.outbox.add({
        ...{ serverId: '1', destination: toChannel('5'), paper, subscriptions: ['x'], why: {}, score: 1 },
        ...{ mode: 'card', decidedAt: NOON, dueAt: NOON + 1 },
      });
    await had(idOf(3));
    const { title, nonce } = await press();
    expect(title).toBe('Ocean ice');
    await had(idOf(2));
    const post = await desk.outbox.postByNonce(nonce);
    await desk.outbox.noteDeleted(post?.id ?? 0, NOON);
    expect((await press()).title).toBe('Ocean waves');
  });

  it('posts what matches where nothing would have come', async () => {
    const { desk, services } = await aTable();
    await desk.subscribeChannel(anOrder({ keywords: 'ice', what: 'newly trending' }));
    const trending = desk.subscriptionStore.inChannel('5').find(({ filter }) => filter === 'ice');
    const view = await desk.clock.settle(services.postExample({ ...MODERATOR, id: trending?.id ?? '' }));
    expect(view.title).toBe('Ocean ice');
  });

  it('opens a thread where the channel’s posts get one', async () => {
    const { press, desk, state } = await aTable();
    state.kind = 'thread';
    await press();
    expect(await examplesOf(desk)).toMatchObject([{ steps: '["thread"]' }]);
  });

  it('posts nothing where no paper matches, and says so', async () => {
    const { press, desk } = await aTable([{ title: 'Desert wind' }]);
    await expect(press()).rejects.toThrow('No paper of the last 30 days matches `ocean`');
    expect(await examplesOf(desk)).toEqual([]);
  });

  it('does not say that no paper matches where mutes keep them all out', async () => {
    const { press, desk } = await aTable();
    await desk.subscriptionStore.mute('1', 'ocean', 'mod');
    await expect(press()).rejects.toThrow(
      'Mutes of this server keep out every paper of the last 30 days that matches `ocean`',
    );
  });

  it('does not take the example of an earlier filter for what comes now', async () => {
    const { press, desk, id } = await aTable();
    expect(saidBy(exampleMessage(await press()))).toContain('This is how alerts for `ocean` will look.');
    await desk.subscriptionStore.change(id, { filter: 'desert' }, 'mod', () => {});
    expect(saidBy(exampleMessage(await press()))).toBe(
      '**It is in <#5>:** [Ocean waves](https://discord.com/channels/1/5/m)\nIt was posted for an earlier filter, and `desert` does not find it. Delete it, then press Post an example here once more to see one that it finds.',
    );
  });

  it.each([
    { when: 'daily', at: '9', zone: 'Berlin' },
    { what: 'best 3 a week', zone: 'Berlin' },
  ])('says of digests that a card is only what a lone paper gets: %j', async (order) => {
    const { press } = await aTable(OCEANS, order);
    expect(saidBy(exampleMessage(await press()))).toContain(
      'What comes for `ocean` comes in digests: a paper that is alone in one looks like this, and of several each has a few lines. The example mentions nobody',
    );
  });

  it('posts nothing where the channel takes nothing, and says where to click', async () => {
    const { press, desk, state } = await aTable();
    state.stopped = true;
    await expect(press()).rejects.toThrow(/<#5>.* No example was posted\.$/);
    state.stopped = false;
    await desk.outbox.hold(
      { serverId: '1', destination: toChannel('5') },
      { code: 'permission-missing', reason: 'no' },
      NOON,
    );
    await expect(press()).rejects.toThrow(/ No example was posted\.$/);
    expect(await examplesOf(desk)).toEqual([]);
  });

  it('tells what Discord said where it refuses, and of silence that it is on its way', async () => {
    const { press, state } = await aTable();
    state.answer = { kind: 'refused', code: 'malformed', reason: 'Invalid body' };
    // The second time as plain as can be.
    await press();
    await expect(press()).rejects.toThrow(
      'The example was not posted: Invalid body. Try again in some minutes; `/doctor` says what the channel needs.',
    );
    const closed = await aTable();
    closed.state.answer = { kind: 'refused', code: 'thread-locked', reason: 'Thread is locked' };
    await expect(closed.press()).rejects.toThrow(
      'Nothing can be posted in <#5>: the thread is locked. Open the thread’s menu and unlock it. No example was posted.',
    );
    const other = await aTable();
    other.state.answer = { kind: 'unknown', reason: 'time-out' };
    const view = await other.press();
    expect(view).toMatchObject({ url: null, isNew: true });
    expect(saidBy(exampleMessage(view))).toContain('Discord has not said yet whether it is in <#5>.');
  });

  it('is for moderators of the server who may change what comes to the channel', async () => {
    const { press, services, desk } = await aTable();
    for (const asker of [
      { rights: NOBODYS },
      { serverId: '2' },
      { rights: rightsOf({ 5: 'viewChannel' }) },
      { rights: rightsOf({ 5: 'manageChannels' }) },
    ])
      await expect(press(asker)).rejects.toThrow(UserError);
    await expect(services.postExample({ ...MODERATOR, id: 'gone' })).rejects.toThrow(UserError);
    expect(await examplesOf(desk)).toEqual([]);
  });
});

describe('Delete the example', () => {
  it('deletes no other post', async () => {
    const { desk, services, state } = await aTable();
    const place = { serverId: '1', destination: toChannel('5'), kind: 'message' } as const;
    const notice = await desk.outbox.packNotice(place, 'key', 'text', NOON);
    const asked = { ...MODERATOR, nonce: notice?.nonce ?? '' };
    await expect(services.deleteExample(asked)).rejects.toThrow('I no longer know anything');
    expect(state.removed).toEqual([]);
  });

  it('deletes it, once, and says that its paper may still come', async () => {
    const { press, services, state } = await aTable();
    const { nonce } = await press();
    const gone = await services.deleteExample({ ...MODERATOR, nonce });
    expect(saidBy(mendedMessage(gone))).toContain('what it had may still come there as an alert.');
    const again = await services.deleteExample({ ...MODERATOR, nonce });
    expect(saidBy(mendedMessage(again))).toContain('What it had may still come there as an alert.');
    expect(state.removed).toEqual(['m']);
    expect((await press()).isNew).toBe(true);
  });

  it('is for the same moderators, and for the posts of their server alone', async () => {
    const { press, services, state } = await aTable();
    const { nonce } = await press();
    for (const asker of [
      { rights: NOBODYS },
      { serverId: '2' },
      { rights: rightsOf({ 5: 'viewChannel' }) },
      { rights: rightsOf({ 5: 'manageChannels' }) },
    ])
      await expect(services.deleteExample({ ...MODERATOR, ...asker, nonce })).rejects.toThrow(UserError);
    expect(state.removed).toEqual([]);
  });
});
