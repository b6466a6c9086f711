import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newsFor, type Story } from '#src/decision/news.ts';
import { isPaused } from '#src/decision/pause.ts';
import type { What } from '#src/decision/terms.ts';

const HOUR = 3_600_000;
const threshold = () => 3;
const instant = fc.integer({ min: 0, max: 200 }).map((n) => n * HOUR);
const rises = fc.array(fc.record({ at: instant, from: fc.constantFrom(1, 2.5, 3.5) }), {
  maxLength: 6,
});
const story: fc.Arbitrary<Story> = fc
  .record({ firstSeenAt: instant, newsAt: fc.option(instant), risesSince: fc.option(instant), rises })
  .map(({ rises: risen, ...known }) => ({
    ...{ ...known, paper: '2603.00001' },
    trendEvents: risen
      .toSorted((a, b) => a.at - b.at)
      .map((rise) => ({
        ...{ ...rise, score: rise.from + 1, paper: '2603.00001' },
        reason: { kind: 'rank', rank: 1 } as const,
      })),
  }));
const what = fc.constantFrom<What>({ kind: 'all' }, { kind: 'trending', sensitivity: 'balanced' });

/** When it was news for whom it is news now; null: it is none. */
const newsAt = (asked: Parameters<typeof newsFor>[0], of: Story): number | null => {
  const news = newsFor(asked, of, threshold);
  if (news === null) return null;
  return news.kind === 'trending' ? news.trendEvent.at : (of.newsAt ?? Number.NaN);
};

describe('a pause', () => {
  it('with an end makes no news of what was news before its end, whenever that is asked', () => {
    fc.assert(
      fc.property(story, what, instant, instant, (of, wanted, since, until) => {
        const at = newsAt({ what: wanted, since, paused: { until } }, of);
        expect(at ?? until).toBeGreaterThanOrEqual(until);
      }),
    );
  });

  it('that is over is the same whether somebody noted it or not', () => {
    fc.assert(
      fc.property(story, what, instant, instant, (of, wanted, begun, until) => {
        fc.pre(begun <= until);
        const unnoted = newsAt({ what: wanted, since: begun, paused: { until } }, of);
        expect(unnoted).toBe(newsAt({ what: wanted, since: until, paused: null }, of));
      }),
    );
  });

  it('without an end makes news of nothing', () => {
    fc.assert(
      fc.property(story, what, instant, (of, wanted, since) => {
        expect(newsAt({ what: wanted, since, paused: {} }, of)).toBeNull();
      }),
    );
  });

  it('holds until its end, and not at it', () => {
    const holds = [null, {}, { until: 5 }].map((pause) => [4, 5].map((now) => isPaused(pause, now)));
    expect(holds).toEqual([
      [false, false],
      [true, true],
      [true, false],
    ]);
  });
});

describe('a last day', () => {
  it('takes nothing that was news before its end, and makes news of nothing after it', () => {
    fc.assert(
      fc.property(story, what, instant, instant, (of, wanted, since, end) => {
        const asked = { what: wanted, since, paused: null };
        const ever = newsAt(asked, of);
        const until = newsAt({ ...asked, until: { at: end } }, of);
        expect(until).toBe(ever !== null && ever < end ? ever : null);
      }),
    );
  });
});
