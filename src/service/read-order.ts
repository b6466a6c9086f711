import { ChannelType } from 'discord-api-types/v10';
import { DEFAULT_HOUR, DEFAULT_TERMS, type When } from '#src/decision/terms.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Phrase } from '#src/wording/values.ts';
import { hasHour, isDigest, NAMED, REFUSED, type Understood } from './order-conflicts.ts';
import { readHour, readHours, zoneOf } from './read-hours.ts';
import { readMention } from './read-mention.ts';
import { readSensitivity } from './read-sensitivity.ts';
import { readUntil, type WantedEnd } from './read-until.ts';
import { readWhat } from './read-what.ts';
import { readWhen } from './read-when.ts';
import type { SubscribeOrder } from './subscribe-order.ts';

/** The options that say how and when papers come, as they were typed and picked. */
export type OrderOptions = Pick<
  SubscribeOrder,
  | 'mention'
  | 'what'
  | 'sensitivity'
  | 'when'
  | 'at'
  | 'zone'
  | 'quiet'
  | 'cap'
  | 'place'
  | 'silent'
  | 'publish'
  | 'until'
> & { channel: { type: number }; role: { id: string } | null };

/**
 * What is wanted, its last day as it was written and where that ends, and sentences on what was left out or does not do here what
 * one may think. Nothing is bent: what cannot be read, and what has no meaning together, throws a UserError that says what to
 * write. `zone`: that of hours which name none; where there is none either, ZoneNeededError.
 */
export function readOrder(
  order: OrderOptions,
  zone: string | null,
): {
  draft: Omit<SubscriptionDraft, 'filter'>;
  notes: Phrase[];
  end: { wanted: WantedEnd; zone: string } | null;
} {
  const understood = understand(order, zone);
  for (const rule of Object.values(REFUSED)) {
    const refusal = rule(understood);
    if (refusal !== null) throw new UserError('subscribe.notSaved', { problem: refusal });
  }
  const notes = Object.values(NAMED).flatMap((rule) => rule(understood) ?? []);
  const { until } = understood;
  const theirs = understood.zones[0] ?? zone;
  if (theirs === null && hasHour(understood)) throw new ZoneNeededError();
  const its = theirs ?? 'UTC';
  const end = until && { wanted: until, zone: its };
  return { draft: { ...draftOf(understood, its), roleId: order.role?.id ?? null }, notes, end };
}

function understand(order: OrderOptions, serverZone: string | null): Understood {
  const { channel, place, cap, silent, publish } = order;
  const when = readWhen(order.when);
  const at = order.at.trim() === '' ? null : readHour(order.at);
  const quiet = readHours(order.quiet);
  const zone = order.zone.trim() === '' ? null : zoneOf(order.zone);
  const named = [zone, when.zone, at?.zone ?? null, quiet?.zone ?? null];
  return {
    ...wantedIn(order),
    whatText: order.what.trim(),
    sensitivityText: order.sensitivity.trim(),
    frequency: when.frequency,
    hours: { when: when.at, at: at?.at ?? null },
    zones: [...new Set(named.filter((name) => name !== null))],
    serverZone,
    quiet: quiet && { from: quiet.from, to: quiet.to },
    channel:
      channel.type === ChannelType.GuildForum
        ? 'forum'
        : channel.type === ChannelType.GuildAnnouncement
          ? 'announcement'
          : 'text',
    hasRole: order.role !== null,
    mention: readMention(order.mention),
    until: readUntil(order.until ?? ''),
    ...{ place, cap, silent, publish },
  };
}

function wantedIn(order: OrderOptions): Pick<Understood, 'what' | 'per' | 'inWhat' | 'sensitivity'> {
  const { what, per, inWhat } = readWhat(order.what);
  const sensitivity = readSensitivity(order.sensitivity);
  const isSet = what.kind === 'trending' && sensitivity !== null;
  return { what: isSet ? { ...what, sensitivity } : what, per, inWhat, sensitivity };
}

/** An hour was named, and nobody knows where: that is asked. */
export class ZoneNeededError extends UserError<'zone.needed'> {
  override name = 'ZoneNeededError';

  constructor() {
    super('zone.needed');
  }
}

function draftOf(order: Understood, zone: string): Omit<SubscriptionDraft, 'filter' | 'roleId'> {
  const { what, quiet, cap, channel, hasRole, mention, silent, publish } = order;
  return {
    what,
    when: whenOf(order, zone),
    cap: cap === null || isDigest(order) ? DEFAULT_TERMS.cap : cap,
    quiet: quiet && { ...quiet, zone },
    place:
      channel === 'forum' ? 'forum' : order.place === 'thread' && !isDigest(order) ? 'thread' : 'message',
    mention: (hasRole ? mention : null) ?? DEFAULTS.mention,
    silent,
    publish: publish && channel === 'announcement',
  };
}

/** An hour alone means daily; the best of a day, and of a week, come at an hour too. */
function whenOf({ what, per, frequency, hours }: Understood, zone: string): When {
  const hour = hours.at ?? hours.when;
  const implied = per === 'week' ? 'weekly' : hour !== null || what.kind === 'top' ? 'daily' : 'now';
  const { kind } = frequency ?? { kind: implied };
  if (kind === 'now') return { kind };
  const at = hour ?? DEFAULT_HOUR;
  if (kind === 'daily') return { kind, at, zone };
  return { kind, weekday: frequency?.kind === 'weekly' ? frequency.weekday : 1, at, zone };
}
