import { beforeEach, describe, expect, it } from 'vitest';
import { toChannel } from '#src/outbox/destination.ts';
import type { SendMode } from '#src/outbox/entry.ts';
import type { WhyView } from '#src/render/why-view.ts';
import { createExplainPaper } from '#src/service/explain-paper.ts';
import type { Rights } from '#src/service/rights.ts';
import { createMutes } from '#src/subscription/mutes.ts';
import { localHours } from '#src/subscription/schedule.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPoll, aSighting, DAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { parse } from '#test/pipeline/some-subscriptions.ts';
import { aDesk, MODERATOR, NOBODYS, rightsOf } from './a-desk.ts';
import { NOON } from './a-library.ts';

const HOUR = 3_600_000;
const PLACE = { serverId: '1', channelId: '5' };
const ALL = { ...DEFAULTS, what: { kind: 'all' } } as const;

let desk: Awaited<ReturnType<typeof aDesk>>;
let explainPaper: ReturnType<typeof createExplainPaper>['explainPaper'];
beforeEach(async () => {
  desk = await aDesk([{ title: 'Something old', daysAgo: 3 }]);
  // What lists show from now on is news.
  await desk.archive.endReading('hugging-face', NOON);
  const { subscriptionStore, zones } = desk;
  const mutes = { ...desk.mutes, ...createMutes({ subscriptionStore, parse }) };
  ({ explainPaper } = createExplainPaper({ ...desk, parse, mutes, hours: localHours(zones) }));
});

const ICE = aPaper('2603.00900', { title: 'Ocean ice', publishedAt: NOON });
/** A list of today shows it at that instant with so many upvotes. */
const seen = (at: number, votes: number) =>
  desk.archive.keep(aPoll(at, [aSighting(ICE, 1, { votes, batchDay: '2026-03-10' })], { key: '2026-03-10' }));
const subscribe = (filter: string, terms: Partial<SubscriptionDraft> = {}) =>
  desk.subscriptionStore.add(PLACE, { ...ALL, filter, ...terms }, 'ada');
const clockAt = (at: number) => desk.clock.jump(at);
const queue = (subscriptions: readonly string[], why: unknown, mode: SendMode = 'card') =>
  desk.outbox.add({
    ...{ serverId: '1', destination: toChannel('5'), paper: ICE.id, subscriptions, why, mode },
    ...{ score: 1, decidedAt: desk.clock.now(), dueAt: desk.clock.now() },
  });
const told = async (asked: { rights?: Rights; date?: string } = {}): Promise<WhyView> => {
  const { date = '', rights = MODERATOR.rights } = asked;
  const asker = { ...MODERATOR, rights, now: desk.clock.now(), channelId: '5' };
  const answer = await explainPaper({ ...asker, query: ICE.id, date });
  if (answer.kind !== 'why') throw new Error(`It is ${answer.kind}`);
  return answer.view;
};
const NEWS = { filters: ['ocean'], news: { kind: 'new', at: NOON + HOUR }, asked: { kind: 'all' } };

