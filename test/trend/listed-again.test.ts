import { describe, expect, it } from 'vitest';
import type { Poll } from '#src/paper/sighting.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { createTrendRule, type TrendRule } from '#src/trend/trend-rule.ts';
import { dailyPoll, experiencedRule, paperNamed } from './growing-batch.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2026, 2, 2);
const LATER = MONDAY + 9 * DAY;

/** Thirty papers of a day with 30, 29, 28 ... votes, and this one among them, in vote order. */
function listOf(start: number, hours: number, votes: number | null, batchDay?: string | null): Poll {
  const key = new Date(start).toISOString().slice(0, 10);
  const others = Array.from({ length: 30 }, (_, index) => ({
    paper: paperNamed(`${key}-${index}`),
    votes: 30 - index,
    batchDay: key,
  }));
  const again = { paper: paperNamed('again'), votes, batchDay: batchDay === undefined ? key : batchDay };
  const listed = [...others, again].toSorted((a, b) => (b.votes ?? 0) - (a.votes ?? 0));
  return dailyPoll(key, start + hours * HOUR, listed);
}
const toldAt = (threshold: number, rises: readonly TrendEvent[]) =>
  rises
    .filter(({ paper, from, score }) => paper === 'again' && from < threshold && threshold <= score)
    .map(({ at }) => at);
const see = (rule: TrendRule, polls: readonly Poll[]) => polls.flatMap((poll) => [...rule.observe(poll)]);

describe('a paper that a later day lists again', () => {
  const unnoticed = [listOf(MONDAY, 9, 2), listOf(MONDAY, 40, 4)];

  it('is not told of for the votes it brings along', () => {
    const rule = experiencedRule(MONDAY);
    const rises = see(rule, [
      ...unnoticed,
      listOf(LATER, 2, 80),
      listOf(LATER, 9, 80),
      listOf(LATER, 30, 80),
    ]);
    expect(toldAt(1, rises)).toEqual([]);
  });

  it('is told of once when it stands out by what it gained since, with those figures', () => {
    const rule = experiencedRule(MONDAY);
    const polls = [
      listOf(LATER, 2, 80),
      listOf(LATER, 9, 85),
      listOf(LATER, 16, 150),
      listOf(LATER, 40, 190),
    ];
    const rises = see(rule, [...unnoticed, ...polls]);
    expect(toldAt(3, rises)).toEqual([LATER + 16 * HOUR]);
    const told = rises.find(({ paper, score }) => paper === 'again' && score >= 3);
    expect(told?.reason).toMatchObject({ place: 1, papers: 31, votes: 70, had: 80, ageHours: 16 });
  });

  it('is not told a second time where it was told on its first day', () => {
    const rule = experiencedRule(MONDAY);
    expect(toldAt(3, see(rule, [listOf(MONDAY, 16, 60)]))).toHaveLength(1);
    const rises = see(rule, [listOf(LATER, 2, 80), listOf(LATER, 16, 150), listOf(LATER, 40, 800)]);
    expect(toldAt(3, rises)).toEqual([]);
    expect(rule.peaks(0).filter(({ paper }) => paper === 'again')).toHaveLength(1);
  });

  it('takes no place from the papers of that day, and does not count among them', () => {
    const rule = createTrendRule();
    see(rule, [...unnoticed, listOf(LATER, 16, 80), listOf(LATER, 17, 150)]);
    expect(rule.score('2026-03-11-0')?.reason).toMatchObject({ place: 1, papers: 30 });
  });

  it('stands below those who have as many votes as it gained', () => {
    const rule = createTrendRule();
    see(rule, [...unnoticed, listOf(LATER, 16, 80), listOf(LATER, 17, 80 + 28)]);
    expect(rule.score('again')?.reason).toMatchObject({ place: 4, papers: 31, votes: 28 });
  });

  it('goes on being judged by all its votes where its first day still lists it', () => {
    const rule = experiencedRule(MONDAY);
    see(rule, [listOf(MONDAY, 9, 2), listOf(MONDAY + DAY, 2, 3, null)]);
    const rises = see(rule, [listOf(MONDAY, 40, 90, null)]);
    expect(toldAt(3, rises)).toHaveLength(1);
    expect(rises.find(({ paper }) => paper === 'again')?.reason).toMatchObject({ place: 1, votes: 90 });
  });

  it('is passed over where its votes are not seen, are broken, or the list is of an earlier day', () => {
    for (const votes of [null, -1, 1e9]) {
      const rule = createTrendRule();
      see(rule, [...unnoticed, listOf(LATER, 2, 80)]);
      expect(toldAt(1, see(rule, [listOf(LATER, 16, votes)]))).toEqual([]);
    }
    const rule = createTrendRule();
    see(rule, [listOf(LATER, 2, 80)]);
    expect(toldAt(1, see(rule, [listOf(LATER - DAY, 27, 80), listOf(LATER - DAY, 40, 170)]))).toEqual([]);
  });

  it('is remembered as one for as long as a list shows it', () => {
    const rule = createTrendRule();
    const far = MONDAY + 140 * DAY;
    see(rule, [...unnoticed, listOf(far, 2, 80), listOf(far + 13 * DAY, 2, 81)]);
    expect(toldAt(1, see(rule, [listOf(far + 13 * DAY, 20, 81)]))).toEqual([]);
  });

  it('has the same story when the polls are read again', () => {
    const polls = [...unnoticed, listOf(LATER, 2, 80), listOf(LATER, 9, 85), listOf(LATER, 16, 150)];
    const again = [createTrendRule(), createTrendRule()].map((rule) => see(rule, polls));
    expect(again[1]).toEqual(again[0]);
  });
});
