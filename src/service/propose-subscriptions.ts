import { hourOf, type When } from '#src/decision/terms.ts';
import { cut } from '#src/render/cut.ts';
import { plain } from '#src/render/escape-markdown.ts';
import { sayPlain } from '#src/render/say.ts';
import { plainChannel } from '#src/render/subscription-page.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { Proposals } from './choices.ts';
import { weekday } from './tell-days.ts';
import { tellOtherWhat } from './tell-differences.ts';

type Wanted = { text: string; channelName(channelId: string): string | null };

/** As many as Discord takes. */
const MOST = 25;
/** Of a proposal's name, and of a string option's value. */
const LONGEST = 100;

/**
 * Filters of subscriptions as choices, those alone in which all words that were typed occur: in the channel's name, the filter or the
 * terms. Each is called by its channel first, and no two are called the same.
 */
export function proposalsOf(
  subscriptions: readonly Subscription[],
  { text, channelName }: Wanted,
): Proposals {
  const words = text.toLowerCase().split(/\s/);
  const fitting = subscriptions
    .map((one) => ({ one, parts: partsOf(one, channelName(one.channelId)) }))
    .filter(({ one }) => one.filter.length <= LONGEST)
    .filter(({ parts }) => words.every((word) => parts.join(' ').toLowerCase().includes(word)))
    .slice(0, MOST);
  const names = fitting.map(({ parts }) => nameOf(parts, ''));
  return fitting.map(({ one, parts }, at) => {
    const isAlone = names.indexOf(names[at]) === names.lastIndexOf(names[at]);
    return {
      name: isAlone ? names[at] : nameOf(parts, ` (${one.id})`),
      value: one.filter,
    };
  });
}

type Parts = readonly [channel: string, filter: string, terms: string];

function partsOf(subscription: Subscription, channel: string | null): Parts {
  const { filter, what, when, paused } = subscription;
  const hour = hourOf(subscription) ?? when;
  const terms = [...tellOtherWhat(what), tellWhen(hour), ...(paused ? [phrase('choice.paused')] : [])];
  return [plainChannel(channel), filter, sayPlain('terms.all', { parts: { list: terms } })];
}

/** The filter gives way where all of it has no room. */
function nameOf([channel, filter, terms]: Parts, mark: string): string {
  const [head, tail] = [`${cut(channel, 40)} · `, ` · ${terms}${mark}`];
  return head + plain(filter, LONGEST - head.length - tail.length) + tail;
}

function tellWhen(when: When): Phrase {
  if (when.kind === 'now') return phrase('choice.asItHappens');
  const { at: hour } = when;
  if (when.kind === 'weekly') return phrase('choice.onDays', { days: weekday(when.weekday), hour });
  return when.weekdays
    ? phrase('choice.onDays', { days: { list: when.weekdays.map(weekday) }, hour })
    : phrase('choice.daily', { hour });
}
