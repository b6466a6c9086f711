import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { planFor, soonest } from '#src/decision/day.ts';
import { hearsOfRisesAlone, type News, newsBefore, newsFor, type Story } from '#src/decision/news.ts';
import { volatileCursors } from '#src/foundation/cursors.ts';
import { createReadings, type Readings } from '#src/pipeline/readings.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const at = (hour: number) => Date.UTC(2026, 2, 2, hour);
const subscription = (patch: Partial<Subscription> = {}): Subscription =>
  aSubscription('a', { createdAt: at(8), since: at(8), ...patch });
const trendEvent = (hour: number, from: number, score: number) => ({
  paper: '2603.00001',
  at: at(hour),
  from,
  score,
  reason: { kind: 'rank', rank: 3 } as const,
});
const story = (patch: Partial<Story> = {}): Story => ({
  paper: '2603.00001',
  firstSeenAt: at(9),
  newsAt: at(9),
  risesSince: null,
  trendEvents: [],
  ...patch,
});
const threshold = () => 3;
const all = { what: { kind: 'all' } } as const;

describe('who hears of rises alone', () => {
  const what = fc.constantFrom(
    ...[
      { kind: 'all' },
      { kind: 'trending', sensitivity: 'balanced' },
      { kind: 'top', count: 5, each: 'day' },
    ],
  ) as fc.Arbitrary<Subscription['what']>;
  const when = fc.integer({ min: 0, max: 23 }).map(at);

  it('has no news in a paper that never rose, neither by what it wants nor by what it wanted', () => {
    const was = fc.option(fc.record({ what, since: when }), { nil: undefined });
    fc.assert(
      fc.property(fc.record({ what, since: when, was }), when, when, (asking, newsAt, now) => {
        const asked = { ...asking, paused: null };
        fc.pre(hearsOfRisesAlone(asked));
        const never = story({ newsAt });
        expect(newsFor(asked, never, threshold) ?? newsBefore(asked, never, now, threshold)).toBeNull();
      }),
    );
  });
});

describe('whose news a paper is', () => {
  it('is told to a subscription when its score crosses the sensitivity, at the rise that crossed it', () => {
    const trendEvents = [trendEvent(9, 1, 2.5), trendEvent(10, 2.5, 3.2), trendEvent(11, 3.2, 4)];
    expect(newsFor(subscription(), story({ trendEvents }), threshold)).toEqual({
      kind: 'trending',
      trendEvent: trendEvents[1],
    });
  });

  it('is not told again by a later rise', () => {
    expect(
      newsFor(
        subscription({ since: at(11) }),
        story({ trendEvents: [trendEvent(10, 2.5, 3.2), trendEvent(11, 3.2, 4)] }),
        threshold,
      ),
    ).toBeNull();
  });

  it('is not told when it crossed before the subscription was made: no flood on subscribe', () => {
    expect(
      newsFor(subscription({ since: at(12) }), story({ trendEvents: [trendEvent(10, 2.5, 3.2)] }), threshold),
    ).toBeNull();
  });

  it('is told to those who want every new paper when it was first seen after they subscribed', () => {
    expect(newsFor(subscription(all), story(), threshold)).toEqual({ kind: 'new', at: at(9) });
    expect(newsFor(subscription({ ...all, since: at(10) }), story(), threshold)).toBeNull();
  });

  it('is history when it was there before its list was first read, and so are its rises up to then', () => {
    const old = { newsAt: null, risesSince: at(10) };
    expect(newsFor(subscription(all), story(old), threshold)).toBeNull();
    expect(
      newsFor(subscription(), story({ ...old, trendEvents: [trendEvent(10, 2, 3.5)] }), threshold),
    ).toBeNull();
    expect(
      newsFor(subscription(), story({ ...old, trendEvents: [trendEvent(11, 2, 3.5)] }), threshold),
    ).not.toBeNull();
  });

  it('has no history for who subscribed before it came out', () => {
    const late = { newsAt: at(9), risesSince: at(12), trendEvents: [trendEvent(12, 2, 3.5)] };
    expect(newsFor(subscription(all), story(late), threshold)).not.toBeNull();
    expect(newsFor(subscription(), story(late), threshold)).not.toBeNull();
    expect(newsFor(subscription({ ...all, since: at(10) }), story(late), threshold)).toBeNull();
    expect(newsFor(subscription({ since: at(10) }), story(late), threshold)).toBeNull();
  });

  it('is nobody’s news while a moderator paused', () => {
    const paused = { paused: { reason: phrase('subscriptions.pausedByModerator'), at: at(8) } };
    expect(newsFor(subscription({ ...all, ...paused }), story(), threshold)).toBeNull();
  });
});

