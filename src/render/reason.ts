/**
 * Why a paper came, as sentences that stay true however late they are read: the day has its name, figures their age, and
 * what is known now stands beside what was known then.
 */
import type { News } from '#src/decision/news.ts';
import type { What } from '#src/decision/terms.ts';
import type { TrendEvent, TrendReason } from '#src/trend/trend-event.ts';
import { phrase, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { datePhrase } from './days.ts';
import { sayPhrasePlain, sayPlain } from './say.ts';

/** When (UTC ms) and by what a paper trended. */
type Trended = Pick<TrendEvent, 'at' | 'reason'>;

/** What the reason is told with, as far as it is known. */
export type Beside = {
  /** The paper's upvotes now. */
  votes?: number | null;
  /** Who asked, as people say it: "#vision". */
  channel?: Value;
  /** What a channel asked for. */
  asked?: What;
  /** It asked for the best of a week. */
  isWeekly?: boolean;
};

/** Why a paper came, and what that is told with. */
export type Reason = { news: News; beside: Beside };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HERE = phrase('channel.this');

/** The whole reason: "1st of 24 papers of 10 March (36 upvotes at 9 h, 60 now; the top tenth had 27)". Plain text. */
export const tellNews = (news: News, beside: Beside = {}): string => sayPhrasePlain(newsPhrase(news, beside));

/** The same, to be said later. */
export function newsPhrase(news: News, beside: Beside): Phrase {
  if (news.kind === 'trending') return trendOf(news.trendEvent, beside);
  const { channel = HERE, asked, isWeekly = false } = beside;
  const date = datePhrase(news.at);
  if (asked?.kind === 'top') return phrase('reason.best', { n: asked.n, isWeekly: yesNo(isWeekly), date });
  return asked?.kind === 'all'
    ? phrase('reason.allWanted', { date, channel })
    : phrase('reason.firstSeen', { date });
}

/** Its beginning, for where there is little room: "1st of 24 papers of 10 March". */
export function tellNewsShortly(news: News): string {
  if (news.kind === 'new') return sayPlain('reason.newOn', { date: datePhrase(news.at) });
  const { reason, at } = news.trendEvent;
  return sayPhrasePlain(reason.kind === 'rank' ? entered(reason.rank, at) : standing(reason, at));
}

/** Why it trends; figures that speak against it are told with what brought it all the same. */
export const tellTrend = (trended: Trended, beside: Beside = {}): string =>
  sayPhrasePlain(trendOf(trended, beside));

function trendOf({ reason, at }: Trended, beside: Beside): Phrase {
  if (reason.kind === 'rank') return entered(reason.rank, at);
  const { votes, pace } = reason;
  const top = pace === null ? null : Math.round(pace);
  if (votes === null || top === null || votes >= top) return standingOf({ reason, at }, beside.votes);
  return phrase('reason.few', {
    ...{ votes: upvotesOf(reason), hours: hoursOf(reason), ...nowToo(reason, beside.votes), top },
    cause: cause(standing(reason, at), beside),
  });
}

/** How it stood among the papers of its day, whatever that speaks for. `votesNow`: its upvotes now, where they are known. */
export const tellStanding = (trended: Trended, votesNow?: number | null): string =>
  sayPhrasePlain(standingOf(trended, votesNow));

/** The same, to be said later. */
export function standingOf({ reason, at }: Trended, votesNow: number | null | undefined): Phrase {
  if (reason.kind === 'rank') return entered(reason.rank, at);
  const { votes, pace } = reason;
  const stood = { standing: standing(reason, at), hours: hoursOf(reason) };
  if (votes === null) return phrase('reason.withAge', stood);
  const figures = { ...stood, votes: upvotesOf(reason), ...nowToo(reason, votesNow) };
  if (pace === null) return phrase('reason.withVotes', figures);
  return phrase('reason.withTop', { ...figures, top: Math.round(pace) });
}

type ByVotes = Extract<TrendReason, { kind: 'votes' }>;

const hoursOf = ({ ageHours }: ByVotes): number => Math.max(1, Math.round(ageHours));

const upvotesOf = ({ votes, had }: ByVotes): Phrase =>
  phrase(had === undefined ? 'figure.votes' : 'reason.newVotes', { n: votes ?? 0 });

/** What is known now, where it says more than what was known then. */
function nowToo({ votes, had }: ByVotes, now: number | null | undefined): { later: string; now: number } {
  if (now == null) return { later: 'nothing', now: 0 };
  if (had !== undefined) return { later: 'inAll', now };
  return { later: now === votes ? 'nothing' : 'now', now };
}

function cause(stood: Phrase, { channel = HERE, asked }: Beside): Phrase {
  const its = { standing: stood };
  if (asked?.kind !== 'trending') return phrase('reason.cause.stood', its);
  if (asked.sensitivity === 'wide') return phrase('reason.cause.wide', { channel });
  if (asked.sensitivity === 'early') return phrase('reason.cause.early', { channel, ...its });
  if (typeof asked.sensitivity === 'string') return phrase('reason.cause.stood', its);
  return phrase('reason.cause.pace', { channel, n: asked.sensitivity.perDay, ...its });
}

function standing({ place, equals = 0, papers, had, ageHours }: ByVotes, at: number): Phrase {
  // Its batch began at a midnight, UTC: the source's day, whatever day it is where this is read.
  const batch = Math.round((at - ageHours * HOUR) / DAY) * DAY;
  const date = datePhrase(batch);
  return phrase('reason.standing', { place, papers, date, equals, again: yesNo(had !== undefined) });
}

const entered = (place: number, at: number): Phrase =>
  phrase('reason.entered', { place, date: datePhrase(at) });
