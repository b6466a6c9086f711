import { hasEnded, isWorthAWord, type Rhythm, unusualIn } from '#src/decision/unusual.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { unusualNotice } from '#src/render/unusual.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { isStillSo, type UnusualEpisode, type UnusualStore } from '#src/subscription/unusual-store.ts';
import { isHiddenThere, placeForNotice } from './place-for-notice.ts';
import type { Servers } from './postman.ts';

type Deps = {
  db: Database;
  cursors: Cursors;
  subscriptionStore: SubscriptionStore;
  unusualStore: UnusualStore;
  outbox: Outbox;
  servers: Servers;
  clock: Clock;
  readRhythms: ReadRhythms;
};

/** Reads what all can choose from; then tells of each what it gets, from an instant on where one is given. */
export type ReadRhythms = () => Promise<ReadRhythm>;

/** Null where it cannot be told. */
type ReadRhythm = (subscription: Subscription, usualFrom: number | null) => Promise<Rhythm | null>;
/** One of which moderators are to be told. */
type Untold = { subscription: Subscription; episode: UnusualEpisode };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LOOKED = 'looked for the unusual';
const LOOK_EVERY = 6 * HOUR;

/**
 * Notes which subscriptions fell silent, or became loud, and which are as usual again; tells moderators once of each, all of
 * a server together, and a server once a day at most.
 */
export async function notifyUnusual(deps: Deps): Promise<void> {
  const { cursors, unusualStore, clock } = deps;
  if (clock.now() - (await cursors.get(LOOKED)) >= LOOK_EVERY) {
    await look(deps);
    await cursors.set(LOOKED, clock.now());
  }
  const breathe = takeBreaths(clock);
  for (const serverId of await unusualStore.untoldServers()) {
    await tell(deps, serverId);
    await breathe();
  }
}

async function look(deps: Deps): Promise<void> {
  const { subscriptionStore, unusualStore, clock } = deps;
  const breathe = takeBreaths(clock);
  for (const { subscription, serverId } of await unusualStore.all()) {
    if (subscriptionStore.byId(subscription)?.serverId !== serverId) await unusualStore.forget(subscription);
    await breathe();
  }
  const rhythmOf = await deps.readRhythms();
  for (const subscription of [...subscriptionStore.all()]) {
    await lookAt(deps, subscription, rhythmOf);
    await breathe();
  }
}

/** What is paused, or cannot be posted, is silent for a reason that is told elsewhere. */
async function lookAt(deps: Deps, subscription: Subscription, rhythmOf: ReadRhythm): Promise<void> {
  const { unusualStore, outbox, servers, subscriptionStore, clock, db } = deps;
  const { id, serverId, channelId, paused } = subscription;
  if (paused || servers.presence(serverId) !== 'here') return;
  if ((await outbox.holdOf(toChannel(channelId))) !== null) return;
  const last = await unusualStore.of(id);
  const rhythm = await rhythmOf(subscription, last?.usualFrom ?? null);
  if (!rhythm) return;
  const found = unusualIn(rhythm, clock.now());
  await db.transaction(async () => {
    // It was changed while others had their turn.
    if (subscriptionStore.byId(id) !== subscription) return;
    if (last && isStillSo(last, subscription)) {
      if (hasEnded(last, rhythm, found)) await unusualStore.end(id, clock.now());
      else if (found?.since === last.since) await unusualStore.renew(id, found);
      await tellAnew(deps, last);
      return;
    }
    // What was unusual of another filter says nothing of this one.
    const before = last?.wantedSince === subscription.since ? last : null;
    if (found && isWorthAWord(before, found)) await unusualStore.begin(subscription, found);
  });
}

/** What Discord refused to take was told to nobody. */
async function tellAnew(
  { unusualStore, outbox }: Deps,
  { subscription, notice }: UnusualEpisode,
): Promise<void> {
  const post = notice === null ? null : await outbox.post(notice);
  if (post?.state === 'refused' && post.doubtSince === null) await unusualStore.noteUntold(subscription);
}

/** The word and that it was said are one transaction. Where there is nowhere to say it: perhaps later. */
async function tell({ db, unusualStore, subscriptionStore, outbox, servers, clock }: Deps, serverId: string) {
  const now = clock.now();
  if (now - (await unusualStore.lastToldIn(serverId)) < DAY) return;
  await db.transaction(async () => {
    const untold = (await unusualStore.openIn(serverId)).flatMap((episode): Untold[] => {
      const subscription = subscriptionStore.byId(episode.subscription);
      if (!subscription || episode.notifiedAt !== null || !isStillSo(episode, subscription)) return [];
      return [{ subscription, episode }];
    });
    const [first] = untold;
    if (!first) return;
    const where = placeForNotice(servers, { serverId, destination: toChannel(first.subscription.channelId) });
    if (!where) return;
    const shown = untold.filter(({ subscription }) => !isHiddenThere(servers, where, subscription.channelId));
    const text = unusualNotice(
      shown.map(({ subscription: { channelId, filter }, episode }) => ({
        ...{ channelId, filter, unusual: episode },
      })),
      untold.length - shown.length,
    );
    const notice = await outbox.packNotice(where, `unusual ${serverId} ${now}`, text, now);
    for (const { episode } of untold)
      await unusualStore.noteTold(episode.subscription, notice?.id ?? null, now);
  });
}
