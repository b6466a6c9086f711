/**
 * Why a paper came, as sentences that stay true however late they are read: the day has its name, figures their age, and
 * what is known now stands beside what was known then.
 */
import type { News } from '#src/decision/news.ts';
import type { Scope } from '#src/decision/terms.ts';
import type { TrendEvent, TrendReason } from '#src/trend/trend-event.ts';
import { count, ordinal } from './count.ts';
import { dateOf } from './days.ts';

/** When (UTC ms) and by what a paper trended. */
export type Trended = Pick<TrendEvent, 'at' | 'reason'>;

/** What the reason is told with, as far as it is known. */
export type Beside = {
  /** The paper's upvotes now. */
  votes?: number | null;
  /** Who asked, as people say it: "#vision". */
  channel?: string;
  /** What a channel asked for. */
  asked?: Scope;
  /** It asked for the best of a week. */
  isWeekly?: boolean;
};

/** Why a paper came, and what that is told with. */
export type Reason = { news: News; beside: Beside };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The whole reason: "1st of 24 papers of 10 March (36 upvotes at 9 h, 60 now; the top tenth had 27)". */
export function tellNews(news: News, beside: Beside = {}): string {
  if (news.kind === 'trending') return tellTrend(news.trendEvent, beside);
  const { channel = 'this channel', asked, isWeekly = false } = beside;
  const seen = `first seen on ${dateOf(news.at)}`;
  if (asked?.kind === 'top')
    return `${asked.n === 1 ? 'The best' : `One of the best ${asked.n}`} of its ${isWeekly ? 'week' : 'day'}, ${seen}`;
  const first = `${seen.charAt(0).toUpperCase()}${seen.slice(1)}`;
  return asked?.kind === 'all' ? `${first}; ${channel} asks for every new paper that matches` : first;
}

/** Its beginning, for where there is little room: "1st of 24 papers of 10 March". */
export function tellNewsShortly(news: News): string {
  if (news.kind === 'new') return `new on ${dateOf(news.at)}`;
  const { reason, at } = news.trendEvent;
  return reason.kind === 'rank' ? entry(reason.rank, at) : standing(reason, at);
}

/** Why it trends; figures that speak against it are told with what brought it all the same. */
export function tellTrend({ reason, at }: Trended, beside: Beside = {}): string {
  if (reason.kind === 'rank') return entry(reason.rank, at);
  const { votes, pace } = reason;
  const top = pace === null ? null : Math.round(pace);
  if (votes === null || top === null || votes >= top) return tellStanding({ reason, at }, beside.votes);
  const now = nowToo(reason, beside.votes);
  const yet = now === '' ? ' yet' : '';
  return `Only ${upvotesOf(reason)}${yet} ${ageOf(reason)}${now} (the top tenth had ${figure(top)}). It is here because ${cause(standing(reason, at), beside)}.`;
}

/** How it stood among the papers of its day, whatever that speaks for. `votesNow`: its upvotes now, where they are known. */
export function tellStanding({ reason, at }: Trended, votesNow?: number | null): string {
  if (reason.kind === 'rank') return entry(reason.rank, at);
  const { votes, pace } = reason;
  const place = standing(reason, at);
  if (votes === null) return `${place}, ${ageOf(reason)}`;
  const compared = pace === null ? '' : `; the top tenth had ${figure(Math.round(pace))}`;
  return `${place} (${upvotesOf(reason)} ${ageOf(reason)}${nowToo(reason, votesNow)}${compared})`;
}

type ByVotes = Extract<TrendReason, { kind: 'votes' }>;

const ageOf = ({ ageHours }: ByVotes): string => `at ${Math.max(1, Math.round(ageHours))} h`;

const upvotesOf = ({ votes, had }: ByVotes): string =>
  count(votes ?? 0, had === undefined ? 'upvote' : 'new upvote');

function nowToo({ votes, had }: ByVotes, now: number | null | undefined): string {
  if (now == null) return '';
  if (had !== undefined) return `, ${figure(now)} in all`;
  return now === votes ? '' : `, ${figure(now)} now`;
}

function cause(place: string, { channel = 'this channel', asked }: Beside): string {
  const stood = `it was ${place}`;
  if (asked?.kind !== 'trending') return stood;
  if (asked.sensitivity === 'wide') return `${channel} asks for everything rising`;
  if (asked.sensitivity === 'early') return `${channel} asks to hear early, and ${stood}`;
  if (typeof asked.sensitivity === 'string') return stood;
  return `${channel} asks for about ${count(asked.sensitivity.perDay, 'paper')} a day, and ${stood}`;
}

function standing({ place, equals = 0, papers, had, ageHours }: ByVotes, at: number): string {
  // Its batch began at a midnight, UTC: the source's day, whatever day it is where this is read.
  const batch = Math.round((at - ageHours * HOUR) / DAY) * DAY;
  const shared = equals > 0 ? `, level with ${count(equals, 'other')}` : '';
  const again = had === undefined ? '' : ', listed again';
  const stood = papers === 1 ? 'the only paper' : `${ordinal(place)} of ${count(papers, 'paper')}`;
  return `${stood} of ${dateOf(batch)}${shared}${again}`;
}

const entry = (rank: number, at: number): string =>
  `entered Hugging Face’s trending list at place ${rank} on ${dateOf(at)}`;

const figure = (number: number): string => number.toLocaleString('en-US');
