import { beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '#src/archive/archive.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import { NO_FIGURES, renewingFigures } from '#src/paper/figures.ts';
import { createAskAgain } from '#src/pipeline/ask-again.ts';
import { createChannelPlans } from '#src/pipeline/channel-plans.ts';
import { createDelivery, type DeliverDeps } from '#src/pipeline/deliver.ts';
import type { Parcel, Postman, Servers } from '#src/pipeline/postman.ts';
import { createStillWanted } from '#src/pipeline/still-wanted.ts';
import { DEFAULTS, type Subscription, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { openSubscriptionStore, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { type HeldWriter, holdWriter, untilAllWait } from '#test/fakes/held-writer.ts';
import { createKeptHappenings } from '#test/fakes/kept-happenings.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { parse } from './some-subscriptions.ts';

const home = { serverId: 's', channelId: 'c' };
const place = { serverId: 's', destination: 'channel:c' } as const;
const clock = plainClock({ now: () => MONDAY + 10 * MINUTE, elapsed: () => 0 });
const zones = openZones();
const trend = createTrendRule();

let db: Database;
let archive: Archive;
let outbox: Outbox;
let subscriptionStore: SubscriptionStore;
let posted: Parcel[];
let one: Subscription;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  archive = await openArchive(db, []);
  outbox = await openOutbox(db, MONDAY);
  // The subscriptions are older than the paper.
  subscriptionStore = await openSubscriptionStore(db, await openKeyv(db, 'subscription'), {
    ...clock,
    now: () => MONDAY - MINUTE,
  });
  await archive.keep(aPoll(MONDAY - MINUTE, []));
  await archive.endReading('hugging-face', MONDAY - MINUTE);
  await archive.keep(aPoll(MONDAY, [aSighting(aPaper('p', { title: 'Ocean waves' }), 1, { votes: 3 })]));
  posted = [];
  one = await subscriptionStore.add(home, draft({ what: { kind: 'all' } }), 'ada');
  await outbox.add(entry(one));
});

const draft = (patch: Partial<SubscriptionDraft> = {}): SubscriptionDraft => ({
  ...DEFAULTS,
  filter: 'ocean',
  ...patch,
});
const entry = ({ id, filter }: Subscription) => ({
  ...{ ...place, paper: 'p', subscriptions: [id], score: 1, mode: 'card' as const },
  ...{ decidedAt: MONDAY + MINUTE, dueAt: MONDAY + MINUTE },
  why: {
    ...{ filters: [filter], news: { kind: 'new', at: MONDAY }, repository: false },
    ...renewingFigures(NO_FIGURES),
  },
});
const pack = () => outbox.pack({ ...place, kind: 'message' }, 'card', ['p'], MONDAY + MINUTE);

const postman: Postman = {
  async post(parcel) {
    posted.push(parcel);
    return { kind: 'delivered', messageId: 'm', channelId: channelOfDestination(parcel.place) };
  },
  time: () => ({ from: clock.now(), until: clock.now() }),
  find: async () => ({ kind: 'absent' }),
  edit: async () => ({ kind: 'delivered', messageId: 'm', channelId: 'c' }),
  openThread: async () => ({ kind: 'delivered', messageId: 'm', channelId: 'c' }),
  remove: async () => ({ kind: 'delivered', messageId: 'm', channelId: 'c' }),
  publish: async () => ({ kind: 'delivered', messageId: 'm', channelId: 'c' }),
};

/** `onceAsked` comes right after the channel's subscriptions were asked for the first time. */
function open(onceAsked: () => Promise<void> = async () => {}) {
  const servers = { channel: () => null, mention: () => 'rings', obstacle: () => null } as unknown as Servers;
  const plans = createChannelPlans(subscriptionStore, outbox, servers, zones);
  const stillWanted = createStillWanted({ archive, subscriptionStore, parse, trend });
  const ask = createAskAgain({ stillWanted, plans, clock, log });
  let isFirst = true;
  const askAgain: typeof ask = async (entries) => {
    const answers = await ask(entries);
    if (isFirst) await onceAsked();
    isFirst = false;
    return answers;
  };
  const rooms: DeliverDeps = {
    ...{
      db,
      archive,
      outbox,
      subscriptionStore,
      plans,
      stillWanted,
      askAgain,
      postman,
      servers,
      zones,
      parse,
      clock,
      log,
      happenings: createKeptHappenings(),
    },
    subscription: subscriptionStore.byId,
    onHold: async () => {},
    onRecovered: async () => {},
    notifyBegun: async () => false,
  };
  return createDelivery(rooms);
}

const state = async () => (await outbox.ledger({ limit: 1 }))[0].state;

describe('a post that is packed and waits until it may be noted as attempted', () => {
  beforeEach(async () => void (await pack()));

  it('goes where nobody changes anything', async () => {
    await open().run();
    expect(posted).toHaveLength(1);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['removed', () => subscriptionStore.remove(one.id, 'ada')],
    [
      'paused',
      () => subscriptionStore.setPaused(one.id, { reason: phrase('subscriptions.pausedByModerator') }, 'ada'),
    ],
    [
      'given another filter, which does not match',
      () => subscriptionStore.change(one.id, { filter: 'desert' }, 'ada'),
    ],
  ])('does not go when its subscription is %s meanwhile', async (_, change) => {
    let held: HeldWriter | undefined;
    const delivery = open(async () => {
      held = holdWriter(db);
      void change();
      await untilAllWait();
    });
    const run = delivery.run();
    await untilAllWait();
    await untilAllWait();
    await held?.release();
    await run;
    expect(posted).toEqual([]);
    expect(await state()).toBe('refused');
  });

  it('does not go when its subscription is removed while it is asked who wants it', async () => {
    await open(async () => void (await subscriptionStore.remove(one.id, 'ada'))).run();
    expect([posted.length, await state()]).toEqual([0, 'refused']);
  });

  it('does not go while the removal of its subscription is on its way into the database', async () => {
    let held: HeldWriter | undefined;
    let removal: Promise<unknown> | undefined;
    const delivery = open(async () => {
      held = holdWriter(db);
      removal = subscriptionStore.remove(one.id, 'ada');
    });
    const run = delivery.run();
    await untilAllWait();
    await held?.release();
    await Promise.all([run, removal]);
    expect(posted).toEqual([]);
  });

  it('goes once, and names both, when another subscription that wants it is added meanwhile', async () => {
    const delivery = open(
      async () => void (await subscriptionStore.add(home, draft({ filter: 'waves' }), 'ben')),
    );
    await delivery.run();
    expect(posted).toHaveLength(1);
    expect(await state()).toBe('sent');
  });

  it('stays packed when Paperboy is stopped meanwhile, and goes once at the next start', async () => {
    const delivery = open(async () => delivery.stop());
    await delivery.run();
    expect([posted.length, await state()]).toEqual([0, 'packed']);
    await open().run();
    expect([posted.length, await state()]).toEqual([1, 'sent']);
  });

  it('stays packed when Paperboy is stopped while somebody else writes', async () => {
    let held: HeldWriter | undefined;
    const delivery = open(async () => {
      held = holdWriter(db);
    });
    const run = delivery.run();
    await untilAllWait();
    delivery.stop();
    await held?.release();
    await run;
    expect([posted.length, await state()]).toEqual([0, 'packed']);
  });
});

describe('a post in doubt', () => {
  it('is not sent again when Paperboy is stopped while somebody else writes', async () => {
    const post = await pack();
    await outbox.attempt(post?.id ?? 0, clock.now());
    await outbox.settle(post?.id ?? 0, { kind: 'unknown', reason: 'time-out' }, MONDAY);
    const delivery = open();
    const unsettled = outbox.unsettled;
    let held: HeldWriter | undefined;
    outbox.unsettled = async (...asked) => {
      const found = await unsettled(...asked);
      held ??= holdWriter(db);
      return found;
    };
    const run = delivery.run();
    await untilAllWait();
    delivery.stop();
    await held?.release();
    await run;
    expect(posted).toEqual([]);
    expect((await outbox.backlog()).unknown).toBe(1);
  });
});

describe('a paper that is due', () => {
  it('is not lost when it becomes news for another of the channel while nobody wants it any more', async () => {
    const other = await subscriptionStore.add(
      home,
      draft({ what: { kind: 'trending', sensitivity: 'wide' } }),
      'ben',
    );
    await subscriptionStore.remove(one.id, 'ada');
    const at = MONDAY + 2 * MINUTE;
    const delivery = open(async () => {
      await archive.keepTrendEvents([
        { paper: 'p', at, from: 0, score: 99, reason: { kind: 'rank', rank: 1 } as never },
      ]);
      expect(await outbox.add(entry(other))).toBe(0);
    });
    await delivery.run();
    expect(posted).toHaveLength(1);
  });

  it('is packed by what its channel wants now when that is changed while it is asked', async () => {
    const delivery = open(async () => {
      await subscriptionStore.remove(one.id, 'ada');
    });
    await delivery.run();
    expect([posted.length, await state()]).toEqual([0, 'refused']);
    expect((await db.all('SELECT 1 FROM post')).length).toBe(0);
  });
});
