import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { Servers } from './postman.ts';

const DAY = 86_400_000;

export type LeftServers = {
  onServerLeft(serverId: string): void;
  /** Everything about servers that the bot left more than `days` ago is deleted. */
  purge(days: number): Promise<void>;
};

type Rooms = {
  outbox: Outbox;
  book: SubscriptionBook;
  archive: Archive;
  servers: Servers;
  clock: Clock;
  log: Log;
};

/**
 * When which server was left, durably. Who was removed while Paperboy was down hears of it from nobody: every server of
 * which anything is stored is looked for, and one that is not there counts as left from then on.
 */
export function createLeftServers(rooms: Rooms): LeftServers {
  const { book, archive, servers, clock, log } = rooms;
  const leftAt = (serverId: string): number => archive.cursor(cursorOf(serverId));

  const noteLeft = (serverId: string): void => {
    log.info({ server: serverId }, 'a server was left');
    archive.setCursor(cursorOf(serverId), clock.now());
  };

  const review = async (serverId: string, days: number): Promise<void> => {
    if (servers.channels(serverId).length > 0) archive.forgetCursor(cursorOf(serverId));
    else if (leftAt(serverId) === 0) noteLeft(serverId);
    else if (clock.now() - leftAt(serverId) >= days * DAY) await forget(rooms, serverId);
  };

  return {
    onServerLeft: noteLeft,
    async purge(days) {
      const marked = archive.cursorsFrom(CURSOR).map(({ name }) => name.slice(CURSOR.length));
      for (const serverId of new Set([...book.servers(), ...marked])) await review(serverId, days);
    },
  };
}

const CURSOR = 'left ';
const cursorOf = (serverId: string): string => `${CURSOR}${serverId}`;

/** The mark goes last: what a crash leaves undone is done at the next purge. */
async function forget({ outbox, book, archive, log }: Rooms, serverId: string): Promise<void> {
  await book.forgetServer(serverId);
  outbox.purgeServer(serverId);
  archive.forgetCursor(cursorOf(serverId));
  log.info({ server: serverId }, 'everything about a server that was left is deleted');
}
