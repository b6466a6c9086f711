import { describe, expect, it } from 'vitest';
import { type PastStory, pastPosts } from '#src/decision/past.ts';
import { DEFAULT_TERMS, type Terms } from '#src/decision/terms.ts';
import { localHours } from '#src/subscription/schedule.ts';
import { openZones } from '#src/subscription/zone.ts';

const hours = localHours(openZones());
/** An hour of March 2026; the second is a Monday. */
const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 2, day, hour, minute);
const shown = (instant: number) => new Date(instant).toISOString().slice(8, 16).replace('T', ' ');

const all = { what: { kind: 'all' } } as const;
const best = (n: number) => ({ what: { kind: 'top', n } }) as const;
const daily = (hour: string) => ({ when: { kind: 'daily', at: hour, zone: 'UTC' } }) as const;
const quiet = (from: string, to: string) => ({ quiet: { from, to, zone: 'UTC' } });

/** A new paper with these votes whose score rose as told: [instant, score]. */
function story(
  paper: string,
  seenAt: number,
  rises: readonly (readonly [number, number])[] = [],
  patch: Partial<PastStory> = {},
): PastStory {
  const scores = rises.map(([when, score], index) => ({
    ...{ paper, at: when, score, from: rises[index - 1]?.[1] ?? Number.NEGATIVE_INFINITY },
  }));
  return {
    ...{ paper, firstSeenAt: seenAt, newsAt: seenAt, risesSince: null, votes: null },
    ...{ trendEvents: scores, scores, ...patch },
  };
}

/** `paper day hour`, in the order they come. */
function posts(
  patch: Partial<Terms>,
  stories: readonly PastStory[],
  from = at(1, 0),
  until = at(31, 0),
  thresholdFor: (sensitivity: unknown) => number = () => 3,
) {
  const rules = { thresholdFor, hours };
  return pastPosts({ ...DEFAULT_TERMS, ...patch }, stories, { from, until }, rules).map(
    (post) => `${post.paper} ${shown(post.at)}`,
  );
}

describe('what would have come as it happened', () => {
  it('is told in the order in which it was news, up to the end of the days and no further', () => {
    const stories = [
      story('b', at(3, 5)),
      story('a', at(2, 5)),
      story('end', at(4, 0)),
      story('later', at(4, 1)),
    ];
    expect(posts(all, stories, at(1, 0), at(4, 0))).toEqual(['a 02 05:00', 'b 03 05:00', 'end 04 00:00']);
  });

  it('comes at the rise that made it newly trending, not when it was first seen', () => {
    const rising = story('a', at(2, 5), [
      [at(2, 6), 2],
      [at(2, 8), 3.5],
      [at(2, 9), 4],
    ]);
    expect(posts({}, [rising, story('still', at(2, 7), [[at(2, 8), 2.9]])])).toEqual(['a 02 08:00']);
  });

  it('waits for the next nine o’clock once the day has had its cards', () => {
    const stories = [7, 8, 10, 11, 12].map((hour) => story(`p${hour}`, at(2, hour)));
    expect(posts({ ...all, cap: 2 }, stories)).toEqual([
      'p7 02 07:00',
      'p8 02 08:00',
      'p10 03 09:00',
      'p11 03 09:00',
      'p12 03 09:00',
    ]);
    expect(posts({ ...all, cap: 1 }, stories.slice(0, 2))).toEqual(['p7 02 07:00', 'p8 02 09:00']);
  });

  it('passes the cap, to twice it, where it would also come at strict', () => {
    const strict = (paper: string, hour: number) => story(paper, at(2, hour), [[at(2, hour), 5]]);
    const early = (paper: string, hour: number) => story(paper, at(2, hour), [[at(2, hour), 3]]);
    const thresholdFor = (sensitivity: unknown) => (sensitivity === 'sure' ? 4 : 3);
    const stories = [early('a', 10), early('b', 11), strict('c', 12), strict('d', 13), early('e', 14)];
    expect(posts({ cap: 1 }, stories, at(1, 0), at(31, 0), thresholdFor)).toEqual([
      'a 02 10:00',
      'c 02 12:00',
      'b 03 09:00',
      'd 03 09:00',
      'e 03 09:00',
    ]);
  });

  it('has its cards anew from midnight on, and a digest of several is none of them', () => {
    const monday = [10, 11, 12].map((hour) => story(`mo${hour}`, at(2, hour)));
    const tuesday = [0, 10].map((hour) => story(`tu${hour}`, at(3, hour)));
    expect(posts({ ...all, cap: 1 }, [...monday, ...tuesday])).toEqual([
      'mo10 02 10:00',
      'tu0 03 00:00',
      'mo11 03 09:00',
      'mo12 03 09:00',
      'tu10 04 09:00',
    ]);
    expect(posts({ ...all, cap: 1 }, [...monday, story('tu10', at(3, 10))]).at(-1)).toBe('tu10 03 10:00');
  });

  it('counts what waited alone among the cards of the day it comes in: one paper comes as a card', () => {
    const stories = [10, 11].map((hour) => story(`mo${hour}`, at(2, hour)));
    const tuesday = [9, 10].map((hour) => story(`tu${hour}`, at(3, hour)));
    expect(posts({ ...all, cap: 1 }, [...stories, ...tuesday])).toEqual([
      'mo10 02 10:00',
      'mo11 03 09:00',
      'tu9 04 09:00',
      'tu10 04 09:00',
    ]);
  });

  it('waits for the end of quiet hours, together, and leaves before what waits for the next day', () => {
    const stories = [
      story('a', at(2, 10)),
      story('full', at(2, 11)),
      story('night', at(2, 22, 30)),
      story('c', at(3, 10)),
    ];
    expect(posts({ ...all, cap: 1, ...quiet('22:00', '23:00') }, stories)).toEqual([
      'a 02 10:00',
      'night 02 23:00',
      'full 03 09:00',
      'c 04 09:00',
    ]);
    const night = [story('x', at(2, 22)), story('y', at(2, 22, 59)), story('z', at(2, 23))];
    expect(posts({ ...all, ...quiet('22:00', '23:00') }, night)).toEqual([
      'x 02 23:00',
      'y 02 23:00',
      'z 02 23:00',
    ]);
  });

  it('disturbs no quiet hours with the rest of a day', () => {
    const stories = [story('a', at(2, 5)), story('b', at(2, 6)), story('c', at(2, 13))];
    expect(posts({ ...all, cap: 1, ...quiet('08:00', '12:00') }, stories)).toEqual([
      'a 02 05:00',
      'b 02 12:00',
      'c 03 12:00',
    ]);
  });
});

