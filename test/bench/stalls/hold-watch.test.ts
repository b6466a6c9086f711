import { expect, it } from 'vitest';
import { longestOf } from './hold-watch.ts';

it('a turn counts by its CPU time, garbage collection apart', () => {
  const turns = [
    { from: 0, to: 30, cpu: 30 },
    { from: 30, to: 70, cpu: 40 },
  ];
  expect(longestOf(turns, [{ from: 25, to: 60 }])).toEqual({ highestMs: 25, withGcMs: 40, gcMs: 30 });
});

it('what the machine did meanwhile is taken off the collection too: a turn that held is not nothing', () => {
  const held = { from: 0, to: 100, cpu: 60 };
  expect(longestOf([held], [{ from: 0, to: 50 }])).toEqual({ highestMs: 30, withGcMs: 60, gcMs: 30 });
  expect(longestOf([held], [{ from: 0, to: 80 }]).highestMs).toBeCloseTo(12);
});

it('nothing watched is no hold', () => {
  expect(longestOf([], [])).toEqual({ highestMs: 0, withGcMs: 0, gcMs: 0 });
});
