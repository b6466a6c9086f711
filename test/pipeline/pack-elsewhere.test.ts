import { expect, it } from 'vitest';
import type { SamePaper } from '#src/decision/same-paper.ts';
import { readWhy } from '#src/decision/why.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { packDue } from '#src/pipeline/pack-due.ts';
import { SETTINGS_OF_NEW } from '#src/subscription/server-settings.ts';
import { inC, NOON, openCounter } from './some-deliveries.ts';

/** Channel `c` opens a thread for each paper; channel `b` stands before it in the list. */
async function open(samePaper: SamePaper) {
  const counter = await openCounter({ subscriptions: [inC('s1', { place: 'thread' })] });
  Object.assign(counter.subscriptionStore, { settings: () => ({ ...SETTINGS_OF_NEW, samePaper }) });
  const { outbox } = counter;
  /** The paper stands in channel `b`. */
  const post = async (paper: string) => {
    const place = { serverId: 's', destination: toChannel('b'), kind: 'message' } as const;
    await counter.queue(paper, { destination: place.destination });
    const packed = await outbox.pack(place, 'card', [paper], NOON);
    await outbox.attempt(packed?.id ?? 0, NOON);
    await outbox.settle(packed?.id ?? 0, { kind: 'delivered', messageId: 'm1', channelId: 'b' }, NOON);
  };
  const pack = async () => {
    const due = (await outbox.due(NOON, 9)).find(({ destination }) => destination === toChannel('c'));
    if (!due) throw new Error('nothing is due');
    const putOff = await packDue(counter.rooms, due);
    return { putOff, posts: await outbox.ready(NOON, 9) };
  };
  const entry = async (paper: string) =>
    (await outbox.ledger({ paper, destination: toChannel('c'), limit: 1 }))[0];
  return { ...counter, post, pack, entry };
}

it('a paper that stands in another channel is one line with its link, a message also where cards get threads', async () => {
  const counter = await open('line');
  await counter.post('a');
  await counter.queue('a');
  const { posts } = await counter.pack();
  expect(posts).toMatchObject([{ kind: 'card', papers: ['a'], place: { kind: 'message' }, steps: [] }]);
  expect(readWhy((await counter.entry('a')).why)?.elsewhere).toMatchObject({
    channelId: 'b',
    messageId: 'm1',
  });
});

it('one that stands nowhere else gets its thread there', async () => {
  const counter = await open('line');
  await counter.queue('a');
  const { posts } = await counter.pack();
  expect(posts).toMatchObject([{ place: { kind: 'thread' }, steps: ['thread'] }]);
  expect(readWhy((await counter.entry('a')).why)?.elsewhere).toBeUndefined();
});

it('it is not posted again where the server wants it once: that is noted and told, and others go', async () => {
  const counter = await open('none');
  await counter.post('a');
  for (const paper of ['a', 'b']) await counter.queue(paper, { mode: 'digest' });
  const { posts } = await counter.pack();
  expect(posts).toMatchObject([{ papers: ['b'] }]);
  const { state, post } = await counter.entry('a');
  expect([state, post]).toEqual(['elsewhere', null]);
  expect(counter.happenings.told().join('\n')).toMatch(/Ocean a.*<#c>.*<#b>|Ocean a.*<#b>.*<#c>/);
});

it('it waits as it is while it is due in a channel before, and nothing is packed', async () => {
  const counter = await open('line');
  await counter.queue('a', { destination: toChannel('b') });
  for (const paper of ['a', 'b']) await counter.queue(paper, { mode: 'digest' });
  expect(await counter.pack()).toEqual({ putOff: false, posts: [] });
  expect(await counter.entry('a')).toMatchObject({ state: 'waiting', mode: 'digest', dueAt: NOON });
});
