import { isDeepStrictEqual } from 'node:util';
import type { MentionRule } from '#src/decision/mention.ts';
import type { Quiet } from '#src/decision/terms.ts';
import { fixedOffsetOf } from '#src/subscription/read-zone.ts';
import type { Sensitivity } from '#src/trend/sensitivity.ts';
import { code, phrase, quoted, words } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { type WantedEnd, zoneIn } from './read-until.ts';
import type { WantedWhat } from './read-what.ts';
import type { Frequency } from './read-when.ts';

/** The options of one order as they were understood; null for what was not said. */
export type Understood = WantedWhat & {
  whatText: string;
  /** What `sensitivity` says; null where nothing. */
  sensitivity: Sensitivity | null;
  sensitivityText: string;
  frequency: Frequency | null;
  /** The hours in `when` and in `at`. */
  hours: { when: string | null; at: string | null };
  /** Every zone that was named, once each. */
  zones: readonly string[];
  /** That of the server; null: nobody has said one yet. */
  serverZone: string | null;
  quiet: Pick<Quiet, 'from' | 'to'> | null;
  cap: number | null;
  place: string;
  channel: 'text' | 'announcement' | 'forum';
  hasRole: boolean;
  mention: MentionRule | null;
  silent: boolean;
  publish: boolean;
  until: WantedEnd | null;
};

type Rule = (order: Understood) => Phrase | null;

const MOST_CARDS = 100;

/** Papers come together at an hour, not one by one. */
export const isDigest = ({ frequency, hours, what }: Understood): boolean =>
  what.kind === 'top' || (frequency === null ? hours.at !== null : frequency.kind !== 'now');

/** Something of it comes, or does not come, at an hour. */
export const hasHour = (order: Understood): boolean => isDigest(order) || order.quiet !== null;

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
  hourWithoutDigest: ({ frequency, hours, what }) => {
    const hour = hours.at ?? hours.when;
    if (frequency?.kind !== 'now' || hour === null || what.kind === 'top') return null;
    return phrase('order.hourWithoutDigest', { daily: code(`when:daily ${hour}`) });
  },
  sensitivityElsewhere: ({ what, whatText, sensitivity }) =>
    what.kind !== 'trending' && sensitivity !== null
      ? phrase('order.sensitivityElsewhere', { what: code(`what:${whatText}`) })
      : null,
  twoSensitivities: ({ inWhat, whatText, sensitivity, sensitivityText }) =>
    inWhat !== null && sensitivity !== null && !isDeepStrictEqual(inWhat, sensitivity)
      ? phrase('order.twoSensitivities', { one: code(whatText), other: code(sensitivityText) })
      : null,
  bestAsItHappens: ({ frequency, what, whatText }) =>
    what.kind === 'top' && frequency?.kind === 'now'
      ? phrase('order.bestAsItHappens', { what: code(`what:${whatText}`) })
      : null,
  bestOfWeek: ({ frequency, what, per }) =>
    what.kind === 'top' && per === 'week' && frequency?.kind === 'daily'
      ? phrase('order.bestOfWeek', { n: what.n })
      : null,
  bestOfDay: ({ frequency, what, per }) =>
    what.kind === 'top' && per === 'day' && frequency?.kind === 'weekly'
      ? phrase('order.bestOfDay', { n: what.n })
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
  zone: (order) =>
    order.zones.length > 0 && !hasHour(order) && (order.until === null || zoneIn(order.until) !== null)
      ? phrase('order.zoneLeftOut')
      : null,
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
  mentionWithoutRole: ({ mention, hasRole }) =>
    mention !== null && !hasRole ? phrase('order.mentionLeftOut') : null,
  silentMention: ({ silent, hasRole }) => (silent && hasRole ? phrase('order.silentMention') : null),
  capBelowPace: (order) => {
    const { what, cap } = order;
    if (cap === null || isDigest(order) || what.kind !== 'trending' || typeof what.sensitivity === 'string')
      return null;
    return what.sensitivity.perDay > cap
      ? phrase('order.capBelowPace', { cap, perDay: what.sensitivity.perDay })
      : null;
  },
  utcDay: (order) =>
    order.zones.length === 0 &&
    order.serverZone === null &&
    !hasHour(order) &&
    order.until !== null &&
    zoneIn(order.until) === null
      ? phrase('order.dayIsUtc')
      : null,
  signTurned: ({ zones: [zone] }) => {
    const minutes = zone === undefined ? null : fixedOffsetOf(zone);
    if (minutes === null) return null;
    return phrase('order.signTurned', {
      ...{ zone: code(zone), offset: `UTC${minutes < 0 ? '-' : '+'}${Math.abs(minutes) / 60}` },
    });
  },
};
