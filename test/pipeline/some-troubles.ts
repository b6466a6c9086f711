import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { ChannelHold } from '#src/outbox/post-states.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import { createTrouble } from '#src/pipeline/trouble.ts';
import { openVoteStore } from '#src/reader/vote-store.ts';
import { openUnusualStore } from '#src/subscription/unusual-store.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { MONDAY } from '#test/archive/some-papers.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { createKeptHappenings } from '#test/fakes/kept-happenings.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { anEntry } from '#test/outbox/some-posts.ts';
import { aGateway, textChannel } from './some-servers.ts';
import { aStore } from './some-subscriptions.ts';

export const MISSING: ChannelHold = { code: 'permission-missing', reason: phrase('hold.threadLocked') };
export const GONE: ChannelHold = { code: 'channel-gone', reason: 'Unknown Channel' };
export const LEFT: ChannelHold = { code: 'server-left', reason: phrase('hold.serverLeft') };
export const here = [textChannel('c'), textChannel('d'), textChannel('staff')];
export const place = (id: string) =>
  ({ serverId: 's', destination: toChannel(id), kind: 'message' }) as const;

/** What is done about channels `c` and `d`, which something is subscribed in, at midnight. */
export async function openTroubles() {
  const db = await openDatabase(':memory:');
  await openArchive(db, []);
  const outbox = await openOutbox(db, MONDAY);
  const log = createKeptLog();
  const happenings = createKeptHappenings();
  const known = { servers: aGateway(here), now: MONDAY, triggered: [] as string[] };
  const { subscriptionStore, put } = aStore(
    ['c', 'd'].map((id) => aSubscription(id, { serverId: 's', channelId: id })),
  );
  Object.assign(subscriptionStore, {
    unreadIn: () => [],
    changedChannels: async () => [],
    servers: () => ['s'],
  });
  const edits: string[] = [];
  const trouble = createTrouble({
    ...{ db, outbox, log, happenings, subscriptionStore, cursors: openCursors(db) },
    unusualStore: await openUnusualStore(db),
    voteStore: await openVoteStore(db),
    servers: new Proxy({} as Servers, { get: (_, name: keyof Servers) => known.servers[name] }),
    obstacle: (_, id) => known.servers.obstacle(place(id)),
    postman: {
      edit: async (channelId, messageId) => {
        edits.push(messageId);
        return { kind: 'delivered', channelId, messageId };
      },
    },
    clock: plainClock({ now: () => known.now, elapsed: () => 0 }),
    trigger: (job) => known.triggered.push(job),
  });
  /** Discord refuses in a channel in which a paper waits. */
  const refuse = async (id: string, hold = MISSING) => {
    const { serverId, destination } = place(id);
    await outbox.add(
      anEntry(`p${known.now}`, { serverId, destination, decidedAt: known.now, dueAt: known.now }),
    );
    await outbox.hold(place(id), hold, known.now);
    await trouble.onHold(place(id), hold);
  };
  const isHeld = async (id: string) => (await outbox.holdOf(toChannel(id))) !== null;
  const words = async () => (await outbox.ready(known.now, 9)).map(({ note }) => inEnglish(note ?? ''));
  return {
    db,
    outbox,
    log,
    happenings,
    known,
    put,
    subscriptionStore,
    edits,
    trouble,
    refuse,
    isHeld,
    words,
  };
}

/** The gateway sees what hinders in channel `c`. */
export const shut = aGateway(here, {
  obstacle: ({ destination }) =>
    destination === 'channel:c' ? { ...MISSING, code: 'permission-missing' } : null,
});
