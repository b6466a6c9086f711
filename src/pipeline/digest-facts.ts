import type { Archive } from '#src/archive/archive.ts';
import { type Hour, hourOf } from '#src/decision/terms.ts';
import { readWhy } from '#src/decision/why.ts';
import { channelOf } from '#src/outbox/destination.ts';
import type { Post } from '#src/outbox/post.ts';
import type { Promised } from '#src/outbox/promise.ts';
import { type CatchUpFacts, type DigestFacts, missedBecause } from '#src/render/digest-heading.ts';
import { previousDigestAt } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { Servers } from './postman.ts';

type Rooms = {
  archive: Pick<Archive, 'arrivedBetween'>;
  servers: Pick<Servers, 'channel'>;
  zones: Zones;
  /** Null when it was removed. */
  subscription(id: string): Subscription | null;
};

/** What a digest's heading says, in the zone of the channel's digests. */
export async function digestFacts(
  rooms: Rooms,
  post: Post,
  promises: readonly Promised[],
): Promise<DigestFacts> {
  const wanting = wantingOf(rooms, promises);
  const when = hourOfAll(wanting);
  const wall = wallIn(zoneOf(wanting), rooms.zones);
  return {
    period: when === null ? 'waited' : when.kind === 'weekly' ? 'week' : 'day',
    wall: wall(post.packedAt),
    sinceWall: wall(Math.min(...promises.map(({ decidedAt }) => decidedAt))),
    papers: promises.length,
    read: when === null ? 0 : await readBefore(rooms, when, post.packedAt),
    best: wanting.some(({ scope }) => scope.kind !== 'all'),
  };
}

/** What a catch-up's heading says: which hours, and why. */
export function catchUpFacts(rooms: Rooms, post: Post, promises: readonly Promised[]): CatchUpFacts {
  const zone = zoneOf(wantingOf(rooms, promises));
  const wall = wallIn(zone, rooms.zones);
  const missedSince = promises.map(({ why, decidedAt }) => readWhy(why)?.missedSince ?? decidedAt);
  const held = promises.find(({ reason }) => reason !== null)?.reason ?? null;
  return {
    channel: channelName(rooms, post),
    fromWall: wall(Math.min(...missedSince)),
    untilWall: wall(post.packedAt),
    zone,
    papers: promises.length,
    cause: missedBecause(
      held,
      promises.some(({ decidedAt, dueAt }) => decidedAt < dueAt),
    ),
  };
}

/** "#vision". */
export function channelName({ servers }: Pick<Rooms, 'servers'>, { place }: Post): string {
  const name = servers.channel(channelOf(place))?.name;
  return name ? `#${name}` : 'this channel';
}

function wantingOf({ subscription }: Rooms, promises: readonly Promised[]): Subscription[] {
  const ids = new Set(promises.flatMap(({ subscriptions }) => subscriptions));
  return [...ids].map(subscription).filter((one) => one !== null);
}

/** The hour that the digest came at; a daily one where there are several. Null where none of them names one. */
function hourOfAll(wanting: readonly Subscription[]): Hour | null {
  const hours = wanting.flatMap((one) => hourOf(one) ?? []);
  return hours.find(({ kind }) => kind === 'daily') ?? hours[0] ?? null;
}

function zoneOf(wanting: readonly Subscription[]): string {
  const quiet = wanting.find((one) => one.quiet !== null)?.quiet;
  return hourOfAll(wanting)?.zone ?? quiet?.zone ?? 'UTC';
}

/** How many papers were read between the hour at or before `at` and the one before that. */
async function readBefore({ archive, zones }: Rooms, when: Hour, at: number): Promise<number> {
  const until = previousDigestAt(when, at, zones);
  return await archive.arrivedBetween(previousDigestAt(when, until - 1, zones), until);
}

const wallIn = (zone: string, zones: Zones) => {
  const clock = zones(zone);
  return (instant: number): number => instant + clock.offsetAt(instant);
};
