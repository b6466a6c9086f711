import { ChannelType } from 'discord-api-types/v10';
import { DEFAULT_HOUR, DEFAULT_TERMS, type When } from '#src/decision/terms.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Phrase } from '#src/wording/values.ts';
import { isDigest, NAMED, REFUSED, type Understood } from './order-conflicts.ts';
import { readHour, readHours, zoneOf } from './read-hours.ts';
import { readMention } from './read-mention.ts';
import { readSensitivity } from './read-sensitivity.ts';
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
> & { channel: { type: number }; role: { id: string } | null };

/**
 * What is wanted, and sentences on what was left out or does not do here what one may think. Nothing is bent: what cannot
 * be read, and what has no meaning together, throws a UserError that says what to write.
 */
export function readOrder(order: OrderOptions): {
  draft: Omit<SubscriptionDraft, 'filter'>;
  notes: Phrase[];
} {
  const understood = understand(order);
  for (const rule of Object.values(REFUSED)) {
    const refusal = rule(understood);
    if (refusal !== null) throw new UserError('subscribe.notSaved', { problem: refusal });
  }
  const notes = Object.values(NAMED).flatMap((rule) => rule(understood) ?? []);
  return { draft: { ...draftOf(understood), roleId: order.role?.id ?? null }, notes };
}

function understand(order: OrderOptions): Understood {
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
    quiet: quiet && { from: quiet.from, to: quiet.to },
    channel:
      channel.type === ChannelType.GuildForum
        ? 'forum'
        : channel.type === ChannelType.GuildAnnouncement
          ? 'announcement'
          : 'text',
    hasRole: order.role !== null,
    mention: readMention(order.mention),
    ...{ place, cap, silent, publish },
  };
}

function wantedIn(order: OrderOptions): Pick<Understood, 'what' | 'per' | 'inWhat' | 'sensitivity'> {
  const { what, per, inWhat } = readWhat(order.what);
  const sensitivity = readSensitivity(order.sensitivity);
  const isSet = what.kind === 'trending' && sensitivity !== null;
  return { what: isSet ? { ...what, sensitivity } : what, per, inWhat, sensitivity };
}

function draftOf(order: Understood): Omit<SubscriptionDraft, 'filter' | 'roleId'> {
  const { what, quiet, cap, channel, hasRole, mention, silent, publish } = order;
  const zone = order.zones[0] ?? 'UTC';
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
function whenOf({ what, per, frequency, hours, zones }: Understood, zone: string): When {
  const hour = hours.at ?? hours.when;
  const isPlaced = what.kind === 'top' && zones.length > 0;
  const implied = per === 'week' ? 'weekly' : hour !== null || isPlaced ? 'daily' : 'now';
  const { kind } = frequency ?? { kind: implied };
  if (kind === 'now') return { kind };
  const at = hour ?? DEFAULT_HOUR;
  if (kind === 'daily') return { kind, at, zone };
  return { kind, weekday: frequency?.kind === 'weekly' ? frequency.weekday : 1, at, zone };
}