describe('what a filter made of a paper', () => {
  it('is told with the figures of then, whatever it has by now', async () => {
    await subscribe('ocean upvotes:>=20');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    clockAt(NOON + 5 * HOUR);
    await seen(NOON + 5 * HOUR, 30);
    const { outcome, subscriptions } = await told();
    expect(outcome).toEqual({ kind: 'obstacle', obstacle: 'filter' });
    expect(subscriptions[0].verdict).toMatchObject({ kind: 'fails', lacking: ['upvotes:>=20'] });
  });

  it('is told of each subscription of the channel in the order of /subscriptions, with its number, by the nearest of them', async () => {
    await subscribe('ocean sand wind');
    clockAt(NOON + 1);
    await subscribe('desert');
    clockAt(NOON + 2);
    await subscribe('ocean -ice');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    await desk.subscriptionStore.add({ serverId: '1', channelId: '4' }, { ...ALL, filter: 'wind' }, 'ada');
    const numbered = async (rights: Rights) => {
      const { subscriptions, nearest } = await told({ rights });
      return [nearest, ...subscriptions.map(({ n, filter }) => `${n} ${filter}`)];
    };
    expect(await numbered(MODERATOR.rights)).toEqual([
      ...[1, '2 ocean sand wind', '3 desert', '4 ocean -ice'],
    ]);
    // What they do not see is not counted there either; members have no such list.
    expect(await numbered(rightsOf({ '4': 'viewChannel' }))).toEqual([
      ...[1, '1 ocean sand wind', '2 desert', '3 ocean -ice'],
    ]);
    expect(await numbered(NOBODYS)).toEqual([
      ...[1, 'null ocean sand wind', 'null desert', 'null ocean -ice'],
    ]);
    await desk.subscriptionStore.mute('1', 'whales', 'ada');
    expect((await told()).mute).toBeNull();
  });

  it('is told also where its subscription is forgotten, by what was decided from', async () => {
    const { id } = await subscribe('ocean');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    await queue([id], NEWS);
    await desk.subscriptionStore.forgetServer('1');
    const { subscriptions, trend } = await told();
    expect(subscriptions).toMatchObject([
      { filter: 'ocean', verdict: { kind: 'matches', words: ['Ocean'] } },
    ]);
    expect(trend).toMatchObject({ what: { kind: 'all' }, news: NEWS.news });
  });
});

describe('a mute', () => {
  it('that held then is told though it was removed since, with its words to moderators alone', async () => {
    await subscribe('ocean');
    await desk.subscriptionStore.mute('1', 'ice', 'ada');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    clockAt(NOON + 2 * HOUR);
    await desk.subscriptionStore.unmute('1', 'ice', 'bob');
    const moderator = await told();
    expect(moderator.outcome).toEqual({ kind: 'obstacle', obstacle: 'mute' });
    expect(moderator.mute).toEqual({ told: { text: 'ice', who: 'ada', at: NOON } });
    expect(moderator.changes).toMatchObject([{ what: 'unmuted', who: 'bob', about: 'ice' }]);
    const member = await told({ rights: NOBODYS });
    expect([member.outcome, member.mute, member.changes, member.tries]).toEqual([
      moderator.outcome,
      { told: null },
      [],
      [],
    ]);
  });
});

