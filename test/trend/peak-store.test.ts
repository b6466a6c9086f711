import { describe, expect, it } from 'vitest';
import { createPeakStore } from '#src/trend/peak-store.ts';
import { onStep, thresholdForBudget } from '#src/trend/sensitivity.ts';

const shown = (peaks: ReturnType<typeof createPeakStore>, day = 0) =>
  peaks.since(day).map((peak) => `${peak.paper} ${peak.day} ${peak.score}`);

describe('the highest score of a paper', () => {
  it('stays, under the day that saw it alone', () => {
    const peaks = createPeakStore([30]);
    peaks.note(1, 'a', 2);
    peaks.note(2, 'a', 1.5);
    expect(shown(peaks)).toEqual(['a 1 2']);
    peaks.note(2, 'a', 3);
    peaks.note(1, 'a', 2.5);
    peaks.note(1, 'a', 3);
    expect(shown(peaks)).toEqual(['a 2 3']);
  });

  it('is told from a day on, the highest first', () => {
    const peaks = createPeakStore([30]);
    peaks.note(2, 'middle', 2);
    peaks.note(3, 'low', 1);
    peaks.note(1, 'high', 3);
    expect(shown(peaks)).toEqual(['high 1 3', 'middle 2 2', 'low 3 1']);
    expect(shown(peaks, 2)).toEqual(['middle 2 2', 'low 3 1']);
    expect(shown(peaks, 4)).toEqual([]);
  });

  it('is kept for 120 days that had any, however far apart, and the oldest goes first', () => {
    const peaks = createPeakStore([30]);
    for (let day = 0; day < 120; day++) peaks.note(day * 10, `p${day}`, 2);
    expect(shown(peaks)).toHaveLength(120);
    peaks.note(5000, 'today', 2);
    expect(shown(peaks)).toHaveLength(120);
    expect(shown(peaks)).not.toContain('p0 0 2');
    expect(shown(peaks)).toContain('p1 10 2');
    peaks.note(5000, 'p0', 1);
    expect(shown(peaks)).toContain('p0 5000 1');
  });

  it('makes the day that is the newest, whatever comes late', () => {
    const peaks = createPeakStore([30]);
    expect(peaks.newestDay).toBeNull();
    peaks.note(5, 'a', 2);
    peaks.note(3, 'b', 2);
    expect(peaks.newestDay).toBe(5);
    peaks.note(6, 'a', 1);
    expect(peaks.newestDay).toBe(6);
  });
});

describe('the score that a budget asks for', () => {
  const peaksOf = (...scores: number[]) => scores.toSorted((a, b) => b - a);

  it('is the middle preset with less than ten days or no paper, and from ten days on the history’s', () => {
    expect(thresholdForBudget(1, peaksOf(4, 4), 9)).toBe(3);
    expect(thresholdForBudget(1, peaksOf(4, 4), 10)).toBe(4);
    expect(thresholdForBudget(1, [], 10)).toBe(3);
  });

  it('is the best paper’s for the smallest budget, and the last one’s where there were fewer than asked for', () => {
    expect(thresholdForBudget(0.01, peaksOf(4, 3.5, 2), 10)).toBe(4);
    expect(thresholdForBudget(0.2, peaksOf(4, 3.5, 2), 10)).toBe(3.5);
    expect(thresholdForBudget(50, peaksOf(4, 3.5, 2), 10)).toBe(2);
  });

  it('is a whole step, the next one where the paper stands between two', () => {
    expect(thresholdForBudget(0.1, peaksOf(3.51), 10)).toBe(3.55);
    expect(thresholdForBudget(0.1, peaksOf(3.55), 10)).toBe(3.55);
    expect(thresholdForBudget(0.1, peaksOf(0.4), 10)).toBe(1);
  });

  it('is read from the latest days of each window, and the strictest counts', () => {
    const peaks = createPeakStore([12, 20]);
    for (let day = 0; day < 30; day++) peaks.note(day, `${day}`, day < 10 ? 4.5 : day < 18 ? 3.5 : 2.5);
    peaks.note(30, 'today', 5);
    expect(peaks.thresholdFor(1)).toBe(2.5);
    // The eight of the longer window that are not in the shorter one.
    expect(peaks.thresholdFor(0.4)).toBe(3.5);
  });

  it('changes with a new day alone, and counts all that rose before it', () => {
    const peaks = createPeakStore([30]);
    for (let day = 0; day < 10; day++) peaks.note(day, `${day}`, 4);
    expect(peaks.thresholdFor(1)).toBe(3);
    peaks.note(4, 'late', 4.5);
    expect(peaks.thresholdFor(1)).toBe(3);
    peaks.note(10, 'new', 5);
    expect(peaks.thresholdFor(1)).toBe(4);
    expect(peaks.thresholdFor(0.1)).toBe(4.5);
  });
});

describe('a step', () => {
  it('of nothing leaves each score as it is', () => {
    expect(onStep(3.1234, 0)).toBe(3.1234);
    expect(onStep(3.1234, 0.05)).toBe(3.1);
    expect(onStep(3.1, 0.1)).toBe(3.1);
  });
});
