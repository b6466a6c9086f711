import { beforeEach, expect, it } from 'vitest';
import type { Database } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { endSubscriptions } from '#src/pipeline/end-subscriptions.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { inEnglish, readKept } from '#src/wording/kept-phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { anEntry, anOutbox, HOUR, NOON } from '#test/outbox/some-posts.ts';
import { aGateway, textChannel } from './some-servers.ts';
import { aStore } from './some-subscriptions.ts';

const channels = ['c', 'd', 'hidden', 'staff'].map((id) => textChannel(id));
const log = createKeptLog();
const known: { servers: Servers; unread: string[]; asked: number; broken: string | null } = {
  ...{ servers: aGateway(channels), unread: [], asked: 0, broken: null },
};
let db: Database;
let outbox: Outbox;

beforeEach(async () => {
  ({ db, outbox } = await anOutbox());
  log.lines.length = 0;
  Object.assign(known, { servers: aGateway(channels), unread: [], asked: 0, broken: null });
});

/** Of server `s`, its last day over at noon. */
const one = (id: string, facts: Partial<Subscription> = {}): Subscription =>
  aSubscription(id, {
    ...{ serverId: 's', channelId: 'c', filter: `about ${id}` },
    ...{ until: { day: '2026-03-01', zone: 'UTC', at: NOON } },
    ...facts,
  });

/** The ids that stay after a round, in which all that was news until `decided` is decided. */
async function afterRound(
  subscriptions: readonly Subscription[],
  { now = NOON, decided = NOON } = {},
): Promise<string[]> {
  const { subscriptionStore, put } = aStore(subscriptions);
  const end = async (id: string) => {
    if (id === known.broken) throw new Error('the disk is full');
    put(id, null);
    return null;
  };
  const unreadIn = (serverId: string) => known.unread.map((key) => ({ key: `${serverId}:${key}`, why: '' }));
  await endSubscriptions(
    {
      ...{ outbox, log, servers: known.servers },
      subscriptionStore: { ...subscriptionStore, end, unreadIn },
    } as unknown as Parameters<typeof endSubscriptions>[0],
    async () => {
      known.asked++;
      return decided;
    },
    now,
  );
  return [...subscriptionStore.all()].map(({ id }) => id);
}

/** What moderators are told, and where. */
const told = async () =>
  (await db.all<{ destination: string; note: string }>('SELECT destination, note FROM post ORDER BY id')).map(
    ({ destination, note }) => [destination, inEnglish(readKept(note))],
  );

it('a subscription ends at the very instant at which its last day is over, and not before', async () => {
  expect(await afterRound([one('a')], { now: NOON - 1 })).toEqual(['a']);
  expect([known.asked, await told()]).toEqual([0, []]);
  expect(await afterRound([one('a'), one('b', { until: undefined })])).toEqual(['b']);
  expect(await told()).toEqual([
    [
      'channel:staff',
      [
        'A subscription ended, as was agreed when it was made or changed:',
        '- `about a` in <#c>: its last day was 2026-03-01.',
        'Nothing more comes of it. `/subscriptions` → History tells of it, and brings it back.',
      ].join('\n'),
    ],
  ]);
});

it('it stays while what was news on its last day is not decided', async () => {
  expect(await afterRound([one('a')], { now: NOON + HOUR, decided: NOON - 1 })).toEqual(['a']);
  expect(await told()).toEqual([]);
});

it('it stays while what was decided for it has not gone; what waits for another holds up nobody', async () => {
  await outbox.add(
    anEntry('p', { serverId: 's', destination: toChannel('c'), subscriptions: ['a'], dueAt: NOON + HOUR }),
  );
  expect(await afterRound([one('a'), one('b')])).toEqual(['a']);
});

it('nothing ends where the server is not there, nor where its History cannot be read', async () => {
  known.servers = aGateway(channels, { presence: () => 'away' });
  expect(await afterRound([one('a')])).toEqual(['a']);
  known.servers = aGateway(channels);
  known.unread = ['history'];
  expect(await afterRound([one('a')])).toEqual(['a']);
  known.unread = ['mutes'];
  expect(await afterRound([one('a')])).toEqual([]);
});

it('those of a server are told together; one in a channel that is hidden where it is told is counted', async () => {
  known.servers = aGateway(channels, { audience: (id) => (id === 'hidden' ? [] : 'everybody') });
  const all = [one('a'), one('b', { channelId: 'hidden' }), one('e', { channelId: 'd' })];
  expect(await afterRound(all)).toEqual([]);
  const [[, text], ...others] = await told();
  expect(others).toEqual([]);
  expect(text.split('\n').slice(0, -1)).toEqual([
    '3 subscriptions ended, as was agreed when they were made or changed:',
    '- `about a` in <#c>: its last day was 2026-03-01.',
    '- `about e` in <#d>: its last day was 2026-03-01.',
    expect.stringContaining('one where not everybody here can see the channel'),
  ]);
});

it('each server is told of its own', async () => {
  const others = ['z', 'staff of z'].map((id) => textChannel(id, { serverId: 'z', name: 'staff' }));
  known.servers = aGateway([], { channels: (id) => (id === 's' ? channels : others) });
  await afterRound([one('a'), one('b', { serverId: 'z', channelId: 'z' })]);
  expect((await told()).map(([where, text]) => [where, text.split('\n')[1]])).toEqual([
    ['channel:staff', '- `about a` in <#c>: its last day was 2026-03-01.'],
    ['channel:staff of z', '- `about b` in <#z>: its last day was 2026-03-01.'],
  ]);
});

it('the same end is told once, over a crash before it was removed too; an end at another instant anew', async () => {
  const { until } = one('a');
  await afterRound([one('a')]);
  await afterRound([one('a')]);
  expect(await told()).toHaveLength(1);
  await afterRound([one('a', { until: { day: '2026-03-02', zone: 'UTC', at: (until?.at ?? 0) + 1 } })], {
    ...{ now: NOON + HOUR, decided: NOON + HOUR },
  });
  expect(await told()).toHaveLength(2);
});

it('it ends without a word where there is nowhere to say it', async () => {
  known.servers = aGateway([]);
  expect(await afterRound([one('a')])).toEqual([]);
  expect(await told()).toEqual([]);
});

it('what cannot be ended in one server is logged, and holds up no other', async () => {
  known.broken = 'a';
  expect(await afterRound([one('a'), one('b', { serverId: 'other' })])).toEqual(['a']);
  expect(log.lines).toMatchObject([
    { level: 'error', fields: { server: 's' }, message: 'subscriptions could not be ended' },
  ]);
});
