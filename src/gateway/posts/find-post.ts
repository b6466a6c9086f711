import type { Clock } from '#src/foundation/clock.ts';
import type { Found, Place, Sought } from '#src/pipeline/postman.ts';
import { channelOf } from '#src/pipeline/postman.ts';
import type { Reading } from '../connection/servers.ts';
import { findAmongMessages, type Get } from './read-back.ts';
import { findAmongThreads } from './read-back-forum.ts';

export type FindOutside = {
  clock: Pick<Clock, 'now' | 'sleep'>;
  /** The bot's own user id. */
  botId: string;
  /** Whether the bot may read there, as the gateway tells it now. */
  reading(place: Place): Reading;
};

/** The gateway may tell of a right that was taken a little later than an answer shows it. */
const GATEWAY_LATE_MS = 1000;
const SURE_AGAIN_MS = 60_000;

/** Reads the place back. That nothing is there is believed only when the bot could see it all the while. */
export async function findPost(outside: FindOutside, get: Get, place: Place, sought: Sought): Promise<Found> {
  const before = outside.reading(place);
  const wanted = { ...sought, botId: outside.botId };
  const found =
    place.kind === 'forum'
      ? await findAmongThreads(get, place, wanted)
      : await findAmongMessages(get, channelOf(place), wanted);
  if (found.kind !== 'absent' && found.kind !== 'partly') return found;
  if (found.kind === 'absent') await outside.clock.sleep(GATEWAY_LATE_MS);
  const after = outside.reading(place);
  if (before.isAllowed && after.isAllowed && before.version === after.version) return found;
  const reason = 'It is not certain that I may read the history there';
  return {
    kind: 'later',
    at: outside.clock.now() + SURE_AGAIN_MS,
    reason,
    readTo: sought.readTo,
    asked: true,
  };
}
