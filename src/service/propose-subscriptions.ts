import { hourOf, type Scope, type When } from '#src/decision/terms.ts';
import { cut } from '#src/render/cut.ts';
import { plain } from '#src/render/escape-markdown.ts';
import { SENSITIVITY } from '#src/render/sensitivity.ts';
import { plainChannel } from '#src/render/subscription-page.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Proposals } from './choices.ts';

type Wanted = { text: string; asFilter: boolean; channelName(channelId: string): string | null };

/** As many as Discord takes. */
const MOST = 25;
/** Of a proposal's name, and of a string option's value. */
const LONGEST = 100;

/**
 * Subscriptions as choices, those alone in which all words that were typed occur: in the channel's name, the filter or the
 * terms. Each is called by its channel first, and no two are called the same.
 */
export function proposalsOf(
  subscriptions: readonly Subscription[],
  { text, asFilter, channelName }: Wanted,
): Proposals {
  const words = text.toLowerCase().split(/\s+/);
  const fitting = subscriptions
    .map((one) => ({ one, parts: partsOf(one, channelName(one.channelId)) }))
    .filter(({ one }) => !asFilter || one.filter.length <= LONGEST)
    .filter(({ parts }) => words.every((word) => parts.join(' ').toLowerCase().includes(word)))
    .slice(0, MOST);
  const names = fitting.map(({ parts }) => nameOf(parts, ''));
  return fitting.map(({ one, parts }, at) => {
    const isAlone = names.indexOf(names[at]) === names.lastIndexOf(names[at]);
    return {
      name: isAlone ? names[at] : nameOf(parts, ` (${one.id})`),
      value: asFilter ? one.filter : one.id,
    };
  });
}

type Parts = readonly [channel: string, filter: string, terms: string];

function partsOf(subscription: Subscription, channel: string | null): Parts {
  const { filter, scope, when, paused } = subscription;
  const hour = hourOf(subscription) ?? when;
  const terms = [...tellScope(scope), tellWhen(hour), ...(paused ? ['paused'] : [])];
  return [plainChannel(channel), filter, terms.join(', ')];
}

/** The filter gives way where all of it has no room. */
function nameOf([channel, filter, terms]: Parts, mark: string): string {
  const [head, tail] = [`${cut(channel, 40)} · `, ` · ${terms}${mark}`];
  return head + plain(filter, LONGEST - head.length - tail.length) + tail;
}

/** What is not the default. */
function tellScope(scope: Scope): string[] {
  if (scope.kind === 'all') return ['all new'];
  if (scope.kind === 'top') return [`best ${scope.n}`];
  if (scope.sensitivity === 'balanced') return [];
  return [
    typeof scope.sensitivity === 'string'
      ? SENSITIVITY[scope.sensitivity]
      : `about ${scope.sensitivity.perDay} a day`,
  ];
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function tellWhen(when: When): string {
  if (when.kind === 'now') return 'as it happens';
  if (when.kind === 'weekly') return `${DAYS[when.weekday - 1]} ${when.at}`;
  return `${when.weekdays?.map((day) => DAYS[day - 1]).join(', ') ?? 'daily'} ${when.at}`;
}
