import { beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { createContain } from '#src/foundation/contain.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import { createServerEvents } from '#src/pipeline/server-events.ts';
import { type ChannelTrouble, createTrouble } from '#src/pipeline/trouble.ts';
import { openVoteStore } from '#src/reader/vote-store.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { openUnusualStore } from '#src/subscription/unusual-store.ts';
import { MONDAY } from '#test/archive/some-papers.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createKeptHappenings } from '#test/fakes/kept-happenings.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { aGateway, textChannel } from './some-servers.ts';
import { aStore } from './some-subscriptions.ts';

const place: PostPlace = { serverId: 's', destination: 'channel:c', kind: 'message' };
const hold = { code: 'permission-missing', reason: 'Missing Access' } as const;
/** The gateway sees nothing that hinders, and knows every channel. */
const servers = aGateway(undefined, { channel: textChannel });

let db: Database;
let outbox: Outbox;
let trouble: ChannelTrouble;
let subscriptionStore: SubscriptionStore;
let put: (id: string, after: Subscription | null) => void;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  await openArchive(db, []);
  outbox = await openOutbox(db, MONDAY);
  ({ subscriptionStore, put } = aStore([aSubscription('a', { serverId: 's', channelId: 'c' })]));
  trouble = createTrouble({
    ...{
      db,
      outbox,
      servers,
      log,
      happenings: createKeptHappenings(),
      cursors: openCursors(db),
      unusualStore: await openUnusualStore(db),
      voteStore: await openVoteStore(db),
      obstacle: () => servers.obstacle(place),
    },
    subscriptionStore,
    postman: { edit: async () => ({ kind: 'delivered', messageId: 'm', channelId: 'c' }) },
    clock: plainClock({ now: () => MONDAY, elapsed: () => 0 }),
    trigger: () => {},
  });
  await outbox.hold(place, hold, MONDAY);
});

/** Nothing can be written into that table until what is returned is called. */
async function broken(table: string): Promise<() => Promise<unknown>> {
  await db.run(`CREATE TRIGGER broken BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'broken'); END`);
  return () => db.run('DROP TRIGGER broken');
}

const notices = async () => (await outbox.ready(MONDAY, 9)).map(({ place }) => channelOfDestination(place));

describe('a channel that refuses though the gateway sees nothing that hinders', () => {
  it('is not tried because something else changed in its server', async () => {
    await trouble.onHold(place, hold);
    await trouble.probe({ serverId: 's', channelId: 'other' });
    expect(await outbox.holdOf('channel:c')).not.toBeNull();
  });

  it('is remembered so only once that is noted', async () => {
    const mend = await broken('episode');
    await expect(trouble.onHold(place, hold)).rejects.toThrow('broken');
    await mend();
    await trouble.probe({ serverId: 's', channelId: 'other' });
    expect(await outbox.holdOf('channel:c')).toBeNull();
  });

  it('is told of in the next pass when it could not be told of in this one, and once', async () => {
    await trouble.onHold(place, hold);
    const mend = await broken('post');
    await expect(trouble.notifyBegun()).rejects.toThrow('broken');
    await mend();
    expect(await trouble.notifyBegun()).toBe(true);
    expect(await trouble.notifyBegun()).toBe(false);
    expect(await notices()).toEqual(['staff']);
  });
});

describe('a channel that is subscribed in the moment in which it is deleted', () => {
  const last = { name: 'brief', audience: 'everybody' } as const;

  it('is noted as deleted, with who could see it, as soon as it is subscribed', async () => {
    const events = createServerEvents({
      welcome: async () => undefined,
      trouble,
      subscriptionStore,
      contain: createContain(log, () => {}),
    });
    events.onChannelGone('s', 'brief', last);
    await events.settled();
    expect(await outbox.holdOf('channel:brief')).toBeNull();
    put('b', aSubscription('b', { serverId: 's', channelId: 'brief' }));
    await events.settled();
    expect(await outbox.holdOf('channel:brief')).toMatchObject({ code: 'channel-gone' });
    expect(await outbox.episodes.lastKnown('channel:brief')).toEqual(last);
  });

  it('is nothing of the kind while the channel is there', async () => {
    const events = createServerEvents({
      welcome: async () => undefined,
      trouble,
      subscriptionStore,
      contain: createContain(log, () => {}),
    });
    put('b', aSubscription('b', { serverId: 's', channelId: 'other' }));
    await events.settled();
    expect(await outbox.holdOf('channel:other')).toBeNull();
  });
});