describe('what became of a paper', () => {
  it('that another channel has is told without the name of a channel that the asker does not see', async () => {
    const { id } = await subscribe('ocean');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    await queue([id], NEWS);
    const reason = phrase('post.elsewhere', { channel: { mark: 'channel', id: '7' } });
    await desk.outbox.settleElsewhere(toChannel('5'), ICE.id, reason, NOON + HOUR);
    const rights = { ...NOBODYS, sees: async (channelId: string) => channelId === '5' };
    expect(await told({ rights })).toMatchObject({
      outcome: { kind: 'elsewhere' },
      elsewhere: { channelId: null },
    });
    const samePaper = { was: 'none', is: 'line' };
    expect(await told()).toMatchObject({ elsewhere: { channelId: '7' }, samePaper });
  });

  it('is told with what further channels got when it was settled, also where the setting is another by now', async () => {
    const { id } = await subscribe('ocean');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    await queue([id], NEWS);
    const set = (samePaper: 'full' | 'line' | 'none') =>
      desk.subscriptionStore.changeSettings('1', (was) => ({ ...was, samePaper }), 'ada');
    clockAt(NOON + 2 * HOUR);
    await set('full');
    clockAt(NOON + 3 * HOUR);
    await set('line');
    expect((await told()).samePaper).toEqual({ was: 'line', is: 'line' });
    await desk.outbox.refuse(toChannel('5'), ICE.id, phrase('post.unwanted'), NOON + 2.5 * HOUR);
    expect((await told()).samePaper).toEqual({ was: 'full', is: 'line' });
  });

  it('and is wanted, but not decided yet, is told so; months later nobody knows', async () => {
    await subscribe('ocean');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    expect((await told()).outcome).toEqual({ kind: 'soon' });
    clockAt(NOON + 100 * DAY);
    expect((await told()).outcome).toEqual({ kind: 'notKept' });
  });

  it('and was taken back for a reason that no setting tells, is told with that reason', async () => {
    const { id } = await subscribe('ocean');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    await queue([id], NEWS);
    const reason = phrase('post.unwanted');
    await desk.outbox.refuse(toChannel('5'), ICE.id, reason, NOON + 2 * HOUR);
    expect((await told()).outcome).toEqual({ kind: 'takenBack', at: NOON + 2 * HOUR, reason });
  });

  it('is open until the best of its hour are chosen', async () => {
    const when = { kind: 'daily', at: '20:00', zone: 'UTC' } as const;
    await subscribe('ocean', { what: { kind: 'top', n: 2 }, when });
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    expect((await told()).outcome).toEqual({ kind: 'choosing', at: NOON + 8 * HOUR, n: 2 });
    clockAt(NOON + 8 * HOUR);
    expect((await told()).outcome).toEqual({ kind: 'obstacle', obstacle: 'best' });
  });

  it('is a mute before it is that others were better', async () => {
    const when = { kind: 'daily', at: '20:00', zone: 'UTC' } as const;
    await subscribe('ocean', { what: { kind: 'top', n: 2 }, when });
    await desk.subscriptionStore.mute('1', 'ice', 'ada');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    expect((await told()).outcome).toEqual({ kind: 'obstacle', obstacle: 'mute' });
  });

  it('was past the last day of its subscription', async () => {
    const at = NOON + HOUR / 2;
    await subscribe('ocean', { until: { day: '2026-03-10', zone: 'UTC', at } });
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    expect(await told()).toMatchObject({
      outcome: { kind: 'obstacle', obstacle: 'ended' },
      subscriptions: [{ since: at }],
    });
  });

  it('while it waits is nobody’s any more once a mute meets it, or its subscription is removed or asks for something else', async () => {
    const { id } = await subscribe('ocean');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    await queue([id], NEWS, 'digest');
    const outcome = async () => (await told()).outcome.kind;
    expect(await outcome()).toBe('waits');
    await desk.subscriptionStore.mute('1', 'ice', 'bob');
    expect(await told()).toMatchObject({
      outcome: { kind: 'obstacle', obstacle: 'mute' },
      mute: { told: { text: 'ice', who: 'bob' } },
    });
    expect((await told({ rights: NOBODYS })).mute).toEqual({ told: null });
    await desk.subscriptionStore.unmute('1', 'ice', 'bob');
    await desk.subscriptionStore.change(id, { filter: 'ocean ice' }, 'ada');
    expect(await outcome()).toBe('waits');
    await desk.subscriptionStore.change(id, { filter: 'desert' }, 'ada');
    expect(await outcome()).toBe('unwanted');
    await desk.subscriptionStore.remove(id, 'ada');
    expect(await outcome()).toBe('unwanted');
  });

  it('and was taken back once nothing was subscribed is told with what it was decided by', async () => {
    const { id } = await subscribe('ocean');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    await queue([id], NEWS);
    await desk.subscriptionStore.remove(id, 'ada');
    await desk.outbox.refuse(toChannel('5'), ICE.id, phrase('post.unwanted'), NOON + 2 * HOUR);
    expect(await told()).toMatchObject({ trend: { news: NEWS.news }, subscriptions: [{ filter: 'ocean' }] });
  });

  it('and found nothing subscribed is told to moderators with who removed what was', async () => {
    const { id } = await subscribe('ocean');
    await desk.subscriptionStore.remove(id, 'bob');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    const moderator = await told();
    expect(moderator.outcome).toEqual({ kind: 'noSubscription' });
    expect(moderator.changes).toMatchObject([{ what: 'removed', who: 'bob' }]);
    expect((await told({ rights: NOBODYS })).changes).toEqual([]);
  });

  it('waits for the hour, the end of quiet hours or another day, as its subscription says', async () => {
    const { id } = await subscribe('ocean', { when: { kind: 'daily', at: '20:00', zone: 'UTC' } });
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    await queue([id], NEWS, 'digest');
    const cause = async () => (await told()).timing?.cause;
    expect(await cause()).toBe('hour');
    await desk.subscriptionStore.remove(id, 'ada');
    expect(await cause()).toBe('hour');
  });
});

