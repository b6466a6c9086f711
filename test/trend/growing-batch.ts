import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';
import { createTrendRule, type TrendRule } from '#src/trend/trend-rule.ts';
import { aPaper } from '#test/builders/a-paper.ts';

/** A made-up batch whose votes grow as recorded ones do: 44 % within 12 h, 73 % at a day and a half, 94 % at five days. */
export type PlannedBatch = { startsAt: number; key: string; papers: readonly Planned[] };
type Planned = { paper: Paper; finalVotes: number; joinsAtHour: number };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Papers join over the first 20 hours; the k-th best ends with about 150 / k votes, in no order of joining. */
export function plannedBatch(startsAt: number, size: number): PlannedBatch {
  const key = new Date(startsAt).toISOString().slice(0, 10);
  const papers = Array.from({ length: size }, (_, index) => ({
    paper: paperNamed(
      `${key.slice(2, 4)}${key.slice(5, 7)}.${key.slice(8, 10)}${String(index).padStart(3, '0')}`,
    ),
    finalVotes: Math.round(150 / (1 + ((index * 17) % size))),
    joinsAtHour: 2 + (index * 18) / size,
  }));
  return { startsAt, key, papers };
}

/** The batch's list at an instant, in vote order. */
export function pollsAt(batch: PlannedBatch, seenAt: number): Poll {
  const hours = (seenAt - batch.startsAt) / HOUR;
  const grown = 1 - Math.exp(-hours / 24);
  const listed = batch.papers
    .filter(({ joinsAtHour }) => joinsAtHour <= hours)
    .map(({ paper, finalVotes }) => ({ paper, votes: Math.round(finalVotes * grown) }))
    .sort((a, b) => b.votes - a.votes);
  return dailyPoll(batch.key, seenAt, listed);
}

export function dailyPoll(
  key: string,
  seenAt: number,
  listed: readonly { paper: Paper; votes: number | null; batchDay?: string | null }[],
): Poll {
  const sightings = listed.map(
    ({ paper, votes, batchDay = key }, index): Sighting => ({
      paper,
      place: index + 1,
      ...NO_FIGURES,
      votes,
      batchDay,
    }),
  );
  return { source: 'hugging-face', list: 'daily', key, seenAt, complete: true, malformed: 0, sightings };
}

export const paperNamed = (id: string): Paper => aPaper(id, { title: id });

/** A rule that has seen the batches of three weeks, so that it knows the pace: about 19 votes at 17 hours. */
export function experiencedRule(until: number): TrendRule {
  const rule = createTrendRule();
  for (let day = until - 21 * DAY; day < until; day += DAY) {
    if ([0, 6].includes(new Date(day).getUTCDay())) continue;
    const batch = plannedBatch(day, 30);
    for (const hours of [4, 8, 14, 20, 40]) rule.observe(pollsAt(batch, day + hours * HOUR));
  }
  return rule;
}
