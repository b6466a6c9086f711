import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { Happenings } from '#src/foundation/happenings.ts';
import type { Log } from '#src/foundation/log.ts';
import { channelOfDestination, type Destination } from '#src/outbox/destination.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { ChannelSight } from './channel-sight.ts';
import { DELETED } from './deleted-channels.ts';
import type { HoldNotices } from './hold-notices.ts';
import { tellHoldOver } from './tell-holds.ts';

/**
 * A channel that refused is tried again at the earliest after this, unless the gateway tells of a change there; then
 * after as long again as its trouble has lasted, up to a day.
 */
const PATIENCE = 10 * 60_000;
const DAY = 86_400_000;

/** Where something changed; null: not in one channel alone. */
export type ChangedAt = { serverId: string; channelId: string | null };

type Deps = {
  db: Database;
  outbox: Outbox;
  sight: ChannelSight;
  notices: Pick<HoldNotices, 'lastedFor'>;
  /** There is something to deliver. */
  trigger(job: 'deliver'): void;
  happenings: Happenings;
  clock: Clock;
  log: Log;
};

/** Lets a channel on hold go on, with what was held as one digest, where it may take posts again or nobody subscribes to it. */
export async function tryAgain(deps: Deps, held: HeldDestination, changed: ChangedAt | null): Promise<void> {
  const { happenings, sight } = deps;
  const channelId = channelOfDestination(held);
  const papers = await release(deps, held.destination, changed);
  if (papers === null) return;
  // Where nobody subscribes any more, it is only let go.
  if (sight.hasSubscriptions(held.serverId, channelId))
    await tellHoldOver({ happenings }, held, { papers, isUnseen: sight.wasUnseen(channelId) });
  if (papers > 0) deps.trigger('deliver');
  deps.log.info({ channel: channelId, papers }, 'a channel is tried again');
}

/** How many papers go now; null: it is not tried. */
function release(deps: Deps, destination: Destination, changed: ChangedAt | null): Promise<number | null> {
  const { db, outbox, sight, clock } = deps;
  return db.transaction(async () => {
    const held = await outbox.holdOf(destination);
    if (!held) return null;
    // What was queued since it was deleted.
    if (sight.isGone(held) && (await outbox.hasWaiting(destination)))
      await outbox.abandon(held, DELETED, clock.now());
    const isWanted = sight.hasSubscriptions(held.serverId, channelOfDestination(held));
    if (isWanted && !(await isToBeTried(deps, held, changed))) return null;
    if (!isWanted) await outbox.episodes.close(destination, clock.now());
    return outbox.release(destination, clock.now());
  });
}

async function isToBeTried(
  { sight, notices, clock }: Deps,
  held: HeldDestination,
  changed: ChangedAt | null,
): Promise<boolean> {
  const { serverId, since } = held;
  const channelId = channelOfDestination(held);
  if (!sight.isOpen(serverId, channelId)) return false;
  // What the gateway cannot see is not mended by what it tells of the rest of the server.
  if (changed && (changed.channelId === channelId || !sight.wasUnseen(channelId))) return true;
  const wait = Math.min(DAY, Math.max(PATIENCE, await notices.lastedFor(held)));
  // A clock that was set back: the refusal was not in the future.
  return clock.now() - since >= wait || clock.now() < since;
}
