import { describe, expect, it } from 'vitest';
import { hasEnded, isWorthAWord, type Rhythm, unusualIn } from '#src/decision/unusual.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const onDay = (day: number, hour = 12) => START + day * DAY + hour * 3_600_000;
const days = (from: number, until: number) =>
  Array.from({ length: until - from }, (_, index) => from + index);
/** Ten papers to choose from on each of these days. */
const tenEach = (those: readonly number[]) => those.flatMap((day) => Array(10).fill(onDay(day)));
const isWorkday = (day: number) => day % 7 < 5;

/** A subscription that got a paper every other day of 60, of ten a day; then `later`, of what there was on days `open`. */
const aRhythm = (
  later: readonly number[] = [],
  { open = days(60, 120), from = onDay(0, 0) }: { open?: readonly number[]; from?: number } = {},
): Rhythm => ({
  from,
  posts: [
    ...days(0, 60)
      .filter((day) => day % 2 === 1)
      .map((day) => onDay(day)),
    ...later,
  ],
  chances: [...tenEach(days(0, 60)), ...tenEach(open)],
});
const kindAt = (rhythm: Rhythm, day: number) =>
  unusualIn({ ...rhythm, chances: rhythm.chances.filter((at) => at <= onDay(day)) }, onDay(day))?.kind ??
  null;
const firstDay = (rhythm: Rhythm, from: number) =>
  days(from, 120).find((day) => kindAt(rhythm, day) !== null) ?? null;

describe('a silence', () => {
  it('is unusual once chance brings one so long less often than once in a hundred', () => {
    expect(firstDay(aRhythm(), 60)).toBe(69);
    expect(unusualIn(aRhythm(), onDay(69))).toMatchObject({ kind: 'quiet', since: onDay(59), posts: 0 });
  });

  it('is told with how many papers were usual in its time', () => {
    const rhythm = { ...aRhythm(), chances: tenEach(days(0, 70)) };
    expect(unusualIn(rhythm, onDay(69, 13))?.usual).toBeCloseTo(5, 0);
  });

  it('must be longer where papers are few: half a paper a week says nothing in two months', () => {
    const posts = [0, 14, 28, 42, 56].map((day) => onDay(day));
    expect(firstDay({ from: onDay(0, 0), posts, chances: tenEach(days(0, 120)) }, 57)).toBeNull();
  });

  it('counts by what there was to choose from: days without papers, as of a source that is down, are nobody’s silence', () => {
    const down = aRhythm([], { open: days(90, 120) });
    expect(firstDay(down, 60)).toBe(99);
  });

  it('does not see weekends and holidays', () => {
    const posts = days(0, 60)
      .filter(isWorkday)
      .map((day) => onDay(day));
    const working = (until: number) => tenEach(days(0, until).filter(isWorkday));
    expect(kindAt({ from: onDay(0, 0), posts, chances: working(60) }, 75)).toBeNull();
    expect(firstDay({ from: onDay(0, 0), posts, chances: working(120) }, 60)).toBe(66);
  });

  it('is no silence within three days, however many papers were usual', () => {
    const posts = days(0, 60).flatMap((day) => [onDay(day, 9), onDay(day, 12), onDay(day, 15)]);
    const rhythm = { from: onDay(0, 0), posts, chances: tenEach(days(0, 120)) };
    expect(firstDay(rhythm, 60)).toBeGreaterThanOrEqual(63);
  });

  it('does not take papers of one day for as many proofs: they come together', () => {
    const five = (day: number) => Array(5).fill(onDay(day));
    const posts = [10, 30, 50].flatMap(five);
    expect(firstDay({ from: onDay(0, 0), posts, chances: tenEach(days(0, 120)) }, 51)).toBeNull();
  });

  it('is nothing to speak of where nothing came ever', () => {
    expect(unusualIn({ from: START, posts: [], chances: tenEach(days(0, 90)) }, onDay(90))).toBeNull();
    expect(unusualIn({ from: START, posts: [onDay(1)], chances: [] }, onDay(90))).toBeNull();
  });

  it('is over with the next paper, and not before', () => {
    const found = unusualIn(aRhythm(), onDay(80));
    expect(found && hasEnded(found, aRhythm(), null)).toBe(false);
    expect(found && hasEnded(found, aRhythm([onDay(81)]), null)).toBe(true);
  });
});

describe('a noise', () => {
  const aDay = (many: number, from = 60, until = 68) =>
    days(from, until).flatMap((day) => Array(many).fill(onDay(day)));

  it('is unusual where three times as many come in a week as are usual', () => {
    expect(unusualIn(aRhythm(aDay(2)), onDay(68, 11))).toMatchObject({ kind: 'loud', posts: 14 });
    expect(unusualIn(aRhythm(aDay(2)), onDay(68, 11))?.usual).toBeCloseTo(3.5, 0);
    expect(kindAt(aRhythm(aDay(1)), 68)).toBeNull();
  });

  it('is as usual where there is three times as much to choose from', () => {
    const open = days(60, 120).flatMap((day) => [day, day, day, day]);
    expect(kindAt(aRhythm(aDay(2), { open }), 68)).toBeNull();
  });

  it('is nothing where less than a paper a day comes', () => {
    const posts = [0, 20, 40].map((day) => onDay(day));
    const more = days(61, 67).map((day) => onDay(day));
    const rhythm = (later: readonly number[]) => ({
      ...{ from: onDay(0, 0), posts: [...posts, ...later], chances: tenEach(days(0, 120)) },
    });
    expect(kindAt(rhythm(more), 67)).toBeNull();
    expect(kindAt(rhythm([...more, onDay(67, 9)]), 67)).toBe('loud');
  });

  it('is no noise where all came on one day or two', () => {
    expect(kindAt(aRhythm([...aDay(7, 61, 63)]), 67)).toBeNull();
    expect(kindAt(aRhythm([...aDay(6, 61, 64)]), 67)).toBe('loud');
  });

  it('is not spoken of before three weeks have said what is usual', () => {
    const from = onDay(45, 0);
    const chances = tenEach(days(45, 120));
    const posts = [onDay(46), onDay(50), ...aDay(3, 60, 120)];
    expect(kindAt({ from, posts, chances }, 66)).toBeNull();
    expect(kindAt({ from: onDay(0, 0), posts, chances: tenEach(days(0, 120)) }, 66)).toBe('loud');
  });

  it('must be louder where little says what is usual: chance brings three times as many after three weeks', () => {
    const posts = days(39, 60)
      .filter((day) => day % 3 === 0)
      .map((day) => onDay(day));
    const rhythm = (later: readonly number[]) => ({
      ...{ from: onDay(38, 0), posts: [...posts, ...later], chances: tenEach(days(38, 120)) },
    });
    expect(kindAt(rhythm(aDay(3, 61, 64)), 67)).toBeNull();
    expect(kindAt(rhythm(aDay(4, 61, 64)), 67)).toBe('loud');
  });

  it('is over when a week is as usual', () => {
    const found = unusualIn(aRhythm(aDay(2)), onDay(68, 11));
    expect(found && hasEnded(found, aRhythm(), found)).toBe(false);
    expect(found && hasEnded(found, aRhythm([onDay(99)]), null)).toBe(true);
  });
});

it('whoever was told of one has peace for 30 days, however often it comes and goes', () => {
  const found = { kind: 'quiet', since: onDay(0), at: onDay(40), posts: 0, usual: 5 } as const;
  expect(isWorthAWord(null, found)).toBe(true);
  expect(isWorthAWord({ at: onDay(11) }, found)).toBe(false);
  expect(isWorthAWord({ at: onDay(10) }, found)).toBe(true);
});
