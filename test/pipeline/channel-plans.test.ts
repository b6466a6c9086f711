import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createChannelPlans } from '#src/pipeline/channel-plans.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { anEntry, HOUR } from '#test/outbox/some-posts.ts';
import { inC, NOON } from './some-deliveries.ts';
import { aGateway, textChannel } from './some-servers.ts';
import { aStore } from './some-subscriptions.ts';

async function open(subscriptions: readonly Subscription[], type = ChannelType.GuildText) {
  const db = await openDatabase(':memory:');
  const outbox = await openOutbox(db, MONDAY);
  const { subscriptionStore } = aStore(subscriptions);
  const servers = aGateway([textChannel('c', { type })]);
  const plans = createChannelPlans(subscriptionStore, outbox, servers, openZones());
  return { outbox, plans };
}

describe('where the posts of a channel go', () => {
  it.each<[string, Partial<Subscription>[], ChannelType, string]>([
    ['as messages', [{}], ChannelType.GuildText, 'message'],
    ['as messages where nobody subscribes any more', [], ChannelType.GuildText, 'message'],
    ['with threads where one wants them', [{}, { place: 'thread' }], ChannelType.GuildText, 'thread'],
    ['as posts of a forum, whatever was asked for', [{ place: 'thread' }], ChannelType.GuildForum, 'forum'],
    [
      'as posts of a forum where one wants that',
      [{ place: 'thread' }, { place: 'forum' }],
      ChannelType.GuildText,
      'forum',
    ],
  ])('%s', async (_, facts, type, kind) => {
    const { plans } = await open(
      facts.map((one, n) => inC(`s${n}`, one)),
      type,
    );
    expect(plans.placeOf('s', 'c')).toEqual({ serverId: 's', destination: 'channel:c', kind });
  });
});

it('posts go as messages where nothing is known of the channel', async () => {
  const { plans } = await open([]);
  expect(plans.placeOf('s', 'unknown')).toMatchObject({ destination: 'channel:unknown', kind: 'message' });
});

describe('a channel that had its cards of today', () => {
  const never = async () => false;
  const send = async (outbox: Awaited<ReturnType<typeof open>>['outbox'], paper: string, at: number) => {
    const place = { serverId: 's', destination: 'channel:c', kind: 'message' } as const;
    await outbox.add(anEntry(paper, { serverId: 's', destination: 'channel:c', decidedAt: at, dueAt: at }));
    const post = await outbox.pack(place, 'card', [paper], at);
    await outbox.attempt(post?.id ?? 0, at);
    await outbox.settle(post?.id ?? 0, { kind: 'delivered', messageId: paper, channelId: 'c' }, at);
  };

  it('gets no more until the next morning, by the most generous of those who want it', async () => {
    const { outbox, plans } = await open([]);
    const until = (caps: number[]) =>
      plans.deferredUntil(
        'channel:c',
        caps.map((cap) => inC(`s${cap}`, { cap })),
        NOON,
        never,
      );
    await send(outbox, 'yesterday', MONDAY - HOUR);
    await send(outbox, 'a', MONDAY);
    expect(await until([1])).toBe(MONDAY + DAY + 9 * HOUR);
    expect(await until([1, 2])).toBeNull();
    await send(outbox, 'b', NOON);
    expect(await until([1, 2])).toBe(MONDAY + DAY + 9 * HOUR);
  });

  it('gets papers that come at strict too up to twice as many', async () => {
    const { outbox, plans } = await open([]);
    const until = (isStrict: boolean) =>
      plans.deferredUntil('channel:c', [inC('s', { cap: 1 })], NOON, async () => isStrict);
    await send(outbox, 'a', MONDAY);
    expect(await until(true)).toBeNull();
    expect(await until(false)).toBe(MONDAY + DAY + 9 * HOUR);
    await send(outbox, 'b', MONDAY);
    expect(await until(true)).toBe(MONDAY + DAY + 9 * HOUR);
  });

  it('is counted by the days of its own zone', async () => {
    const { outbox, plans } = await open([]);
    await send(outbox, 'a', MONDAY + HOUR);
    const quiet = { from: '02:00', to: '03:00', zone: 'America/New_York' };
    expect(await plans.deferredUntil('channel:c', [inC('s1', { cap: 1, quiet })], NOON, never)).toBeNull();
  });
});
