import { isQuietHour } from '#src/decision/quiet.ts';
import { hourOf, type Quiet, type Scope, type When } from '#src/decision/terms.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import { count, listed } from '#src/render/count.ts';
import { tellTrouble } from '#src/render/hold-notice.ts';
import { SENSITIVITY } from '#src/render/sensitivity.ts';
import type { SubscriptionView } from '#src/render/subscription-page.ts';
import { wording } from '#src/render/wording.ts';
import type { Lost } from '#src/subscription/lost.ts';
import { modernZone } from '#src/subscription/modern-zone.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Sensitivity } from '#src/trend/sensitivity.ts';

/** A subscription as people read it. `held`: its channel takes nothing for now. */
export function subscriptionView(
  subscription: Subscription,
  held: HeldDestination | null,
  lost: readonly Lost[],
): SubscriptionView {
  return {
    id: subscription.id,
    channelId: subscription.channelId,
    filter: subscription.filter,
    terms: tellTerms(subscription, lost),
    paused: subscription.paused?.reason ?? (held && tellHold(held)),
    isResumable: subscription.paused !== null,
    lost: lost.map(tellLost),
  };
}

/** What Discord hinders, and what becomes of it. */
export function tellHold({ code, reason }: HeldDestination): string {
  return code === 'channel-gone'
    ? wording.deletedChannel
    : wording.heldChannel(tellTrouble({ code, reason }));
}

/** What of a subscription does not do any more what it is for, and what to do about it. */
export function tellLost(lost: Lost): string {
  if (lost.kind === 'filter') return wording.lostFilter(lost.problem);
  if (lost.kind === 'zone') return wording.lostZone(lost.zone);
  if (lost.mention === 'everyone') return wording.namesEveryone;
  return lost.mention === 'gone' ? wording.deletedRole : wording.silentRole(lost.roleId);
}

/** "newly trending papers, as they happen, at most 10 a day". */
export function tellTerms(subscription: Subscription, lost: readonly Lost[] = []): string {
  const { scope, cap, quiet, roleId, place, silent, publish } = subscription;
  const when = hourOf(subscription) ?? subscription.when;
  const parts = [
    tellScope(scope, when),
    tellWhen(when),
    ...(when.kind === 'now' ? [`at most ${count(cap, 'card')} a day, the rest in a digest`] : []),
    ...(quiet && quiet.from !== quiet.to ? [tellQuiet(quiet, when)] : []),
    ...(roleId && !lost.some(({ kind }) => kind === 'role') ? [`mentions <@&${roleId}>`] : []),
    ...(place === 'thread' ? ['a thread for each paper'] : []),
    ...(place === 'forum' ? [`a forum post for each ${when.kind === 'now' ? 'paper' : 'digest'}`] : []),
    ...(silent ? ['silent'] : []),
    ...(publish ? ['digests published'] : []),
  ];
  return parts.join(', ');
}

function tellQuiet(quiet: Quiet, when: When): string {
  const zone = modernZone(quiet.zone);
  const hours = `quiet ${quiet.from} to ${quiet.to} (${zone})`;
  const isPutOff = when.kind !== 'now' && modernZone(when.zone) === zone && isQuietHour(quiet, when.at);
  return isPutOff ? `${hours} so that it comes at ${quiet.to}` : hours;
}

function tellScope(scope: Scope, when: When): string {
  if (scope.kind === 'all') return 'every new paper';
  if (scope.kind === 'trending') return `newly trending papers${tellSensitivity(scope.sensitivity)}`;
  const span = when.kind === 'weekly' ? 'week' : 'day';
  return scope.n === 1 ? `the best paper of a ${span}` : `the best ${scope.n} of a ${span}`;
}

function tellSensitivity(sensitivity: Sensitivity): string {
  if (sensitivity === 'balanced') return '';
  return typeof sensitivity === 'string'
    ? ` (${SENSITIVITY[sensitivity]})`
    : ` (about ${sensitivity.perDay} a day over all topics)`;
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function tellWhen(when: When): string {
  if (when.kind === 'now') return 'as they happen';
  const hour = `at ${when.at} (${modernZone(when.zone)})`;
  if (when.kind === 'weekly') return `on ${DAYS[when.weekday - 1]} ${hour}`;
  return when.weekdays ? `on ${listed(when.weekdays.map((day) => DAYS[day - 1]))} ${hour}` : `daily ${hour}`;
}
