import { describe, expect, it } from 'vitest';
import { tellTrend } from '#src/render/reason.ts';
import type { TrendReason } from '#src/trend/rising.ts';

const votes = { kind: 'votes', place: 2, papers: 24, votes: 41, ageHours: 9.2, pace: 33.4 } as const;
const told = (change: Partial<Extract<TrendReason, { kind: 'votes' }>>) => tellTrend({ ...votes, ...change });

describe('the reason for people', () => {
  it('tells place, votes, hours and what strong papers had by then', () => {
    expect(told({})).toBe('2nd of 24 papers today, 41 upvotes after 9 h; strong papers had 33 by then');
  });

  it('does not say today of an older batch', () => {
    expect(told({ ageHours: 30 })).toBe(
      '2nd of 24 papers of its day, 41 upvotes after 30 h; strong papers had 33 by then',
    );
  });

  it('leaves out what was not seen', () => {
    expect(told({ pace: null })).toBe('2nd of 24 papers today, 41 upvotes after 9 h');
    expect(told({ votes: null })).toBe('2nd of 24 papers today after 9 h');
  });

  it('spells one upvote and the places as people do', () => {
    expect(told({ votes: 1, place: 1, pace: null })).toBe('1st of 24 papers today, 1 upvote after 9 h');
    expect(told({ place: 3 })).toMatch(/^3rd /);
    expect(told({ place: 4 })).toMatch(/^4th /);
    expect(told({ place: 11 })).toMatch(/^11th /);
    expect(told({ place: 22 })).toMatch(/^22nd /);
    expect(told({ place: 112, papers: 200 })).toMatch(/^112th /);
  });

  it('never says after 0 hours', () => {
    expect(told({ ageHours: 0.2, pace: null })).toBe('2nd of 24 papers today, 41 upvotes after 1 h');
  });

  it('names the place in the ranking', () => {
    expect(tellTrend({ kind: 'rank', rank: 7 })).toBe('entered Hugging Face’s trending list at place 7');
  });
});
