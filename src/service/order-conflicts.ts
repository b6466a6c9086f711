import type { Quiet } from '#src/decision/terms.ts';
import { fixedOffsetOf } from '#src/subscription/read-zone.ts';
import { code, phrase, quoted, words } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
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

type Rule = (order: Understood) => Phrase | null;

const MOST_CARDS = 100;

/** Papers come together at an hour, not one by one. */
export const isDigest = ({ frequency, hours, scope }: Understood): boolean =>
  scope.kind === 'top' || (frequency === null ? hours.at !== null : frequency.kind !== 'now');

const hasHour = (order: Understood): boolean => isDigest(order) || order.quiet !== null;

/** What has no meaning together: refused before anything is saved, with both ways to mend it. */
export const REFUSED: Readonly<Record<string, Rule>> = {
  cap: ({ cap }) =>
    cap !== null && !(Number.isInteger(cap) && cap >= 1 && cap <= MOST_CARDS)
      ? phrase('order.badCap', { cap })
      : null,
  place: ({ place }) =>
    ['', 'message', 'thread'].includes(place) ? null : phrase('order.badPlace', { text: quoted(place, 60) }),
  zones: ({ zones }) =>
    zones.length > 1
      ? phrase('zone.several', { n: zones.length, zones: zones.map((zone) => words(zone)) })
      : null,
  hours: ({ hours: { when, at } }) =>
    when !== null && at !== null && when !== at ? phrase('order.twoHours', { one: when, other: at }) : null,
  hourWithoutDigest: ({ frequency, hours, scope }) => {
    const hour = hours.at ?? hours.when;
    if (frequency?.kind !== 'now' || hour === null || scope.kind === 'top') return null;
    return phrase('order.hourWithoutDigest', { daily: code(`when:daily ${hour}`) });
  },
  bestAsItHappens: ({ frequency, scope, scopeText }) =>
    scope.kind === 'top' && frequency?.kind === 'now'
      ? phrase('order.bestAsItHappens', { scope: code(`scope:${scopeText}`) })
      : null,
  bestOfWeek: ({ frequency, scope, per }) =>
    scope.kind === 'top' && per === 'week' && frequency?.kind === 'daily'
      ? phrase('order.bestOfWeek', { n: scope.n })
      : null,
  bestOfDay: ({ frequency, scope, per }) =>
    scope.kind === 'top' && per === 'day' && frequency?.kind === 'weekly'
      ? phrase('order.bestOfDay', { n: scope.n })
      : null,
};

/** What is harmless: left out, or kept and told what it does here. */
export const NAMED: Readonly<Record<string, Rule>> = {
  publishElsewhere: ({ publish, channel }) =>
    publish && channel !== 'announcement' ? phrase('order.publishLeftOut') : null,
  publishAlerts: (order) =>
    order.publish && order.channel === 'announcement' && !isDigest(order)
      ? phrase('order.publishesDigests')
      : null,
  zone: (order) => (order.zones.length > 0 && !hasHour(order) ? phrase('order.zoneLeftOut') : null),
  cap: (order) => (order.cap !== null && isDigest(order) ? phrase('order.capLeftOut') : null),
  placeInForum: (order) => {
    if (order.channel !== 'forum' || order.place === '') return null;
    if (isDigest(order)) return phrase('order.digestInForum');
    return order.place === 'thread' ? phrase('order.threadInForum') : phrase('order.messageInForum');
  },
  threadInDigest: (order) =>
    order.place === 'thread' && order.channel !== 'forum' && isDigest(order)
      ? phrase('order.threadInDigest')
      : null,
  silentMention: ({ silent, hasRole }) => (silent && hasRole ? phrase('order.silentMention') : null),
  capBelowPace: (order) => {
    const { scope, cap } = order;
    if (cap === null || isDigest(order) || scope.kind !== 'trending' || typeof scope.sensitivity === 'string')
      return null;
    return scope.sensitivity.perDay > cap
      ? phrase('order.capBelowPace', { cap, perDay: scope.sensitivity.perDay })
      : null;
  },
  utc: (order) => (order.zones.length === 0 && hasHour(order) ? phrase('order.hoursAreUtc') : null),
  signTurned: ({ zones: [zone] }) => {
    const minutes = zone === undefined ? null : fixedOffsetOf(zone);
    if (minutes === null) return null;
    return phrase('order.signTurned', {
      ...{ zone: code(zone), offset: `UTC${minutes < 0 ? '-' : '+'}${Math.abs(minutes) / 60}` },
    });
  },
};
