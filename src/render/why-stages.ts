import { channel, code, instant, phrase } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { escapeWords } from './escape-markdown.ts';
import { tellMember } from './member.ts';
import { newsPhrase, standingOf } from './reason.ts';
import { say } from './say.ts';
import { clausesShown, otherChannel, whyAnswer } from './why-answer.ts';
import type { TroubleView, WhySubscription, WhyView } from './why-view.ts';

// Each stage is a line: Yes, No, or not reached, with the values that held then.

const yes = (told: Value): string => say('why.yes', { told });
const no = (told: Value): string => say('why.no', { told });

/** What a paper passes on its way to a channel, in the order in which it does. */
export function whyStages(view: WhyView): string[] {
  if (!wasSeen(view)) return [seen(view), ...notReached(view)];
  return [
    seen(view),
    ...newlyTrending(view),
    ...noneSubscribed(view),
    ...filters(view),
    ...muted(view),
    ...elsewhere(view),
    ...timing(view),
    ...permission(view),
    ...mutedSince(view),
    ...decided(view),
    ...notReached(view),
  ];
}

const wasSeen = ({ seen: at, outcome }: WhyView): boolean => at !== null && outcome.kind !== 'notSeenYet';

/** The answer, and by what it came. */
export const whyBriefly = (view: WhyView): string =>
  [
    `**${whyAnswer(view)}**`,
    ...newlyTrending(view).slice(0, 1),
    ...view.subscriptions.filter(({ obstacle }) => obstacle === null).map(filterLine),
    ...elsewhere(view),
    ...mutedSince(view),
    ...decided(view),
  ].join('\n');

function seen({ seen: at }: WhyView): string {
  if (at === null) return no(phrase('why.notListed'));
  const when = instant(at.at, 'f');
  return yes(at.place ? phrase('why.seenAt', { at: when, ...at.place }) : phrase('why.seen', { at: when }));
}

function newlyTrending({ trend, votes, channelId, isLost, outcome }: WhyView): string[] {
  if (isLost) return [say('why.lost')];
  if (outcome.kind === 'choosing')
    return [say('why.bestChosen', { n: outcome.n, at: instant(outcome.at, 'f') })];
  const { news, highest, reached, what, isWeekly } = trend;
  const beside = { votes, channel: channel(channelId), asked: what ?? undefined, isWeekly };
  const each = [...Map.groupBy(reached, ({ at }) => at)].map(([at, those]) =>
    phrase('why.reachedAt', {
      sensitivities: those.map(({ sensitivity }) => sensitivity),
      at: instant(at, 'f'),
    }),
  );
  const reachedTold = each.length > 0 ? [say('why.reached', { each })] : [];
  if (news) {
    const told = newsPhrase(news, beside);
    return [
      yes(news.kind === 'new' ? told : phrase('why.trended', { at: instant(news.trendEvent.at, 'f'), told })),
      ...reachedTold,
    ];
  }
  // Nobody asked for it: how much it stood out kept nothing out.
  if (outcome.kind === 'noSubscription' && reached.length > 0) return reachedTold;
  if (what?.kind === 'all') return [no(phrase('why.noNews')), ...reachedTold];
  if (what?.kind === 'top') return [no(phrase('why.notBest', { n: what.n })), ...reachedTold];
  if (highest === null) return [no(phrase('why.neverRose'))];
  return [no(phrase('why.atMost', { standing: standingOf(highest, votes) })), ...reachedTold];
}

function filters({ subscriptions, more }: WhyView): string[] {
  const rest = more > 0 ? [say('why.moreSubscriptions', { n: more })] : [];
  return [...subscriptions.map(filterLine), ...rest];
}

const noneSubscribed = ({ outcome }: WhyView): string[] =>
  outcome.kind === 'noSubscription' ? [no(phrase('why.noneSubscribed'))] : [];

function filterLine({ n, filter, verdict, obstacle, since, pausedUntil }: WhySubscription): string {
  const shown = code(filter, 150);
  const named = { filter: n === null ? shown : phrase('why.numbered', { n, filter: shown }) };
  if (obstacle === 'later') return no(phrase('why.filterLater', { ...named, at: instant(since, 'f') }));
  if (verdict.kind === 'unreadable') return no(phrase('why.filterUnreadable', named));
  if (verdict.kind === 'fails') {
    const { excluded, lacking, passage } = verdict;
    if (excluded.length === 0)
      return no(phrase('why.filterLacks', { ...named, clauses: clausesShown(lacking) }));
    const excludes = { ...named, clauses: clausesShown(excluded) };
    return no(
      passage === null
        ? phrase('why.filterExcludes', excludes)
        : phrase('why.filterExcludesIn', { ...excludes, passage }),
    );
  }
  if (obstacle === 'paused')
    return no(
      pausedUntil === null
        ? phrase('why.filterPaused', named)
        : phrase('why.filterPausedUntil', { ...named, until: instant(pausedUntil, 'f') }),
    );
  if (obstacle === 'ended') return no(phrase('why.filterEnded', { ...named, at: instant(since, 'f') }));
  if (obstacle === 'since') return no(phrase('why.filterSince', { ...named, at: instant(since, 'f') }));
  const found = eachOnce(verdict.words)
    .slice(0, 12)
    .map((word) => `**${escapeWords(word)}**`);
  return yes(
    found.length === 0
      ? phrase('why.filterMatches', named)
      : phrase('why.filterFinds', { ...named, words: { list: found } }),
  );
}

