import type { TrendReason } from './rising.ts';

/** The reason as a sentence for people, without a full stop: "2nd of 24 papers today, 41 upvotes after 9 h; strong papers had 33 by then". */
export function tellReason(reason: TrendReason): string {
  if (reason.kind === 'rank') return `entered Hugging Face's trending list at place ${reason.rank}`;
  const day = reason.ageHours < 24 ? 'today' : 'of its day';
  const standing = `${ordinal(reason.place)} of ${reason.papers} papers ${day}`;
  const hours = `after ${Math.max(1, Math.round(reason.ageHours))} h`;
  if (reason.votes === null) return `${standing} ${hours}`;
  const votes = `${standing}, ${reason.votes} ${reason.votes === 1 ? 'upvote' : 'upvotes'} ${hours}`;
  if (reason.pace === null) return votes;
  return `${votes}; strong papers had ${Math.round(reason.pace)} by then`;
}

function ordinal(place: number): string {
  const teens = place % 100 >= 11 && place % 100 <= 13;
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${ending}`;
}
