import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { FindObstacle } from './find-obstacle.ts';
import type { Servers } from './postman.ts';
import type { ChannelTrouble } from './trouble.ts';

type Deps = {
  db: Database;
  outbox: Pick<Outbox, 'hold' | 'holdOf'>;
  cursors: Cursors;
  subscriptionStore: Pick<SubscriptionStore, 'all' | 'inChannel'>;
  servers: Pick<Servers, 'presence'>;
  obstacle: FindObstacle;
  onHold: ChannelTrouble['onHold'];
  clock: Clock;
};

const CHECKED = 'channel-check';
const DAY = 86_400_000;

/**
 * Once a day, over restarts too: a channel that would refuse is held before a paper is due there, and its moderators are told
 * as of any other hold. What is held already is left to what looks after holds. Those that moderators paused want nothing.
 */
export async function checkChannels(deps: Deps): Promise<void> {
  const { cursors, subscriptionStore, clock } = deps;
  const now = clock.now();
  if (now - (await cursors.get(CHECKED)) < DAY) return;
  const breathe = takeBreaths(clock);
  const channels = new Map([...subscriptionStore.all()].map((one) => [one.channelId, one.serverId]));
  for (const [channelId, serverId] of channels) {
    await checkChannel(deps, serverId, channelId);
    await breathe();
  }
  await cursors.set(CHECKED, now);
}

async function checkChannel(deps: Deps, serverId: string, channelId: string): Promise<void> {
  const { db, outbox, subscriptionStore, servers, clock } = deps;
  if (servers.presence(serverId) !== 'here' || deps.obstacle(serverId, channelId) === null) return;
  const destination = toChannel(channelId);
  const hold = await db.transaction(async () => {
    const isWanted = subscriptionStore.inChannel(channelId).some(({ paused }) => paused === null);
    const obstacle = isWanted ? deps.obstacle(serverId, channelId) : null;
    if (!obstacle || (await outbox.holdOf(destination)) !== null) return null;
    await outbox.hold({ destination, serverId }, obstacle, clock.now());
    return obstacle;
  });
  if (hold) await deps.onHold({ serverId, destination, kind: 'message' }, hold);
}