describe('the day that is asked for', () => {
  it('is one of the server’s zone', async () => {
    await desk.subscriptionStore.changeSettings(
      '1',
      () => ({ samePaper: 'full', zone: 'Pacific/Auckland', notices: null }),
      'ada',
    );
    await subscribe('ocean');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    // It is 11 March there, two hours old.
    expect((await told({ date: '2026-03-11' })).outcome.kind).not.toBe('notSeenYet');
    expect((await told({ date: '2026-03-10' })).outcome).toEqual({ kind: 'notSeenYet', at: NOON + HOUR });
    await expect(told({ date: '2026-03-12' })).rejects.toThrow('still to come');
    expect((await told({ date: 'yesterday' })).asked).toEqual({
      day: '2026-03-10',
      zone: 'Pacific/Auckland',
    });
    clockAt(NOON + 3 * DAY);
    await desk.subscriptionStore.changeSettings('1', (was) => ({ ...was, zone: 'UTC' }), 'ada');
    expect((await told({ date: '12 March' })).asked).toEqual({ day: '2026-03-12', zone: 'Pacific/Auckland' });
    expect((await told({ date: 'today' })).asked).toEqual({ day: '2026-03-13', zone: 'Pacific/Auckland' });
    expect((await told()).asked).toBeNull();
    await expect(told({ date: '2026-02-30' })).rejects.toThrow('no day');
  });

  it('tells what was subscribed then, and what is wanted from when on', async () => {
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    clockAt(NOON + DAY);
    const { since } = await subscribe('ocean');
    expect(await told()).toMatchObject({
      outcome: { kind: 'obstacle', obstacle: 'later' },
      subscriptions: [{ since }],
    });
    clockAt(NOON + 3 * DAY);
    const { outcome } = await told({ date: '2026-03-12' });
    expect(outcome).toEqual({ kind: 'obstacle', obstacle: 'since' });
    expect((await told({ date: '2026-03-10' })).outcome).toEqual({ kind: 'noSubscription' });
  });
});

describe('what a moderator may try', () => {
  it('is not offered where it would bring nothing', async () => {
    await subscribe('ocean -ice');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    await desk.search.load();
    expect((await told()).tries).toHaveLength(1);
    await desk.subscriptionStore.mute('1', 'ocean', 'ada');
    expect((await told()).tries).toEqual([]);
  });

  it('is not offered where it stands there already, nor where nothing of the filter would be left', async () => {
    await subscribe('ocean -ice');
    clockAt(NOON + HOUR);
    await seen(NOON + HOUR, 5);
    await desk.search.load();
    const [offered] = (await told()).tries;
    expect(offered).toMatchObject({ what: { kind: 'without', clauses: ['ice'] }, more: 1 });
    clockAt(NOON + 2 * HOUR);
    await subscribe('ocean');
    const [{ id }] = desk.subscriptionStore.inChannel('5').filter(({ filter }) => filter === 'ocean -ice');
    expect((await told()).tries).toEqual([]);
    await desk.subscriptionStore.change(id, { filter: 'desert' }, 'ada');
    expect((await told()).tries).toEqual([]);
  });
});
