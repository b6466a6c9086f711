import { describe, expect, it } from 'vitest';
import { createBatchReader } from '#src/trend/batch-view.ts';
import { createRanking } from '#src/trend/ranking.ts';
import { aPoll, aSighting, DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';

const HOUR = 3_600_000;
const DAY_OF_MONDAY = MONDAY / DAY;
type Listed = readonly [id: string, votes: number | null];
/** A list of the day that began so many days after Monday, taken so many hours after its midnight. */
const listOf = (day: number, hours: number, ...listed: readonly Listed[]) =>
  aPoll(
    MONDAY + day * DAY + hours * HOUR,
    listed.map(([id, votes], index) => aSighting(aPaper(id), index + 1, { votes })),
    { key: new Date(MONDAY + day * DAY).toISOString().slice(0, 10) },
  );
const reader = () => createBatchReader(96, 1000);

describe('a poll of a batch', () => {
  it('says something from its midnight on until its last hour, and nothing before or after', () => {
    const batches = reader();
    for (const hours of [0, 96]) expect(batches.read(listOf(0, hours, ['a', 1]))).not.toBeNull();
    for (const hours of [-0.1, 96.1]) expect(batches.read(listOf(0, hours, ['a', 1]))).toBeNull();
    expect(batches.refused.polls).toBe(2);
  });

  it('believes votes from none to the most there can be', () => {
    const batches = reader();
    const view = batches.read(listOf(0, 9, ['over', 1001], ['most', 1000], ['none', 0], ['unseen', null]));
    expect(view?.standings.map(({ sighting }) => sighting.paper.id)).toEqual(['most', 'none', 'unseen']);
    expect(batches.refused.votes).toBe(1);
  });

  it('gives equals the same places, also where one without votes stands between them', () => {
    const view = reader().read(listOf(0, 9, ['a', 5], ['unseen', null], ['b', 5], ['c', 4]));
    expect(view?.standings.map(({ places: { first, last, equals } }) => [first, last, equals])).toEqual([
      [1, 3, 1],
      [2, 2, 0],
      [1, 3, 1],
      [4, 4, 0],
    ]);
  });

  it('is never taken for older than the clock says once it is set back, and never for one from before its midnight', () => {
    const batches = reader();
    const age = (hours: number) => batches.read(listOf(0, hours, ['a', 1]))?.ageHours;
    expect(age(50)).toBe(50);
    batches.setBack(MONDAY + 60 * HOUR);
    expect(age(5)).toBe(50);
    batches.setBack(MONDAY + 6 * HOUR);
    expect(age(5)).toBe(6);
    batches.setBack(MONDAY - 20 * HOUR);
    expect(age(0)).toBe(0);
  });
});

describe('a paper of a batch', () => {
  it('belongs to the latest day that lists it, and to none before one does', () => {
    const batches = reader();
    expect(batches.batchOf('a')).toBeNull();
    batches.read(listOf(0, 9, ['a', 1]));
    expect(batches.batchOf('a')).toBe(DAY_OF_MONDAY);
    batches.read(listOf(2, 9, ['a', 3]));
    expect(batches.batchOf('a')).toBe(DAY_OF_MONDAY + 2);
    batches.read(listOf(1, 40, ['a', 3]));
    expect(batches.batchOf('a')).toBe(DAY_OF_MONDAY + 2);
  });

  it('is forgotten with its day, and not while a later day lists it', () => {
    const batches = reader();
    batches.read(listOf(0, 9, ['gone', 5], ['again', 1]));
    batches.read(listOf(2, 9, ['stays', 3], ['again', 1]));
    batches.forgetBefore(DAY_OF_MONDAY + 2);
    expect(['gone', 'again', 'stays'].map(batches.batchOf)).toEqual([
      null,
      DAY_OF_MONDAY + 2,
      DAY_OF_MONDAY + 2,
    ]);
    batches.forgetBefore(DAY_OF_MONDAY + 3);
    expect(['again', 'stays'].map(batches.batchOf)).toEqual([null, null]);
    expect(batches.read(listOf(3, 9, ['again', 8]))?.standings).toHaveLength(1);
  });

  it('that a later day lists again counts by what it gained there alone, once, below who has as many', () => {
    const batches = reader();
    batches.read(listOf(0, 9, ['again', 4]));
    expect(batches.read(listOf(1, 1, ['again', 40], ['own', 7]))?.again).toEqual([]);
    const view = batches.read(listOf(1, 9, ['again', 47], ['again', 47], ['own', 7], ['less', 6]));
    expect(view?.again).toEqual([{ paper: 'again', gained: 7, had: 40, place: 2 }]);
    expect(view?.papers).toBe(2);
    expect(batches.read(listOf(1, 10, ['again', 48], ['own', 7]))?.again).toMatchObject([{ place: 1 }]);
    expect(batches.read(listOf(1, 11, ['again', 40], ['own', 7]))?.again).toEqual([]);
    // A third day counts from what it had by then.
    expect(batches.read(listOf(2, 1, ['again', 60]))?.again).toEqual([]);
    expect(batches.read(listOf(2, 2, ['again', 61]))?.again).toMatchObject([{ gained: 1, had: 60 }]);
  });

  it('counts once, where its own list names it twice', () => {
    const batches = reader();
    batches.read(listOf(0, 9, ['a', 4], ['a', 4], ['b', 2]));
    const view = batches.read(listOf(0, 10, ['a', 9], ['a', 9], ['b', 2]));
    expect(view).toMatchObject({ papers: 2, again: [] });
  });

  it('gains nothing in a list that only mentions it, shows no votes of it, or is of an earlier day', () => {
    const batches = reader();
    batches.read(listOf(0, 9, ['again', 4]));
    const mention = (hours: number, votes: number) => {
      const poll = listOf(1, hours, ['again', votes]);
      const sightings = poll.sightings.map((one) => ({ ...one, batchDay: '2026-03-02' }));
      return batches.read({ ...poll, sightings })?.again;
    };
    expect([mention(1, 10), mention(2, 20)]).toEqual([[], []]);
    batches.read(listOf(2, 1, ['again', null]));
    expect(batches.read(listOf(2, 2, ['again', 40]))?.again).toEqual([]);
    // From the first votes that were seen on it gains.
    expect(batches.read(listOf(2, 3, ['again', 41]))?.again).toMatchObject([{ gained: 1, had: 40 }]);
    expect(batches.read(listOf(1, 30, ['again', 50]))?.again).toEqual([]);
  });
});

describe('the first places of a ranking', () => {
  const rankingOf = (at: number, ...ids: string[]) =>
    aPoll(
      at,
      ids.map((id, index) => aSighting(aPaper(id), index + 1)),
      { list: 'trending' },
    );
  const idsOf = (all: ReturnType<ReturnType<typeof createRanking>['entered']>) =>
    all.map(({ paper }) => paper.id);
  const any = () => true;

  it('end with the last of them', () => {
    const ranking = createRanking(2);
    ranking.entered(rankingOf(1, 'a', 'b', 'c'), any);
    expect(idsOf(ranking.entered(rankingOf(2, 'a', 'c', 'd'), any))).toEqual(['c']);
  });

  it('are entered with the first vote, unless the first list had the paper already', () => {
    const ranking = createRanking(3);
    const voted =
      (...ids: string[]) =>
      (one: { paper: { id: string } }) =>
        ids.includes(one.paper.id);
    expect(idsOf(ranking.entered(rankingOf(1, 'a'), voted()))).toEqual([]);
    expect(idsOf(ranking.entered(rankingOf(2, 'a', 'b'), voted('a')))).toEqual([]);
    expect(idsOf(ranking.entered(rankingOf(3, 'a', 'b'), voted('a', 'b')))).toEqual(['b']);
  });

  it('are entered anew by who was forgotten, not by who was among them at that instant', () => {
    const ranking = createRanking(3);
    ranking.entered(rankingOf(1, 'gone', 'kept'), any);
    ranking.entered(rankingOf(2, 'kept'), any);
    ranking.forgetBefore(2);
    expect(idsOf(ranking.entered(rankingOf(3, 'gone', 'kept'), any))).toEqual(['gone']);
  });
});
