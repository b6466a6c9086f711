import type { Clock } from '#src/foundation/clock.ts';
import type { PostPlace, ReadBack, Sought } from '#src/pipeline/postman.ts';
import { channelOfDestination } from '#src/pipeline/postman.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { HistoryRight } from '../connection/servers.ts';
import { findAmongMessages, type Get } from './read-back.ts';
import { findAmongThreads } from './read-back-forum.ts';

export type FindDeps = {
  clock: Pick<Clock, 'now' | 'sleep'>;
  /** The bot's own user id. */
  botId: string;
  /** Whether the bot may read there, as the gateway tells it now. */
  reading(place: PostPlace): HistoryRight;
};

/** The gateway may tell of a right that was taken a little later than an answer shows it. */
const GATEWAY_LATE_MS = 1000;
const SURE_AGAIN_MS = 60_000;

/** Reads the place back. That nothing is there is believed only when the bot could see it all the while. */
export async function findPost(
  deps: FindDeps,
  get: Get,
  place: PostPlace,
  sought: Sought,
): Promise<ReadBack> {
  const before = deps.reading(place);
  const wanted = { ...sought, botId: deps.botId };
  const found =
    place.kind === 'forum'
      ? await findAmongThreads(get, place, wanted)
      : await findAmongMessages(get, channelOfDestination(place), wanted);
  if (found.kind !== 'absent' && found.kind !== 'partly') return found;
  if (found.kind === 'absent') await deps.clock.sleep(GATEWAY_LATE_MS);
  const after = deps.reading(place);
  if (before.isAllowed && after.isAllowed && before.version === after.version) return found;
  const reason = phrase('discord.historyUncertain');
  return {
    kind: 'later',
    at: deps.clock.now() + SURE_AGAIN_MS,
    reason,
    readTo: sought.readTo,
    asked: true,
  };
}
