import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { WELCOME, welcomeText } from '#src/render/welcome.ts';
import type { Welcomes } from '#src/subscription/welcomes.ts';
import { privatePlaceIn } from './place-for-notice.ts';
import type { Servers } from './postman.ts';

type Deps = { db: Database; outbox: Outbox; welcomes: Welcomes; servers: Servers; clock: Clock };

/** Who took the bot in longer ago knows it, also where an earlier version said nothing. */
const NEW_FOR = 86_400_000;

/**
 * First words in each server that took the bot in lately: where its moderators read and not everybody, else to the first
 * moderator who types a command (service/first-words.ts). Never in a public channel. Once, over crashes too.
 */
export async function welcomeServers({ db, outbox, welcomes, servers, clock }: Deps): Promise<void> {
  const now = clock.now();
  for (const { serverId, joinedAt } of servers.joinedSince(now - NEW_FOR))
    await db.transaction(async () => {
      if (await welcomes.isWelcomed(serverId, joinedAt)) return;
      const room = privatePlaceIn(servers, serverId);
      if (!room) return welcomes.noteWaiting(serverId, joinedAt);
      const where = { serverId, destination: toChannel(room), kind: 'message' as const };
      await outbox.packNotice(where, `welcome ${serverId} ${joinedAt}`, welcomeText(), now, WELCOME);
      await welcomes.noteWelcomed(serverId, joinedAt);
    });
}
