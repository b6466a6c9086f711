import { expect, it } from 'vitest';
import { HourlyBudget } from '#src/gateway/pace/hourly-budget.ts';

const HOUR = 3_600_000;

it('so many an hour may go for each key, and the next when the oldest is an hour old', () => {
  const budget = new HourlyBudget(2);
  budget.note('a', 0);
  expect(budget.freeAt('a', 10)).toBe(10);
  budget.note('a', 10);
  expect(budget.freeAt('a', 20)).toBe(HOUR);
  expect(budget.freeAt('b', 20)).toBe(20);
  expect(budget.freeAt('a', HOUR + 1)).toBe(HOUR + 1);
});

it('a key that spent nothing for an hour is forgotten', () => {
  const budget = new HourlyBudget(2);
  for (let i = 0; i < 1000; i++) budget.note(`channel ${i}`, i);
  budget.note('busy', HOUR);
  budget.note('busy', 2 * HOUR);
  budget.note('last', 2 * HOUR + 1);
  expect(budget.size).toBe(2);
});
