import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVotePace } from '#src/trend/vote-pace.ts';

const settings = { days: 30, percentile: 0.9 };
const thirty = Array.from({ length: 31 }, (_, votes) => votes);

describe('the pace', () => {
  it('is unknown until thirty papers were seen at about that age', () => {
    const pace = createVotePace(settings);
    pace.note(99, 9, thirty.slice(0, 29));
    expect(pace.at(100, 9)).toBeNull();
  });

  it('is the percentile of the votes that earlier papers had at that age', () => {
    const pace = createVotePace(settings);
    pace.note(99, 9, thirty);
    expect(pace.at(100, 9.3)).toBe(27);
  });

  it('equals a sort of all votes, whatever they are', () => {
    const someVotes = fc.array(fc.nat(900), { minLength: 30, maxLength: 70 });
    fc.assert(
      fc.property(fc.array(someVotes, { minLength: 1, maxLength: 8 }), (days) => {
        const pace = createVotePace(settings);
        days.forEach((votes, index) => {
          pace.note(80 + index, 20, votes);
        });
        const sorted = days.flat().sort((a, b) => a - b);
        const index = 0.9 * (sorted.length - 1);
        const low = sorted[Math.floor(index)];
        const high = sorted[Math.ceil(index)];
        expect(pace.at(100, 20)).toBeCloseTo(low + (high - low) * (index - Math.floor(index)), 9);
      }),
    );
  });

  it('counts a batch once per age, by its last look there', () => {
    const pace = createVotePace(settings);
    pace.note(
      99,
      9,
      thirty.map(() => 500),
    );
    pace.note(99, 9.1, thirty);
    expect(pace.at(100, 9)).toBe(27);
  });

  it('does not compare a batch with itself, with later ones or with those of another season', () => {
    const pace = createVotePace(settings);
    pace.note(100, 9, thirty);
    pace.note(101, 9, thirty);
    pace.note(69, 9, thirty);
    expect(pace.at(100, 9)).toBeNull();
  });

  it('does not compare with votes at a wholly different age', () => {
    const pace = createVotePace(settings);
    pace.note(99, 72, thirty);
    expect(pace.at(100, 9)).toBeNull();
  });

  it('survives a batch with a wrong date', () => {
    const pace = createVotePace(settings);
    pace.note(99, 9, thirty);
    pace.note(400_000, 9, thirty);
    expect(pace.at(100, 9)).toBe(27);
  });

  it('counts votes by the thousand as a thousand', () => {
    const pace = createVotePace(settings);
    pace.note(
      99,
      9,
      thirty.map(() => 40_000),
    );
    expect(pace.at(100, 9)).toBe(1000);
  });

  it('looks at neighbouring ages, and further off only where too little was seen there', () => {
    const seenAt = (...ages: number[]) => {
      const pace = createVotePace(settings);
      for (const age of ages) pace.note(99, age, thirty);
      return pace.at(100, 9);
    };
    // In steps of age: two, four and five away, on either side.
    expect([12, 16, 18].map((age) => seenAt(age))).toEqual([27, 27, null]);
    expect([7, 5.2, 4.4].map((age) => seenAt(age))).toEqual([27, 27, null]);
    const pace = createVotePace(settings);
    pace.note(99, 9, thirty);
    pace.note(
      99,
      12,
      thirty.map(() => 500),
    );
    expect(pace.at(100, 9)).toBe(27);
  });

  it('counts batches of thirty days, and stays as it was first told', () => {
    const pace = createVotePace(settings);
    pace.note(70, 9, thirty.slice(0, 30));
    expect(pace.at(100, 9)).toBeCloseTo(26.1, 9);
    pace.note(
      99,
      9,
      thirty.map(() => 500),
    );
    expect(pace.at(100, 9)).toBeCloseTo(26.1, 9);
    expect(pace.at(101, 9)).toBe(500);
  });

  it('is not changed by a look that shows no votes', () => {
    const pace = createVotePace(settings);
    pace.note(99, 9, thirty);
    pace.note(99, 9, []);
    expect(pace.at(100, 9)).toBe(27);
  });

  it('forgets the oldest of more than ninety batches', () => {
    const pace = createVotePace({ ...settings, days: 1000 });
    pace.note(1, 9, thirty);
    for (let day = 2; day <= 90; day++) pace.note(day, 60, thirty);
    expect(pace.at(90, 9)).toBe(27);
    pace.note(91, 60, thirty);
    expect(pace.at(91, 9)).toBeNull();
  });
});
