import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPeakStore } from '#src/trend/peak-store.ts';
import { onStep, thresholdForBudget } from '#src/trend/sensitivity.ts';

const score = fc.integer({ min: 10_000, max: 50_000 }).map((parts) => parts / 1e4);

/** `perDay` papers of each score, on each of `days` days from `first`. */
function storeWith(days: number, scores: readonly number[], windows = [30]) {
  const peaks = createPeakStore(windows);
  for (let day = 0; day < days; day++) {
    scores.forEach((peak, index) => {
      peaks.note(day, `${day}-${index}`, peak);
    });
  }
  return peaks;
}

describe('a budget of papers a day', () => {
  it('is the middle preset until ten batch days are known', () => {
    expect(createPeakStore([30]).thresholdFor(3)).toBe(3);
    expect(storeWith(10, [4, 4, 4, 4, 4]).thresholdFor(3)).toBe(3);
  });

  it('is the score that so many papers a day reached', () => {
    expect(storeWith(12, [4.2, 3.7, 3.1, 2.2]).thresholdFor(2)).toBe(3.7);
    expect(storeWith(12, [4.2, 3.7, 3.1, 2.2]).thresholdFor(3)).toBe(3.1);
  });

  it('would not have told of more papers than asked for, in any history', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(score, { minLength: 30, maxLength: 300 }),
        fc.integer({ min: 1, max: 9 }),
        (peaks, perDay) => {
          const days = 15;
          const threshold = thresholdForBudget(
            perDay,
            [...peaks].sort((a, b) => b - a),
            days,
          );
          expect(peaks.filter((peak) => peak >= threshold).length).toBeLessThanOrEqual(perDay * days);
          expect(onStep(threshold, 0.05)).toBe(threshold);
        },
      ),
    );
  });

  it('keeps one threshold through a day, whatever rises meanwhile', () => {
    const peaks = storeWith(12, [4.2, 3.7, 3.1]);
    const before = peaks.thresholdFor(2);
    for (let paper = 0; paper < 15; paper++) {
      peaks.note(11, `new ${paper}`, 4.9);
      peaks.note(10, `late bloomer ${paper}`, 4.9);
    }
    expect(peaks.thresholdFor(2)).toBe(before);
  });

  it('takes the stricter of a short and a long memory', () => {
    const peaks = createPeakStore([10, 40]);
    for (let day = 0; day < 40; day++) peaks.note(day, `${day}`, day < 29 ? 4 : 2);
    peaks.note(40, 'today', 1);
    expect(peaks.thresholdFor(1)).toBe(2);
    expect(peaks.thresholdFor(0.5)).toBe(4);
  });

  it('never reaches below the lowest score that is told', () => {
    expect(storeWith(12, [0.2, 0.1]).thresholdFor(2)).toBe(1);
  });
});

describe('the steps of score', () => {
  it('are at or below the score, and less than a step away', () => {
    fc.assert(
      fc.property(score, (value) => {
        expect(onStep(value, 0.05)).toBeLessThanOrEqual(value);
        expect(value - onStep(value, 0.05)).toBeLessThan(0.05);
      }),
    );
  });

  it('hit every preset of the sensitivity exactly', () => {
    expect([3.5, 3, 2.5, 1.5].map((preset) => onStep(preset, 0.05))).toEqual([3.5, 3, 2.5, 1.5]);
  });
});
