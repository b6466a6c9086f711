import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNewsstand, headsIn, type Newsstand, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;

describe('of two subscriptions of one channel', () => {
  let stage: Stage;
  let stand: Newsstand;
  let papers: string;
  beforeEach(async () => {
    stand = createNewsstand();
    stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources });
    papers = stage.channelNamed('ocean-papers');
  });
  afterEach(() => stage.close());

  const subscribe = (more: Record<string, string | number>) =>
    stage.subscribe({ keywords: 'ocean', channel: papers, ...more });
  const at = async (instant: string) => {
    stage.clock.leapTo(instant);
    await stage.pipeline().deliver();
  };
  /** A paper that nobody votes for at first, among others of its day. */
  const printQuietly = async () => {
    const [ocean, ...others] = stand.print(
      'Ocean waves',
      ...Array.from({ length: 30 }, (_, i) => `Desert ${i}`),
    );
    for (const [i, id] of others.entries()) stand.vote(id, 3 + (i % 9));
    stage.clock.leap(HOUR);
    await stage.round();
    return ocean;
  };
  const rise = async (paper: string) => {
    for (const votes of [20, 60, 120, 200]) {
      stand.vote(paper, votes);
      stage.clock.leap(HOUR);
      await stage.round();
    }
  };

  it('the one for alerts has its paper when it rises, though it waits for the other’s weekly digest; once', async () => {
    await subscribe({ what: 'all', when: 'weekly monday' });
    await subscribe({ keywords: 'waves' });
    const ocean = await printQuietly();
    expect(headsIn(stage, papers)).toEqual([]);
    await rise(ocean);
    expect(headsIn(stage, papers)).toEqual(['card: Ocean waves']);
    const shown = textOf(postsIn(stage, papers)[0].message);
    for (const filter of ['`waves`', '`ocean`']) expect(shown).toContain(filter);
    await at('2026-03-16T09:00:05Z');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean waves']);
  });

  it('the one for the best of a day has them, though all wait for the other’s weekly digest; once', async () => {
    await subscribe({ what: 'all', when: 'weekly monday' });
    await subscribe({ keywords: 'ocean OR waves', what: 'top 2' });
    const ids = stand.print('Ocean one', 'Ocean two', 'Ocean three');
    for (const [i, id] of ids.entries()) stand.vote(id, 30 - i);
    await stage.round();
    await at('2026-03-11T09:00:05Z');
    const shown = () => postsIn(stage, papers).map(({ papers }) => papers);
    expect(shown()).toEqual([[ids[0], ids[1]]]);
    await at('2026-03-16T09:00:05Z');
    expect(shown()).toEqual([[ids[0], ids[1]], [ids[2]]]);
  });

  it('the one whose quiet hours hold makes the other wait no longer', async () => {
    await subscribe({ what: 'all', quiet: '10:00-23:00', zone: 'UTC' });
    await subscribe({ keywords: 'waves' });
    const ocean = await printQuietly();
    await rise(ocean);
    expect(headsIn(stage, papers)).toEqual(['card: Ocean waves']);
  });

  it('the one that wants it later changes nothing', async () => {
    await subscribe({ what: 'all', when: 'daily', at: '20:00' });
    await subscribe({ keywords: 'waves', when: 'daily', at: '22:00' });
    const ocean = await printQuietly();
    await rise(ocean);
    expect(headsIn(stage, papers)).toEqual([]);
    await at('2026-03-10T20:00:05Z');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean waves']);
    await at('2026-03-10T22:00:05Z');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean waves']);
  });

  it('what the day’s cap put off stays put off, whatever is read of it since', async () => {
    await subscribe({ what: 'all', cap: 1 });
    const [one, two] = stand.print('Ocean one', 'Ocean two');
    await stage.round();
    for (const id of [one, two]) stand.vote(id, 40);
    stage.clock.leap(HOUR);
    await stage.round();
    expect(headsIn(stage, papers)).toHaveLength(1);
    await at('2026-03-11T09:00:05Z');
    expect(headsIn(stage, papers)).toHaveLength(2);
  });
});