describe('what was news a moment before a subscription was changed', () => {
  const trending = { kind: 'trending', sensitivity: 'balanced' } as const;
  /** Changed at ten from `was`, which it wanted since eight. */
  const changed = (what: Subscription['what'], was: Subscription['what'] | null) => ({
    ...{ what, since: at(10), paused: null },
    ...(was && { was: { what: was, since: at(8) } }),
  });
  const risen = (hour: number, patch: Partial<Story> = {}) =>
    story({ trendEvents: [trendEvent(hour, 2, 3.5)], ...patch });
  const asked = (asking: Parameters<typeof newsBefore>[0], one: Story, now = at(11)) =>
    newsBefore(asking, one, now, threshold);

  it('is not lost where both what it wanted and what it wants take the paper', () => {
    const seen = { kind: 'new', at: at(9) };
    expect(asked(changed(all.what, all.what), story())).toEqual(seen);
    expect(asked(changed(all.what, trending), risen(9))).toEqual(seen);
    expect(asked(changed(trending, trending), risen(9))).toMatchObject({ trendEvent: { at: at(9) } });
    expect(asked(changed(trending, all.what), risen(9))).toMatchObject({ kind: 'trending' });
  });

  it('is none where only one of them takes the paper, or nothing was changed', () => {
    expect(asked(changed(all.what, trending), story())).toBeNull();
    expect(asked(changed(trending, all.what), story())).toBeNull();
    expect(asked(changed({ kind: 'top', n: 5 }, all.what), risen(9))).toBeNull();
    expect(asked(changed(all.what, { kind: 'top', n: 5 }), risen(9))).toBeNull();
    expect(asked(changed(all.what, null), story())).toBeNull();
    expect(asked({ ...changed(all.what, all.what), paused: {} }, story())).toBeNull();
  });

  it('is only what was news before the change and after the subscription was made', () => {
    expect(asked(changed(all.what, all.what), story({ newsAt: at(10) }))).toBeNull();
    expect(asked(changed(all.what, all.what), story({ newsAt: at(7) }))).toBeNull();
    expect(asked(changed(all.what, all.what), story({ firstSeenAt: at(11), newsAt: at(9) }))).toEqual({
      kind: 'new',
      at: at(11),
    });
    expect(asked(changed(trending, trending), risen(10))).toBeNull();
    expect(asked(changed(trending, trending), risen(7))).toBeNull();
  });

  it('is asked for a day: by then all of it is decided', () => {
    const day = 86_400_000;
    expect(asked(changed(all.what, all.what), story(), at(10) + day)).not.toBeNull();
    expect(asked(changed(all.what, all.what), story(), at(10) + day + 1)).toBeNull();
  });
});

describe('the rise by which a sensitivity hears of a paper', () => {
  it('comes from below its score and reaches it', () => {
    const first = (from: number, score: number) =>
      newsFor(subscription(), story({ trendEvents: [trendEvent(9, from, score)] }), threshold);
    expect(first(2.95, 3)).not.toBeNull();
    expect(first(3, 3.5)).toBeNull();
    expect(first(2, 2.95)).toBeNull();
  });

  it('is heard by who subscribed at that very instant, and new papers are too', () => {
    const now = { since: at(9) };
    const trendEvents = [trendEvent(9, 2, 3.5)];
    expect(newsFor(subscription(now), story({ trendEvents }), threshold)).not.toBeNull();
    expect(newsFor(subscription({ ...all, ...now }), story(), threshold)).not.toBeNull();
  });

  it('is none for the best of a day: these are chosen when it is over', () => {
    const best = subscription({ what: { kind: 'top', n: 5 } });
    expect(newsFor(best, story({ trendEvents: [trendEvent(9, 2, 3.5)] }), threshold)).toBeNull();
  });
});

