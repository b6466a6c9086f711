import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { Happenings } from '#src/foundation/happenings.ts';
import type { Log } from '#src/foundation/log.ts';
import { channelOfDestination, type Destination } from '#src/outbox/destination.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { ChannelHold } from '#src/outbox/post-states.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import type { VoteStore } from '#src/reader/vote-store.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { UnusualStore } from '#src/subscription/unusual-store.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { type ChannelSight, createChannelSight } from './channel-sight.ts';
import { createDeletedChannels, DELETED, type DeletedChannels } from './deleted-channels.ts';
import type { FindObstacle } from './find-obstacle.ts';
import { createHoldNotices, type HoldNotices, type Noted } from './hold-notices.ts';
import { createLeftServers, type LeftServers } from './left-servers.ts';
import type { Postman, Servers } from './postman.ts';
import { tellHeld } from './tell-holds.ts';
import { type ChangedAt, tryAgain } from './try-again.ts';

/** So many held channels are tried in one round: each may cost one refused request (Discord bans at 10,000 in 10 minutes). */
const TRIED_AT_ONCE = 40;

export type ChannelTrouble = {
  /** A channel takes nothing, as the outbox notes: the moderators are told once, at the end of the pass. */
  onHold(place: PostPlace, hold: ChannelHold): Promise<void>;
  /** A pass is over: tells of what began in it. Returns whether there is something to deliver. */
  notifyBegun(): Promise<boolean>;
  /** Papers arrive again in a channel that had refused: whoever was told of it is told that too. */
  onRecovered(place: PostPlace): Promise<void>;
  /** Channels that may take posts again go on, with what was held as one digest. `changed`: something changed there. */
  probe(changed?: ChangedAt): Promise<void>;
  /**
   * The gateway has told of all servers anew: what happened while nobody listened is made up for. Servers that were left,
   * channels that were deleted, permissions that were given back.
   */
  reconcile(): Promise<void>;
} & Pick<DeletedChannels, 'onChannelGone' | 'onSubscribed'> &
  Pick<LeftServers, 'onServerLeft' | 'purge'>;

type Deps = {
  db: Database;
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
  unusualStore: UnusualStore;
  voteStore: Pick<VoteStore, 'forgetServer'>;
  cursors: Cursors;
  servers: Servers;
  postman: Pick<Postman, 'edit'>;
  obstacle: FindObstacle;
  /** There is something to deliver. */
  trigger(job: 'deliver'): void;
  happenings: Happenings;
  clock: Clock;
  log: Log;
};

type Deps2 = Deps & { sight: ChannelSight; notices: HoldNotices };

/**
 * What is done about channels that refuse. Nothing is ever deleted because of a blip. What Discord hinders is one row of
 * the outbox for each channel and nothing else: to look at it and to change it is one transaction, so that a hold and a
 * release which come together leave what the later of them says.
 */
export function createTrouble(deps: Deps): ChannelTrouble {
  const { outbox, clock, log } = deps;
  const sight = createChannelSight(deps);
  const isUnseen = (held: HeldDestination) => sight.isOpen(held.serverId, channelOfDestination(held));
  const notices = createHoldNotices({ ...deps, isUnseen });
  const parts: Deps2 = { ...deps, sight, notices };
  const { findGone, ...deletedChannels } = createDeletedChannels(parts);
  const { reviewServer, reviewServers, ...leftServers } = createLeftServers(deps);
  let lastTried: Destination | undefined;

  const next = async (): Promise<HeldDestination[]> => {
    const held = await outbox.held(TRIED_AT_ONCE, lastTried);
    lastTried = held.length < TRIED_AT_ONCE ? undefined : held.at(-1)?.destination;
    return held;
  };

  return {
    async onHold(place, { code, reason }) {
      const channelId = channelOfDestination(place);
      log.warn({ channel: channelId, code, reason: inEnglish(reason) }, 'a channel takes no posts');
      const noted = await notices.note(async () => {
        const held = await outbox.holdOf(place.destination);
        if (!held) return null;
        const noted = asNoted(sight, held);
        if (noted.isGone) await outbox.abandon(held, DELETED, clock.now());
        return noted;
      });
      if (!noted) return;
      sight.noteRefused(place.serverId, channelId);
      await tellHeld(deps, noted.held);
    },

    notifyBegun: notices.tell,

    async onRecovered({ destination }) {
      sight.noteRecovered(channelOfDestination({ destination }));
      await notices.goOn(destination);
    },

    async probe(changed) {
      if (changed) await reviewServer(changed.serverId);
      for (const held of await (changed ? heldIn(outbox, changed.serverId) : next())) {
        await tryAgain(parts, held, changed ?? null);
        await notifyUnnotified(parts, held);
        await othersTurn();
      }
      if (!changed) await endIdle(parts);
      await notices.goOn();
    },

    async reconcile() {
      await reviewServers();
      for (const { serverId, channelId } of await concerned(deps)) {
        await findGone(serverId, channelId);
        await othersTurn();
      }
      for (const held of await allHeld(outbox)) {
        const { serverId, code } = held;
        if (SEEN_BY_GATEWAY.has(code))
          await tryAgain(parts, held, { serverId, channelId: channelOfDestination(held) });
        await othersTurn();
      }
    },

    ...deletedChannels,
    ...leftServers,
  };
}

function asNoted(sight: ChannelSight, held: HeldDestination): Noted {
  return sight.isGone(held) ? { held: { ...held, reason: DELETED }, isGone: true } : { held, isGone: false };
}

/** A process that died right after Discord refused told nobody of it. */
async function notifyUnnotified(
  { outbox, sight, notices }: Deps2,
  { destination }: HeldDestination,
): Promise<void> {
  await notices.note(async () => {
    const held = await outbox.holdOf(destination);
    if (!held || (await outbox.episodes.openIn(destination)).length > 0) return null;
    return asNoted(sight, held);
  });
}

/** What waited there is not wanted any more: no post will show that it works again. */
function endIdle({ db, outbox, servers, sight, clock }: Deps2): Promise<void> {
  return db.transaction(async () => {
    for (const { serverId, destination } of await outbox.idleInTrouble(TRIED_AT_ONCE)) {
      const channelId = channelOfDestination({ destination });
      if (servers.presence(serverId) !== 'here' || sight.wasUnseen(channelId)) continue;
      if (sight.isOpen(serverId, channelId)) await outbox.episodes.end(destination, clock.now());
    }
  });
}

/** Refusals that the gateway tells of as well: where it sees nothing that hinders any more, they are over. */
const SEEN_BY_GATEWAY: ReadonlySet<string> = new Set(['permission-missing', 'thread-locked', 'server-left']);

/** Every channel that something is owed to: none of them is a thread, which the gateway does not always know. */
async function concerned({
  subscriptionStore,
  outbox,
}: Deps): Promise<{ serverId: string; channelId: string }[]> {
  const held = await allHeld(outbox);
  return [
    ...subscriptionStore.all(),
    ...held.map((one) => ({ serverId: one.serverId, channelId: channelOfDestination(one) })),
  ];
}

async function heldIn(outbox: Outbox, serverId: string): Promise<HeldDestination[]> {
  return (await allHeld(outbox)).filter((held) => held.serverId === serverId);
}

async function allHeld(outbox: Outbox): Promise<HeldDestination[]> {
  const found: HeldDestination[] = [];
  for (let after: Destination | undefined; ; ) {
    const page = await outbox.held(500, after);
    found.push(...page);
    if (page.length < 500) return found;
    after = page[page.length - 1].destination;
  }
}
