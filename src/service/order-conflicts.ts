import type { Quiet } from '#src/decision/terms.ts';
import { orderWording } from '#src/render/order-wording.ts';
import { fixedOffsetOf } from '#src/subscription/read-zone.ts';
import type { WantedScope } from './read-scope.ts';
import type { Frequency } from './read-when.ts';

/** The options of one order as they were understood; null for what was not said. */
export type Understood = WantedScope & {
  scopeText: string;
  frequency: Frequency | null;
  /** The hours in `when` and in `at`. */
  hours: { when: string | null; at: string | null };
  /** Every zone that was named, once each. */
  zones: readonly string[];
  quiet: Pick<Quiet, 'from' | 'to'> | null;
  cap: number | null;
  place: string;
  channel: 'text' | 'announcement' | 'forum';
  hasRole: boolean;
  silent: boolean;
  publish: boolean;
};

type Rule = (order: Understood) => string | null;

const MOST_CARDS = 100;

/** Papers come together at an hour, not one by one. */
export const isDigest = ({ frequency, hours, scope }: Understood): boolean =>
  scope.kind === 'top' || (frequency?.kind ?? (hours.at === null ? 'now' : 'daily')) !== 'now';

const hasHour = (order: Understood): boolean => isDigest(order) || order.quiet !== null;

/** What has no meaning together: refused before anything is saved, with both ways to mend it. */
export const REFUSED: Readonly<Record<string, Rule>> = {
  cap: ({ cap }) =>
    cap !== null && !(Number.isInteger(cap) && cap >= 1 && cap <= MOST_CARDS)
      ? orderWording.badCap(cap)
      : null,
  place: ({ place }) => (['', 'message', 'thread'].includes(place) ? null : orderWording.badPlace(place)),
  zones: ({ zones }) => (zones.length > 1 ? orderWording.twoZones(zones) : null),
  hours: ({ hours: { when, at } }) =>
    when !== null && at !== null && when !== at ? orderWording.twoHours(when, at) : null,
  hourWithoutDigest: ({ frequency, hours, scope }) => {
    const hour = hours.at ?? hours.when;
    if (frequency?.kind !== 'now' || hour === null || scope.kind === 'top') return null;
    return orderWording.hourWithoutDigest(hour);
  },
  bestAsItHappens: ({ frequency, scope, scopeText }) =>
    scope.kind === 'top' && frequency?.kind === 'now' ? orderWording.bestAsItHappens(scopeText) : null,
  bestOfWeek: ({ frequency, scope, per }) =>
    scope.kind === 'top' && per === 'week' && frequency?.kind === 'daily'
      ? orderWording.bestOfWeek(scope.n)
      : null,
  bestOfDay: ({ frequency, scope, per }) =>
    scope.kind === 'top' && per === 'day' && frequency?.kind === 'weekly'
      ? orderWording.bestOfDay(scope.n)
      : null,
};

/** What is harmless: left out, or kept and told what it does here. */
export const NAMED: Readonly<Record<string, Rule>> = {
  publishElsewhere: ({ publish, channel }) =>
    publish && channel !== 'announcement' ? orderWording.publishLeftOut : null,
  publishAlerts: (order) =>
    order.publish && order.channel === 'announcement' && !isDigest(order)
      ? orderWording.publishesDigests
      : null,
  zone: (order) => (order.zones.length > 0 && !hasHour(order) ? orderWording.zoneLeftOut : null),
  cap: (order) => (order.cap !== null && isDigest(order) ? orderWording.capLeftOut : null),
  placeInForum: (order) => {
    if (order.channel !== 'forum' || order.place === '') return null;
    if (isDigest(order)) return orderWording.digestInForum;
    return order.place === 'thread' ? orderWording.threadInForum : orderWording.messageInForum;
  },
  threadInDigest: (order) =>
    order.place === 'thread' && order.channel !== 'forum' && isDigest(order)
      ? orderWording.threadInDigest
      : null,
  silentMention: ({ silent, hasRole }) => (silent && hasRole ? orderWording.silentMention : null),
  capBelowPace: (order) => {
    const { scope, cap } = order;
    if (cap === null || isDigest(order) || scope.kind !== 'trending' || typeof scope.sensitivity === 'string')
      return null;
    return scope.sensitivity.perDay > cap ? orderWording.capBelowPace(cap, scope.sensitivity.perDay) : null;
  },
  utc: (order) => (order.zones.length === 0 && hasHour(order) ? orderWording.hoursAreUtc : null),
  signTurned: ({ zones: [zone] }) => {
    const minutes = zone === undefined ? null : fixedOffsetOf(zone);
    if (minutes === null) return null;
    return orderWording.signTurned(zone, `UTC${minutes < 0 ? '-' : '+'}${Math.abs(minutes) / 60}`);
  },
};