/** "Diffusion" at the head of a sentence is the word "diffusion". */
const eachOnce = (words: readonly string[]): string[] =>
  [...Map.groupBy(words, (word) => word.toLowerCase()).values()].map(([first]) => first);

function muted({ mute }: WhyView): string[] {
  if (mute === null) return [];
  const { told } = mute;
  if (told === null) return [no(phrase('why.mutedByServer'))];
  const text = { mute: code(told.text, 100) };
  if (told.who === null || told.at === null) return [no(phrase('why.mutedThen', text))];
  return [no(phrase('why.mutedBy', { ...text, who: tellMember(told.who), at: instant(told.at, 'f') }))];
}

const mutedSince = ({ mutedNow }: WhyView): string[] =>
  mutedNow === null
    ? []
    : [say('why.muted', { mute: code(mutedNow.text, 100), at: instant(mutedNow.at, 'f') })];

/** Why it is a line here, or is not here. */
function elsewhere(view: WhyView): string[] {
  const { elsewhere: at, outcome } = view;
  if (at === null) return [];
  const there = otherChannel(at);
  if (outcome.kind === 'elsewhere') return [no(phrase('why.onePlace', { there })), ...placedNow(view)];
  return [
    say(at.isDeleted ? 'why.elsewhereDeleted' : 'why.elsewhere', { channel: there }),
    ...placedNow(view),
  ];
}

/** Where the server's setting is another by now. */
const placedNow = ({ samePaper: { was, is } }: WhyView): string[] =>
  was === is ? [] : [say('why.samePaperNow', { setting: is })];

/** Whatever it was due with, it does not come. */
const NOT_DUE: readonly WhyView['outcome']['kind'][] = ['obstacle', 'elsewhere', 'unwanted'];

function timing({ timing: at, outcome, troubles }: WhyView): string[] {
  if (at === null || NOT_DUE.includes(outcome.kind)) return [];
  if (at.cause === 'now' || (at.cause === 'missed' && troubles.length > 0)) return [];
  return [yes(phrase(`why.timing.${at.cause}`, { until: instant(at.until, 'f') }))];
}

const permission = ({ troubles, outcome }: WhyView): string[] =>
  troubles.map((one) => (outcome.kind === 'held' && one.endedAt === null ? no : yes)(hindered(one)));

function hindered({ trouble, since, endedAt }: TroubleView): Phrase {
  const began = { trouble, since: instant(since, 'f') };
  return endedAt === null
    ? phrase('why.hindered', began)
    : phrase('why.hinderedUntil', { ...began, until: instant(endedAt, 'f') });
}

function decided({ decidedAt, takenBackAt, outcome }: WhyView): string[] {
  if (decidedAt === null) return [];
  const at = instant(decidedAt, 'f');
  if (outcome.kind === 'sent')
    return [yes(phrase('why.decidedAndPosted', { at, posted: instant(outcome.at, 'f') }))];
  if (takenBackAt !== null) return [no(phrase('why.takenBack', { at, back: instant(takenBackAt, 'f') }))];
  return [say(outcome.kind === 'elsewhere' ? 'why.decidedAlone' : 'why.decided', { at })];
}

/** What comes behind the stage that it did not pass. */
function notReached(view: WhyView): string[] {
  const { decidedAt, subscriptions, outcome } = view;
  if (decidedAt !== null || outcome.kind === 'soon' || outcome.kind === 'notKept') return [];
  const stages = [
    ...(wasSeen(view) ? [] : [phrase('why.stage.trending')]),
    ...(wasSeen(view) && subscriptions.length > 0 ? [] : [phrase('why.stage.filter')]),
    ...[phrase('why.stage.place'), phrase('why.stage.cap'), phrase('why.stage.quiet')],
    phrase('why.stage.permission'),
  ];
  return [say('why.notReached', { stages: { list: stages } })];
}
