import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { noTopics } from '#src/match/language/topic-catalogue.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { testMessage } from '#src/render/filter-page.ts';
import { sayPhrase } from '#src/render/say.ts';
import { subscribedMessage } from '#src/render/subscription-page.ts';
import { createHeavyWork } from '#src/service/heavy-work.ts';
import { createManageSubscriptions } from '#src/service/manage-subscriptions.ts';
import { createQuestionStore } from '#src/service/question-store.ts';
import type { SubscribeOrder } from '#src/service/subscribe-order.ts';
import { createWorkOnFilters } from '#src/service/work-on-filters.ts';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import { openSubscriptionStore } from '#src/subscription/subscription-store.ts';
import { openUnusualStore } from '#src/subscription/unusual-store.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { allRights } from '#test/fakes/all-rights.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { NOTHING_MUTED } from '#test/fakes/nothing-muted.ts';

const NOW = MONDAY + 12 * 3_600_000;
const trend = createTrendRule();
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** So many papers rose just over the threshold of each sensitivity, and no further; one never rose. */
const ROSE = { sure: 1, balanced: 2, early: 3, wide: 4, never: 1 } as const;

/** Papers on the ocean on three days, one on the desert that rose highest of all, and a day of 40 days ago. */
async function openRooms() {
  const clock = createFakeClock(NOW);
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const keep = (id: string, title: string, at: number) =>
    archive.keep(
      aPoll(at, [{ ...aSighting(aPaper(id, { title }), 1), batchDay: dayOf(at) }], {
        key: dayOf(at),
        complete: false,
      }),
    );
  const rise = (paper: string, at: number, score: number) =>
    archive.keepTrendEvents([{ paper, at, from: 0, score, reason: { kind: 'rank', rank: 1 } }]);

  await keep('2601.00001', 'Ice of old', NOW - 40 * DAY);
  const scores = Object.entries(ROSE).flatMap(([name, papers]) =>
    Array.from({ length: papers }, () =>
      name === 'never' ? null : trend.thresholdFor(name as Exclude<keyof typeof ROSE, 'never'>) + 1e-4,
    ),
  );
  for (const [index, score] of scores.entries()) {
    const id = `2602.${String(index).padStart(5, '0')}`;
    const at = NOW - (1 + (index % 3)) * DAY;
    await keep(id, `Ocean ${index}`, at);
    if (score !== null) await rise(id, at, score);
  }
  await keep('2603.00001', 'Desert', NOW - DAY);
  await rise('2603.00001', NOW - DAY, 10);

  const subscriptionStore = await openSubscriptionStore(
    db,
    await openKeyv(db, 'subscriptions', clock),
    clock,
  );
  const rooms = {
    ...{
      archive,
      trend,
      subscriptionStore,
      clock,
      topics: noTopics,
      search: openPaperSearch(archive),
      mutes: NOTHING_MUTED,
    },
    ...{
      outbox: await openOutbox(db, NOW),
      heavy: createHeavyWork(),
      perServer: 100,
      perChannel: 25,
      lost: () => [],
    },
    zones: openZones(),
    unusualStore: await openUnusualStore(db),
    ...{
      nextPollAt: () => null,
      lacked: () => [],
      tagsIn: () => null,
      channelType: () => null,
      isSeenFrom: () => true,
      channelName: () => null,
      isGone: () => false,
      takesWords: () => true,
    },
    questions: createQuestionStore(await openKeyv(db, 'questions', clock)),
    findPaper: async () => ({ kind: 'nothing' }) as const,
  };
  return { ...createManageSubscriptions(rooms), ...createWorkOnFilters(rooms), subscriptionStore };
}

