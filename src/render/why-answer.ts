import { channel, code, instant, phrase, words } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { say } from './say.ts';
import type { WhySubscription, WhyView } from './why-view.ts';

type Named = { title: Value; channel: Value };

/** Whether a paper came to a channel, and if not, what kept it out: one sentence. */
export function whyAnswer(view: WhyView): string {
  const named = { title: words(view.title, 120), channel: channel(view.channelId) };
  const { outcome } = view;
  switch (outcome.kind) {
    case 'sent':
      return sent(view, named, outcome);
    case 'elsewhere':
      return say('why.answer.elsewhere', { ...named, there: otherChannel(view.elsewhere) });
    case 'held':
      return say('why.answer.held', { ...named, trouble: outcome.trouble });
    case 'waits':
      return say(`why.answer.waits.${outcome.cause}`, { ...named, until: instant(outcome.until, 'f') });
    case 'choosing':
      return say('why.answer.choosing', { ...named, n: outcome.n, at: instant(outcome.at, 'f') });
    case 'notSeenYet':
      return say('why.answer.notSeenYet', { ...named, at: instant(outcome.at, 'f') });
    case 'takenBack':
      return say('why.answer.takenBack', { ...named, at: instant(outcome.at, 'f'), reason: outcome.reason });
    case 'obstacle':
      return say('why.answer.not', { ...named, because: becauseOf(view, outcome.obstacle) });
    default:
      return say(`why.answer.${outcome.kind}`, named);
  }
}

function sent(view: WhyView, named: Named, { at, isDeleted }: { at: number; isDeleted: boolean }): string {
  const came = { ...named, at: instant(at, 'f') };
  if (isDeleted) return say('why.answer.deleted', came);
  return say(view.elsewhere ? 'why.answer.line' : 'why.answer.sent', came);
}

/** A channel that the asker does not see has no name. */
export const otherChannel = (elsewhere: WhyView['elsewhere']): Value =>
  elsewhere?.channelId ? channel(elsewhere.channelId) : phrase('why.anotherChannel');

type Obstacle = NonNullable<WhySubscription['obstacle']>;

function becauseOf({ subscriptions, nearest, trend }: WhyView, obstacle: Obstacle): Phrase {
  if (obstacle === 'mute') return phrase('why.because.mute');
  const { verdict, since } = subscriptions[nearest];
  if (obstacle === 'filter') return ofFilter(verdict);
  if (obstacle === 'paused') return phrase('why.because.paused');
  if (obstacle === 'later') return phrase('why.because.later', { at: instant(since, 'f') });
  if (obstacle === 'ended') return phrase('why.because.ended', { at: instant(since, 'f') });
  if (obstacle === 'since') return phrase('why.because.since', { at: instant(since, 'f') });
  if (obstacle === 'new') return phrase('why.because.new');
  if (obstacle === 'best')
    return phrase('why.because.best', { n: trend.what?.kind === 'top' ? trend.what.n : 1 });
  return trend.highest === null || trend.sensitivity === null
    ? phrase('why.because.neverRose')
    : phrase('why.because.sensitivity', { sensitivity: trend.sensitivity });
}

function ofFilter(verdict: WhySubscription['verdict']): Phrase {
  if (verdict.kind !== 'fails') return phrase('why.because.unreadable');
  const { excluded, lacking } = verdict;
  return excluded.length > 0
    ? phrase('why.because.excluded', { clauses: clausesShown(excluded) })
    : phrase('why.because.lacking', { clauses: clausesShown(lacking) });
}

const CLAUSES_SHOWN = 5;

/** Parts of a filter, as they are written. */
export const clausesShown = (clauses: readonly string[]): Value =>
  clauses.slice(0, CLAUSES_SHOWN).map((clause) => code(clause, 60));
