import { cardsWithin } from '#src/decision/day.ts';
import { isQuietHour } from '#src/decision/quiet.ts';
import { hourOf, type Quiet, type What, type When } from '#src/decision/terms.ts';
import type { Unusual } from '#src/decision/unusual.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import { troubleOf, whereToClick } from '#src/render/hold-notice.ts';
import type { SubscriptionView } from '#src/render/subscription-page.ts';
import type { TunedView } from '#src/render/tune-page.ts';
import { tellUnusual } from '#src/render/unusual.ts';
import type { Lost } from '#src/subscription/lost.ts';
import { modernZone } from '#src/subscription/modern-zone.ts';
import type { Subscription, SubscriptionDraft } from '#src/subscription/subscription.ts';
import type { Sensitivity } from '#src/trend/sensitivity.ts';
import { instant, phrase, quoted, role, words, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { tellEnd, weekday } from './tell-days.ts';
import { tellDifferences } from './tell-differences.ts';

/** A subscription as people read it. `held`: its channel takes nothing for now. */
export function subscriptionView(
  subscription: Subscription,
  held: HeldDestination | null,
  lost: readonly Lost[],
  unusual: Unusual | null = null,
): SubscriptionView {
  return {
    id: subscription.id,
    channelId: subscription.channelId,
    filter: subscription.filter,
    terms: tellTerms(subscription, lost),
    differences: tellDifferences(subscription, lost),
    paused: subscription.paused && tellPause(subscription.paused),
    pausedUntil: subscription.paused?.until,
    held: held && { since: held.since, told: tellHold(held), mend: whereToClick(held, 1) },
    lost: lost.map(tellLost),
    ...(unusual && { unusual: { kind: unusual.kind, told: tellUnusual(unusual) } }),
  };
}

/** What a subscription is since it was changed. */
export const tunedTo = (subscription: Subscription): Omit<TunedView, 'isOld' | 'undo'> => ({
  ...{ channelId: subscription.channelId, filter: subscription.filter },
  ...{ terms: tellTerms(subscription), isPaused: subscription.paused !== null },
});

/** That a moderator paused it, and until when. */
export function tellPause({ until }: NonNullable<Subscription['paused']>): Phrase {
  return until === undefined
    ? phrase('subscriptions.pausedByModerator')
    : phrase('subscriptions.pausedUntil', { until: instant(until, 'f') });
}

/** What Discord hinders, and what becomes of it. */
export function tellHold(held: HeldDestination): Phrase {
  return held.code === 'channel-gone'
    ? phrase('hold.channelDeleted')
    : phrase('hold.runsAgain', { trouble: troubleOf(held) });
}

/** What of a subscription does not do any more what it is for, and what to do about it. */
export function tellLost(lost: Lost): Phrase {
  if (lost.kind === 'filter') return phrase('lost.filter', { problem: lost.problem });
  if (lost.kind === 'zone') return phrase('lost.zone', { zone: quoted(lost.zone, 60) });
  if (lost.mention === 'everyone') return phrase('lost.everyone');
  return lost.mention === 'gone'
    ? phrase('lost.role')
    : phrase('lost.silentRole', { role: role(lost.roleId) });
}

/** "newly trending papers, as they happen, at most 10 a day". */
export function tellTerms(subscription: SubscriptionDraft, lost: readonly Lost[] = []): Phrase {
  const { what, cap, quiet, roleId, mention, place, silent, publish, until } = subscription;
  const when = hourOf(subscription) ?? subscription.when;
  const parts = [
    tellWhat(what, when),
    tellWhen(when),
    ...(when.kind === 'now' ? [phrase('terms.cap', { cap, twice: cardsWithin(cap, true) })] : []),
    ...(quiet && quiet.from !== quiet.to ? [tellQuiet(quiet, when)] : []),
    ...(roleId && !lost.some(({ kind }) => kind === 'role')
      ? [phrase('terms.role', { role: role(roleId), mention })]
      : []),
    ...(place === 'thread' ? [phrase('terms.threads')] : []),
    ...(place === 'forum' ? [phrase('terms.forum', { each: when.kind === 'now' ? 'paper' : 'digest' })] : []),
    ...(silent ? [phrase('terms.silent')] : []),
    ...(publish ? [phrase('terms.published')] : []),
    ...(until ? [tellEnd(until)] : []),
  ];
  return phrase('terms.all', { parts: { list: parts } });
}

function tellQuiet(quiet: Quiet, when: When): Phrase {
  const { from, to } = quiet;
  const zone = modernZone(quiet.zone);
  const isPutOff = when.kind !== 'now' && modernZone(when.zone) === zone && isQuietHour(quiet, when.at);
  return phrase('terms.quiet', { from, to, zone: words(zone), isPutOff: yesNo(isPutOff) });
}

function tellWhat(what: What, when: When): Phrase {
  if (what.kind === 'all') return phrase('terms.everyPaper');
  if (what.kind === 'trending') return tellTrending(what.sensitivity);
  return phrase('terms.best', { n: what.n, span: when.kind === 'weekly' ? 'week' : 'day' });
}

function tellTrending(sensitivity: Sensitivity): Phrase {
  if (sensitivity === 'balanced') return phrase('terms.trending');
  if (typeof sensitivity !== 'string') return phrase('terms.trendingAbout', { n: sensitivity.perDay });
  return phrase('terms.trendingSo', { sensitivity: phrase(`sensitivity.${sensitivity}`) });
}

/** As people call it. */
export const tellSensitivity = (sensitivity: Sensitivity): Phrase =>
  typeof sensitivity === 'string'
    ? phrase(`sensitivity.${sensitivity}`)
    : phrase('sensitivity.about', { n: sensitivity.perDay });

function tellWhen(when: When): Phrase {
  if (when.kind === 'now') return phrase('terms.asTheyHappen');
  const at = { hour: when.at, zone: words(modernZone(when.zone)) };
  if (when.kind === 'weekly') return phrase('terms.onDays', { days: weekday(when.weekday), ...at });
  return when.weekdays
    ? phrase('terms.onDays', { days: when.weekdays.map(weekday), ...at })
    : phrase('terms.daily', at);
}