const hours = localHours(openZones());

describe('when an entry is kept', () => {
  const daily = { kind: 'daily', at: '18:00', zone: 'UTC' } as const;

  it('at once as a card, or with the digest of the hour', () => {
    expect(planFor(subscription(), at(10), false, hours)).toEqual({ mode: 'card', dueAt: at(10) });
    expect(planFor(subscription({ when: daily }), at(10), false, hours)).toEqual({
      mode: 'digest',
      dueAt: at(18),
    });
  });

  it('as one digest after the quiet hours, and after a gap', () => {
    const quiet = { from: '09:00', to: '12:00', zone: 'UTC' };
    expect(planFor(subscription({ quiet }), at(10), false, hours)).toEqual({ mode: 'digest', dueAt: at(12) });
    expect(planFor(subscription(), at(10), true, hours)).toEqual({ mode: 'catch-up', dueAt: at(10) });
  });

  it('for several subscriptions of a channel by the soonest', () => {
    const plans = [
      planFor(subscription({ when: daily }), at(10), false, hours),
      planFor(subscription(), at(10), false, hours),
    ];
    expect(soonest(plans)).toEqual({ mode: 'card', dueAt: at(10) });
  });
});

describe('readings', () => {
  const open = () =>
    createReadings({
      archive: { beginReading: async () => {}, endReading: async () => {} },
      cursors: volatileCursors(),
    });
  const listed = (source: string) => ({ listedBy: source, sources: [source] }) as unknown as StoredPaper;
  const isMissed = async (readings: Readings, stored: StoredPaper, news: News) =>
    (await readings.missedOf(stored)).has(news);
  const seen = (hour: number) => ({ kind: 'new', at: at(hour) }) as const;

  it('know what a gap made them miss from what came at its usual time', async () => {
    const readings = open();
    await readings.begin('hugging-face', at(9), 900_000);
    await readings.noteNotified('hugging-face', at(9));
    await readings.begin('hugging-face', at(10), 900_000);
    expect(await isMissed(readings, listed('hugging-face'), seen(10))).toBe(false);
    await readings.noteNotified('hugging-face', at(10));
    await readings.begin('hugging-face', at(13), 900_000);
    expect(await isMissed(readings, listed('hugging-face'), seen(13))).toBe(true);
    await readings.noteNotified('hugging-face', at(14));
    // Also when it is recognised only later, by its categories.
    expect(await isMissed(readings, listed('hugging-face'), seen(13))).toBe(true);
    expect(
      await isMissed(readings, listed('hugging-face'), {
        kind: 'trending',
        trendEvent: trendEvent(13, 1, 4),
      }),
    ).toBe(true);
    expect(await isMissed(readings, listed('hugging-face'), seen(15))).toBe(false);
  });

  it('miss nothing by looking once a day, when that is their beat', async () => {
    const readings = open();
    await readings.noteNotified('arxiv-rss', at(-24));
    await readings.begin('arxiv-rss', at(0), 24 * 3_600_000);
    expect(await isMissed(readings, listed('arxiv-rss'), seen(0))).toBe(false);
  });

  it('know the gap of one source from the other, which was read all the time', async () => {
    const readings = open();
    await readings.noteNotified('hugging-face', at(1));
    await readings.begin('hugging-face', at(10), 900_000);
    expect(await isMissed(readings, listed('arxiv-rss'), seen(10))).toBe(false);
    expect(await isMissed(readings, listed('hugging-face'), seen(10))).toBe(true);
  });
});
