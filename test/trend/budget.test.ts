import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onStep, thetaForBudget } from '#src/trend/dial.ts';
import { createPeakBook } from '#src/trend/peak-book.ts';

const heat = fc.integer({ min: 10_000, max: 50_000 }).map((parts) => parts / 1e4);

/** `perDay` papers of each heat, on each of `days` days from `first`. */
function bookWith(days: number, heats: readonly number[], windows = [30]) {
  const book = createPeakBook(windows);
  for (let day = 0; day < days; day++) {
    heats.forEach((peak, index) => {
      book.note(day, `${day}-${index}`, peak);
    });
  }
  return book;
}

describe('a budget of papers a day', () => {
  it('is the middle notch until ten batch days are known', () => {
    expect(createPeakBook([30]).thetaFor(3)).toBe(3);
    expect(bookWith(10, [4, 4, 4, 4, 4]).thetaFor(3)).toBe(3);
  });

  it('is the heat that so many papers a day reached', () => {
    expect(bookWith(12, [4.2, 3.7, 3.1, 2.2]).thetaFor(2)).toBe(3.7);
    expect(bookWith(12, [4.2, 3.7, 3.1, 2.2]).thetaFor(3)).toBe(3.1);
  });

  it('would not have told of more papers than asked for, in any history', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(heat, { minLength: 30, maxLength: 300 }),
        fc.integer({ min: 1, max: 9 }),
        (peaks, perDay) => {
          const days = 15;
          const theta = thetaForBudget(
            perDay,
            [...peaks].sort((a, b) => b - a),
            days,
          );
          expect(peaks.filter((peak) => peak >= theta).length).toBeLessThanOrEqual(perDay * days);
          expect(onStep(theta, 0.05)).toBe(theta);
        },
      ),
    );
  });

  it('keeps one theta through a day, whatever rises meanwhile', () => {
    const book = bookWith(12, [4.2, 3.7, 3.1]);
    const before = book.thetaFor(2);
    for (let paper = 0; paper < 15; paper++) {
      book.note(11, `new ${paper}`, 4.9);
      book.note(10, `late bloomer ${paper}`, 4.9);
    }
    expect(book.thetaFor(2)).toBe(before);
  });

  it('takes the stricter of a short and a long memory', () => {
    const book = createPeakBook([10, 40]);
    for (let day = 0; day < 40; day++) book.note(day, `${day}`, day < 29 ? 4 : 2);
    book.note(40, 'today', 1);
    expect(book.thetaFor(1)).toBe(2);
    expect(book.thetaFor(0.5)).toBe(4);
  });

  it('never reaches below the lowest heat that is told', () => {
    expect(bookWith(12, [0.2, 0.1]).thetaFor(2)).toBe(1);
  });
});

describe('the steps of heat', () => {
  it('are at or below the heat, and less than a step away', () => {
    fc.assert(
      fc.property(heat, (value) => {
        expect(onStep(value, 0.05)).toBeLessThanOrEqual(value);
        expect(value - onStep(value, 0.05)).toBeLessThan(0.05);
      }),
    );
  });

  it('hit every notch of the dial exactly', () => {
    expect([3.5, 3, 2.5, 1.5].map((notch) => onStep(notch, 0.05))).toEqual([3.5, 3, 2.5, 1.5]);
  });
});
