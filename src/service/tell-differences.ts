import { hourOf, type Quiet, type What, type When } from '#src/decision/terms.ts';
import type { Lost } from '#src/subscription/lost.ts';
import { modernZone } from '#src/subscription/modern-zone.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { phrase, role, words } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { tellEnd, weekday } from './tell-days.ts';

/** What of a subscription is not as it would be if nothing had been said: "daily 09:00 Berlin", "at most 5 cards a day". */
export function tellDifferences(subscription: SubscriptionDraft, lost: readonly Lost[] = []): Phrase[] {
  const { what, cap, quiet, roleId, mention, place, silent, publish, until } = subscription;
  const when = hourOf(subscription) ?? subscription.when;
  const hasRole = roleId !== null && !lost.some(({ kind }) => kind === 'role');
  return [
    ...tellOtherWhat(what),
    ...(when.kind === 'now' ? [] : [tellHour(when)]),
    ...(when.kind === 'now' && cap !== DEFAULTS.cap ? [phrase('differs.cap', { cap })] : []),
    ...(quiet && quiet.from !== quiet.to ? [tellQuietHours(quiet)] : []),
    ...(hasRole ? [phrase('terms.role', { role: role(roleId), mention })] : []),
    ...(place === 'thread' ? [phrase('terms.threads')] : []),
    ...(silent ? [phrase('terms.silent')] : []),
    ...(publish ? [phrase('terms.published')] : []),
    ...(until ? [tellEnd(until)] : []),
  ];
}

/** What is wanted, where it is not the default. */
export function tellOtherWhat(what: What): Phrase[] {
  if (what.kind === 'all') return [phrase('choice.allNew')];
  if (what.kind === 'top') return [phrase('choice.best', { n: what.n })];
  if (what.sensitivity === 'balanced') return [];
  return typeof what.sensitivity === 'string'
    ? [phrase(`sensitivity.${what.sensitivity}`)]
    : [phrase('choice.about', { n: what.sensitivity.perDay })];
}

/** "daily 09:00 Berlin". */
export function tellHour(when: Exclude<When, { kind: 'now' }>): Phrase {
  const at = { hour: when.at, city: cityOf(when.zone) };
  if (when.kind === 'weekly') return phrase('differs.onDays', { days: weekday(when.weekday), ...at });
  return when.weekdays
    ? phrase('differs.onDays', { days: { list: when.weekdays.map(weekday) }, ...at })
    : phrase('differs.daily', at);
}

export const tellQuietHours = ({ from, to, zone }: Quiet): Phrase =>
  phrase('differs.quiet', { from, to, city: cityOf(zone) });

/** `Europe/Berlin` is called by its city; `Etc/GMT+3` has none. */
function cityOf(zone: string) {
  const modern = modernZone(zone);
  const city = modern.startsWith('Etc/') ? modern : (modern.split('/').at(-1) ?? modern);
  return words(city.replaceAll('_', ' '));
}
