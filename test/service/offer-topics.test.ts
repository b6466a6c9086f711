import { beforeEach, describe, expect, it } from 'vitest';
import { createOfferTopics } from '#src/service/offer-topics.ts';
import { aDesk, MODERATOR, NOBODYS, rightsOf } from './a-desk.ts';
import { idOf, NOON } from './a-library.ts';

const DAY = 86_400_000;
let desk: Awaited<ReturnType<typeof aDesk>>;
beforeEach(async () => {
  desk = await aDesk([
    { title: 'Gaussian splatting of rooms' },
    { title: 'Gaussian splatting of streets' },
    { title: 'Gaussian splatting that few noticed' },
    { title: 'Gaussian splatting of old', daysAgo: 40 },
    { title: 'A diffusion model of sound' },
    { title: 'Bread' },
  ]);
  const score = desk.trend.thresholdFor('balanced');
  const rise = (n: number, at: number, height = score) => ({
    ...{ paper: idOf(n), at, from: 0, score: height, reason: { kind: 'rank', rank: 1 } as const },
  });
  await desk.archive.keepTrendEvents([
    ...[rise(1, NOON - 2 * DAY), rise(1, NOON - DAY, score + 1), rise(2, NOON - 29 * DAY)],
    ...[rise(3, NOON - DAY, score - 0.1), rise(4, NOON - 31 * DAY), rise(5, NOON - DAY), rise(6, NOON - DAY)],
  ]);
});
const offered = (asker: object = {}) =>
  createOfferTopics(desk).offerTopics({ ...MODERATOR, channelId: '5', ...asker });

describe('topics to subscribe a channel to', () => {
  it('are all of the catalogue, those first of which most papers trended in the last 30 days', async () => {
    const { topics, ...view } = await offered();
    expect(view).toEqual({ channelId: '5', days: 30, of: 'trending' });
    expect(topics).toHaveLength(desk.topics.topics.length);
    const counts = topics.map(({ papers }) => papers);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    const busy = Object.fromEntries(topics.map(({ name, papers }) => [name, papers]));
    expect([topics[0].papers, busy['3d-vision'], busy.diffusion]).toEqual([2, 2, 1]);
  });

  it('say how many days are known where those are fewer', async () => {
    desk = await aDesk([{ title: 'Gaussian splatting', daysAgo: 2 }]);
    // Two days, and the day that had begun.
    expect((await offered()).days).toBe(3);
    desk = await aDesk([{ title: 'Gaussian splatting' }]);
    expect((await offered()).days).toBe(1);
  });

  it('are for those who may subscribe that channel', async () => {
    await expect(offered({ rights: NOBODYS })).rejects.toThrow('`/subscribe`');
    await expect(offered({ rights: rightsOf({ 5: 'manageChannels' }) })).rejects.toThrow('<#5>');
    expect((await offered({ rights: rightsOf({ 6: 'manageChannels' }) })).channelId).toBe('5');
  });
});