describe('what would have come at an hour', () => {
  it('comes at the first such hour after it was news, also after the end of the days', () => {
    const stories = [story('a', at(2, 17)), story('b', at(2, 18)), story('c', at(3, 19))];
    expect(posts({ ...all, ...daily('18:00') }, stories, at(1, 0), at(3, 20))).toEqual([
      'a 02 18:00',
      'b 03 18:00',
      'c 04 18:00',
    ]);
  });

  it('is not held to the cards of a day: it is one digest', () => {
    const stories = [5, 6, 7].map((hour) => story(`p${hour}`, at(2, hour)));
    expect(posts({ ...all, ...daily('18:00'), cap: 1 }, stories)).toEqual([
      'p5 02 18:00',
      'p6 02 18:00',
      'p7 02 18:00',
    ]);
  });

  it('is put off to the end of the quiet hours that the hour falls into', () => {
    expect(posts({ ...all, ...daily('18:00'), ...quiet('17:00', '19:30') }, [story('a', at(2, 9))])).toEqual([
      'a 02 19:30',
    ]);
  });
});

describe('the best that would have come', () => {
  const rose = (paper: string, seenAt: number, score: number, patch: Partial<PastStory> = {}) =>
    story(paper, seenAt, [[seenAt, score]], patch);

  it('are so many of each day, the best first, at nine o’clock where no hour is named', () => {
    const stories = [
      rose('low', at(2, 10), 1),
      rose('high', at(2, 11), 3),
      rose('middle', at(3, 8), 2),
      rose('next', at(3, 9), 1),
    ];
    expect(posts(best(2), stories, at(2, 9), at(4, 9))).toEqual([
      'high 03 09:00',
      'middle 03 09:00',
      'next 04 09:00',
    ]);
  });

  it('are judged by what was known at the hour: a later rise changes nothing', () => {
    const late = story('late', at(2, 10), [
      [at(2, 10), 1],
      [at(3, 9, 1), 5],
    ]);
    const atOnce = story('at-once', at(2, 10), [
      [at(2, 10), 1],
      [at(3, 9), 3],
      [at(3, 10), 3.1],
    ]);
    const steady = rose('steady', at(2, 10), 2);
    expect(posts(best(2), [late, steady, atOnce], at(2, 9), at(3, 10))).toEqual([
      'at-once 03 09:00',
      'steady 03 09:00',
    ]);
  });

  it('are by their votes where their scores are the same, and before those of which nothing is known', () => {
    const stories = [
      story('unknown', at(2, 10)),
      rose('none', at(2, 10), 2),
      rose('few', at(2, 10), 2, { votes: 3 }),
      rose('many', at(2, 10), 2, { votes: 30 }),
    ];
    for (const listed of [stories, stories.toReversed()])
      expect(posts(best(5), listed, at(2, 9), at(3, 9))).toEqual([
        'many 03 09:00',
        'few 03 09:00',
        'none 03 09:00',
        'unknown 03 09:00',
      ]);
  });

  it('are none of history, and none that was news before the subscription', () => {
    const stories = [
      rose('history', at(2, 10), 4, { newsAt: null }),
      rose('before', at(2, 10), 4, { newsAt: at(2, 8) }),
      rose('just', at(2, 10), 1, { newsAt: at(2, 9) }),
    ];
    expect(posts(best(5), stories, at(2, 9), at(3, 9))).toEqual(['just 03 09:00']);
  });

  it('are of the first hour to come where none has come yet, and of no other', () => {
    const stories = [rose('a', at(2, 10), 1), rose('b', at(3, 10), 1)];
    expect(posts(best(5), stories, at(2, 9), at(2, 12))).toEqual(['a 03 09:00']);
    expect(posts(best(5), stories, at(2, 9), at(3, 11))).toEqual(['a 03 09:00']);
  });

  it('are of a whole week where the hour is weekly, and heed quiet hours', () => {
    const weekly = { when: { kind: 'weekly', weekday: 1, at: '09:00', zone: 'UTC' } } as const;
    const stories = [rose('a', at(2, 10), 1), rose('b', at(8, 10), 3), rose('c', at(5, 10), 2)];
    expect(
      posts({ ...best(2), ...weekly, ...quiet('08:00', '10:15') }, stories, at(2, 9), at(10, 0)),
    ).toEqual(['b 09 10:15', 'c 09 10:15']);
  });
});
