import { ChannelType } from 'discord-api-types/v10';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import { createDoctor } from '#src/service/doctor.ts';
import { SETTINGS_OF_NEW } from '#src/subscription/server-settings.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { MODERATOR, NOBODYS, rightsOf } from './a-desk.ts';

const LOCKED = { code: 'thread-locked', reason: phrase('hold.threadLocked') };
const reached = { lastSentAt: null, usualPosts: 0, matched: 0, posted: 0, waiting: 3 };

let all: Subscription[];
let refusing: string[];
let held: HeldDestination[];
let unread: string[];
let gone: string[];
beforeEach(() => {
  all = ['1', '2', '3'].map((channelId) => aSubscription(`of ${channelId}`, { serverId: '1', channelId }));
  [refusing, held, unread, gone] = [[], [], [], []];
});

const doctor = createDoctor({
  subscriptionStore: {
    inServer: () => all,
    inChannel: (id) => all.filter(({ channelId }) => channelId === id),
    unreadIn: () => unread.map((key) => ({ key, problem: 'torn' })) as never,
    settings: () => SETTINGS_OF_NEW,
    changeSettings: async () => SETTINGS_OF_NEW,
  },
  outbox: {
    heldIn: async () => held,
    reached: async (_, asked) => new Map(asked.map((one) => [one, reached])),
  },
  clock: plainClock({ now: () => 0, elapsed: () => 0 }),
  lost: () => [],
  parse: (filter) => parseFilter(filter, { topics: null }),
  lacked: () => [],
  placeOf: (serverId, id) => ({ serverId, destination: toChannel(id), kind: 'message' }),
  obstacle: (_, id) => (refusing.includes(id) ? LOCKED : null),
  knownChannel: (id) =>
    id === '9'
      ? { serverId: '1', type: ChannelType.GuildVoice, tags: [] }
      : { serverId: id === '8' ? 'another' : '1', type: ChannelType.GuildText, tags: [] },
  isGone: ({ channelId }) => gone.includes(channelId),
  noticesGoTo: () => null,
  undoSettings: () => Promise.reject(new Error('nothing is undone here')),
  isSeenByEverybody: () => false,
  takesWords: () => true,
});
const examine = (channelId = '', more: object = {}) =>
  doctor.examine({ ...MODERATOR, channelId, page: 0, ...more });
const refusal = (channelId: string, more: object = {}) =>
  examine(channelId, more).then(
    () => 'none',
    (error: Error) => error.message,
  );

describe('what is examined', () => {
  it('is each channel with subscriptions, those where something is wrong first, with what waits there', async () => {
    refusing = ['2'];
    held = [{ destination: toChannel('2'), serverId: '1', ...LOCKED, since: 60_000 }];
    const view = await examine();
    expect(view.channels).toMatchObject([{ channelId: '2', waiting: 3, since: 60_000 }]);
    expect(view.well.map(({ channelId }) => channelId)).toEqual(['1', '3']);
    expect(view).toMatchObject({ ill: 1, hidden: 0, unreadable: 0, page: 0, done: null });
  });

  it('stands in pages, and what stops posts before what moderators paused', async () => {
    const paused = { reason: phrase('subscriptions.pausedByModerator'), at: 0 };
    all = ['1', '2', '3', '4', '5', '6'].map((channelId) =>
      aSubscription(`of ${channelId}`, { serverId: '1', channelId, paused: channelId < '5' ? paused : null }),
    );
    refusing = ['5', '6'];
    expect((await examine()).channels.map(({ channelId }) => channelId)).toEqual(['5', '6', '1', '2']);
    const second = await examine('', { page: 1 });
    expect(second.channels.map(({ channelId }) => channelId)).toEqual(['3', '4']);
    expect(second).toMatchObject({ ill: 6, page: 1 });
  });

  it('are channels whose settings cannot be read too; those of the whole server are counted', async () => {
    unread = ['1:77', '1:history'];
    const view = await examine();
    expect(view.channels).toMatchObject([{ channelId: '77', isSubscribed: false }]);
    expect(view.unreadable).toBe(1);
  });

  it('is nothing that the asker does not see: it is counted', async () => {
    refusing = ['2'];
    const view = await examine('', { rights: rightsOf({ 2: 'viewChannel' }) });
    expect(view.channels).toEqual([]);
    expect(view.hidden).toBe(1);
    expect(await refusal('2', { rights: rightsOf({ 2: 'viewChannel' }) })).toMatch(
      /^This is about a channel that you cannot see/,
    );
    expect((await examine('', { rights: rightsOf({ 2: 'sendMessages' }) })).channels).toHaveLength(1);
  });

  it('is one channel where one is named, subscribed or not', async () => {
    refusing = ['2', '5'];
    expect((await examine('5')).channels).toMatchObject([{ channelId: '5', isSubscribed: false }]);
    expect((await examine('6')).well).toMatchObject([{ channelId: '6', isSubscribed: false }]);
    expect((await examine('6')).lookIn).toContain(ChannelType.GuildText);
    expect((await examine('2')).lookIn).toEqual([]);
    expect((await examine()).lookIn).toEqual([]);
    all = [];
    expect((await examine()).lookIn).toContain(ChannelType.GuildForum);
    gone = ['2'];
    expect((await examine('2')).channels).toMatchObject([{ channelId: '2', isGone: true }]);
  });

  it('is no channel of another server, nor one that takes no posts, nor anything for a member', async () => {
    expect(await refusal('8')).toMatch(/^<#8> is not a channel I can post in/);
    expect(await refusal('9')).toMatch(/^<#9> is not a channel I can post in/);
    expect(await refusal('', { rights: NOBODYS })).toMatch(/`\/doctor`, can do this/);
  });
});
