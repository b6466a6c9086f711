/**
 * Where what is queued goes, and half of its key: a paper comes to a destination once. The outbox never reads more of it;
 * whoever serves one kind knows what its id is.
 */
export type Destination = `${'channel' | 'member' | 'mail'}:${string}`;

/** `serverId`: whose it is; empty for what belongs to no server. */
export type Addressee = { destination: Destination; serverId: string };

/** `id`: Discord's of a channel, also of the one in which direct messages to a person stand. */
export const toChannel = (id: string): Destination => `channel:${id}`;

const CHANNEL = 'channel:';

/** The id of the channel; null where it is none. */
export function channelIn(destination: Destination): string | null {
  return destination.startsWith(CHANNEL) ? destination.slice(CHANNEL.length) : null;
}

/** The channel, where nothing else is served. Throws TypeError when it is none. */
export function channelOfDestination({ destination }: { destination: Destination }): string {
  const id = channelIn(destination);
  if (id === null) throw new TypeError(`${destination} is no channel`);
  return id;
}
