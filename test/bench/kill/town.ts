import type { SamePaper } from '#src/decision/same-paper.ts';
import type { When } from '#src/decision/terms.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import type { Driver } from '#src/sandbox/driver/driver.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { openSubscriptionStore, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { BOT_PERMISSIONS } from '#test/sandbox/some-server.ts';
import { createWishes, type Filters, type Wishes } from './wishes.ts';
import { workingDay } from './working-day.ts';

/** What its moderators do with a channel's subscription again and again. */
export type Habit = 'edits' | 'pauses' | 'removes' | 'moves';

/** A channel and what it asks for; `trending`: only what the rule named among these. */
export type Home = {
  name: string;
  server: string;
  channel: string;
  place: SubscriptionDraft['place'];
  wishes: Wishes;
  trending: boolean;
  habit: Habit | null;
  /** What its filter always asks for, whatever it is edited to. */
  words: string;
  /** As they stood in the bot's database when it was last down: ids, and the filters whether they run or not. */
  subscriptions: readonly string[];
  filters: Filters;
  isGone: boolean;
};

/** `harness`: where its owner types commands; `role`: the bot's. */
export type Server = { id: string; owner: string; harness: string; role: string };

export type Town = {
  servers: readonly Server[];
  homes: readonly Home[];
  /** The channel is deleted; returns the one that is made in its stead. */
  move(home: Home): Home;
  /** Looks up in the database what the channels ask for. Only while the bot is down. */
  lookUp(): Promise<void>;
};

type Plan = {
  name: string;
  server: 'East' | 'West' | 'North';
  type?: 'text' | 'forum' | 'announcement';
  filters: Filters;
  draft?: Partial<SubscriptionDraft>;
  habit?: Habit;
};

/** What each server wants of a paper in several channels. */
const WANTS = { East: 'full', West: 'line', North: 'none' } as const satisfies Record<
  Plan['server'],
  SamePaper
>;

/** Three servers with every kind of place, subscribed in the bot's database before its first start. */
export async function buildTown(driver: Driver, file: string, forums: boolean): Promise<Town> {
  const servers = new Map(
    (['East', 'West', 'North'] as const).map((name) => [name, buildServer(driver, name)]),
  );
  const plans = plansOf().filter(({ type }) => forums || type !== 'forum');
  const homes = plans.map((plan): Home & { plan: Plan } => {
    const server = servers.get(plan.server)?.id ?? '';
    const channel = driver.createChannel(server, { name: plan.name, type: plan.type ?? 'text' }).id;
    return { ...homeOf(plan, server, channel), wishes: createWishes(plan.filters), plan };
  });
  await withStore(file, async (subscriptionStore) => {
    for (const { server, channel, plan } of homes)
      for (const filter of plan.filters)
        await subscriptionStore.add(placeOf(server, channel), draftOf(plan, filter), 'the kill run');
    for (const [name, { id }] of servers)
      await subscriptionStore.changeSettings(
        id,
        () => ({ samePaper: WANTS[name], zone: 'UTC', notices: null }),
        'the kill run',
      );
  });
  const all: Home[] = homes;

  return {
    servers: [...servers.values()],
    homes: all,
    move(home) {
      home.isGone = true;
      driver.deleteChannel(home.channel);
      const channel = driver.createChannel(home.server, { name: home.name }).id;
      const next = {
        ...home,
        name: `${home.name}'`,
        channel,
        isGone: false,
        subscriptions: [],
        wishes: createWishes([]),
      };
      all.push(next);
      return next;
    },
    lookUp: () =>
      withStore(file, async (subscriptionStore) => {
        for (const home of all) {
          const there = subscriptionStore.inChannel(home.channel);
          home.subscriptions = there.map(({ id }) => id);
          home.filters = there.map(({ filter }) => filter);
          home.wishes.are(there.filter((one) => one.paused === null).map(({ filter }) => filter));
        }
      }),
  };
}

function buildServer(driver: Driver, name: string): Server {
  const { id, ownerId } = driver.createServer({ name });
  const role = driver.inviteBot(id, BOT_PERMISSIONS);
  return { id, owner: ownerId, role, harness: driver.createChannel(id, { name: `mod-${name}` }).id };
}

function homeOf(
  { name, filters, draft, habit }: Plan,
  server: string,
  channel: string,
): Omit<Home, 'wishes'> {
  const trending = draft?.what?.kind === 'trending';
  return {
    name,
    server,
    channel,
    place: draft?.place ?? 'message',
    trending,
    habit: habit ?? null,
    words: filters[0],
    filters,
    subscriptions: [],
    isGone: false,
  };
}

function plansOf(): Plan[] {
  const soon = (minutes: number): When => ({ kind: 'daily', at: hourIn(minutes), zone: 'UTC' });
  return [
    { name: 'cards', server: 'East', filters: ['ocean'] },
    { name: 'two-filters', server: 'East', filters: ['ocean', 'ocean OR desert'] },
    { name: 'threads', server: 'East', filters: ['forest'], draft: { place: 'thread' } },
    { name: 'forum', server: 'East', type: 'forum', filters: ['glacier'], draft: { place: 'forum' } },
    { name: 'forum-west', server: 'West', type: 'forum', filters: ['tundra'], draft: { place: 'forum' } },
    { name: 'digest-soon', server: 'East', filters: ['meadow'], draft: { when: soon(2) } },
    {
      name: 'digest-later',
      server: 'West',
      type: 'announcement',
      filters: ['meadow OR tundra'],
      draft: { when: soon(4), publish: true },
    },
    { name: 'west-cards', server: 'West', filters: ['desert'] },
    {
      name: 'trending',
      server: 'West',
      filters: ['notes'],
      draft: { what: { kind: 'trending', sensitivity: 'wide' } },
    },
    { name: 'edited', server: 'North', filters: ['forest'], habit: 'edits' },
    { name: 'edited-digest', server: 'North', filters: ['ocean'], draft: { when: soon(3) }, habit: 'edits' },
    { name: 'paused', server: 'North', filters: ['meadow'], habit: 'pauses' },
    { name: 'removed', server: 'North', filters: ['desert'], habit: 'removes' },
    { name: 'moved', server: 'North', filters: ['glacier'], habit: 'moves' },
  ];
}

function hourIn(minutes: number): string {
  return new Date(workingDay.now() + minutes * 60_000).toISOString().slice(11, 16);
}

const placeOf = (serverId: string, channelId: string) => ({ serverId, channelId });

function draftOf({ draft }: Plan, filter: string): SubscriptionDraft {
  return { ...DEFAULTS, what: { kind: 'all' }, cap: 1_000_000, ...draft, filter };
}

async function withStore(
  file: string,
  work: (subscriptionStore: SubscriptionStore) => Promise<void>,
): Promise<void> {
  const db = await openDatabase(file);
  const subscriptionStore = await openSubscriptionStore(db, await openKeyv(db, 'subscriptions'), workingDay);
  await subscriptionStore.load();
  await work(subscriptionStore);
  await db.close();
}
