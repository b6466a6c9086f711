import { describe, expect, it } from 'vitest';
import { likelyWithin, whatComesNext } from '#src/service/what-comes-next.ts';
import { openZones } from '#src/subscription/zone.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const HOUR = 3_600_000;
const deps = { zones: openZones(), nextPollAt: () => NOW + HOUR };

describe('what a new subscription can expect', () => {
  it.each([
    [30, 30, 3],
    [9, 30, 8],
    [300, 30, 1],
    [3, 30, 24],
    [2, 30, null],
    [0, 30, null],
  ])('%i posts in %i days make one likely within %s days', (posts, days, within) => {
    expect(likelyWithin(posts, days)).toBe(within);
  });

  it('is the next look where papers come as they happen', () => {
    const one = aSubscription('a', { when: { kind: 'now' }, since: NOW });
    expect(whatComesNext(deps, one, { posts: 9, days: 30, now: NOW })).toEqual({
      ...{ kind: 'look', at: NOW + HOUR, withinDays: 8 },
    });
  });

  it('is the next digest where they come at an hour', () => {
    const one = aSubscription('a', { when: { kind: 'daily', at: '09:00', zone: 'UTC' }, since: NOW });
    expect(whatComesNext(deps, one, { posts: 0, days: 30, now: NOW })).toEqual({
      ...{ kind: 'digest', at: Date.parse('2026-03-11T09:00:00Z'), withinDays: null },
    });
  });

  it('is not told while nothing is planned', () => {
    const one = aSubscription('a', { when: { kind: 'now' } });
    const idle = { ...deps, nextPollAt: () => null };
    expect(whatComesNext(idle, one, { posts: 9, days: 30, now: NOW })).toBeNull();
  });
});
