import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { HeldChannel } from '#src/outbox/channel-holds.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { wording } from '#src/render/wording.ts';
import { calledThere, placeForNotice } from './place-for-notice.ts';
import type { Servers } from './postman.ts';

export type HoldNotices = {
  /** Tells the moderators of a channel on hold, unless they were told of this trouble before. `isGone`: it was deleted. */
  tell(held: HeldChannel, isGone: boolean): void;
  /** How long that trouble had lasted when the channel refused last, ms; 0 when it refused for the first time. */
  lastedFor(held: HeldChannel): number;
};

type Rooms = { outbox: Outbox; archive: Archive; servers: Servers; clock: Clock };

/** A trouble lasts until something was posted there again: a trial that is refused is no new one. */
export function createHoldNotices({ outbox, archive, servers, clock }: Rooms): HoldNotices {
  const toldAt = (channelId: string): number => archive.cursor(cursorOf(channelId));

  const isTold = ({ channelId, serverId, since }: HeldChannel): boolean => {
    const at = toldAt(channelId);
    if (at === 0 || at >= since) return at !== 0;
    // It was tried again because nothing seemed to hinder; what hinders visibly now has come since.
    const isNew = servers.obstacle({ serverId, channelId, kind: 'message' }) !== null;
    return !isNew && !outbox.hasSentSince(channelId, at);
  };

  return {
    tell(held, isGone) {
      const { channelId, serverId, reason, since } = held;
      if (!isGone && isTold(held)) return;
      const where = placeForNotice(servers, { serverId, channelId, kind: 'message' });
      if (!where) return;
      const key = isGone ? `gone ${channelId}` : `hold ${channelId} ${since}`;
      const called = calledThere(servers, where, channelId);
      const text = isGone ? wording.channelDeleted(called) : wording.channelPaused(called, reason);
      outbox.packNotice(where, key, text, clock.now());
      archive.setCursor(cursorOf(channelId), clock.now());
    },
    lastedFor({ channelId, since }) {
      const at = toldAt(channelId);
      return at === 0 || outbox.hasSentSince(channelId, at) ? 0 : Math.max(0, since - at);
    },
  };
}

/** The beginning of the cursors that keep when the moderators of a channel were told. */
export const TOLD_OF_HOLD = 'told of hold ';

const cursorOf = (channelId: string): string => `${TOLD_OF_HOLD}${channelId}`;
