import { describe, expect, it } from 'vitest';
import { type PastChannel, placesOfPast } from '#src/decision/past-places.ts';

const posts = [1, 2, 3].map((at) => ({ paper: `p${at}`, at }));
const other = (facts: Partial<PastChannel> & Pick<PastChannel, 'posts'>): PastChannel => ({
  ...{ channelId: '1', isBefore: true, isSeen: true },
  ...facts,
});
const said = ({ shared, perChannel, notInFull }: ReturnType<typeof placesOfPast>) => [
  shared,
  Object.fromEntries(perChannel),
  notInFull,
];

describe('papers that would have come to several channels', () => {
  it('are counted once in all, and for each channel', () => {
    const one = other({ posts: posts.slice(0, 2) });
    const two = other({ channelId: '2', posts: [...posts.slice(1), { paper: 'else', at: 1 }] });
    expect(said(placesOfPast('full', posts, [one, two]))).toEqual([3, { 1: 2, 2: 2 }, 0]);
  });

  it('stand in full where they came first, of those at one instant in the first channel of the list', () => {
    const came = [
      { paper: 'p1', at: 0 },
      { paper: 'p2', at: 2 },
      { paper: 'p3', at: 4 },
    ];
    for (const samePaper of ['line', 'none'] as const) {
      expect(said(placesOfPast(samePaper, posts, [other({ posts: came })]))).toEqual([3, { 1: 3 }, 2]);
      const behind = other({ posts: came, isBefore: false });
      expect(said(placesOfPast(samePaper, posts, [behind]))).toEqual([3, { 1: 3 }, 1]);
    }
  });

  it('stand in full here where not everybody sees the other channel', () => {
    const hidden = other({ posts, isSeen: false });
    expect(said(placesOfPast('line', posts, [hidden]))).toEqual([3, { 1: 3 }, 0]);
  });

  it('count the first time of a channel that gets them by two subscriptions', () => {
    const twice = other({
      posts: [
        { paper: 'p1', at: 5 },
        { paper: 'p1', at: 0 },
        { paper: 'p1', at: 6 },
      ],
    });
    expect(said(placesOfPast('none', posts, [twice]))).toEqual([1, { 1: 1 }, 1]);
  });
});
