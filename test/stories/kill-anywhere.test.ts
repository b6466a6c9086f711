import { describe, expect, it } from 'vitest';
import { runKills } from '#test/bench/kill/kill-run.ts';

// The long run, 203 kills with forums too: npm run bench -- kill
describe('the bot, killed anywhere while Discord answers badly', () => {
  it('loses no paper and posts none twice', { timeout: 120_000 }, async () => {
    const { lost, doubled, uncalled, doubledNotices, doubledExamples, owed, kills } = await runKills({
      kills: 6,
      seed: 3,
      forums: false,
      clocks: true,
    });
    expect({ lost, doubled, uncalled, doubledNotices, doubledExamples }).toEqual({
      lost: [],
      doubled: [],
      uncalled: [],
      doubledNotices: 0,
      doubledExamples: 0,
    });
    expect(owed).toBeGreaterThan(10);
    expect(Object.values(kills).reduce((sum, times) => sum + times)).toBe(6);
  });
});
