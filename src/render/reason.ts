import type { TrendReason } from '#src/trend/rising.ts';

/** The reason as a sentence without a full stop: "2nd of 24 papers today, 41 upvotes after 9 h; strong papers had 33 by then". */
export function tellTrend(reason: TrendReason): string {
  if (reason.kind === 'rank') return `entered Hugging Face’s trending list at place ${reason.rank}`;
  const day = reason.ageHours < 24 ? 'today' : 'of its day';
  const standing = `${ordinal(reason.place)} of ${reason.papers} papers ${day}`;
  const hours = `after ${Math.max(1, Math.round(reason.ageHours))} h`;
  if (reason.votes === null) return `${standing} ${hours}`;
  const votes = `${standing}, ${count(reason.votes, 'upvote')} ${hours}`;
  if (reason.pace === null) return votes;
  return `${votes}; strong papers had ${Math.round(reason.pace)} by then`;
}

/** Why a paper came to a channel: it is new, or it trends. */
export function tellNews(
  news: { kind: 'new' } | { kind: 'rising'; rising: { reason: TrendReason } },
): string {
  return news.kind === 'new' ? 'new paper' : tellTrend(news.rising.reason);
}

/** 1st, 2nd, 3rd, 4th, 11th ... */
export function ordinal(number: number): string {
  const rest = number % 100;
  if (rest >= 11 && rest <= 13) return `${number}th`;
  return `${number}${['th', 'st', 'nd', 'rd'][number % 10] ?? 'th'}`;
}

/** "1 upvote", "2 upvotes", "1,200 papers". */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
