import type { HeldChannel } from '#src/outbox/channel-holds.ts';
import { count } from '#src/render/count.ts';
import { tellTrouble } from '#src/render/hold-notice.ts';
import type { SubscriptionView } from '#src/render/subscription-page.ts';
import { wording } from '#src/render/wording.ts';
import type { Lost } from '#src/subscription/lost.ts';
import { isQuietHour, TOP_HOUR } from '#src/subscription/schedule.ts';
import type { Dial, Quiet, Scope, Subscription, When } from '#src/subscription/subscription.ts';

/** A subscription as people read it. `held`: its channel takes nothing for now. */
export function subscriptionView(
  subscription: Subscription,
  held: HeldChannel | null,
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
export function tellHold({ code, reason }: HeldChannel): string {
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
  const { scope, when, cap, quiet, roleId, place, silent, publish } = subscription;
  const parts = [
    tellScope(scope),
    tellWhen(scope, when),
    ...(when.kind === 'now' && scope.kind !== 'top'
      ? [`at most ${count(cap, 'card')} a day, the rest in a digest`]
      : []),
    ...(quiet ? [tellQuiet(quiet, when)] : []),
    ...(roleId && !lost.some(({ kind }) => kind === 'role') ? [`mentions <@&${roleId}>`] : []),
    ...(place === 'thread' ? ['a thread for each paper'] : []),
    ...(place === 'forum' ? ['a forum post for each paper'] : []),
    ...(silent ? ['silent'] : []),
    ...(publish ? ['digests published'] : []),
  ];
  return parts.join(', ');
}

function tellQuiet(quiet: Quiet, when: When): string {
  const hours = `quiet ${quiet.from} to ${quiet.to} (${quiet.zone})`;
  const isPutOff = when.kind !== 'now' && when.zone === quiet.zone && isQuietHour(quiet, when.at);
  return isPutOff ? `${hours} so that it comes at ${quiet.to}` : hours;
}

function tellScope(scope: Scope): string {
  if (scope.kind === 'all') return 'every new paper';
  if (scope.kind === 'top') return scope.n === 1 ? 'the best paper of a day' : `the best ${scope.n} of a day`;
  return `newly trending papers${tellDial(scope.dial)}`;
}

function tellDial(dial: Dial): string {
  if (dial === 'balanced') return '';
  return typeof dial === 'string' ? ` (${dial})` : ` (about ${dial.perDay} a day over all topics)`;
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function tellWhen(scope: Scope, when: When): string {
  if (when.kind === 'now' && scope.kind === 'top') return tellWhen(scope, TOP_HOUR);
  if (when.kind === 'now') return 'as they happen';
  if (when.kind === 'daily') return `daily at ${when.at} (${when.zone})`;
  return `on ${DAYS[when.weekday - 1]} at ${when.at} (${when.zone})`;
}
