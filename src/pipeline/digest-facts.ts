import type { Archive } from '#src/archive/archive.ts';
import { type Hour, hourOf } from '#src/decision/terms.ts';
import { readWhy } from '#src/decision/why.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { OutboxEntry } from '#src/outbox/entry.ts';
import type { Post } from '#src/outbox/post.ts';
import { type CatchUpFacts, type DigestFacts, missedBecause } from '#src/render/digest-heading.ts';
import { previousDigestAt } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Value } from '#src/wording/values.ts';
import type { Servers } from './postman.ts';

type Deps = {
  archive: Pick<Archive, 'arrivedBetween'>;
  servers: Pick<Servers, 'channel'>;
  zones: Zones;
  /** Null when it was removed. */
  subscription(id: string): Subscription | null;
};

/** What a digest's heading says, in the zone of the channel's digests. */
export async function digestFacts(
  deps: Deps,
  post: Post,
  entries: readonly OutboxEntry[],
): Promise<DigestFacts> {
  const wanting = wantingOf(deps, entries);
  const when = hourOfAll(wanting);
  const wall = wallIn(zoneOf(wanting), deps.zones);
  return {
    period: when === null ? 'waited' : when.kind === 'weekly' ? 'week' : 'day',
    wall: wall(post.packedAt),
    sinceWall: wall(Math.min(...entries.map(({ decidedAt }) => decidedAt))),
    papers: entries.length,
    read: when === null ? 0 : await readBefore(deps, when, post.packedAt),
    best: wanting.some(({ what }) => what.kind !== 'all'),
  };
}

/** What a catch-up's heading says: which hours, and why. */
export function catchUpFacts(deps: Deps, post: Post, entries: readonly OutboxEntry[]): CatchUpFacts {
  const zone = zoneOf(wantingOf(deps, entries));
  const wall = wallIn(zone, deps.zones);
  const missedSince = entries.map(({ why, decidedAt }) => readWhy(why)?.missedSince ?? decidedAt);
  const held = entries.find(({ reason }) => reason !== null)?.reason ?? null;
  return {
    channel: channelName(deps, post),
    fromWall: wall(Math.min(...missedSince)),
    untilWall: wall(post.packedAt),
    zone,
    papers: entries.length,
    cause: missedBecause(
      held,
      entries.some(({ decidedAt, dueAt }) => decidedAt < dueAt),
    ),
  };
}

/** "#vision". */
export function channelName({ servers }: Pick<Deps, 'servers'>, { place }: Post): Value {
  const name = servers.channel(channelOfDestination(place))?.name;
  return name ? `#${name}` : phrase('channel.this');
}

function wantingOf({ subscription }: Deps, entries: readonly OutboxEntry[]): Subscription[] {
  const ids = new Set(entries.flatMap(({ subscriptions }) => subscriptions));
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
async function readBefore({ archive, zones }: Deps, when: Hour, at: number): Promise<number> {
  const until = previousDigestAt(when, at, zones);
  return await archive.arrivedBetween(previousDigestAt(when, until - 1, zones), until);
}

const wallIn = (zone: string, zones: Zones) => {
  const clock = zones(zone);
  return (instant: number): number => instant + clock.offsetAt(instant);
};
