import { describe, expect, it } from 'vitest';
import { proposals, withEnd } from '#src/service/choices.ts';

describe('choices are', () => {
  it('25 at most, each value once', () => {
    const many = Array.from({ length: 30 }, (_, n) => ({ name: `n${n}`, value: `v${Math.floor(n / 2)}` }));
    expect(proposals(many)).toHaveLength(15);
    expect(proposals(many.map(({ name }) => ({ name, value: name })))).toHaveLength(25);
    expect(proposals(many)[0]).toEqual({ name: 'n0', value: 'v0' });
  });

  it('only those that come back whole, and have a name', () => {
    const values = ['x'.repeat(100), 'x'.repeat(101), '', '  '];
    expect(proposals(values.map((value) => ({ name: 'n', value })))).toEqual([
      { name: 'n', value: 'x'.repeat(100) },
    ]);
    expect(proposals([{ name: '', value: 'v' }])).toEqual([]);
  });

  it('named with what they are', () => {
    expect(proposals([{ name: 'cs.LG', told: 'machine learning', value: 'v' }])[0].name).toBe(
      'cs.LG · machine learning',
    );
  });
});

it.each([
  ['A title', '', 'A title'],
  ['A title', 'why', 'A title · why'],
  ['Long '.repeat(40).trim(), 'why', `${'Long '.repeat(18).trim()}… · why`],
])('a name keeps its end whole: %s', (text, end, name) => {
  const made = withEnd(text, end);
  expect([made, made.length <= 100]).toEqual([name, true]);
});
