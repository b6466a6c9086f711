import type { Place } from '#src/outbox/receipt.ts';
import type { KnownChannel, Servers } from './postman.ts';

const TEXT = 0;
const ANNOUNCEMENT = 5;

/** Another text channel of the server where the bot may write; the one most likely to be the moderators' first. */
export function placeForNotice(servers: Servers, trouble: Place): Place | null {
  const candidates = servers
    .channels(trouble.serverId)
    .filter(({ id, type }) => id !== trouble.channelId && (type === TEXT || type === ANNOUNCEMENT))
    .map((channel) => ({
      channel,
      place: { serverId: trouble.serverId, channelId: channel.id, kind: 'message' } as const,
    }))
    .filter(({ place }) => servers.obstacle(place) === null)
    .sort((a, b) => likeness(b.channel) - likeness(a.channel));
  return candidates[0]?.place ?? null;
}

function likeness({ name, type }: KnownChannel): number {
  if (/mod|admin|staff/i.test(name)) return 3;
  if (/bot|log/i.test(name)) return 2;
  return type === TEXT ? 1 : 0;
}