const asker = { serverId: '1', userId: 'mod', rights: allRights, now: NOW };
const order = (what: string): SubscribeOrder => ({
  ...{
    ...asker,
    what,
    mention: '',
    sensitivity: '',
    topic: '',
    keywords: 'ocean',
    when: '',
    at: '',
    // The best of a day come at an hour, and nobody is there to be asked for its zone.
    zone: /^(?:top|best)/.test(what) ? 'UTC' : '',
    quiet: '',
    place: '',
  },
  ...{ role: null, cap: null, silent: false, publish: false },
  channel: {
    ...{ id: '5', name: 'papers', type: ChannelType.GuildText, botPermissions: null },
    mentionsAll: { byBot: false, byAsker: false },
  },
});

const DIALS = 'With another sensitivity: strict 1, balanced 3, early 6, everything rising 10.';

describe('the answer of /subscribe', () => {
  const answered = async (what: string): Promise<string[]> => {
    const { embeds } = subscribedMessage(await (await openRooms()).subscribeChannel(order(what)));
    const [{ description }] = embeds as { description: string }[];
    return description.split('\n');
  };

  it('is, word by word, the filter, its terms, what the last 30 days would have brought, and the newest', async () => {
    expect(await answered('sure')).toEqual([
      '<#5> gets papers that match `ocean`',
      'newly trending papers (strict), as they happen, at most 10 cards a day (strict papers to 20), the rest in a digest',
      '',
      '**The last 30 days: 1 paper, 0.2 a week.**',
      `- [**Ocean** 0](https://huggingface.co/papers/2602.00000) <t:${(NOW - DAY) / 1000}:d>`,
      DIALS,
    ]);
  });

  it.each([
    ['sure', '1 paper, 0.2 a week', 1],
    ['trending', '3 papers, 0.1 a day', 3],
    ['early', '6 papers, 0.2 a day', 5],
    ['wide', '10 papers, 0.3 a day', 5],
  ])('counts at sensitivity %s %s, and beside it every other sensitivity', async (what, posts, shown) => {
    const lines = await answered(what);
    expect(lines[3]).toBe(`**The last 30 days: ${posts}.**`);
    expect(lines.filter((line) => line.startsWith('- ['))).toHaveLength(shown);
    expect(lines.at(-1)).toBe(DIALS);
  });

  it.each([
    ['all', '11 papers, 0.4 a day'],
    ['top 1', '3 papers, 0.1 a day'],
    ['top 2', '6 papers, 0.2 a day'],
    ['best 2 a week', '2 papers, 0.5 a week'],
  ])('counts for %s %s, whatever trended', async (what, posts) => {
    const lines = await answered(what);
    expect(lines[3]).toBe(`**The last 30 days: ${posts}.**`);
    expect(lines.join()).not.toContain('sensitivity');
  });
});

it('the same once more is the one that an earlier version stored, under the old name of its zone', async () => {
  const { subscriptionStore, subscribeChannel } = await openRooms();
  const when = { kind: 'daily', at: '09:00', zone: 'Asia/Calcutta' } as const;
  const place = { serverId: '1', channelId: '5' };
  const stored = await subscriptionStore.add(
    place,
    { ...DEFAULTS, filter: 'ocean', when, cap: 3 },
    'mod',
    () => undefined,
  );
  const asked = { ...order(''), when: 'daily', at: '9am', zone: 'Mumbai' };
  const { subscription } = await subscribeChannel(asked);
  expect(subscription).toMatchObject({ id: stored.id });
  expect(sayPhrase(subscription.terms)).toContain('daily at 09:00 (Asia/Kolkata)');
  expect(subscriptionStore.byId(stored.id)).toEqual(stored);
  await expect(subscribeChannel({ ...asked, at: '10am' })).rejects.toThrow(
    'is subscribed to `ocean` already',
  );
});

it('/filter test counts every match, and beside it each sensitivity', async () => {
  const view = await (await openRooms()).testFilter({ ...asker, filter: 'ocean', paper: '' });
  const [{ title, description }] = testMessage(view).embeds as { title: string; description: string }[];
  expect(title).toBe('Would have found: 11');
  expect(description).toContain('**The last 30 days: 11 papers, 0.4 a day.**');
  expect(description).toContain(DIALS.replace('With another sensitivity', 'Newly trending of these'));
});
