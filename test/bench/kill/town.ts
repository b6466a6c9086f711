import { systemClock } from '#src/foundation/clock.ts';
import { openDatabase } from '#src/foundation/database.ts';
import { openKeyv } from '#src/foundation/keyv-sqlite.ts';
import type { Driver } from '#src/sandbox/driver/driver.ts';
import { DEFAULTS, type Draft, type When } from '#src/subscription/subscription.ts';
import { createSubscriptionBook } from '#src/subscription/subscription-book.ts';
import { BOT_PERMISSIONS } from '#test/sandbox/some-server.ts';
import type { MadeUpPaper } from './paper-press.ts';

/** A channel and which papers it must get; `trending`: those that the rule named, among these. */
export type Home = {
  channel: string;
  name: string;
  wants(paper: MadeUpPaper): boolean;
  trending: boolean;
};

export type Town = {
  homes: readonly Home[];
  /** Takes the bot's right to write in one of the channels, or gives it back. */
  setLocked(isLocked: boolean): void;
};

type Plan = {
  name: string;
  server: string;
  type?: 'text' | 'forum' | 'announcement';
  filters: readonly string[];
  words: readonly string[];
  draft?: Partial<Draft>;
};

/** Two servers with every kind of place, subscribed in the bot's database before its first start. */
export async function buildTown(driver: Driver, file: string, forums: boolean): Promise<Town> {
  const [east, west] = ['East', 'West'].map((name) => driver.createServer({ name }).id);
  for (const server of [east, west]) driver.inviteBot(server, BOT_PERMISSIONS);
  driver.createChannel(east, { name: 'mod-east' });
  driver.createChannel(west, { name: 'mod-west' });
  const plans = plansOf(east, west).filter(({ type }) => forums || type !== 'forum');
  const homes = plans.map((plan) => ({
    ...plan,
    channel: driver.createChannel(plan.server, { name: plan.name, type: plan.type ?? 'text' }).id,
    wants: (paper: MadeUpPaper) =>
      plan.words.length === 0 || plan.words.some((word) => paper.words.includes(word)),
    trending: plan.draft?.scope?.kind === 'trending',
  }));
  await subscribe(file, homes);
  const lockable = homes.find(({ name }) => name === 'lockable')?.channel ?? '';
  return {
    homes,
    setLocked: (isLocked) =>
      driver.setOverwrite(lockable, { id: west, deny: isLocked ? ['SendMessages'] : [] }),
  };
}

function plansOf(east: string, west: string): Plan[] {
  const soon = (minutes: number): When => ({ kind: 'daily', at: hourIn(minutes), zone: 'UTC' });
  return [
    { name: 'cards', server: east, filters: ['ocean'], words: ['ocean'] },
    { name: 'two-filters', server: east, filters: ['ocean', 'ocean OR desert'], words: ['ocean', 'desert'] },
    { name: 'threads', server: east, filters: ['forest'], words: ['forest'], draft: { place: 'thread' } },
    {
      name: 'forum',
      server: east,
      type: 'forum',
      filters: ['glacier'],
      words: ['glacier'],
      draft: { place: 'forum' },
    },
    {
      name: 'forum-west',
      server: west,
      type: 'forum',
      filters: ['tundra'],
      words: ['tundra'],
      draft: { place: 'forum' },
    },
    { name: 'digest-soon', server: east, filters: ['meadow'], words: ['meadow'], draft: { when: soon(2) } },
    {
      name: 'digest-later',
      server: west,
      type: 'announcement',
      filters: ['meadow OR tundra'],
      words: ['meadow', 'tundra'],
      draft: { when: soon(4), publish: true },
    },
    { name: 'lockable', server: west, filters: ['desert'], words: ['desert'] },
    {
      name: 'trending',
      server: west,
      filters: ['notes'],
      words: [],
      draft: { scope: { kind: 'trending', dial: 'wide' } },
    },
  ];
}

function hourIn(minutes: number): string {
  return new Date(systemClock.now() + minutes * 60_000).toISOString().slice(11, 16);
}

async function subscribe(file: string, homes: readonly (Plan & { channel: string })[]): Promise<void> {
  const db = openDatabase(file);
  const book = createSubscriptionBook(openKeyv(db, 'subscriptions'), systemClock);
  await book.load();
  for (const { server, channel, filters, draft } of homes) {
    for (const filter of filters) {
      const wanted = { ...DEFAULTS, scope: { kind: 'all' } as const, cap: 1_000_000, ...draft, filter };
      await book.add({ serverId: server, channelId: channel }, wanted, 'the kill run');
    }
  }
  db.close();
}
